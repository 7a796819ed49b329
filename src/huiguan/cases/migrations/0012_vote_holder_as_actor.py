"""A place on a roll names a member as she acts: "member:12", once "membership:12"."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_put_off"),
    ]

    operations = [
        migrations.RunSQL(
            "UPDATE cases_vote SET holder = 'member:' || substr(holder, 12) WHERE holder LIKE 'membership:%'",
            "UPDATE cases_vote SET holder = 'membership:' || substr(holder, 8) WHERE holder LIKE 'member:%'",
        ),
    ]
