"""The days off a mall kept are the house's, and lie with its calendar."""

from django.db import migrations

MOVE = """
INSERT INTO calendar_day (programme_id, day, worked, name)
SELECT programme_id, day, worked, name FROM rewards_dayoff ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    dependencies = [("rewards", "0001_initial"), ("calendar", "0001_initial")]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel("DayOff"),
    ]
