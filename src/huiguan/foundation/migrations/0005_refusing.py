from django.db import migrations

# What a statement finds wrong, it refuses itself: whatever travels behind it, the COMMIT too, is then not executed.
REFUSE = """
CREATE OR REPLACE FUNCTION foundation_refuse(state text, told text) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = state, MESSAGE = told;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("foundation", "0004_marks")]

    operations = [migrations.RunSQL(REFUSE, "DROP FUNCTION foundation_refuse(text, text)")]
