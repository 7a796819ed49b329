"""Persons who may be one: the same identity number, a phone one had and the other has, a reading and a phone's tail."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from huiguan.parties.values import Likeness

_SAME_ID = """
SELECT one.party_id, other.party_id, 'id_number' FROM parties_partyfield one
JOIN parties_partyfield other ON other.programme_id = one.programme_id AND other.blind = one.blind
    AND other.until IS NULL AND other.party_id > one.party_id
WHERE one.programme_id = %(programme)s AND one.blind IS NOT NULL AND one.until IS NULL LIMIT %(limit)s
"""
_SAME_PHONE = """
SELECT least(former.party_id, now.party_id), greatest(former.party_id, now.party_id), 'phone'
FROM parties_partykey former
JOIN parties_partykey now ON now.programme_id = former.programme_id AND now.kind = former.kind
    AND now.blind = former.blind AND now.until IS NULL AND now.party_id <> former.party_id
WHERE former.programme_id = %(programme)s AND former.kind = 'phone' AND former.until IS NOT NULL LIMIT %(limit)s
"""
_SAME_READING = """
WITH known AS (
    SELECT party.id, party.letters, phone.tail FROM parties_party party
    JOIN parties_partykey phone ON phone.party_id = party.id AND phone.kind = 'phone' AND phone.until IS NULL
    WHERE party.programme_id = %(programme)s AND party.letters <> ''
), twice AS (SELECT letters, tail FROM known GROUP BY letters, tail HAVING count(*) BETWEEN 2 AND 20 LIMIT %(limit)s)
SELECT one.id, other.id, 'pinyin' FROM twice
JOIN known one USING (letters, tail) JOIN known other USING (letters, tail) WHERE one.id < other.id LIMIT %(limit)s
"""
_APART = "SELECT one_id, other_id FROM parties_distinct WHERE programme_id = %s"


def likenesses(programme: int, *, limit: int = 200) -> tuple[Likeness, ...]:
    """Pairs of persons who may be one, each with why, those with the surest reason first; at most `limit` of a reason."""
    found: dict[tuple[int, int], list[str]] = {}
    with connection.cursor() as cursor:
        for statement in (_SAME_ID, _SAME_PHONE, _SAME_READING):
            cursor.execute(statement, {"programme": programme, "limit": limit})
            for one, other, why in cursor.fetchall():
                found.setdefault((one, other), []).append(why)
    return tuple(Likeness(one, other, tuple(dict.fromkeys(why))) for (one, other), why in found.items())


def kept_apart(programme: int, pairs: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Of these pairs (the earlier key first), those somebody found to be two persons."""
    with connection.cursor() as cursor:
        cursor.execute(_APART, [programme])
        return frozenset((one, other) for one, other in cursor.fetchall()) & frozenset(pairs)
