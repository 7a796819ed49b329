"""Money and whole books of dues, told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from huiguan.billing.dues import deposits
from huiguan.billing.dues.charges import clause_of, covered_until, moves_of, stands, view_of
from huiguan.billing.models import Charge, ChargeMove, Money
from huiguan.billing.values.dues import CREDIT, PAYABLE, DuesBook, MoneyView
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.ledger import facts as ledger
from huiguan.ledger.lots import available
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules import owing


def money_view(actor: Actor, row: Money) -> MoneyView:
    return money_views(actor, [row])[0]


def money_views(actor: Actor, rows: Sequence[Money]) -> list[MoneyView]:
    """Money with what it paid when it came; in and out alike."""
    paid = _paid_by(actor.programme, [row.number for row in rows])
    undone = dict(
        Money.objects.filter(programme_id=actor.programme, undoes__in=[row.number for row in rows]).values_list(
            "undoes", "number"
        )
    )
    called = members.called(actor.programme, {row.membership_id for row in rows})
    return [_told(row, called[row.membership_id], paid.get(row.number, ()), undone.get(row.number, "")) for row in rows]


def _paid_by(programme: int, numbers: Sequence[str]) -> Mapping[str, list[tuple[str, Text, str, int]]]:
    moves = ChargeMove.objects.filter(programme_id=programme, money__in=numbers, what=owing.PAID).order_by(
        "charge_id", "n"
    )
    charges = Charge.objects.in_bulk({move.charge_id for move in moves})
    told: dict[str, list[tuple[str, Text, str, int]]] = defaultdict(list)
    for move in moves:
        charge = charges[move.charge_id]
        told[move.money].append((charge.number, clause_of(charge).title, move.portion, move.amount))
    return told


def _told(row: Money, called: tuple[str, str], paid: Sequence[tuple[str, Text, str, int]], undone_by: str) -> MoneyView:
    over = row.amount - sum(part for *_, part in paid) if row.way == "in" and not row.deposit else 0
    return MoneyView(
        number=row.number, way=row.way, member=called[0], name=called[1], amount=row.amount, means=row.means,
        reference=row.reference, payer=row.payer, day=row.day, at=row.at, by=row.by, note=row.note, undoes=row.undoes,
        undone_by=undone_by, paid=tuple(paid), deposit=row.deposit, over=over,
    )  # fmt: skip


def book_of(actor: Actor, at: datetime, membership: int) -> DuesBook:
    """All a member owes and has, those she absorbed included."""
    rulebook = programmes.programme_at(actor.programme, at)
    today = local_day(at, rulebook.zone)
    keys = [membership, *members.absorbed_by(membership)]
    called = members.number_and_name(actor.programme, membership)
    rows = list(Charge.objects.filter(programme_id=actor.programme, membership_id__in=keys).order_by("-due", "-number"))
    moves = moves_of(rows)
    charges = tuple(view_of(row, moves[row.pk], called, today) for row in rows)
    units = units_of(membership, at)
    money = Money.objects.filter(programme_id=actor.programme, membership_id__in=keys).order_by("-at", "-pk")
    return DuesBook(
        member=called[0], name=called[1], owed=sum(each.owed for each in charges),
        overdue=sum(each.owed for each in charges if each.state == "overdue"), credit=units.get(CREDIT, 0),
        payable=units.get(PAYABLE, 0), charges=charges,
        deposits=tuple(deposits.views_of(rulebook, membership, units, today, called)),
        money=tuple(money_views(actor, list(money))), paid_until=_paid_until(rows, moves, today),
    )  # fmt: skip


def units_of(membership: int, at: datetime) -> dict[str, int]:
    """What may be used of each unit."""
    account = ledger.accounts([membership]).get(membership)
    return {} if account is None else {unit: available(state, at) for unit, state in account.units.items()}


def _paid_until(rows: Sequence[Charge], moves: Mapping[int, Sequence[ChargeMove]], today: date) -> dict[str, date]:
    found: dict[str, date] = {}
    for row in rows:
        until = covered_until(row, moves[row.pk], stands(row, moves[row.pk], today))
        if row.cancelled_at is None and until is not None:
            found[row.fee] = max(until, found.get(row.fee, until))
    return found
