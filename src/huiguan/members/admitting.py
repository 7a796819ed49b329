"""Whether somebody may join, by what she has bought and what members hold here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiguan.documents.refusals import AcceptanceNeeded
from huiguan.entitlements import queries as entitlements
from huiguan.kernel.moments import day_of, local_day
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members.forms import Form
from huiguan.members.inputs import EnrolMember, Receipt
from huiguan.members.life_refusals import Barred, NoSuchGround, NoSuchType, NotByApplication, RowsNotAsAsked
from huiguan.members.referral_refusals import (
    AlreadyReferred,
    ReferralLoop,
    ReferralTooLate,
    SameHousehold,
    SelfReferral,
)
from huiguan.members.refusals import (
    CardFeeDiffers,
    CardNeeded,
    CardNotTransferable,
    NoCardsIssued,
    NotOfAge,
    PackageNeeded,
    PurchaseNeeded,
    RelationNotAdmitted,
    ReplacementsUsedUp,
    ReplacementTooLate,
    StaffCannotJoin,
    TierNotReached,
)
from huiguan.rules import packages, packaging
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.kinds import acceptance, credential, eligibility, member_type, profile, relation, tier_ladder
from huiguan.rules.programme import Programme

BY_CODE: dict[str, type[Refusal]] = {
    each.__name__: each
    for each in (
        AcceptanceNeeded, CardFeeDiffers, CardNeeded, CardNotTransferable, NotOfAge, PackageNeeded, PurchaseNeeded, RelationNotAdmitted,
        ReplacementTooLate, ReplacementsUsedUp, StaffCannotJoin, TierNotReached, AlreadyReferred, ReferralLoop, ReferralTooLate,
        SameHousehold, SelfReferral, Barred, NoSuchGround, NoSuchType, NotByApplication, RowsNotAsAsked,
    )
}  # fmt: skip
NOT_TRANSFERRED = Text(zh="章程没有转让会员卡的规定。", en="The rulebook lets nobody take over a card.")
NOT_SHARED = Text(zh="章程没有共用账号的规定。", en="The rulebook lets nobody share an account.")


@dataclass(frozen=True, slots=True)
class Applicant:
    """What is known of somebody who wants to join beyond her form: whether she works here, and whether the shop that
    enrols her has yet to open."""

    works_here: bool = False
    before_opening: bool = False


def admission(
    rulebook: Programme, given: EnrolMember, form: Form, who: Applicant, *, carried_over: bool
) -> tuple[Reason, ...]:
    """Why she may join. Refuses NoCardsIssued, CardNeeded, StaffCannotJoin, NotOfAge, RowsNotAsAsked, PurchaseNeeded,
    CardFeeDiffers; whoever
    belonged before this system bought and paid long ago."""
    demand_cards(rulebook, form.known.card)
    if carried_over:
        return ()
    today, free = local_day(form.joined_at, rulebook.zone), member_type.waived(rulebook, form.type)
    decisions = [
        member_type.decide(rulebook, form.type, form.known.birthday, today, itself=False),
        credential.membership(rulebook, form.known.card),
        NOTHING if "staff" in free else eligibility.not_staff(rulebook, works_here=who.works_here),
        NOTHING if "age" in free else eligibility.of_age(rulebook, form.known.birthday, today),
        eligibility.counted(rulebook, profile.form_of(rulebook, form.type)[1], form.known.values),
        NOTHING if "purchase" in free else eligibility.joining(rulebook, purchases(rulebook, given.receipts, today)),
    ]
    told = [reason for decision in decisions for reason in stands(rulebook, decision)]
    if form.known.card:
        told += stands(rulebook, acceptance.decide(rulebook, "card", ()))
        told += stands(rulebook, packaging.card(rulebook, ()))
        told += stands(rulebook, tier_ladder.first_card(rulebook))
        told += card_cost(rulebook, given.receipts, given.fee, before_opening=who.before_opening)
    return tuple(told)


def purchases(rulebook: Programme, receipts: Iterable[Receipt], joined: date) -> list[tuple[int, int]]:
    """What each receipt is for, and how many days before the day of joining it is of."""
    days = ((each.amount, day_of(each.day, "receipts") if each.day else joined) for each in receipts)
    return [(amount, (joined - day).days) for amount, day in days]


def card_cost(
    rulebook: Programme, receipts: Iterable[Receipt], paid: int, *, before_opening: bool
) -> tuple[Reason, ...]:
    """Why a first card is free or paid for; CardFeeDiffers where what was paid is not what it costs."""
    amounts = [receipt.amount for receipt in receipts]
    return stands(rulebook, credential.cost(rulebook, purchases=amounts, paid=paid, before_opening=before_opening))


def demand_cards(rulebook: Programme, card: str | None) -> None:
    """NoCardsIssued where a card is named and the phone is the account."""
    clause = credential.account_clause(rulebook) if card else None
    if clause is not None:
        raise NoCardsIssued(field="card", clause=clause.id)


def demand_paid(rulebook: Programme, membership: int) -> tuple[Reason, ...]:
    """Why she may have a card that is handed out once a package is paid for; PackageNeeded where she holds none."""
    if packages.card_clause(rulebook) is None:
        return ()
    return stands(rulebook, packaging.card(rulebook, entitlements.packages_of([membership]).get(membership, ())))


def demand_relation(rulebook: Programme, kin: str) -> str:
    """The clause by which people so related may use an account; RelationNotAdmitted where none lets them."""
    if not relation.shared(rulebook):
        raise RelationNotAdmitted(field="kin", why=NOT_SHARED)
    stands(rulebook, relation.admits(rulebook, kin))
    return next(clause.id for clause in rulebook.of("relation") if clause.parameters.who)  # type: ignore[attr-defined]


def demand_transfer(rulebook: Programme) -> tuple[str, tuple[Reason, ...]]:
    """The clause by which another person may take a card over; CardNotTransferable where one forbids it or none lets it."""
    reasons = stands(rulebook, credential.transfer(rulebook))
    if not reasons:
        raise CardNotTransferable(field="member", why=NOT_TRANSFERRED)
    return reasons[0].clause, reasons


def stands(rulebook: Programme, decision: Decision, *, within: str = "profile") -> tuple[Reason, ...]:
    """The reasons of a decision that lets it be; the first refusal otherwise. `within`: where the form's fields stand."""
    for effect in decision.effects:
        if isinstance(effect, Refuse):
            reason: Reason = effect.values["reason"]
            says = rulebook.clauses[reason.clause].module.SAYS[reason.say]
            field = effect.field.replace("profile.", f"{within}.", 1) if effect.field else effect.field
            raise BY_CODE[effect.code](field=field, clause=effect.clause, why=says.both(**reason.values))
    return decision.reasons
