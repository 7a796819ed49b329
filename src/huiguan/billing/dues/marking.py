"""What billing writes down on a membership: what is open, what is held, until when something is paid for.

An open charge and a deposit held tie the member to the house (encumbrances of the kinds `dues` and `deposit`), which leaving
must find cleared; `paid_until`, `arrears` and `deposit_<name>` (held in full) are marks.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from huiguan.billing.dues.charges import clause_of, covered_until, moves_of, stands
from huiguan.billing.models import Charge, ChargeMove
from huiguan.kernel.moments import local_day
from huiguan.members import operations as members
from huiguan.members import queries as known
from huiguan.programme import queries as programmes
from huiguan.rules import owing

DUES, DEPOSIT = "dues", "deposit"


def tie(charges: Sequence[Charge], at: datetime, actor: str) -> None:
    """Charges that were raised are open until they are paid."""
    for charge in charges:
        members.encumber(
            programme=charge.programme_id, membership=charge.membership_id, kind=DUES, ref=charge.number,
            said=clause_of(charge).title.zh, at=at, actor=actor, amount=charge.amount, clause=charge.clause,
        )  # fmt: skip


def note(charge: Charge, moves: Sequence[ChargeMove], at: datetime, actor: str) -> None:
    """What a move on a charge changed: tied or free, paid until when, in arrears no more."""
    is_tied = (DUES, charge.number) in _ties(charge.membership_id)
    if charge.open and not is_tied:
        tie([charge], at, actor)
    elif not charge.open and is_tied:
        members.clear(membership=charge.membership_id, kind=DUES, ref=charge.number, at=at, actor=actor)
    if charge.covers_last is not None:
        _paid_until(charge, moves, at, actor)
    if charge.followed_at is not None and not charge.open:
        _out_of_arrears(charge, at, actor)


def _paid_until(charge: Charge, moves: Sequence[ChargeMove], at: datetime, actor: str) -> None:
    """The last day any charge of hers pays for still, whichever was paid last; none where nothing is paid any more."""
    today = local_day(at, programmes.version(charge.version).zone)
    others = Charge.objects.filter(membership_id=charge.membership_id, cancelled_at=None).exclude(covers_last=None)
    rows = list(others.exclude(pk=charge.pk)) + ([] if charge.cancelled_at else [charge])
    known = {**moves_of(rows), charge.pk: moves}
    found = [
        (until, row) for row in rows if (until := covered_until(row, known[row.pk], stands(row, known[row.pk], today)))
    ]
    until, cause = max(found, key=lambda each: (each[0], each[1].pk), default=(None, charge))
    members.put_mark(
        programme=charge.programme_id, membership=charge.membership_id, name="paid_until",
        value=until.isoformat() if until else None, at=at, actor=actor, clause=cause.clause, cause=cause.number,
    )  # fmt: skip
    members.follow_payment(
        programme=charge.programme_id, membership=charge.membership_id, fee=charge.fee,
        until=max((day for row in rows if row.fee == charge.fee and (day := _settled_until(row, known[row.pk], today))),
                  default=None),
        at=at, actor=actor, cause=charge.number,
    )  # fmt: skip


def _settled_until(row: Charge, moves: Sequence[ChargeMove], today: date) -> date | None:
    """The last day a charge covers once nothing of it is owed: paid, or written off."""
    now = stands(row, moves, today)
    whole = row.covers_last if not now.left and not now.paid else None
    return covered_until(row, moves, now) or (None if any(m.what == owing.RETURNED for m in moves) else whole)


def _out_of_arrears(charge: Charge, at: datetime, actor: str) -> None:
    """One that was late is settled: in arrears still where another is, which has waited longest."""
    late = Charge.objects.filter(membership_id=charge.membership_id, open=True).exclude(followed_at=None)
    other = late.exclude(pk=charge.pk).order_by("due", "number").first()
    put_arrears(other or charge, other.number if other else None, at, actor)


def put_arrears(charge: Charge, value: str | None, at: datetime, actor: str) -> None:
    """That being late has its consequence, or no longer."""
    members.put_mark(
        programme=charge.programme_id, membership=charge.membership_id, name="arrears", value=value, at=at, actor=actor,
        clause=charge.clause, cause=charge.number,
    )  # fmt: skip


def _ties(membership: int) -> set[tuple[str, str]]:
    return {(each.kind, each.ref) for each in known.ties_of([membership])}


def tie_deposit(
    programme: int, membership: int, name: str, said: str, held: int, at: datetime, actor: str, clause: str
) -> None:
    """A deposit that is held must go back before the membership ends."""
    is_tied = (DEPOSIT, name) in _ties(membership)
    if held and not is_tied:
        members.encumber(
            programme=programme, membership=membership, kind=DEPOSIT, ref=name, said=said, at=at, actor=actor,
            amount=held, clause=clause,
        )  # fmt: skip
    elif not held and is_tied:
        members.clear(membership=membership, kind=DEPOSIT, ref=name, at=at, actor=actor)
        put_full(programme, membership, name, False, at, actor, clause)


def put_full(programme: int, membership: int, name: str, full: bool, at: datetime, actor: str, clause: str) -> None:
    """That a deposit that was assessed is held in full, or no longer: what a stage of an application may wait for."""
    members.put_mark(
        programme=programme, membership=membership, name=f"{DEPOSIT}_{name}", value="full" if full else None, at=at,
        actor=actor, clause=clause, cause=name,
    )  # fmt: skip
