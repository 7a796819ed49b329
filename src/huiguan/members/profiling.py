"""Which required fields of a profile are there: computed from what is known, kept on the membership."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.members.forms import key_names
from huiguan.members.storing import run
from huiguan.parties import queries as parties
from huiguan.parties.profiles import missing_fields
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.programme import Programme

_KEYS = """
SELECT held.id, held.party_id, held.type, EXISTS (SELECT 1 FROM members_card card WHERE card.membership_id = held.id)
FROM members_membership held WHERE held.id = ANY(%s)
"""


def missing_of(rulebook: Programme, memberships: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """membership -> the required fields that are not known, in the form's order; a few statements for all."""
    names = key_names(rulebook)
    rows = run(_KEYS, [list(memberships)])
    people = parties.persons([party for _, party, *_ in rows])
    known = parties.known_fields([party for _, party, *_ in rows])
    told = {}
    for membership, party, type, has_card in rows:
        have = {names["name"], *known[party]}
        if people[party].phone_tail:
            have.add(names["phone"])
        if has_card:
            have.add(names["card"])
        told[membership] = missing_fields(profile_kind.form_of(rulebook, type)[1], have)
    return told


def refresh_completeness(rulebook: Programme, memberships: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Keep whether the profiles are complete; what is missing of each."""
    missing = missing_of(rulebook, memberships)
    for complete in (True, False):
        keys = [key for key, names in missing.items() if (not names) is complete]
        run(
            "UPDATE members_membership SET profile_complete = %s WHERE id = ANY(%s) AND profile_complete <> %s",
            [complete, keys, complete],
        )
    return missing
