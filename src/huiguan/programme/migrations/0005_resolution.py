from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_rulebooks_marked")]

    operations = [
        migrations.AddField(
            model_name="version",
            name="resolution",
            field=models.CharField(db_default="", default="", max_length=120),
        ),
    ]
