from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0013_certificates"),
    ]

    operations = [
        migrations.AddField(
            model_name="membership",
            name="exit_held",
            field=models.DateTimeField(null=True),
        ),
    ]
