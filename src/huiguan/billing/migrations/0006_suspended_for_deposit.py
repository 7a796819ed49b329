"""Whether a deposit's call that is late has suspended its member: one that had its consequence before has had it."""

from django.db import migrations, models

_BEFORE = "UPDATE billing_depositcall SET suspended_at = followed_at WHERE followed_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0005_looked"),
    ]

    operations = [
        migrations.AddField(
            model_name="depositcall",
            name="suspended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(_BEFORE, migrations.RunSQL.noop),
    ]
