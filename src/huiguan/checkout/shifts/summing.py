"""A shop's day out of its papers. Pure; amounts in fen, units whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiguan.checkout.shifts.counting import differences
from huiguan.checkout.tendering import summed
from huiguan.checkout.values import MEANS, SALE_MEANS
from huiguan.rules.wallet import WALLET

PROMOTION = "promotion"
Sums = dict[str, int]


@dataclass(frozen=True, slots=True)
class SoldPaper:
    """A sale. `client`: under whose reference it was rung up; `paid` fen."""

    id: str
    at: datetime
    written_at: datetime
    client: str
    clerk: str
    paid: int
    document: dict[str, Any]

    @property
    def tenders(self) -> list[list[Any]]:
        return list(self.document["tenders"])


@dataclass(frozen=True, slots=True)
class BackPaper:
    """A return or void. `refund` fen; `tenders` by which means it went back."""

    id: str
    kind: str
    at: datetime
    written_at: datetime
    refund: int
    document: dict[str, Any]
    tenders: list[list[Any]]

    @property
    def clerk(self) -> str:
        return str(self.document["actor"])

    @property
    def shift(self) -> int | None:
        shift: int | None = self.document.get("shift")
        return shift


@dataclass(frozen=True, slots=True)
class StoredPaper:
    """A top-up of `amount` fen, or the refund of one; `bonus` given or taken back."""

    id: str
    at: datetime
    written_at: datetime
    amount: int
    bonus: int
    tenders: list[list[Any]]


@dataclass(frozen=True, slots=True)
class DayPapers:
    """What a day is made of: sales and returns of the day itself, those of earlier days that came in since the last
    close with the day they are of, redemptions and gifts that came back ((unit, units) pairs), the day's shifts, and
    value stored and refunded (late ones too)."""

    sold: Sequence[SoldPaper]
    back: Sequence[BackPaper]
    late_sold: Sequence[tuple[date, SoldPaper]] = ()
    late_back: Sequence[tuple[date, BackPaper]] = ()
    redeemed: Sequence[tuple[str, int]] = ()
    gifts_back: Sequence[tuple[str, int]] = ()
    shifts: Sequence[ShiftSpan] = ()
    stored: Sequence[StoredPaper] = ()
    refunded: Sequence[StoredPaper] = ()


@dataclass(frozen=True, slots=True)
class ShiftSpan:
    """Whose sales a shift holds, and from when until when; `sheet` once it is handed over."""

    id: int
    till: str
    holder: str
    clerk: str
    opened_at: datetime
    closed_at: datetime | None
    sheet: Mapping[str, Any] | None = field(default=None)
    of_day: bool = True

    def holds(self, paper: SoldPaper) -> bool:
        """Whether this sale's money went into the shift's drawer."""
        hers = paper.client == self.holder and (self.holder.startswith("staff:") or paper.clerk == self.clerk)
        ended = self.closed_at is not None and paper.written_at >= self.closed_at
        return hers and paper.at >= self.opened_at and paper.written_at >= self.opened_at and not ended


def day_document(papers: DayPapers) -> dict[str, Any]:
    """Everything a day's close tells."""
    returns = [paper for paper in papers.back if paper.kind == "return"]
    voids = [paper for paper in papers.back if paper.kind == "void"]
    outside = [paper for paper in papers.sold if not any(shift.holds(paper) for shift in papers.shifts)]
    return {
        "sales": _sales(papers.sold),
        "returns": _backs(returns),
        "voids": _backs(voids),
        "net": _net(papers.sold, papers.back),
        "clerks": _clerks(papers.sold, papers.back),
        "units": _units(papers),
        "stored": _stored(papers),
        "late": _late(papers),
        "shifts": [_shift(shift) for shift in papers.shifts if shift.of_day],
        "outside": {"sales": len(outside), "paid": sum(paper.paid for paper in outside)},
    }


def _sales(sold: Sequence[SoldPaper]) -> dict[str, Any]:
    lines = [line for paper in sold for line in paper.document["lines"]]
    return {
        "count": len(sold),
        "members": sum(not paper.id.startswith("0-") for paper in sold),
        "pieces": sum(line["quantity"] for line in lines),
        "listed": sum(line["list"] for line in lines),
        "paid": sum(paper.paid for paper in sold),
        "discounts": _discounts(sold),
        "tenders": _by_means(part for paper in sold for part in paper.tenders),
    }


