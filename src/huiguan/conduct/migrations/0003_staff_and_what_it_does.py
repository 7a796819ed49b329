import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0002_obligations"),
    ]

    operations = [
        migrations.AddField(
            model_name="breach",
            name="staff",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddField(model_name="breach", name="sale", field=models.CharField(default="", max_length=40)),
        migrations.AlterField(model_name="breach", name="membership_id", field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name="measure", name="staff_id", field=models.BigIntegerField(null=True)),
        migrations.AddField(model_name="measure", name="charge", field=models.CharField(default="", max_length=20)),
        migrations.AddField(model_name="measure", name="settled", field=models.BooleanField(default=False)),
        migrations.AlterField(model_name="measure", name="membership_id", field=models.BigIntegerField(null=True)),
        migrations.AlterField(model_name="plea", name="membership_id", field=models.BigIntegerField(null=True)),
        migrations.AlterField(model_name="task", name="membership_id", field=models.BigIntegerField(null=True)),
        # What was over before acted on no card and no tier.
        migrations.RunSQL("UPDATE conduct_measure SET settled = true WHERE until IS NOT NULL", migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="breach",
            constraint=models.CheckConstraint(
                condition=models.Q(("membership_id__isnull", False), ("staff", []))
                | models.Q(("membership_id", None), models.Q(("staff", []), _negated=True)),
                name="conduct_breach_by_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="measure",
            constraint=models.CheckConstraint(
                condition=models.Q(("membership_id", None)) ^ models.Q(("staff_id", None)),
                name="conduct_measure_of_one",
            ),
        ),
        migrations.AddIndex(
            model_name="measure",
            index=models.Index(
                condition=models.Q(("settled", False)), fields=["programme_id", "until"], name="conduct_measure_over"
            ),
        ),
    ]
