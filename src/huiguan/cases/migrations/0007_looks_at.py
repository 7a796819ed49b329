"""When a stage that waits is looked at again because what stands in its way is over by itself."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0006_letters"),
    ]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="looks_at",
            field=models.DateTimeField(null=True),
        ),
    ]
