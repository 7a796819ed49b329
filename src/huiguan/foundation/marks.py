"""Marks: whether what seldom changes has changed since it was last read.

A statement that writes to a marked table gives its mark a new stamp, in its own transaction. Whoever keeps what he read
under the stamp he had read before it may use it as long as the stamp stands: what he keeps is then never older than it.
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db import migrations

from huiguan.foundation.statements import Question, Row

FUNCTION = """
CREATE OR REPLACE FUNCTION foundation_stamp_mark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO foundation_mark (what, stamp) VALUES (TG_ARGV[0], gen_random_uuid())
        ON CONFLICT (what) DO UPDATE SET stamp = excluded.stamp;
    RETURN NULL;
END $$
"""
_ALL = "SELECT what, stamp::text FROM foundation_mark"


def marked(table: str, what: str) -> migrations.RunSQL:
    """A migration step after which every write to `table` stamps the mark `what`. Needs foundation's marks before it."""
    return migrations.RunSQL(
        f"""
        CREATE TRIGGER {table}_marked AFTER INSERT OR UPDATE OR DELETE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION foundation_stamp_mark('{what}');
        CREATE TRIGGER {table}_marked_whole AFTER TRUNCATE ON {table}
            FOR EACH STATEMENT EXECUTE FUNCTION foundation_stamp_mark('{what}');
        INSERT INTO foundation_mark (what, stamp) VALUES ('{what}', gen_random_uuid()) ON CONFLICT DO NOTHING;
        """,
        f"DROP TRIGGER {table}_marked ON {table}; DROP TRIGGER {table}_marked_whole ON {table};",
    )


def marks_question() -> Question[Mapping[str, str]]:
    """Every mark's stamp, to be asked before, or together with and ahead of, what is kept under it."""
    return Question(_ALL, [], _told)


def _told(rows: list[Row]) -> Mapping[str, str]:
    return dict(rows)
