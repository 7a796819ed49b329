"""What time brings: reminders, and what being late means. Written down at night; what is late is true when read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from huiguan.billing.dues.charges import clause_of, moves_of, stands
from huiguan.billing.dues.marking import put_arrears
from huiguan.billing.dues.suspending import WHO, consequence, suspend_for
from huiguan.billing.events import ArrearsBegan, DuesReminded
from huiguan.billing.models import Charge, DepositCall, Reminded
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import system
from huiguan.kernel.moments import local_day
from huiguan.ledger import operations as ledger
from huiguan.programme import queries as programmes
from huiguan.rules.owing import Standing
from huiguan.rules.programme import Clause

_OPEN = "FROM billing_charge WHERE programme_id = %(programme)s AND open"
_LATE = "FROM billing_depositcall WHERE programme_id = %(programme)s AND closed_at IS NULL AND due < %(today)s"
_ANYTHING = f"SELECT 1 {_OPEN} UNION ALL SELECT 1 {_LATE} LIMIT 1"


def follow_dues(*, programme: int, at: datetime) -> int:
    """Remind of what is due, and do what being late means, each once; how many. A night's work: run again it changes
    nothing."""
    rulebook = programmes.ruling_at(programme, at)
    if rulebook is None:
        return 0
    today = local_day(at, rulebook.zone)
    asked = {"programme": programme, "today": today}
    if not hot_rows(_ANYTHING, asked):
        return 0
    charges = list(Charge.objects.raw(f"SELECT * {_OPEN} ORDER BY due, number", asked))
    moves, done = moves_of(charges), 0
    for charge in charges:
        now = stands(charge, moves[charge.pk], today)
        if now.owed:
            done += in_transaction(lambda c=charge, n=now: _follow(c, n, today, at))  # type: ignore[misc]
    calls = DepositCall.objects.raw(f"SELECT * {_LATE} ORDER BY due, id", asked)
    return done + sum(in_transaction(lambda c=call: _follow_call(c, at)) for call in calls)  # type: ignore[misc]


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
        return suspend_for(charge, at)
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
    suspend_for(charge, at)
    return 1


def _follow_call(call: DepositCall, at: datetime) -> int:
    ledger.lock_accounts([call.membership_id])
    call.refresh_from_db()
    if call.closed_at is not None:
        return 0
    if call.followed_at is not None:
        return suspend_for(call, at)
    call.followed_at = at
    call.save(update_fields=["followed_at"])
    told = ArrearsBegan(
        membership=call.membership_id, reference=call.deposit, at=at, clause=call.clause, fee=call.deposit,
        owed=call.short, due=call.due, then=consequence(call),
    )  # fmt: skip
    tell(call.programme_id, [told], at)
    suspend_for(call, at)
    return 1
