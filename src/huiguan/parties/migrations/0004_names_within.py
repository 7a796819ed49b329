from django.db import migrations


class Migration(migrations.Migration):
    """A part of a name is found by an index on what follows its first, second and third character."""

    dependencies = [("parties", "0003_identity_numbers_found")]

    operations = [
        *(
            migrations.RunSQL(
                f"CREATE INDEX parties_name_{start} ON parties_party (programme_id, substr(name, {start}) text_pattern_ops)",
                f"DROP INDEX parties_name_{start}",
            )
            for start in (2, 3, 4)
        ),
        migrations.RunSQL(
            "CREATE INDEX parties_name_long ON parties_party (programme_id, name) WHERE length(name) > 4",
            "DROP INDEX parties_name_long",
        ),
    ]
