"""Numbers without gaps: given in the transaction of what bears them."""

from __future__ import annotations

from django.db import connection

CHARGE, IN, OUT = "F", "R", "V"
_NEXT = """
INSERT INTO billing_series (programme_id, name, year, last) VALUES (%s, %s, %s, %s)
ON CONFLICT (programme_id, name, year) DO UPDATE SET last = billing_series.last + excluded.last RETURNING last
"""


def next_numbers(programme: int, name: str, year: int, count: int = 1) -> list[str]:
    """The next `count` numbers of a series: F2026-000001, … Others wait until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [programme, name, year, count])
        (last,) = cursor.fetchone()
    return [f"{name}{year}-{n:06d}" for n in range(last - count + 1, last + 1)]
