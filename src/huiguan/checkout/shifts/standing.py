"""A shift as it stands: whose sales are its own, and which open one a return belongs to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.checkout.models import Shift
from huiguan.checkout.shifts.counting import Sheet, sheet_of
from huiguan.checkout.shifts.papers import back_papers, refunded_papers, sold_papers, stored_papers
from huiguan.checkout.shifts.refusals import ShiftUnknown
from huiguan.checkout.shifts.summing import BackPaper, SoldPaper, StoredPaper
from huiguan.checkout.storing import SoldSale, client_of
from huiguan.checkout.values import ShiftView
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.programme import queries as programmes

_HERS = "s.client = %s AND s.written_at >= %s AND s.written_at < %s AND s.at {side} %s"


def found_shift(actor: Actor, reference: str, *, lock: bool = False) -> Shift:
    """The shift with this id; ShiftUnknown outside the actor's programme and shops."""
    rows = Shift.objects.select_for_update() if lock else Shift.objects
    row = None
    if reference.isdecimal() and len(reference) < 19:
        row = rows.filter(pk=int(reference), programme_id=actor.programme).first()
    if row is None or (actor.shops is not None and row.shop_id not in actor.shops):
        raise ShiftUnknown(field="shift", given=reference[:40])
    return row


def is_hers(actor: Actor, row: Shift) -> bool:
    return row.holder == client_of(actor)


def sheet_so_far(row: Shift, at: datetime) -> Sheet:
    """What the shift took and gave back until `at`."""
    own, late = _sold(row, at, ">="), _sold(row, at, "<")
    told = sheet_of(
        row.opening,
        [(paper.paid, paper.tenders) for paper in own],
        [(paper.paid, paper.tenders) for paper in late],
        [(paper.kind, paper.refund, paper.tenders) for paper in _back(row)],
        [_move(move) for move in row.moves.order_by("at", "id")],
        [(paper.amount, paper.tenders) for paper in _stored(row, "t", stored_papers)],
        [(paper.amount, paper.tenders) for paper in _stored(row, "b", refunded_papers)],
    )
    zone = programmes.programme_at(row.programme_id, at).zone
    return {**told, "overnight": local_day(row.opened_at, zone) != local_day(at, zone)}


def _sold(row: Shift, at: datetime, side: str) -> list[SoldPaper]:
    """Her sales written while the shift was open, of a moment on that side of its beginning."""
    where, values = _HERS.format(side=side), [row.holder, row.opened_at, at, row.opened_at]
    if not row.holder.startswith("staff:"):
        where, values = f"{where} AND s.clerk = %s", [*values, row.clerk]
    return sold_papers(row.programme_id, row.shop_id, where, values)


def _back(row: Shift) -> list[BackPaper]:
    where = "r.at >= %s AND (r.document->>'shift')::bigint = %s"
    return back_papers(row.programme_id, row.shop_id, where, [row.opened_at, row.pk])


def _stored(row: Shift, of: str, read: Any) -> list[StoredPaper]:
    """The top-ups, or refunds of them, whose money went through the shift's drawer."""
    where = f"{of}.at >= %s AND ({of}.document->>'shift')::bigint = %s"
    found: list[StoredPaper] = read(row.programme_id, row.shop_id, where, [row.opened_at, row.pk])
    return found


def _move(move: Any) -> dict[str, Any]:
    return {
        "kind": move.kind,
        "amount": move.amount,
        "reason": move.reason,
        "at": move.at.isoformat(),
        "hand": move.hand,
    }


def view_of(actor: Actor, row: Shift, at: datetime) -> ShiftView:
    """The shift as told: its sheet as handed over, else as it stands at `at`."""
    shop = identity.shops_by_id(actor.programme, [row.shop_id])[row.shop_id]
    sheet = row.sheet if row.sheet is not None else sheet_so_far(row, at)
    return ShiftView(
        str(row.pk), shop.code, row.till, row.clerk, row.opened_at, row.opening, row.closed_at, row.closed_by, sheet,
        is_hers(actor, row),
    )  # fmt: skip


def shift_taking(actor: Actor, sold: SoldSale, shop: int, kind: str, clerk: str, at: datetime) -> int | None:
    """The open shift whose drawer a return or void made now comes out of, locked; None for none.

    A void belongs to the shift that rang the sale up while that is open: its money never was another's.
    """
    if kind == "void":
        own = _open(actor.programme, sold.shop_id, sold.client, sold.clerk)
        if own is not None and own.opened_at <= sold.at:
            return own.pk
    return shift_now(actor, shop, clerk, at)


def shift_now(actor: Actor, shop: int, clerk: str, at: datetime) -> int | None:
    """The open shift of whoever acts at a shop, into whose drawer money goes or out of which it comes; None for none."""
    row = _open(actor.programme, shop, client_of(actor), clerk)
    return row.pk if row is not None and row.opened_at <= at else None


def _open(programme: int, shop: int, holder: str, clerk: str) -> Shift | None:
    rows = Shift.objects.select_for_update().filter(programme_id=programme, shop_id=shop, holder=holder, closed_at=None)
    return (rows if holder.startswith("staff:") else rows.filter(clerk=clerk)).first()
