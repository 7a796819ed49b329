"""Persons who may be one: the same identity number, a phone one had and the other has, a name and a birthday, a reading
and a phone's tail."""

from __future__ import annotations

from django.db import connection

from huiguan.parties.values import Likeness

# Where something occurs twice is read off an index alone, in its order, and only as far as it takes to find enough;
# MATERIALIZED and OFFSET 0 keep the planner from joining the whole register with itself instead.
_SAME_ID = """
WITH twice AS MATERIALIZED (
    SELECT blind FROM parties_partyfield
    WHERE programme_id = %(programme)s AND blind IS NOT NULL AND until IS NULL
    GROUP BY blind HAVING count(*) > 1 ORDER BY blind
)
SELECT one.party_id AS one, other.party_id AS other FROM twice
CROSS JOIN LATERAL (SELECT party_id FROM parties_partyfield field WHERE programme_id = %(programme)s
    AND field.blind = twice.blind AND until IS NULL OFFSET 0) one
CROSS JOIN LATERAL (SELECT party_id FROM parties_partyfield field WHERE programme_id = %(programme)s
    AND field.blind = twice.blind AND until IS NULL OFFSET 0) other
WHERE one.party_id < other.party_id
"""
_SAME_PHONE = """
SELECT least(former.party_id, now.party_id) AS one, greatest(former.party_id, now.party_id) AS other
FROM parties_partykey former
JOIN parties_partykey now ON now.programme_id = former.programme_id AND now.kind = former.kind
    AND now.blind = former.blind AND now.until IS NULL AND now.party_id <> former.party_id
WHERE former.programme_id = %(programme)s AND former.kind = 'phone' AND former.until IS NOT NULL
"""
_SAME_BOTH = """
WITH twice AS MATERIALIZED (
    SELECT {first}, {second} FROM parties_party
    WHERE programme_id = %(programme)s AND {known} AND NOT absorbed
    GROUP BY {first}, {second} HAVING count(*) BETWEEN 2 AND 20 ORDER BY {first}, {second}
)
SELECT one.id AS one, other.id AS other FROM twice
CROSS JOIN LATERAL (SELECT id FROM parties_party party WHERE programme_id = %(programme)s AND {known} AND NOT absorbed
    AND party.{first} = twice.{first} AND party.{second} = twice.{second} OFFSET 0) one
CROSS JOIN LATERAL (SELECT id FROM parties_party party WHERE programme_id = %(programme)s AND {known} AND NOT absorbed
    AND party.{first} = twice.{first} AND party.{second} = twice.{second} OFFSET 0) other
WHERE one.id < other.id
"""
_STATEMENTS = {
    "id_number": _SAME_ID,
    "phone": _SAME_PHONE,
    "birthday": _SAME_BOTH.format(first="name", second="birthday", known="birthday IS NOT NULL"),
    "pinyin": _SAME_BOTH.format(first="letters", second="phone_tail", known="letters <> '' AND phone_tail <> ''"),
}
# Pairs somebody decided on, and persons whose account is another's already, take no place among those asked for.
_OPEN = """
SELECT pair.one, pair.other FROM ({pairs}) pair
WHERE NOT EXISTS (SELECT 1 FROM parties_distinct WHERE one_id = pair.one AND other_id = pair.other)
    AND NOT EXISTS (SELECT 1 FROM parties_party WHERE id IN (pair.one, pair.other) AND absorbed)
LIMIT %(limit)s
"""


def likenesses(programme: int, *, limit: int = 200) -> tuple[Likeness, ...]:
    """Pairs of persons who may be one, each with why, those with the surest reason first; at most `limit` of a reason.
    Left out are pairs found to be two, and persons set aside."""
    found: dict[tuple[int, int], list[str]] = {}
    with connection.cursor() as cursor:
        for why, pairs in _STATEMENTS.items():
            cursor.execute(_OPEN.format(pairs=pairs), {"programme": programme, "limit": limit})
            for one, other in cursor.fetchall():
                found.setdefault((one, other), []).append(why)
    return tuple(Likeness(one, other, tuple(dict.fromkeys(why))) for (one, other), why in found.items())
