"""A member's page, put together."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiguan.entitlements import queries as entitlements
from huiguan.kernel.actors import Actor
from huiguan.members.ahead import card_at, tier_at
from huiguan.members.forms import key_names
from huiguan.members.models import Card, Change, Membership, Opening
from huiguan.members.profiling import missing_of
from huiguan.members.standings import reason_of, standing_of, standing_since
from huiguan.members.typing import type_at
from huiguan.members.values import (
    CARD_ACTIVE,
    CARD_FROZEN,
    CARD_VOID,
    CARD_WAITING,
    CardTold,
    ChangeTold,
    FieldTold,
    MemberTold,
    OpeningTold,
)
from huiguan.parties import queries as parties
from huiguan.parties.values import FieldValue, Person
from huiguan.programme import queries as programmes
from huiguan.rules.facts import CardFact
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.listed import rows_of
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import EXPIRED, ends_at

HIDDEN = "•••••••"


def member_told(actor: Actor, membership: int, at: datetime) -> MemberTold:
    """The page of a membership of the actor's programme as of `at`; sealed values masked."""
    row = Membership.objects.get(pk=membership, programme_id=actor.programme)
    rulebook = programmes.programme_at(actor.programme, at)
    person = parties.persons([row.party_id])[row.party_id]
    cards = cards_of(membership, rulebook, at)
    tier, tier_since = tier_at(row.tier, row.tier_since, row.ahead, at)
    return MemberTold(
        membership=row.pk,
        number=row.number,
        name=person.name,
        pinyin=person.pinyin,
        phone_tail=person.phone_tail,
        standing=standing_of(row, at),
        standing_since=standing_since(row, at),
        standing_reason=reason_of(membership),
        tier=tier,
        tier_title=tier_ladder.title_of(rulebook, tier),
        tier_since=tier_since,
        joined_at=row.joined_at,
        joined_shop=row.joined_shop_id,
        form_date=row.form_date,
        entered_at=row.entered_at,
        entered_late=row.entered_late,
        birthday=row.birthday,
        profile_complete=row.profile_complete,
        missing=missing_of(rulebook, [membership])[membership],
        changes=changes_of(membership),
        cards=cards,
        rights=entitlements.held_rights(membership, at),
        profile=profile_told(rulebook, row, person, cards[0].number if cards else None, at),
        openings=openings_of(membership),
        formerly=tuple(
            Membership.objects.filter(merged_into=membership).order_by("number").values_list("number", flat=True)
        ),
        merged_into=_number_of(row.merged_into),
        type=type_at(rulebook, row, at),
    )


def profile_told(
    rulebook: Programme, row: Membership, person: Person, card: str | None, at: datetime
) -> tuple[FieldTold, ...]:
    """Every field of the form of her type in its order, given or not."""
    kept = {each.name: each for each in parties.profile(row.party_id, at)}
    fields = profile_kind.form_of(rulebook, row.type)[1]
    names = key_names(rulebook)
    known = {
        names["name"]: (person.name, person.name),
        names["phone"]: (None, f"{HIDDEN}{person.phone_tail}" if person.phone_tail else ""),
        names["card"]: (card, card or ""),
    }
    return tuple(_field(field, kept.get(field.name), known.get(field.name)) for field in fields)


def _field(field: profile_kind.Field, kept: FieldValue | None, known: tuple[str | None, str] | None) -> FieldTold:
    value, shown = known if known else (kept.value, kept.masked) if kept else (None, "")
    titles = {choice.value: choice.title for choice in field.choices}
    if value in titles:
        shown = f"{titles[value].zh} {titles[value].en}"
    return FieldTold(
        name=field.name,
        title={"zh": field.title.zh, "en": field.title.en},
        required=field.required,
        sensitive=field.sensitive or (kept.sensitive if kept else False),
        value=value,
        shown=shown,
        since=kept.since if kept else None,
        rows=rows_of(value) if field.type == "list" else None,
    )


def _number_of(membership: int | None) -> str | None:
    if membership is None:
        return None
    return Membership.objects.values_list("number", flat=True).get(pk=membership)


