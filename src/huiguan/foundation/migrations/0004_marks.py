from django.db import migrations, models

from huiguan.foundation.marks import FUNCTION


class Migration(migrations.Migration):
    dependencies = [("foundation", "0003_outbox")]

    operations = [
        migrations.CreateModel(
            name="Mark",
            fields=[
                ("what", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("stamp", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(FUNCTION, "DROP FUNCTION foundation_stamp_mark()"),
    ]
