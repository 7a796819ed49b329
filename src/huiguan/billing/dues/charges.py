"""Charges with what moved on them: read, judged by their own clause, told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from huiguan.billing.models import Charge, ChargeMove
from huiguan.billing.refusals import ChargeUnknown
from huiguan.billing.values.dues import ChargeView, MoveView
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import add_months
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules import owing
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import fee
from huiguan.rules.periods import Period
from huiguan.rules.programme import Clause

Moves = Mapping[int, list[ChargeMove]]


def found_charge(actor: Actor, number: str, field: str = "charge") -> Charge:
    """The charge of this number; ChargeUnknown outside the actor's programme, or where it is another member's."""
    rows = Charge.objects.filter(programme_id=actor.programme, number=number)
    if actor.membership is not None:
        rows = rows.filter(membership_id=actor.membership)
    row = rows.first()
    if row is None:
        raise ChargeUnknown(field=field, given=number[:40])
    return row


def moves_of(charges: Iterable[Charge]) -> Moves:
    """{charge: its moves in order}."""
    found: dict[int, list[ChargeMove]] = {charge.pk: [] for charge in charges}
    for move in ChargeMove.objects.filter(charge_id__in=found).order_by("charge_id", "n"):
        found[move.charge_id].append(move)
    return found


def clause_of(charge: Charge) -> Clause:
    """The clause that judges it, in the version it was raised under."""
    return programmes.version(charge.version).clauses[charge.clause]


def stands(charge: Charge, moves: Sequence[ChargeMove], today: date) -> owing.Standing:
    """What is open of a charge on a local day."""
    told = [owing.Moved(move.what, move.portion, move.amount, move.day) for move in moves]
    return fee.stands(clause_of(charge), charge.amount, charge.due, told, today)


def state_of(charge: Charge, now: owing.Standing, moves: Sequence[ChargeMove], today: date) -> str:
    """The word for it, of CHARGE_STATES."""
    if charge.cancelled_at is not None:
        return "cancelled"
    if now.left or now.fine:
        if today > charge.due:
            return "overdue"
        return "part" if now.paid else "open"
    if any(move.what == owing.RETURNED for move in moves):
        return "returned"
    return "paid" if now.paid else "waived"


def covered_until(charge: Charge, moves: Sequence[ChargeMove], now: owing.Standing) -> date | None:
    """The last day that is paid for by a charge that is paid; what was given back of it is not."""
    if charge.covers_last is None or charge.covers_first is None or now.left or now.paid <= 0:
        return None
    back = next((move.day for move in moves if move.what == owing.RETURNED), None)
    if back is None:
        return charge.covers_last
    months = owing.months_not_begun(Period(charge.covers_first, charge.covers_last), back)
    return add_months(charge.covers_last + timedelta(days=1), -months) - timedelta(days=1)


def covers_of(charge: Charge) -> Period | None:
    if charge.covers_first is None or charge.covers_last is None:
        return None
    return Period(charge.covers_first, charge.covers_last)


def demand_house(actor: Actor) -> None:
    """What members owe the house is read with `bill` or `audit`."""
    if not actor.may("bill"):
        actor.demand("audit")


def views_of(
    charges: Sequence[Charge], called: Mapping[int, tuple[str, str]], today: date, moves: Moves | None = None
) -> list[ChargeView]:
    """Charges as they stand on a local day; `called`: membership -> (number, name)."""
    known = moves_of(charges) if moves is None else moves
    return [view_of(charge, known[charge.pk], called.get(charge.membership_id, ("", "")), today) for charge in charges]


def view_of(charge: Charge, moves: Sequence[ChargeMove], called: tuple[str, str], today: date) -> ChargeView:
    clause, now = clause_of(charge), stands(charge, moves, today)
    raised = Reason(charge.reason["clause"], charge.reason["say"], True, charge.reason["values"])
    return ChargeView(
        number=charge.number, member=called[0], name=called[1], fee=charge.fee, title=clause.title, clause=clause.id,
        note=charge.note, state=state_of(charge, now, moves, today), amount=charge.amount, paid=now.paid, left=now.left,
        fine=now.fine, fine_paid=now.fine_paid, owed=now.owed, due=charge.due,
        late_days=now.late_days if now.owed else 0, covers_first=charge.covers_first, covers_last=charge.covers_last,
        raised_at=charge.raised_at, membership=charge.membership_id, parts=_parts(clause, now.paid),
        reasons=(raised, *fee.lateness(clause, charge.due, now)),
        moves=tuple(
            MoveView(m.what, m.portion, m.amount, m.day, m.money, m.reason, m.actor, m.at) for m in moves
        ),
    )  # fmt: skip


def _parts(clause: Clause, paid: int) -> tuple[tuple[str, Text, int, int], ...]:
    told = fee.part_amounts(clause, paid)
    return tuple((part.purpose, part.title or clause.title, part.amount, into) for part, into in told)


def written_reason(reason: Reason) -> dict[str, object]:
    return {"clause": reason.clause, "say": reason.say, "values": dict(reason.values)}


def open_charges(programme: int, memberships: Sequence[int] | None = None) -> list[Charge]:
    """Charges of which something may be open, what was due longest first."""
    rows = Charge.objects.filter(programme_id=programme, open=True)
    if memberships is not None:
        rows = rows.filter(membership_id__in=memberships)
    return list(rows.order_by("due", "number"))


def by_member(charges: Iterable[Charge]) -> dict[int, list[Charge]]:
    told: dict[int, list[Charge]] = defaultdict(list)
    for charge in charges:
        told[charge.membership_id].append(charge)
    return told


def add_move(
    charge: Charge, moves: list[ChargeMove], what: str, portion: str, amount: int, *, day: date, actor: Actor,
    at: datetime, money: str = "", reason: str = "",
) -> None:  # fmt: skip
    """One more move; `moves` grows with it."""
    moves.append(
        ChargeMove.objects.create(
            charge_id=charge.pk,
            n=len(moves) + 1,
            programme_id=charge.programme_id,
            membership_id=charge.membership_id,
            what=what,
            portion=portion,
            amount=amount,
            day=day,
            money=money,
            reason=reason,
            actor=actor.reference,
            at=at,
        )
    )
