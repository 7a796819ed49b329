"""Tables that are only ever added to: the database itself refuses edits and deletions.

`session_replication_role = replica` (a superuser's, for tests and repair) is the only way around it.
"""

from __future__ import annotations

from django.db import migrations

FUNCTION = """
CREATE OR REPLACE FUNCTION foundation_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$
"""


def append_only(table: str) -> migrations.RunSQL:
    """A migration step after which `table` takes INSERT only. Needs foundation's first migration before it."""
    name = f"{table}_append_only"
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
            FOR EACH ROW EXECUTE FUNCTION foundation_refuse_change();
        CREATE TRIGGER {name}_whole BEFORE TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION foundation_refuse_change();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP TRIGGER {name}_whole ON {table};",
    )
