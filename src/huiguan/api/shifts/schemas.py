"""Shifts as programs read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.api.schemas import Answer, Yuan
from huiguan.checkout.values import ShiftView
from huiguan.kernel.amounts import as_yuan


class ShiftTender(Answer):
    """One means of payment: what came in and went back for goods, what for stored value (net), what should be there; `counted` and `difference` (counted less
    expected) once the shift is handed over."""

    means: str
    sales: Yuan
    refunds: Yuan
    stored: Yuan
    expected: Yuan
    counted: Yuan | None
    difference: Yuan | None


class CashMoveAnswer(Answer):
    kind: str
    amount: Yuan
    reason: str
    at: datetime
    hand: str


class LateSales(Answer):
    """Sales of a moment before the shift that came in during it: their money is not expected in its drawer."""

    sales: int
    paid: Yuan


class ShiftStored(Answer):
    """Top-ups and their refunds: money in the drawer that is no turnover."""

    count: int
    amount: Yuan
    refunds: int
    refund: Yuan


class ShiftAnswer(Answer):
    """A shift as it stands, or as it was handed over (`closed_at`)."""

    id: str
    shop: str
    till: str
    clerk: str
    opened_at: datetime
    opening: Yuan
    closed_at: datetime | None
    closed_by: str
    sales: int
    paid: Yuan
    returns: int
    voids: int
    refunds: Yuan
    tenders: list[ShiftTender]
    stored: ShiftStored
    moves: list[CashMoveAnswer]
    late: LateSales
    reason: str
    overnight: bool


class ShiftsPage(Answer):
    """Shifts of a shop, the newest first, on one page."""

    items: list[ShiftAnswer]
    next: str | None


def told_shift(view: ShiftView) -> dict[str, Any]:
    sheet = view.sheet
    return {
        "id": view.id,
        "shop": view.shop,
        "till": view.till,
        "clerk": view.clerk,
        "opened_at": view.opened_at,
        "opening": as_yuan(view.opening),
        "closed_at": view.closed_at,
        "closed_by": view.closed_by,
        "sales": sheet["sales"],
        "paid": as_yuan(sheet["paid"]),
        "returns": sheet["returns"],
        "voids": sheet["voids"],
        "refunds": as_yuan(sheet["refunds"]),
        "tenders": [_tender(means, told) for means, told in sheet["tenders"].items()],
        "stored": _stored(sheet.get("stored", _NONE)),
        "moves": [{**move, "amount": as_yuan(move["amount"])} for move in sheet["moves"]],
        "late": {"sales": sheet["late"]["sales"], "paid": as_yuan(sheet["late"]["paid"])},
        "reason": sheet.get("reason", ""),
        "overnight": sheet["overnight"],
    }


_NONE = {"count": 0, "amount": 0, "refunds": 0, "refund": 0}


def _stored(told: dict[str, int]) -> dict[str, Any]:
    return {name: as_yuan(value) if name in ("amount", "refund") else value for name, value in told.items()}


def _tender(means: str, told: dict[str, int]) -> dict[str, Any]:
    told = {"stored": 0, **told}
    figures = ("sales", "refunds", "stored", "expected", "counted", "difference")
    return {"means": means, **{each: as_yuan(told[each]) if each in told else None for each in figures}}
