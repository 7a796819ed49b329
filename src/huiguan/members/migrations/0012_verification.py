from django.db import migrations, models

from huiguan.foundation.appending import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0011_life"),
    ]

    operations = [
        migrations.CreateModel(
            name="Verification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("membership_id", models.BigIntegerField()),
                ("programme_id", models.BigIntegerField()),
                ("what", models.CharField(max_length=10)),
                ("state", models.CharField(max_length=10)),
                ("how", models.CharField(max_length=10)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("actor_name", models.CharField(max_length=80)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["membership_id", "what", "at"], name="members_verification_of"),
                    models.Index(fields=["programme_id", "what", "membership_id"], name="members_verification_all"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["pending", "verified", "failed"]), ("what__in", ["identity", "phone"])
                        ),
                        name="members_verification_words",
                    )
                ],
            },
        ),
        append_only("members_verification"),
    ]