def _discounts(sold: Sequence[SoldPaper]) -> Sums:
    """What came off the list prices, by name; list price less these is what was paid."""
    lines = [line for paper in sold for line in paper.document["lines"]]
    off: Sums = {PROMOTION: sum(line["list"] - line["price"] for line in lines)}
    for step in (step for paper in sold for step in paper.document["steps"]):
        off[step["name"]] = off.get(step["name"], 0) + sum(step["offs"])
    return {name: amount for name, amount in off.items() if amount}


def _by_means(parts: Iterable[Sequence[Any]]) -> Sums:
    sums = summed(parts)
    return {means: sums[means] for means in SALE_MEANS if sums.get(means)}


def _backs(back: Sequence[BackPaper]) -> dict[str, Any]:
    return {
        "count": len(back),
        "refund": sum(paper.refund for paper in back),
        "tenders": _by_means(part for paper in back for part in paper.tenders),
    }


def _net(sold: Sequence[SoldPaper | StoredPaper], back: Sequence[BackPaper | StoredPaper]) -> Sums:
    taken = summed(part for paper in sold for part in paper.tenders)
    given = summed(part for paper in back for part in paper.tenders)
    both = {means: taken.get(means, 0) - given.get(means, 0) for means in MEANS if means in taken or means in given}
    return both


def _stored(papers: DayPapers) -> dict[str, Any]:
    """Value stored and refunded: no turnover, and money all the same. `spent`: what goods took of it, `back` what returns
    gave back to it."""
    spent = summed(part for paper in papers.sold for part in paper.tenders).get(WALLET, 0)
    back = summed(part for paper in papers.back for part in paper.tenders).get(WALLET, 0)
    return {
        "count": len(papers.stored),
        "amount": sum(paper.amount for paper in papers.stored),
        "bonus": sum(paper.bonus for paper in papers.stored),
        "refunds": len(papers.refunded),
        "refund": sum(paper.amount for paper in papers.refunded),
        "bonus_back": sum(paper.bonus for paper in papers.refunded),
        "spent": spent,
        "back": back,
        "tenders": _net(papers.stored, papers.refunded),
    }


def _clerks(sold: Sequence[SoldPaper], back: Sequence[BackPaper]) -> list[dict[str, Any]]:
    rows: dict[str, dict[str, Any]] = {}

    def row(clerk: str) -> dict[str, Any]:
        return rows.setdefault(clerk, {"clerk": clerk, "sales": 0, "paid": 0, "returns": 0, "refund": 0})

    for paper in sold:
        row(paper.clerk)["sales"] += 1
        row(paper.clerk)["paid"] += paper.paid
    for each in back:
        row(each.clerk)["returns"] += 1
        row(each.clerk)["refund"] += each.refund
    return sorted(rows.values(), key=lambda told: (-told["paid"], told["clerk"]))


def _units(papers: DayPapers) -> dict[str, Sums]:
    units: dict[str, Sums] = {}

    def add(what: str, parts: Iterable[tuple[str, int]]) -> None:
        for unit, amount in parts:
            if amount:
                sums = units.setdefault(unit, {})
                sums[what] = sums.get(what, 0) + amount

    for what in ("earned", "used"):
        add(what, (part for paper in papers.sold for part in paper.document[what].items()))
    for what in ("taken_back", "given_back"):
        add(what, (part for paper in papers.back for part in paper.document[what].items()))
    add("redeemed", papers.redeemed)
    add("gifts_back", papers.gifts_back)
    return units


def _late(papers: DayPapers) -> list[dict[str, Any]]:
    days = sorted({day for day, _ in papers.late_sold} | {day for day, _ in papers.late_back})
    return [_late_day(papers, day) for day in days]


def _late_day(papers: DayPapers, day: date) -> dict[str, Any]:
    sold = [paper for of, paper in papers.late_sold if of == day]
    back = [paper for of, paper in papers.late_back if of == day]
    return {
        "day": day.isoformat(),
        "sales": len(sold),
        "paid": sum(paper.paid for paper in sold),
        "returns": len(back),
        "refund": sum(paper.refund for paper in back),
        "net": _net(sold, back),
    }


def _shift(shift: ShiftSpan) -> dict[str, Any]:
    sheet = shift.sheet
    return {
        "id": shift.id,
        "till": shift.till,
        "clerk": shift.clerk,
        "opened_at": shift.opened_at.isoformat(),
        "closed_at": shift.closed_at.isoformat() if shift.closed_at else None,
        "sales": sheet["sales"] if sheet else None,
        "differences": differences(dict(sheet)) if sheet else {},
        "reason": sheet["reason"] if sheet else "",
    }
