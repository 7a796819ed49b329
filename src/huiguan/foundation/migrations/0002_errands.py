from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("foundation", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ErrandRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme", models.BigIntegerField()),
                ("kind", models.CharField(max_length=80)),
                ("actor", models.CharField(max_length=80)),
                ("actor_name", models.CharField(max_length=120)),
                ("given", models.JSONField()),
                ("state", models.CharField(default="waiting", max_length=10)),
                ("done", models.BigIntegerField(default=0)),
                ("total", models.BigIntegerField(default=0)),
                ("answer", models.JSONField(null=True)),
                ("asked_at", models.DateTimeField()),
            ],
            options={
                "db_table": "foundation_errand",
                "indexes": [models.Index(fields=["programme", "kind", "-id"], name="foundation_errand_kind")],
            },
        ),
    ]
