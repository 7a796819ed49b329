"""One batch of enrolments: sort out what is refused, then write all the rest, a few statements for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.foundation.outbox import tell
from huiguan.identity import queries as identity
from huiguan.identity.values import Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.members import forms, register, storing
from huiguan.members.admitting import Applicant, admission
from huiguan.members.alone import alone_of, once_fields, refusal, taken
from huiguan.members.barring import demand_not_barred
from huiguan.members.beginning import first_row
from huiguan.members.events import MemberEnrolled
from huiguan.members.forms import Form
from huiguan.members.gifts import NO_GIFTS, Gifts, give_on_card
from huiguan.members.inputs import EnrolMember
from huiguan.members.numbers import lock_register, take_numbers
from huiguan.members.recycling import held_phone, release_former
from huiguan.members.refusals import CardTaken, NumberTaken, ShopOutsideScope
from huiguan.members.storing import CardRow, MembershipRow
from huiguan.members.typing import demand_sorts
from huiguan.members.values import CARD_ACTIVE, EnrolledMember, NewChange
from huiguan.parties import operations as parties
from huiguan.parties.values import NewParty
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.facts import CardFact, MemberFacts
from huiguan.rules.kinds import credential, member_type, scope, tier_ladder
from huiguan.rules.programme import Programme

SHOP = Text(zh="门店", en="shop")
_CREDENTIAL = {"what": "card"}


@dataclass(slots=True)
class Batch:
    """One batch at work. `answers` fills up in the order of `given`."""

    actor: Actor
    at: datetime
    rulebook: Programme
    given: Sequence[EnrolMember]
    allow_incomplete: bool
    carried_over: bool
    answers: list[EnrolledMember | Refusal | None]
    shops: dict[str, Shop]
    applied: bool = False  # in a matter of theirs
    as_: str = ""  # the standing they have, where it is not that of a member
    staff: set[str] = field(default_factory=set)  # phones of people who work here, where the rulebook minds


@dataclass(frozen=True, slots=True)
class Place:
    """A form that will be written: its place in the batch, the shop's key, why she may join."""

    index: int
    form: Form
    shop: int | None
    reasons: tuple[Reason, ...] = ()
    type: str = ""


def enrol(
    actor: Actor,
    at: datetime,
    given: Sequence[EnrolMember],
    *,
    allow_incomplete: bool,
    carried_over: bool,
    as_: str = "",
    applied: bool = False,
) -> tuple[EnrolledMember | Refusal, ...]:
    """Enrol everybody who may be, inside the caller's transaction; one answer or refusal for each. `as_`: the standing
    of somebody who is not a member yet; `applied`: by a matter of theirs."""
    rulebook = programmes.programme_at(actor.programme, at)
    lock_register(actor.programme)
    shops = identity.shops_by_code(actor.programme, {each.shop for each in given if each.shop})
    batch = Batch(actor, at, rulebook, given, allow_incomplete, carried_over, [None] * len(given), shops, applied, as_)
    if rulebook.first_of("eligibility", staff="never") is not None:
        batch.staff |= identity.staff_phones(actor.programme, [str(each.phone or "") for each in given])
    places = _free(batch, _read(batch))
    if places:
        _write(batch, places)
    return tuple(answer for answer in batch.answers if answer is not None)


def _read(batch: Batch) -> list[Place]:
    """The forms that stand by themselves; the others are answered with their refusal."""
    places = []
    for index, given in enumerate(batch.given):
        try:
            form = forms.read_form(batch.rulebook, given, batch.at, allow_incomplete=batch.allow_incomplete)
            shop = _shop(batch, form)
            demand_sorts(batch.rulebook, form.type)
            reasons = admission(batch.rulebook, given, form, _who(batch, form), carried_over=batch.carried_over)
            demand_not_barred(batch.actor.programme, batch.rulebook, form.known.values, form.joined_at)
            places.append(Place(index, form, shop, reasons, form.type))
        except Refusal as wrong:
            batch.answers[index] = wrong
    return places


def _who(batch: Batch, form: Form) -> Applicant:
    shop = batch.shops.get(form.shop or "")
    opened = shop.opened_at if shop else None
    return Applicant(form.known.phone in batch.staff, opened is not None and form.joined_at < opened)


