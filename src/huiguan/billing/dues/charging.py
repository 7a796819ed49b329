"""Charges are raised: one for a member, or a fee for everybody who owes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from huiguan.billing.dues import numbering
from huiguan.billing.dues.books import Books, close_books, held, open_books
from huiguan.billing.dues.charges import covered_until, moves_of, stands, view_of, written_reason
from huiguan.billing.dues.marking import tie
from huiguan.billing.dues.settling import settle
from huiguan.billing.events import ChargeRaised
from huiguan.billing.inputs import RaiseCharge
from huiguan.billing.models import Charge, ChargeMove
from huiguan.billing.refusals import AlreadyCharged, FeeUnknown, NothingToCharge
from huiguan.billing.values.dues import CREDIT, ChargeView, waived_mark
from huiguan.calendar import queries as calendar
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules import owing
from huiguan.rules.effects import Reason
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import fee, member_type, term
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.standing import LAPSED
from huiguan.rules.vocabulary import YEAR, first_day, member_values

BELONGS = ("approved", "active", "suspended")  # approved: what is owed before she is a member can be paid


@dataclass(frozen=True, slots=True)
class Asked:
    """A fee for members on a local day, by the clause in force."""

    rulebook: Programme
    clause: Clause
    day: date
    workdays: owing.Workdays
    quantity: int = 1
    key: str = ""


def raise_charge(*, actor: Actor, at: datetime, given: RaiseCharge, key: str | None = None) -> tuple[ChargeView, ...]:
    """Charge a member what a fee costs her; its instalments each as a charge of its own. Money on account pays at once.
    Takes `bill`. Refuses FeeUnknown, NothingToCharge, AlreadyCharged, NotFound, Forbidden."""
    actor.demand("bill")
    membership = members.membership(actor, given.member)
    number, name = members.number_and_name(actor.programme, membership)

    def do() -> tuple[ChargeView, ...]:
        rulebook = programmes.programme_at(actor.programme, at)
        today = local_day(at, rulebook.zone)
        asked = Asked(
            rulebook, clause_named(rulebook, given.fee), given.day or today, calendar.workdays(actor.programme).after,
            given.quantity, given.key or "",
        )  # fmt: skip
        books = open_books(actor, at, rulebook, membership)
        payer = payers(actor.programme, asked, at, [membership], again=True)[membership]
        made = charge(books, asked, payer, given.note or "")
        close_books(books)
        known = moves_of(made)
        return tuple(view_of(each, known[each.pk], (number, name), today) for each in made)

    return perform(
        "raise_charge", actor=actor, at=at, subject=f"member:{number}", given=given, do=do, key=key,
        returns=tuple[ChargeView, ...],
    )  # fmt: skip


def clause_named(rulebook: Programme, name: str) -> Clause:
    """The fee's clause; FeeUnknown."""
    clause = fee.named(rulebook, name)
    if clause is None:
        raise FeeUnknown(field="fee", given=name[:40])
    return clause


def payers(
    programme: int, asked: Asked, at: datetime, memberships: Sequence[int], *, again: bool = False
) -> dict[int, fee.Payer]:
    """The members as a fee's clause sees them on its day. Where one comes back by paying (`again`), one that lapsed for
    want of this fee belongs too."""
    found = member_facts.member_facts(programme, memberships, at=at, since=first_day(YEAR, asked.day))
    honoured = members.marked(memberships, waived_mark(asked.clause.parameters.name), at)  # type: ignore[attr-defined]
    seen = {key: payer_of(facts, asked, again) for key, facts in found.items()}
    return {key: replace(payer, waived=True) if key in honoured else payer for key, payer in seen.items()}


def payer_of(facts: MemberFacts, asked: Asked, again: bool) -> fee.Payer:
    day, rulebook = asked.day, asked.rulebook
    sort = member_type.type_on(rulebook, facts.type, facts.birthday, day) if facts.type else ""
    values = {**member_values(facts, day, rulebook.zone), "member_type": sort or None}
    waived = bool(sort) and "dues" in member_type.waived(rulebook, sort)
    lasts = term.term(rulebook, sort)
    name = asked.clause.parameters.name  # type: ignore[attr-defined]
    back = again and facts.standing == LAPSED and lasts is not None and term.rule(lasts).paid == name
    return fee.Payer(values, local_day(facts.joined_at, rulebook.zone), back or facts.standing in BELONGS, waived)


