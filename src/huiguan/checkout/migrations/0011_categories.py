"""What categories of products are called, in both languages."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checkout", "0010_signatures")]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("programme_id", models.BigIntegerField()),
                ("code", models.CharField(max_length=80)),
                ("zh", models.CharField(blank=True, max_length=80)),
                ("en", models.CharField(blank=True, max_length=80)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("programme_id", "code"), name="checkout_category_code")
                ],
            },
        ),
    ]