def _shop(batch: Batch, form: Form) -> int | None:
    only = batch.actor.shops
    if form.shop is None:
        batch.actor.demand("enrol")
        return next(iter(only)) if only is not None and len(only) == 1 else None
    shop = batch.shops.get(form.shop)
    if shop is None or (shop.closed_at is not None and shop.closed_at <= form.joined_at):
        raise NotFound(field="shop", what=SHOP, given=form.shop)
    batch.actor.demand("enrol", shop.id)
    for effect in scope.decide(batch.rulebook, shop.code).effects:
        raise ShopOutsideScope(field="shop", clause=effect.clause, shop=shop.code)
    return shop.id


def _free(batch: Batch, places: list[Place]) -> list[Place]:
    """Those whose phone, number and card, and what is one person's alone, are free, also of the ones before them in the
    batch."""
    programme = batch.actor.programme
    phones = register.holders_of_phones(programme, {p.form.known.phone for p in places if p.form.known.phone})
    numbers = register.numbers_taken(programme, [p.form.number for p in places if p.form.number])
    cards = register.cards_taken(programme, [p.form.known.card for p in places if p.form.known.card])
    once, free = taken(programme, batch.rulebook, [p.form.known.values for p in places]), []
    for place in places:
        known, number = place.form.known, place.form.number
        alone = refusal(batch.rulebook, known.values, once)
        held = phones.get(known.phone or "")
        why = alone or (_held(batch, place, held) if held is not None else None)
        if why is not None:
            batch.answers[place.index] = why
        elif number and number in numbers:
            batch.answers[place.index] = NumberTaken(field="number", number=number)
        elif known.card and known.card in cards:
            batch.answers[place.index] = CardTaken(field="card", number=known.card)
        else:
            free.append(place)
            once |= alone_of(batch.rulebook, known.values)
            numbers.add(number or "")
            cards.add(known.card or "")
            if held is not None:
                release_former(batch.actor, known.phone or "", batch.at)
            if known.phone:
                phones[known.phone] = (number or "", known.name)
    return free


def _held(batch: Batch, place: Place, holder: tuple[str, str]) -> Refusal | None:
    """Why the phone stays with whom it is; None where its holder has long gone and the form tells of another person."""
    new_holder = batch.given[place.index].new_holder
    return held_phone(batch.actor, batch.rulebook, place.form.known, holder, batch.at, new_holder=new_holder)


def _write(batch: Batch, places: list[Place]) -> None:
    actor, at = batch.actor, batch.at
    sensitive = forms.sensitive_fields(batch.rulebook)
    forms_known = [p.form.known for p in places]
    units = [member_type.is_organisation(batch.rulebook, p.type) for p in places]
    people = [
        NewParty(each.name, each.phone, each.values, sensitive, each.birthday, unit, once_fields(batch.rulebook))
        for each, unit in zip(forms_known, units, strict=True)
    ]
    persons = parties.create_parties(actor=actor, at=at, parties=people)
    keys = storing.next_memberships(len(places))
    fresh = iter(take_numbers(actor.programme, sum(1 for p in places if p.form.number is None)))
    numbers = [p.form.number or next(fresh) for p in places]
    rows = [
        first_row(batch.rulebook, key, person, number, p.form, p.shop, carried_over=batch.carried_over, as_=batch.as_)
        for key, person, number, p in zip(keys, persons, numbers, places, strict=True)
    ]
    storing.insert_memberships(actor.programme, rows, at, _came_by(batch))
    tier_clause = tier_ladder.entry_tier(batch.rulebook)[1]
    firsts = [_first_changes(batch, p, row, tier_clause) for p, row in zip(places, rows, strict=True)]
    storing.insert_changes([each for changes in firsts for each in changes], at)
    ledger.open_accounts(actor.programme, keys)
    tell(actor.programme, [_joined(place, row, tier_clause) for place, row in zip(places, rows, strict=True)], at)
    told = _issue(batch, places, rows)
    for place, row in zip(places, rows, strict=True):
        batch.answers[place.index] = _answer(batch, place, row, told)


