"""In which post somebody signed for the house."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="signed",
            name="post",
            field=models.JSONField(default=dict),
        ),
    ]
