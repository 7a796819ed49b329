"""Persons who may be one are named at once, and no longer when nothing speaks for it or somebody decided."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from huiguan.kernel.actors import system
from huiguan.parties import operations, queries
from huiguan.parties.values import NewParty

pytestmark = pytest.mark.django_db
AT = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
HOUSE = system(1)
BORN = date(1990, 5, 5)
_ASTRAY = """
SELECT count(*) FROM parties_party party LEFT JOIN parties_partykey key ON key.party_id = party.id AND key.until IS NULL
WHERE party.phone_tail <> coalesce(key.tail, '')
"""


def written(*people: tuple[str, str | None, date | None]) -> list[int]:
    given = [NewParty(name, phone, birthday=born) for name, phone, born in people]
    return operations.create_parties(actor=HOUSE, at=AT, parties=given)


def pairs(limit: int = 200) -> dict[tuple[int, int], tuple[str, ...]]:
    return {(like.one, like.other): like.reasons for like in queries.likenesses(1, limit=limit)}


def read_alike() -> set[tuple[int, int]]:
    return {pair for pair, why in pairs().items() if "pinyin" in why}


def test_a_reading_and_a_tail_follow_every_change_of_phone_and_name() -> None:
    one, other, third = written(
        ("李梅", "13800002046", None), ("黎梅", "13900002046", None), ("李梅", "13700001111", None)
    )
    assert read_alike() == {(one, other)}

    operations.change_phone(actor=HOUSE, at=LATER, party=other, phone="13900003333")
    assert read_alike() == set()
    operations.swap_phones(actor=HOUSE, at=LATER, one=one, other=third)
    operations.change_phone(actor=HOUSE, at=LATER, party=other, phone="13900002046")
    assert read_alike() == {(other, third)}
    operations.rename_party(actor=HOUSE, at=LATER, party=third, name="王芳")
    assert read_alike() == set()
    operations.rename_party(actor=HOUSE, at=LATER, party=third, name="李梅")
    operations.release_phone(actor=HOUSE, at=LATER, party=other)
    assert read_alike() == set()
    with connection.cursor() as cursor:
        cursor.execute(_ASTRAY)
        assert cursor.fetchall() == [(0,)]


def test_a_name_and_a_birthday_until_one_is_another_day_or_none() -> None:
    one, other, _ = written(("李梅", None, BORN), ("李梅", None, None), ("黎梅", None, BORN))
    assert pairs() == {}
    operations.change_birthday(actor=HOUSE, at=LATER, party=other, birthday=BORN)
    assert pairs() == {(one, other): ("birthday",)}
    operations.change_birthday(actor=HOUSE, at=LATER, party=one, birthday=None)
    assert pairs() == {}


def test_who_is_set_aside_is_likened_to_nobody_until_she_is_back() -> None:
    one, other = written(("李梅", "13800002046", BORN), ("李梅", "13900002046", BORN))
    assert pairs() == {(one, other): ("birthday", "pinyin")}
    operations.set_aside(actor=HOUSE, at=LATER, party=other, absorbed=True)
    assert pairs() == {}
    operations.set_aside(actor=HOUSE, at=LATER, party=other, absorbed=False)
    assert pairs() == {(one, other): ("birthday", "pinyin")}


def test_pairs_decided_on_take_no_place_among_those_asked_for() -> None:
    ids = written(*((name, None, BORN) for name in ("李梅", "李梅", "王芳", "王芳", "赵敏", "赵敏")))
    first, second, last = (ids[0], ids[1]), (ids[2], ids[3]), (ids[4], ids[5])
    assert set(pairs()) == {first, second, last}
    for one, other in (first, last):
        operations.keep_apart(actor=HOUSE, at=LATER, one=other, other=one, reason="母女")
    assert set(pairs(limit=1)) == {second}


def test_what_more_than_twenty_share_tells_nothing() -> None:
    crowd = [("李梅", None, BORN)] * 20
    written(*crowd)
    assert len(pairs()) == 190
    written(("李梅", None, BORN))
    assert pairs() == {}


def test_an_identity_number_two_have() -> None:
    number = NewParty("李梅", None, {"id_number": "11010519491231002X"}, frozenset({"id_number"}))
    one, other = operations.create_parties(actor=HOUSE, at=AT, parties=[number, number])
    assert pairs() == {(one, other): ("id_number",)}


def test_a_phone_one_had_and_another_has() -> None:
    (former,) = written(("李梅", "13800002046", None))
    operations.release_phone(actor=HOUSE, at=LATER, party=former)
    (now,) = written(("王芳", "13800002046", None))
    assert pairs() == {(former, now): ("phone",)}
