"""What a drawer should hold, and how a count differs from it. Pure; amounts in fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huiguan.checkout.tendering import CASH, summed
from huiguan.checkout.values import MEANS

Sheet = dict[str, Any]
Sold = Sequence[tuple[int, Sequence[Sequence[Any]]]]  # what was paid, and by which means
Back = Sequence[tuple[str, int, Sequence[Sequence[Any]]]]  # return or void, what went back, and by which means


def sheet_of(
    opening: int,
    sold: Sold,
    late: Sold,
    back: Back,
    moves: Iterable[Mapping[str, Any]],
    stored: Sold = (),
    refunded: Sold = (),
) -> Sheet:
    """A shift as it stands: `late` are sales of before it that came in during it, whose money it never saw; `stored` and
    `refunded` top-ups and their refunds, whose money is in the drawer and is no turnover."""
    moves = list(moves)
    sales = summed(part for _, tenders in sold for part in tenders)
    refunds = summed(part for _, _, tenders in back for part in tenders)
    topped = _less(stored, refunded)
    into = sum(move["amount"] for move in moves if move["kind"] == "in")
    out = sum(move["amount"] for move in moves if move["kind"] == "out")
    tenders = _by_means(sales, refunds, topped, opening + into - out)
    return {
        "sales": len(sold),
        "paid": sum(paid for paid, _ in sold),
        "returns": sum(kind == "return" for kind, _, _ in back),
        "voids": sum(kind == "void" for kind, _, _ in back),
        "refunds": sum(refund for _, refund, _ in back),
        "in": into,
        "out": out,
        "moves": moves,
        "stored": _told(stored, refunded),
        "tenders": tenders,
        "late": {
            "sales": len(late),
            "paid": sum(paid for paid, _ in late),
            "tenders": summed(part for _, tenders in late for part in tenders),
        },
    }


def _by_means(
    sales: Mapping[str, int], refunds: Mapping[str, int], topped: Mapping[str, int], cash: int
) -> dict[str, dict[str, int]]:
    """What each means brought and should be there for; `cash` the float with what was put in and taken out."""
    tenders: dict[str, dict[str, int]] = {}
    for means in MEANS:
        expected = sales.get(means, 0) - refunds.get(means, 0) + topped.get(means, 0)
        if means == CASH:
            expected += cash
        elif not any(means in each for each in (sales, refunds, topped)):
            continue
        tenders[means] = {
            "sales": sales.get(means, 0),
            "refunds": refunds.get(means, 0),
            **({"stored": topped[means]} if means in topped else {}),
            "expected": expected,
        }
    return tenders


def _told(stored: Sold, refunded: Sold) -> dict[str, int]:
    return {
        "count": len(stored),
        "amount": sum(amount for amount, _ in stored),
        "refunds": len(refunded),
        "refund": sum(amount for amount, _ in refunded),
    }


def _less(one: Sold, other: Sold) -> dict[str, int]:
    """By means, `one` less `other`."""
    into = summed(part for _, tenders in one for part in tenders)
    out = summed(part for _, tenders in other for part in tenders)
    return {means: into.get(means, 0) - out.get(means, 0) for means in {**into, **out}}


def uncounted(sheet: Sheet, counted: Mapping[str, int]) -> list[str]:
    """The means that moved and were not counted."""
    return [means for means in sheet["tenders"] if means not in counted]


def counted_sheet(sheet: Sheet, counted: Mapping[str, int]) -> Sheet:
    """The sheet with what was counted, and the difference by means (counted less expected)."""
    tenders = {}
    for means in MEANS:
        if means not in sheet["tenders"] and means not in counted:
            continue
        told = sheet["tenders"].get(means, {"sales": 0, "refunds": 0, "expected": 0})
        there = counted.get(means, 0)
        tenders[means] = {**told, "counted": there, "difference": there - told["expected"]}
    return {**sheet, "tenders": tenders}


def differences(sheet: Sheet) -> dict[str, int]:
    """What differs, by means; empty where everything agrees."""
    return {means: told["difference"] for means, told in sheet["tenders"].items() if told["difference"]}
