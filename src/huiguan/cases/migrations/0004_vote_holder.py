from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_awaits_file"),
    ]

    operations = [
        migrations.AddField(
            model_name="vote",
            name="holder",
            field=models.CharField(default="", max_length=160),
        ),
    ]
