"""Whether a late charge has suspended its member: one that had its consequence before has had it."""

from django.db import migrations, models

_BEFORE = "UPDATE billing_charge SET suspended_at = followed_at WHERE followed_at IS NOT NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("billing", "0003_dues"),
    ]

    operations = [
        migrations.AddField(
            model_name="charge",
            name="suspended_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.RunSQL(_BEFORE, migrations.RunSQL.noop),
    ]