def cards_of(membership: int, rulebook: Programme | None, at: datetime | None) -> tuple[CardTold, ...]:
    """All cards, newest first, her own before those of members merged into her; one whose years are over by `at` under `rulebook` reads as expired."""
    merged = Membership.objects.filter(merged_into=membership).values_list("pk", flat=True)
    held = list(Card.objects.filter(membership_id__in=[membership, *merged]))
    if at is not None:
        as_of(held, at)
    return tuple(
        CardTold(
            number=card.number,
            status=status_of(card, rulebook, at),
            issued_at=card.issued_at,
            entered_at=card.entered_at,
            entered_late=card.entered_late,
            shop=card.issued_shop_id,
            lost_at=card.lost_at,
            replaced_at=card.replaced_at,
            replaced_by=card.replaced_by or None,
            clause=card.clause or None,
            activated_at=card.activated_at,
            frozen_at=card.frozen_at,
            valid_until=card_end(card, rulebook) if rulebook else None,
            why=card.why,
        )
        for card in sorted(held, key=lambda card: (card.membership_id != membership, -card.seq))
    )


def as_of(cards: Iterable[Card], at: datetime) -> None:
    """Let each card read as it is once what a measure held of it is over by `at`."""
    held = {card.membership_id for card in cards if card.status in (CARD_FROZEN, CARD_VOID)}
    if held:
        rows = Membership.objects.filter(pk__in=held, ahead__isnull=False)
        ahead = dict(rows.values_list("pk", "ahead"))
        for card in cards:
            card.status = card_at(card.number, card.status, ahead.get(card.membership_id), at)
            card.frozen_at = card.frozen_at if card.status == CARD_FROZEN else None


def status_of(card: Card, rulebook: Programme | None, at: datetime | None) -> str:
    """How a card reads at `at` under `rulebook`; where none is named, as it is kept."""
    waiting = CARD_WAITING if card.waiting else CARD_ACTIVE
    if card.status != CARD_ACTIVE or rulebook is None or at is None:
        return waiting if card.status == CARD_ACTIVE else card.status
    end = card_end(card, rulebook)
    return EXPIRED if end is not None and end <= at else waiting


def card_end(card: Card, rulebook: Programme) -> datetime | None:
    """The first moment at which the card is no longer good; None: it has no end."""
    return ends_at(rulebook, CardFact(card.number, card.status, card.issued_at, term_since=card.term_since))


def changes_of(membership: int) -> tuple[ChangeTold, ...]:
    return tuple(map(_change, Change.objects.filter(membership_id=membership).order_by("-at", "-seq")))


def changes_by_key(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], ChangeTold]:
    """Changes of any members by (membership, seq); those that are not there are left out."""
    wanted = list(keys)
    rows = Change.objects.filter(pk__in=wanted) if wanted else ()
    return {(row.membership_id, row.seq): _change(row) for row in rows}


def _change(row: Change) -> ChangeTold:
    return ChangeTold(
        what=row.what,
        before=row.before,
        after=row.after,
        at=row.at,
        written_at=row.written_at,
        clause=row.clause or None,
        cause=row.cause,
        values=row.values,
        actor=row.actor,
    )


def openings_of(membership: int) -> tuple[OpeningTold, ...]:
    return tuple(
        OpeningTold(
            bill=row.bill,
            points=tuple((units, earned) for units, earned in row.points),
            spend=tuple((day, amount) for day, amount in row.spend),
            at=row.at,
            written_at=row.written_at,
            actor=row.actor,
            clause=row.clause or None,
        )
        for row in Opening.objects.filter(membership_id=membership).order_by("-at", "-pk")
    )


def card_in_use(programme: int, membership: int, at: datetime) -> str:
    """The number of the newest card where it opens what a card opens; '' otherwise."""
    held = next(iter(cards_of(membership, programmes.programme_at(programme, at), at)), None)
    return held.number if held is not None and held.status == CARD_ACTIVE else ""
