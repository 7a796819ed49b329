from django.db import migrations, models


class Migration(migrations.Migration):
    """What persons are compared by lies beside their names, indexed; birthdays come from the room above."""

    dependencies = [
        ("parties", "0004_names_within"),
    ]

    operations = [
        migrations.AddField(
            model_name="party",
            name="absorbed",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="party",
            name="birthday",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="party",
            name="phone_tail",
            field=models.CharField(db_default="", default="", max_length=4),
        ),
        migrations.RunSQL(
            """
            UPDATE parties_party party SET phone_tail = key.tail FROM parties_partykey key
            WHERE key.party_id = party.id AND key.kind = 'phone' AND key.until IS NULL
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(
                    models.Q(("letters", ""), _negated=True),
                    models.Q(("phone_tail", ""), _negated=True),
                    ("absorbed", False),
                ),
                fields=["programme_id", "letters", "phone_tail"],
                name="parties_like_reading",
            ),
        ),
        migrations.AddIndex(
            model_name="party",
            index=models.Index(
                condition=models.Q(("absorbed", False), ("birthday__isnull", False)),
                fields=["programme_id", "name", "birthday"],
                name="parties_like_birthday",
            ),
        ),
    ]
