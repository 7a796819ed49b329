"""What a drawer should hold, and how a count differs from it. Pure; amounts in fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from huiguan.checkout.tendering import CASH, summed
from huiguan.checkout.values import MEANS

Sheet = dict[str, Any]
Sold = Sequence[tuple[int, Sequence[Sequence[Any]]]]  # what was paid, and by which means
Back = Sequence[tuple[str, int, Sequence[Sequence[Any]]]]  # return or void, what went back, and by which means


def sheet_of(opening: int, sold: Sold, late: Sold, back: Back, moves: Iterable[Mapping[str, Any]]) -> Sheet:
    """A shift as it stands: `late` are sales of before it that came in during it, whose money it never saw."""
    moves = list(moves)
    sales = summed(part for _, tenders in sold for part in tenders)
    refunds = summed(part for _, _, tenders in back for part in tenders)
    into = sum(move["amount"] for move in moves if move["kind"] == "in")
    out = sum(move["amount"] for move in moves if move["kind"] == "out")
    tenders = {}
    for means in MEANS:
        expected = sales.get(means, 0) - refunds.get(means, 0)
        if means == CASH:
            expected += opening + into - out
        elif means not in sales and means not in refunds:
            continue
        tenders[means] = {"sales": sales.get(means, 0), "refunds": refunds.get(means, 0), "expected": expected}
    return {
        "sales": len(sold),
        "paid": sum(paid for paid, _ in sold),
        "returns": sum(kind == "return" for kind, _, _ in back),
        "voids": sum(kind == "void" for kind, _, _ in back),
        "refunds": sum(refund for _, refund, _ in back),
        "in": into,
        "out": out,
        "moves": moves,
        "tenders": tenders,
        "late": {
            "sales": len(late),
            "paid": sum(paid for paid, _ in late),
            "tenders": summed(part for _, tenders in late for part in tenders),
        },
    }


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
