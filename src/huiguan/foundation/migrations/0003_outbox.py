from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0002_errands")]

    operations = [
        migrations.CreateModel(
            name="FeedRow",
            fields=[
                ("programme", models.BigIntegerField(primary_key=True, serialize=False)),
                ("generation", models.CharField(max_length=16)),
                ("last", models.BigIntegerField()),
                ("forgotten", models.BigIntegerField()),
            ],
            options={"db_table": "foundation_feed"},
        ),
        migrations.CreateModel(
            name="OutboxRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme", models.BigIntegerField()),
                ("events", models.IntegerField()),
                ("told", models.JSONField()),
                ("written_at", models.DateTimeField()),
                ("last", models.BigIntegerField(null=True)),
            ],
            options={
                "db_table": "foundation_outbox",
                "indexes": [
                    models.Index(
                        condition=models.Q(("last", None)), fields=["programme", "id"], name="foundation_outbox_new"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("last__isnull", False)),
                        fields=("programme", "last"),
                        name="foundation_outbox_once",
                    )
                ],
            },
        ),
    ]
