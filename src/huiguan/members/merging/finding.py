"""Members who may be one person, with why, but for those somebody found to be two."""

from __future__ import annotations

from huiguan.members.storing import run
from huiguan.members.values.merging import Duplicate
from huiguan.parties import queries as parties

REASONS = ("id_number", "phone", "birthday", "pinyin")  # the surest first
_NUMBERS = """
SELECT party_id, number FROM members_membership
WHERE programme_id = %s AND merged_into IS NULL AND party_id = ANY(%s::bigint[])
"""


def duplicates_of(programme: int, limit: int) -> tuple[Duplicate, ...]:
    """Pairs of members in force, the surest first, at most `limit`; the earlier member of each pair first."""
    why = {(like.one, like.other): like.reasons for like in parties.likenesses(programme, limit=limit)}
    numbers = dict(run(_NUMBERS, [programme, [party for pair in why for party in pair]]))
    people = parties.persons(list(numbers))
    found = [
        Duplicate(
            numbers[one], numbers[other], (people[one].name, people[other].name),
            tuple(sorted(reasons, key=REASONS.index)),
        )
        for (one, other), reasons in why.items()
        if one in numbers and other in numbers
    ]  # fmt: skip
    found.sort(key=lambda each: (REASONS.index(each.reasons[0]), -len(each.reasons), each.one, each.other))
    return tuple(found[:limit])
