"""What was asked of members by a day, and when it was settled: for rooms above that watch whether it is in time."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from huiguan.billing.dues.charges import moves_of, stands
from huiguan.billing.models import Charge, DepositCall
from huiguan.kernel.moments import local_day
from huiguan.programme import queries as programmes


@dataclass(frozen=True, slots=True)
class AskedFor:
    """A charge of a fee, or a call of a deposit, `name`: since the local day `asked_on`, to be settled by `due`;
    `settled_on` None while anything is open."""

    membership: int
    name: str
    number: str
    asked_on: date
    due: date
    settled_on: date | None


def asked_for(
    programme: int, fees: Collection[str | None], deposits: Collection[str | None], who: Collection[int] | None = None
) -> tuple[AskedFor, ...]:
    """The charges of these fees and the calls of these deposits, the oldest first; of memberships `who` alone where they are
    named. What was cancelled was never asked."""
    charges = Charge.objects.filter(programme_id=programme, fee__in=[*fees], cancelled_at=None).order_by("pk")
    calls = DepositCall.objects.filter(programme_id=programme, deposit__in=[*deposits]).order_by("pk")
    if who is not None:
        charges, calls = charges.filter(membership_id__in=who), calls.filter(membership_id__in=who)
    return (*_charges(list(charges)), *_calls(list(calls)))


def _charges(rows: list[Charge]) -> Iterator[AskedFor]:
    moves = moves_of(rows)
    for row in rows:
        asked = local_day(row.raised_at, programmes.version(row.version).zone)
        moved = [move.day for move in moves[row.pk]]
        open_still = stands(row, moves[row.pk], max([row.due, *moved])).left
        yield AskedFor(
            row.membership_id, row.fee, row.number, asked, row.due, None if open_still or not moved else max(moved)
        )


def _calls(rows: list[DepositCall]) -> Iterator[AskedFor]:
    for row in rows:
        zone = programmes.version(row.version).zone
        asked = local_day(row.called_at, zone)
        settled = local_day(row.closed_at, zone) if row.closed_at is not None else None
        yield AskedFor(row.membership_id, row.deposit, f"{row.deposit}:{asked.isoformat()}", asked, row.due, settled)
