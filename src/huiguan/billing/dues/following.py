"""What time brings: reminders, and what being late means. Written down at night; what is late is true when read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from huiguan.billing.dues.books import Books
from huiguan.billing.dues.charges import clause_of, moves_of, open_charges, stands
from huiguan.billing.dues.marking import put_arrears
from huiguan.billing.events import ArrearsBegan, DuesReminded
from huiguan.billing.models import Charge, DepositCall, Reminded
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import system
from huiguan.kernel.moments import local_day
from huiguan.ledger import operations as ledger
from huiguan.members import operations as members
from huiguan.members import queries as known
from huiguan.members.inputs import RestoreMember, SuspendMember
from huiguan.programme import queries as programmes
from huiguan.rules.owing import Standing
from huiguan.rules.programme import Clause

WHO = "收费"
_SUSPENDS = "{number} 逾期未交（{clause}）"
_LIFTED = "欠费已交清"


def follow_dues(*, programme: int, at: datetime) -> int:
    """Remind of what is due, and do what being late means, each once; how many. A night's work: run again it changes
    nothing."""
    rulebook = programmes.ruling_at(programme, at)
    if rulebook is None:
        return 0
    today = local_day(at, rulebook.zone)
    charges = open_charges(programme)
    moves, done = moves_of(charges), 0
    for charge in charges:
        now = stands(charge, moves[charge.pk], today)
        if now.owed:
            done += in_transaction(lambda c=charge, n=now: _follow(c, n, today, at))  # type: ignore[misc]
    return done + sum(in_transaction(lambda c=call: _follow_call(c, at)) for call in _late_calls(programme, today))  # type: ignore[misc]


def _follow(charge: Charge, now: Standing, today: date, at: datetime) -> int:
    ledger.lock_accounts([charge.membership_id])
    clause = clause_of(charge)
    done = 0
    for step in _reminders(charge, clause, today):
        _, new = Reminded.objects.get_or_create(
            programme_id=charge.programme_id, membership_id=charge.membership_id, charge=charge, step=step,
            defaults={"at": at},
        )  # fmt: skip
        if new:
            done += 1
            told = DuesReminded(
                membership=charge.membership_id, reference=charge.number, at=at, clause=clause.id, fee=charge.fee,
                owed=now.owed, due=charge.due, days=(today - charge.due).days,
            )  # fmt: skip
            tell(charge.programme_id, [told], at)
    return done + _consequence(charge, clause, now, today, at)


def _reminders(charge: Charge, clause: Clause, today: date) -> Iterator[int]:
    """The latest reminder that is due; of several missed only the last is said."""
    steps = [step for step in clause.parameters.remind if (today - charge.due).days >= step]  # type: ignore[attr-defined]
    if steps:
        yield max(steps)


def _consequence(charge: Charge, clause: Clause, now: Standing, today: date, at: datetime) -> int:
    late = clause.parameters.late  # type: ignore[attr-defined]
    if late is not None and charge.followed_at is not None:
        return _suspend_for(charge, clause, at)
    if late is None or not now.left or (today - charge.due).days <= late.days:
        return 0
    if Reminded.objects.filter(charge=charge).count() < late.reminders:
        return 0
    charge.followed_at = at
    charge.save(update_fields=["followed_at"])
    put_arrears(charge, charge.number, at, system(charge.programme_id, WHO).reference)
    told = ArrearsBegan(
        membership=charge.membership_id, reference=charge.number, at=at, clause=clause.id, fee=charge.fee,
        owed=now.owed, due=charge.due, then=late.then,
    )  # fmt: skip
    tell(charge.programme_id, [told], at)
    _suspend_for(charge, clause, at)
    return 1


def _suspend_for(charge: Charge, clause: Clause, at: datetime) -> int:
    """Suspend her for a late charge, once; while something else suspends her it waits until that is over. One whom a
    person lets in again all the same stays in."""
    late = clause.parameters.late  # type: ignore[attr-defined]
    if late.then != "suspend" or charge.suspended_at is not None:
        return 0
    if not _suspend(charge.programme_id, charge.membership_id, at, charge.number, clause):
        return 0
    charge.suspended_at = at
    charge.save(update_fields=["suspended_at"])
    return 1


def suspend_again(books: Books) -> None:
    """What had been paid is owed again as if it had never come: what being late meant holds again too."""
    late = Charge.objects.filter(membership_id=books.membership, programme_id=books.actor.programme, open=True)
    for charge in late.exclude(followed_at=None).order_by("due", "number"):
        _suspend_for(charge, clause_of(charge), books.at)


def _suspend(programme: int, membership: int, at: datetime, number: str, clause: Clause) -> bool:
    """Where she is not suspended, or gone, already."""
    if known.standing_why_of(programme, membership, at).standing != "active":
        return False
    member = known.numbers(programme, [membership])[membership]
    reason = _SUSPENDS.format(number=number, clause=clause.id)
    house = system(programme, WHO)
    members.suspend_member(actor=house, at=at, given=SuspendMember(member=member, reason=reason))
    return True


def lift(books: Books) -> None:
    """Restore who was suspended for what is paid now, once nothing more stands against her here."""
    mine = Charge.objects.filter(membership_id=books.membership, programme_id=books.actor.programme)
    now = known.standing_why_of(books.actor.programme, books.membership, books.at).standing
    if now != "suspended" or not mine.exclude(followed_at=None).exists():
        return
    followed = list(mine.exclude(followed_at=None))
    suspending = [charge for charge in followed if clause_of(charge).parameters.late.then == "suspend"]  # type: ignore[attr-defined]
    if not suspending or any(charge.open for charge in suspending) or not _by(books, suspending):
        return
    member = known.numbers(books.actor.programme, [books.membership])[books.membership]
    house = system(books.actor.programme, WHO)
    members.restore_member(actor=house, at=books.at, given=RestoreMember(member=member, reason=_LIFTED))
    mine.exclude(suspended_at=None).update(suspended_at=None)


def _by(books: Books, charges: Sequence[Charge]) -> bool:
    """Whether it was for one of these that she was suspended last."""
    house = system(books.actor.programme, WHO)
    member = known.numbers(books.actor.programme, [books.membership])[books.membership]
    turned = next((each for each in known.changes(house, member) if each.what == "standing"), None)
    return turned is not None and turned.cause.partition(" ")[0] in {charge.number for charge in charges}


def _late_calls(programme: int, today: date) -> list[DepositCall]:
    return list(DepositCall.objects.filter(programme_id=programme, closed_at=None, followed_at=None, due__lt=today))


def _follow_call(call: DepositCall, at: datetime) -> int:
    clause = programmes.version(call.version).clauses[call.clause]
    call.followed_at = at
    call.save(update_fields=["followed_at"])
    then = clause.parameters.call.then  # type: ignore[attr-defined]
    told = ArrearsBegan(
        membership=call.membership_id, reference=call.deposit, at=at, clause=clause.id, fee=call.deposit,
        owed=call.short, due=call.due, then=then,
    )  # fmt: skip
    tell(call.programme_id, [told], at)
    if then == "suspend":
        _suspend(call.programme_id, call.membership_id, at, call.deposit, clause)
    return 1
