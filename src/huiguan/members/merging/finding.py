"""Members who may be one person, with why, but for those somebody found to be two."""

from __future__ import annotations

from huiguan.members.storing import run
from huiguan.members.values.merging import Duplicate
from huiguan.parties import queries as parties

REASONS = ("id_number", "phone", "birthday", "pinyin")  # the surest first
_SAME_BIRTHDAY = """
WITH known AS (
    SELECT held.party_id, party.name, held.birthday FROM members_membership held
    JOIN parties_party party ON party.id = held.party_id
    WHERE held.programme_id = %s AND held.merged_into IS NULL AND held.birthday IS NOT NULL
), twice AS (SELECT name, birthday FROM known GROUP BY name, birthday HAVING count(*) BETWEEN 2 AND 20 LIMIT %s)
SELECT one.party_id, other.party_id FROM twice
JOIN known one USING (name, birthday) JOIN known other USING (name, birthday)
WHERE one.party_id < other.party_id LIMIT %s
"""
_NUMBERS = """
SELECT party_id, number FROM members_membership
WHERE programme_id = %s AND merged_into IS NULL AND party_id = ANY(%s::bigint[])
"""


def duplicates_of(programme: int, limit: int) -> tuple[Duplicate, ...]:
    """Pairs of members in force, the surest first, at most `limit`; the earlier member of each pair first."""
    why: dict[tuple[int, int], list[str]] = {}
    for like in parties.likenesses(programme, limit=limit):
        why.setdefault((like.one, like.other), []).extend(like.reasons)
    for one, other in run(_SAME_BIRTHDAY, [programme, limit, limit]):
        why.setdefault((one, other), []).append("birthday")
    for pair in parties.kept_apart(programme, why):
        del why[pair]
    numbers = dict(run(_NUMBERS, [programme, [party for pair in why for party in pair]]))
    people = parties.persons(list(numbers))
    found = [
        Duplicate(
            numbers[one], numbers[other], (people[one].name, people[other].name),
            tuple(sorted(set(reasons), key=REASONS.index)),
        )
        for (one, other), reasons in why.items()
        if one in numbers and other in numbers
    ]  # fmt: skip
    found.sort(key=lambda each: (REASONS.index(each.reasons[0]), -len(each.reasons), each.one, each.other))
    return tuple(found[:limit])
