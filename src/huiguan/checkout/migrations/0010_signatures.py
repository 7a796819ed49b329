"""Signatures on the record of a sale that came in after it."""

from __future__ import annotations

from django.db import migrations, models

from huiguan.foundation.appending import append_only


class Migration(migrations.Migration):
    dependencies = [("checkout", "0009_stored_value")]

    operations = [
        migrations.CreateModel(
            name="SaleSignature",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "membership_id",
                        "sale_seq",
                        "role",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("membership_id", models.BigIntegerField()),
                ("sale_seq", models.BigIntegerField()),
                ("role", models.CharField(max_length=10)),
                ("programme_id", models.BigIntegerField()),
                ("shop_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("written_at", models.DateTimeField()),
                ("actor", models.CharField(max_length=80)),
                ("clerk", models.CharField(max_length=80)),
                ("journal", models.BigIntegerField(null=True)),
                ("counted_on", models.DateField(null=True)),
                ("document", models.JSONField(default=dict)),
            ],
        ),
        append_only("checkout_salesignature"),
    ]
