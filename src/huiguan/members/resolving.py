"""From what people say (a member number, a card, a phone) to the membership; many at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TypeVar

from pydantic import BaseModel

from huiguan.foundation.statements import Found, Question, Row, ask
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.kernel.text import Text
from huiguan.members.models import Card, Membership
from huiguan.members.storing import run
from huiguan.parties import formats
from huiguan.parties import queries as parties
from huiguan.parties.names import plain

Asked = TypeVar("Asked", bound=BaseModel)
Reference = tuple[str, str]  # (number | card | phone | any, as it was given)
MEMBER = Text(zh="会员", en="member")
_ORDER = ("number", "card", "phone")

# An absorbed membership is found as the one that goes on.
_BY_NUMBER = """
SELECT 'number', number, coalesce(merged_into, id) FROM members_membership
WHERE programme_id = %(programme)s AND number = ANY(%(words)s::text[])
UNION ALL
SELECT 'card', card.number, coalesce(held.merged_into, held.id) FROM members_card card
JOIN members_membership held ON held.id = card.membership_id
WHERE card.programme_id = %(programme)s AND card.number = ANY(%(words)s::text[])
"""
# What is found is kept on the server too, for the statements that travel behind this one. The buyers come first.
_BUYERS = f"""
WITH found(kind, number, id) AS MATERIALIZED ({_BY_NUMBER})
SELECT array_agg(id ORDER BY place),
    set_config(%(each)s, coalesce(
        array_agg(id ORDER BY place) FILTER (WHERE place <= %(buyers)s::bigint), '{{}}')::text, true),
    set_config(%(members)s, coalesce(
        array_agg(DISTINCT id) FILTER (WHERE id > 0 AND place <= %(buyers)s::bigint), '{{}}')::text, true)
FROM (
    SELECT place, coalesce(known, found.id, 0) AS id
    FROM unnest(%(kinds)s::text[], %(words)s::text[], %(known)s::bigint[])
        WITH ORDINALITY AS asked(kind, word, known, place)
    LEFT JOIN found ON found.kind = asked.kind AND found.number = asked.word
) AS told
"""


def resolve(programme: int, references: Iterable[Reference]) -> dict[Reference, int]:
    """reference -> membership; those that find nobody are left out.

    A card finds its holder also when it is lost or replaced: whether it still opens anything is the caller's to ask.
    "any" is read as a number, then a card, then a phone. One statement; two more where a phone is among them.
    """
    wanted = list(references)
    compact = _compact(wanted)
    words = list({compact[ref] for ref in wanted if ref[0] != "phone"})
    found: dict[Reference, int] = ask(_by_number(programme, words)) if words else {}
    phones = {compact[ref]: phone for ref in wanted if ref[0] in ("phone", "any") and (phone := _phone(ref[1]))}
    if phones:
        holders = _by_phone(programme, set(phones.values()))
        found |= {("phone", word): holders[phone] for word, phone in phones.items() if phone in holders}
    return _told(wanted, compact, found)


def buyers_question(
    programme: int, buyers: Sequence[Reference | None], others: Iterable[Reference], phones: Mapping[Reference, int]
) -> tuple[Question[dict[Reference, int]], Found, Found]:
    """`resolve` of `buyers` and `others`, to be asked together with statements that need to know who buys: the buyers'
    memberships, and each buyer's in the order given, 0 for nobody. What `phones` mean has been found before."""
    members, each = Found("huiguan.members"), Found("huiguan.buyers")
    asked = [*buyers, *others]
    compact = _compact([ref for ref in asked if ref])
    given = {
        "programme": programme,
        "kinds": [ref[0] if ref else "" for ref in asked],
        "words": [compact[ref] if ref else "" for ref in asked],
        "known": [phones.get(ref) if ref else None for ref in asked],
        "buyers": len(buyers),
        "members": members.name,
        "each": each.name,
    }

    def read(rows: list[Row]) -> dict[Reference, int]:
        found: list[int] = rows[0][0] or []
        each[:] = found[: len(buyers)]
        members[:] = sorted({*each} - {0})
        return {ref: membership for ref, membership in zip(asked, found, strict=True) if ref and membership}

    return Question(_BUYERS, given, read), members, each


def _by_number(programme: int, words: list[str]) -> Question[dict[Reference, int]]:
    def read(rows: list[Row]) -> dict[Reference, int]:
        return {(kind, word): membership for kind, word, membership in rows}

    return Question(_BY_NUMBER, {"programme": programme, "words": words}, read)


def _compact(wanted: Iterable[Reference]) -> dict[Reference, str]:
    return {ref: plain(ref[1]).replace(" ", "").upper() for ref in wanted}


def _told(
    wanted: Iterable[Reference], compact: dict[Reference, str], found: dict[Reference, int]
) -> dict[Reference, int]:
    told = {}
    for ref in wanted:
        for kind in _ORDER if ref[0] == "any" else (ref[0],):
            if (kind, compact[ref]) in found:
                told[ref] = found[(kind, compact[ref])]
                break
    return told


def _phone(text: str) -> str | None:
    try:
        return formats.mobile(text, "phone")
    except InvalidInput:
        return None


def _by_phone(programme: int, phones: Collection[str]) -> dict[str, int]:
    holders = parties.holders_of(programme, phones)
    if not holders:
        return {}
    rows = run(
        "SELECT party_id, coalesce(merged_into, id) FROM members_membership WHERE programme_id = %s AND party_id = ANY(%s)",
        [programme, list(holders.values())],
    )
    memberships: dict[int, int] = dict(rows)
    return {phone: memberships[party] for phone, party in holders.items() if party in memberships}


def membership_of(programme: int, text: str, field: str = "member") -> int:
    """The membership somebody names by number, card or phone; NotFound naming `field` otherwise."""
    found = resolve(programme, [("any", text)])
    if not found:
        raise NotFound(field=field, what=MEMBER, given=text)
    return found[("any", text)]


def locked_member(actor: Actor, text: str) -> Membership:
    """The membership's row, locked until the transaction ends: of two changes the second sees the first."""
    return Membership.objects.select_for_update().get(pk=membership_of(actor.programme, text))


def by_number(actor: Actor, given: Asked, member: str) -> tuple[str, Asked]:
    """How the audit and a key's scope name the `member` of `given`, "member:DN000382", whatever she was named by; and
    `given` with her number in its place, for a phone is written nowhere in the clear."""
    number = named_membership(actor.programme, member).number
    return f"member:{number}", given.model_copy(update={"member": number})


def named_membership(programme: int, text: str, field: str = "member") -> Membership:
    """The membership somebody names, itself also where another has absorbed it: a request answered before is answered
    again under the same name. NotFound naming `field`."""
    word = plain(text).replace(" ", "").upper()
    rows = Membership.objects.filter(programme_id=programme)
    card = Card.objects.filter(programme_id=programme, number=word).values_list("membership_id", flat=True)
    found = rows.filter(number=word).first() or rows.filter(pk__in=card).first()
    phone = _phone(text) if found is None else None
    if phone is not None:
        found = rows.filter(party__in=parties.holders_of(programme, [phone]).values()).first()
    if found is None:
        raise NotFound(field=field, what=MEMBER, given=text)
    return found
