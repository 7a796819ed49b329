"""Closed days as programs read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiguan.api.schemas import Answer, Whole, Yuan
from huiguan.checkout.values import DayView
from huiguan.kernel.amounts import as_yuan

Sums = dict[str, Yuan]


class DaySales(Answer):
    """`listed` less `discounts` is `paid`."""

    count: int
    members: int
    pieces: int
    listed: Yuan
    paid: Yuan
    discounts: Sums
    tenders: Sums


class DayBack(Answer):
    count: int
    refund: Yuan
    tenders: Sums


class DayClerk(Answer):
    clerk: str
    sales: int
    paid: Yuan
    returns: int
    refund: Yuan


class LateDay(Answer):
    """Of an earlier day and in the books only since its close."""

    day: date
    sales: int
    paid: Yuan
    returns: int
    refund: Yuan
    net: Sums


class DayShift(Answer):
    id: str
    till: str
    clerk: str
    opened_at: datetime
    closed_at: datetime | None
    differences: Sums
    reason: str


class OutsideShifts(Answer):
    """Sales of the day that no shift holds."""

    sales: int
    paid: Yuan


class DayStored(Answer):
    """Value stored and refunded, no turnover, with its money by means, net; `spent` what goods took of stored value and
    `back` what returns gave back to it."""

    count: int
    amount: Yuan
    bonus: Yuan
    refunds: int
    refund: Yuan
    bonus_back: Yuan
    spent: Yuan
    back: Yuan
    tenders: Sums


class DayAnswer(Answer):
    """A shop's day: closed under its `number`, or as it stands (`number` 0). `units`: earned, used, taken_back, given_back,
    redeemed and gifts_back of each unit."""

    shop: str
    day: date
    number: int
    closed_at: datetime | None
    closed_by: str
    sales: DaySales
    returns: DayBack
    voids: DayBack
    net: Sums
    clerks: list[DayClerk]
    units: dict[str, Whole]
    stored: DayStored
    late: list[LateDay]
    shifts: list[DayShift]
    outside: OutsideShifts
    note: str


class DaysPage(Answer):
    """Closed days, the newest first."""

    items: list[DayAnswer]
    next: str | None


def told_day(view: DayView) -> dict[str, Any]:
    told = view.document
    return {
        "shop": view.shop,
        "day": view.day,
        "number": view.number,
        "closed_at": view.closed_at,
        "closed_by": view.closed_by,
        "sales": _yuan(told["sales"], "listed", "paid", "discounts", "tenders"),
        "returns": _yuan(told["returns"], "refund", "tenders"),
        "voids": _yuan(told["voids"], "refund", "tenders"),
        "net": _sums(told["net"]),
        "clerks": [_yuan(row, "paid", "refund") for row in told["clerks"]],
        "units": told["units"],
        "stored": _yuan(told.get("stored", _NOTHING), *_STORED_MONEY),
        "late": [_yuan(row, "paid", "refund", "net") for row in told["late"]],
        "shifts": [_shift(row) for row in told["shifts"]],
        "outside": _yuan(told["outside"], "paid"),
        "note": told["note"],
    }


_STORED_MONEY = ("amount", "bonus", "refund", "bonus_back", "spent", "back", "tenders")
_NOTHING: dict[str, Any] = {"count": 0, "refunds": 0, **dict.fromkeys(_STORED_MONEY[:-1], 0), "tenders": {}}


def _sums(sums: dict[str, int]) -> dict[str, str]:
    return {name: as_yuan(amount) for name, amount in sums.items()}


def _yuan(row: dict[str, Any], *names: str) -> dict[str, Any]:
    return {
        name: value if name not in names else _sums(value) if isinstance(value, dict) else as_yuan(value)
        for name, value in row.items()
    }


def _shift(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: row[name] for name in ("till", "clerk", "opened_at", "closed_at", "reason")}
    return {**told, "id": str(row["id"]), "differences": _sums(row["differences"])}