def _came_by(batch: Batch) -> str:
    """By which way those of the batch came."""
    if batch.applied or batch.carried_over:
        return "applied" if batch.applied else "import"
    return {"guest": "phone", "client": "program"}.get(batch.actor.kind, "shop")


def _joined(place: Place, row: MembershipRow, clause: str | None) -> MemberEnrolled:
    return MemberEnrolled(
        membership=row.id,
        reference=row.number,
        at=row.joined_at,
        clause=clause,
        number=row.number,
        name=place.form.known.name,
        tier=row.tier,
        joined_at=row.joined_at,
        entered_late=row.entered_late,
        profile_complete=row.profile_complete,
        card=place.form.known.card,
    )


def _first_changes(batch: Batch, place: Place, row: MembershipRow, tier_clause: str | None) -> list[NewChange]:
    """Active (or waiting to open) from the day she joined, by the clause that let her in, with the receipts she showed."""
    why, by = next(iter(place.reasons), None), batch.actor.reference
    told = [[receipt.number, receipt.amount] for receipt in batch.given[place.index].receipts]
    values = {**why.values, "receipts": told} if why else {}
    clause = why.clause if why else None
    changes = [NewChange(row.id, "standing", "", row.standing, row.joined_at, clause, "enrolment", values, by)]
    if row.tier:
        changes.append(NewChange(row.id, "tier", "", row.tier, row.joined_at, tier_clause, "enrolment", {}, by))
    return changes


def _issue(batch: Batch, places: list[Place], rows: list[MembershipRow]) -> Gifts:
    """Issue the cards that came with the forms, and what they bring."""
    holders = [(p, row) for p, row in zip(places, rows, strict=True) if p.form.known.card]
    if not holders:
        return {}
    cards = [card_row(batch.rulebook, row.id, p.form.known.card or "", p, batch) for p, row in holders]
    storing.insert_cards(batch.actor.programme, cards, batch.at)
    if batch.carried_over:
        return {}
    facts = [_facts(row, card) for (_, row), card in zip(holders, cards, strict=True)]
    return give_on_card(batch.actor.programme, batch.rulebook, facts, batch.at)


def card_row(rulebook: Programme, membership: int, number: str, place: Place, batch: Batch) -> CardRow:
    issued = local_day(place.form.joined_at, rulebook.zone)
    entered = local_day(batch.at, rulebook.zone)
    late = bool(credential.decide(rulebook, issued=issued, entered=entered).effects)
    clause = rulebook.first_of("credential", **_CREDENTIAL)
    return CardRow(
        membership,
        number,
        place.form.joined_at,
        late and not batch.carried_over,
        place.shop,
        clause.id if clause else "",
        batch.carried_over,
        waiting=not batch.carried_over and credential.waiting(rulebook, issued) is not None,
        issued_by=batch.actor.reference,
    )


def _facts(row: MembershipRow, card: CardRow) -> MemberFacts:
    return MemberFacts(
        membership=row.id,
        number=row.number,
        standing=row.standing,
        joined_at=row.joined_at,
        tier=row.tier,
        tier_since=row.joined_at,
        birthday=row.birthday,
        card=CardFact(card.number, CARD_ACTIVE, card.issued_at, card.clause or None),
        profile_complete=row.profile_complete,
        opened_at=card.issued_at,
    )


def _answer(batch: Batch, place: Place, row: MembershipRow, told: Gifts) -> EnrolledMember:
    known = place.form.known
    rights, reasons = told.get(row.id, NO_GIFTS)
    entry = tier_ladder.entry_tier(batch.rulebook)
    if entry[1]:
        joined = Reason(entry[1], "entry", True, {"to": tier_ladder.title_of(batch.rulebook, row.tier)})
        reasons = (joined, *reasons)
    reasons = (*place.reasons, *reasons)
    return EnrolledMember(
        membership=row.id,
        number=row.number,
        name=known.name,
        tier=row.tier,
        joined_at=row.joined_at,
        entered_late=row.entered_late,
        profile_complete=row.profile_complete,
        missing=known.missing,
        card=known.card,
        rights=rights,
        reasons=reasons,
    )