def charge(books: Books, asked: Asked, payer: fee.Payer, note: str = "") -> list[Charge]:
    """Raise what the clause charges under the member's lock, and pay it from what is on account."""
    key = asked.key or _own_key(books, asked)
    planned = plan_for(books.membership, asked, payer, key)
    if not planned.charges:
        raise NothingToCharge(field="fee", clause=asked.clause.id, why=said(asked.rulebook, planned.reason))
    earlier = known_charges(books.actor.programme, asked.clause, {books.membership: planned})
    if earlier:
        raise AlreadyCharged(field="fee", clause=asked.clause.id, number=next(iter(earlier.values())))
    made = write_charges(books.actor, books.at, asked, {books.membership: planned}, note)
    settle_if_any(books, made)
    return made


def _own_key(books: Books, asked: Asked) -> str:
    """What is charged when it is asked for is counted on."""
    if asked.clause.parameters.every != "asked":  # type: ignore[attr-defined]
        return ""
    rows = Charge.objects.filter(membership_id=books.membership, fee=asked.clause.parameters.name)  # type: ignore[attr-defined]
    return f"n{rows.count() + 1}"


def plan_for(membership: int, asked: Asked, payer: fee.Payer, key: str = "") -> fee.Plan:
    """What a member is charged, in whole; `quantity` times where more than one is asked for."""
    rule = asked.clause.parameters
    until = paid_until(membership, rule.name) if rule.gives else None  # type: ignore[attr-defined]
    plan = fee.plan(asked.clause, payer, asked.day, asked.workdays, key=key, until=until)
    if asked.quantity == 1:
        return plan
    many = tuple(replace(each, amount=each.amount * asked.quantity) for each in plan.charges)
    values = {**plan.reason.values, "amount": sum(each.amount for each in many)}
    return fee.Plan(many, replace(plan.reason, values=values) if many else plan.reason)


def paid_until(membership: int, name: str) -> date | None:
    """The last local day of a fee that is charged for or paid: a term begins behind it."""
    rows = list(Charge.objects.filter(membership_id=membership, fee=name, cancelled_at=None).exclude(covers_last=None))
    moves = moves_of(rows)
    return max((until for row in rows if (until := _counts_until(row, moves[row.pk]))), default=None)


def _counts_until(row: Charge, moves: list[ChargeMove]) -> date | None:
    now = stands(row, moves, row.due)
    return row.covers_last if now.left else covered_until(row, moves, now)  # what is charged stands, paid or not


def known_charges(programme: int, clause: Clause, planned: Mapping[int, fee.Plan]) -> dict[int, str]:
    """membership -> number, where this was charged before."""
    keys = {(membership, each.key) for membership, plan in planned.items() for each in plan.charges}
    rows = Charge.objects.filter(
        programme_id=programme, membership_id__in=planned, fee=clause.parameters.name,  # type: ignore[attr-defined]
        key__in={key for _, key in keys},
    ).values_list("membership_id", "key", "number")  # fmt: skip
    return {membership: number for membership, key, number in rows if (membership, key) in keys}


def write_charges(
    actor: Actor, at: datetime, asked: Asked, planned: Mapping[int, fee.Plan], note: str = ""
) -> list[Charge]:
    """The charges of some members, numbered on."""
    today = local_day(at, asked.rulebook.zone)
    count = sum(len(plan.charges) for plan in planned.values())
    numbers = iter(numbering.next_numbers(actor.programme, numbering.CHARGE, today.year, count))
    rows = [
        Charge(
            programme_id=actor.programme, membership_id=membership, number=next(numbers),
            fee=asked.clause.parameters.name, key=each.key, clause=asked.clause.id,  # type: ignore[attr-defined]
            version=asked.rulebook.version, note=note, amount=each.amount, due=each.due,
            covers_first=each.covers.first if each.covers else None,
            covers_last=each.covers.last if each.covers else None,
            reason=_reason(plan, each), raised_at=at, raised_by=actor.reference,
        )
        for membership, plan in planned.items()
        for each in plan.charges
    ]  # fmt: skip
    made = Charge.objects.bulk_create(rows)
    tie(made, at, actor.reference)
    tell(
        actor.programme,
        [
            ChargeRaised(
                membership=row.membership_id, reference=row.number, at=at, clause=row.clause, fee=row.fee,
                amount=row.amount, due=row.due,
            )
            for row in made
        ],
        at,
    )  # fmt: skip
    return made


def _reason(plan: fee.Plan, each: fee.Planned) -> dict[str, object]:
    values = {**plan.reason.values, "amount": each.amount, "due": each.due.isoformat()}
    return written_reason(replace(plan.reason, values=values))


def settle_if_any(books: Books, made: Sequence[Charge]) -> None:
    if held(books, CREDIT):
        settle(books, list(made), books.today)


def said(rulebook: Programme, reason: Reason) -> Text:
    """A reason as a sentence, to be said within another."""
    text: Text = rulebook.clauses[reason.clause].module.SAYS[reason.say]
    return Text(**text.both(**reason.values))
