import django.db.models.deletion
from django.db import migrations, models

from huiguan.foundation.appending import append_only


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_invitations_by_message")]

    operations = [
        migrations.CreateModel(
            name="LetterWritten",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("n", models.IntegerField()),
                ("told", models.CharField(max_length=12)),
                ("subject", models.JSONField()),
                ("text", models.JSONField()),
                ("at", models.DateTimeField()),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.RESTRICT, related_name="letters", to="cases.matter"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("matter", "n"), name="cases_letter_n")],
            },
        ),
        append_only("cases_letterwritten"),
    ]
