"""What falls due is the same in SQL as in Python, for every word and every order of the moments ahead."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from random import Random

import pytest
from django.db import connection

from huiguan.members.standings import NOW
from huiguan.rules.standing import STANDINGS, Dated, stands

AT = datetime(2026, 3, 1, tzinfo=UTC)
WRITTEN = [word for word in STANDINGS if word != "barred"]
_ASK = f"""
SELECT {NOW} FROM (VALUES (%(standing)s::text, %(opens)s::timestamptz, %(resumes)s::timestamptz,
    %(lapses)s::timestamptz, %(exits)s::timestamptz, %(barred)s::timestamptz))
    AS held(standing, opens_at, resumes_at, lapses_at, exits_at, barred_until)
"""


@pytest.mark.django_db
def test_a_standing_read_by_sql_is_the_one_read_by_python() -> None:
    chance = Random(20260301)
    steps = [None, -2, -1, 0, 1]
    cases = [(word, *chance.choice(list(product(steps, repeat=5)))) for word in WRITTEN for _ in range(40)]
    with connection.cursor() as cursor:
        for word, *offsets in cases:
            moments = [AT + timedelta(days=each) if each is not None else None for each in offsets]
            named = dict(zip(("opens", "resumes", "lapses", "exits", "barred"), moments, strict=True))
            cursor.execute(_ASK, {"standing": word, "at": AT, **named})
            assert cursor.fetchone()[0] == stands(word, Dated(*moments), AT), (word, offsets)
