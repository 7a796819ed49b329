from django.db import migrations, models

from huiguan.foundation.appending import append_only


class Migration(migrations.Migration):
    dependencies = [("checkout", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="ImportedBill",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "programme_id",
                        "shop_id",
                        "number",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("programme_id", models.BigIntegerField()),
                ("shop_id", models.BigIntegerField()),
                ("number", models.CharField(max_length=60)),
                ("membership_id", models.BigIntegerField()),
                ("seq", models.BigIntegerField()),
                ("digest", models.BinaryField(max_length=32)),
                ("written_at", models.DateTimeField()),
            ],
        ),
        append_only("checkout_importedbill"),
    ]
