"""Finding members by whatever somebody has of them, and listing those whose data has faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from huiguan.kernel.actors import Actor
from huiguan.members.ahead import TIER_NOW
from huiguan.members.profiling import missing_of
from huiguan.members.resolving import resolve
from huiguan.members.standings import NOW
from huiguan.members.storing import run
from huiguan.members.values import MemberHit, ProfileFault
from huiguan.parties import queries as parties
from huiguan.parties.names import plain
from huiguan.programme import queries as programmes

_HITS = f"""
SELECT held.id, held.party_id, held.number, {TIER_NOW}, {NOW}, card.number, held.joined_shop_id, named.party_id
FROM members_membership named
JOIN members_membership held ON held.id = coalesce(named.merged_into, named.id)
LEFT JOIN LATERAL (
    SELECT number FROM members_card WHERE membership_id = held.id ORDER BY seq DESC LIMIT 1
) card ON true
WHERE named.programme_id = %(programme)s AND (named.id = ANY(%(members)s) OR named.party_id = ANY(%(parties)s))
"""
_BEGINS = """
(SELECT id, 'number' FROM members_membership WHERE programme_id = %s AND number LIKE %s ORDER BY number LIMIT %s)
UNION ALL
(SELECT membership_id, 'card' FROM members_card WHERE programme_id = %s AND number LIKE %s ORDER BY number LIMIT %s)
"""
_FAULTS = """
SELECT held.id, held.party_id, held.number, held.joined_shop_id, held.entered_late, held.profile_complete,
       EXISTS (SELECT 1 FROM members_card card WHERE card.membership_id = held.id AND card.entered_late)
FROM members_membership held
WHERE held.programme_id = %s AND held.merged_into IS NULL AND (%s::bigint[] IS NULL OR held.joined_shop_id = ANY(%s))
  AND (NOT held.profile_complete OR held.entered_late
       OR EXISTS (SELECT 1 FROM members_card card WHERE card.membership_id = held.id AND card.entered_late))
ORDER BY held.joined_shop_id, held.number LIMIT %s
"""


def find(actor: Actor, text: str, *, limit: int = 20, at: datetime | None = None) -> tuple[MemberHit, ...]:
    """Members by number, card, phone, its last four digits, name, pinyin or initials; the best first.

    A whole number, card or phone stands before everything else; the beginning of a number or card before the tail of
    a phone. Takes `read_members`.
    """
    actor.demand("read_members")
    text = plain(text)
    if not text:
        return ()
    programme = actor.programme
    hows: dict[int, str] = {}
    for (kind, _), membership in resolve(programme, [("number", text), ("card", text)]).items():
        hows.setdefault(membership, kind)
    by_party = {hit.party: hit.how for hit in parties.search(programme, text, limit=limit)}
    if any(letter.isdigit() for letter in text):
        for membership, kind in _beginning(programme, text, limit):
            hows.setdefault(membership, kind)
    rows = run(_HITS, {"programme": programme, "members": list(hows), "parties": list(by_party), "at": at})
    return _ranked(rows, hows, by_party)[:limit]


def named(actor: Actor, numbers: Iterable[str]) -> dict[str, MemberHit]:
    """Members by their numbers, for lists that name them; unknown ones are left out. Takes `read_members`."""
    actor.demand("read_members")
    keys = resolve(actor.programme, [("number", number) for number in numbers])
    rows = run(_HITS, {"programme": actor.programme, "members": list(keys.values()), "parties": [], "at": None})
    hows = dict.fromkeys(keys.values(), "number")
    return {hit.number: hit for hit in _ranked(rows, hows, {})}


_LISTED = f"""
SELECT held.id, held.party_id, held.number, {TIER_NOW}, {NOW}, card.number, held.joined_shop_id, held.type
FROM members_membership held
LEFT JOIN LATERAL (
    SELECT number FROM members_card WHERE membership_id = held.id ORDER BY seq DESC LIMIT 1
) card ON true
WHERE held.programme_id = %(programme)s AND held.number > %(after)s AND (%(tier)s::text IS NULL OR ({TIER_NOW}) = %(tier)s)
  AND (({NOW}) = %(standing)s OR (%(standing)s::text IS NULL AND held.merged_into IS NULL))
  AND (%(shop)s::bigint IS NULL OR held.joined_shop_id = %(shop)s) AND (%(type)s::text IS NULL OR held.type = %(type)s)
ORDER BY held.number LIMIT %(limit)s
"""


def listed(
    actor: Actor,
    *,
    at: datetime | None = None,
    tier: str | None = None,
    standing: str | None = None,
    type: str | None = None,
    shop: int | None = None,
    after: str = "",
    limit: int = 50,
) -> tuple[MemberHit, ...]:
    """Members by number, from beyond `after` on, of one class, standing at `at`, type or shop (a key) where named; `how` is
    "listed". Those another has absorbed are listed only where their standing is asked for. Takes `read_members`."""
    actor.demand("read_members")
    asked = {"tier": tier, "standing": standing, "shop": shop, "type": type}
    rows = run(_LISTED, {"programme": actor.programme, "after": after, "at": at, "limit": limit, **asked})
    people = parties.persons([row[1] for row in rows])
    return tuple(
        MemberHit(
            key, number, people[party].name, people[party].phone_tail, tier_now, stands, card, "listed", joined, sort
        )
        for key, party, number, tier_now, stands, card, joined, sort in rows
    )


def _beginning(programme: int, text: str, limit: int) -> Sequence[tuple[int, str]]:
    word = text.replace(" ", "").upper().replace("\\", "").replace("%", "").replace("_", "")
    if not word:
        return []
    return run(_BEGINS, [programme, f"{word}%", limit, programme, f"{word}%", limit])


def _ranked(
    rows: Sequence[tuple[Any, ...]],
    hows: dict[int, str],
    by_party: dict[int, str],
) -> tuple[MemberHit, ...]:
    people = parties.persons([row[1] for row in rows])
    order = {key: place for place, key in enumerate([*hows, *(-party for party in by_party)])}
    hits: dict[int, tuple[int, MemberHit]] = {}
    for membership, party, number, tier, standing, card, joined, named in rows:
        how = hows.get(membership) or by_party.get(named) or "number"
        place = order.get(membership, order.get(-named, len(order)))
        person = people[party]
        hit = MemberHit(membership, number, person.name, person.phone_tail, tier, standing, card, how, joined)
        if membership not in hits or place < hits[membership][0]:
            hits[membership] = (place, hit)
    return tuple(hit for _, hit in sorted(hits.values(), key=lambda each: (each[0], each[1].number)))


def profile_faults(
    actor: Actor, at: datetime, *, shop: int | None = None, limit: int = 500
) -> tuple[ProfileFault, ...]:
    """Members whose required data is missing, or whose form or card was entered late, by shop and number.

    `shop` is a key, None for all the actor may see. Takes `read_members`.
    """
    actor.demand("read_members", shop)
    shops = [shop] if shop is not None else sorted(actor.shops) if actor.shops is not None else None
    rows = run(_FAULTS, [actor.programme, shops, shops, limit])
    rulebook = programmes.programme_at(actor.programme, at)
    missing = missing_of(rulebook, [row[0] for row in rows if not row[5]])
    people = parties.persons([row[1] for row in rows])
    return tuple(
        ProfileFault(
            membership=membership,
            number=number,
            name=people[party].name,
            shop=joined,
            missing=missing.get(membership, ()),
            late=tuple(what for what, late in (("profile", form_late), ("card", card_late)) if late),
        )
        for membership, party, number, joined, form_late, _, card_late in rows
    )
