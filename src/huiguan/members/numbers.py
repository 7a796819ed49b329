"""Member numbers: a prefix from the programme's code and a running number, "DW000382"."""

from __future__ import annotations

import re

from django.db import connection

from huiguan.programme import queries as programmes

DIGITS = 6


def prefix_of(code: str) -> str:
    """Two capitals of a programme's code: the initials of its first words, or its first letters; M where it has none."""
    words = re.findall(r"[a-z]+", code.lower())
    letters = words[0][0] + words[1][0] if len(words) > 1 else "".join(words)[:2]
    return letters.upper() or "M"


def lock_register(programme: int) -> None:
    """Only one at a time looks for free phones, cards and numbers in a programme; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM members_numberseries WHERE programme_id = %s FOR UPDATE", [programme])
        if cursor.fetchone() is None:
            code = programmes.programme_named(programme).code
            cursor.execute(
                "INSERT INTO members_numberseries VALUES (%s, %s, 1) ON CONFLICT DO NOTHING",
                [programme, prefix_of(code)],
            )
            cursor.execute("SELECT 1 FROM members_numberseries WHERE programme_id = %s FOR UPDATE", [programme])


def take_numbers(programme: int, count: int) -> list[str]:
    """`count` fresh numbers. Those that were given to members by hand before are skipped. Takes `lock_register`."""
    taken: list[str] = []
    while len(taken) < count:
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH given AS (
                    UPDATE members_numberseries SET next = next + %s WHERE programme_id = %s
                    RETURNING prefix, next - %s AS first, next - 1 AS last
                ), fresh AS (
                    SELECT prefix || lpad(n::text, greatest(%s, length(n::text)), '0') AS number
                    FROM given, generate_series(first, last) n
                )
                SELECT number FROM fresh WHERE NOT EXISTS (
                    SELECT 1 FROM members_membership held WHERE held.programme_id = %s AND held.number = fresh.number
                ) ORDER BY length(number), number
                """,
                [count - len(taken), programme, count - len(taken), DIGITS, programme],
            )
            taken += [row[0] for row in cursor.fetchall()]
    return taken
