from django.db import migrations


class Migration(migrations.Migration):
    """Persons are told the birthday they are compared by, and whose account is part of another's."""

    dependencies = [
        ("members", "0009_leaving"),
        ("parties", "0005_compared_by"),
    ]

    operations = [
        migrations.RunSQL(
            """
            UPDATE parties_party party SET birthday = held.birthday, absorbed = held.merged_into IS NOT NULL
            FROM members_membership held
            WHERE held.party_id = party.id AND (held.birthday IS NOT NULL OR held.merged_into IS NOT NULL)
            """,
            migrations.RunSQL.noop,
        ),
    ]
