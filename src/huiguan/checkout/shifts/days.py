"""Which papers a day's close takes: each paper is taken by exactly one.

A close takes what is of its day or earlier and was written before it, less what the close before it took. A sale that was
still being committed while a day was closed bears a moment before that close and yet was not seen by it; what came in at
the edge is therefore listed by name, and the next close takes what is missing there.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from huiguan.checkout.models import DayClose, Redemption, Shift
from huiguan.checkout.shifts.papers import back_papers, refunded_papers, sold_papers, stored_papers
from huiguan.checkout.shifts.summing import BackPaper, DayPapers, ShiftSpan, SoldPaper, StoredPaper
from huiguan.kernel.moments import at_day, local_day

EDGE = timedelta(minutes=10)  # far longer than any commit takes
Paper = TypeVar("Paper", SoldPaper, BackPaper, StoredPaper)


@dataclass(frozen=True, slots=True)
class Span:
    """A day of a shop in its zone as of `at`, after its `last` close."""

    programme: int
    shop: int
    day: date
    at: datetime
    zone: ZoneInfo
    last: DayClose | None

    @property
    def begins(self) -> datetime:
        return at_day(self.day, self.zone)

    @property
    def ends(self) -> datetime:
        return at_day(self.day + timedelta(days=1), self.zone)

    @property
    def since(self) -> datetime:
        """Where the days begin that no close has told; before the first close, the day itself."""
        return at_day(self.last.day + timedelta(days=1), self.zone) if self.last else self.begins


def last_close(shop: int) -> DayClose | None:
    return DayClose.objects.filter(shop_id=shop).order_by("-number").first()


def papers_of(span: Span) -> tuple[DayPapers, list[str]]:
    """The day's papers, and the names of those at its edge."""
    sold, late_sold, edge = _taken(span, "s", sold_papers)
    back, late_back, edge_back = _taken(span, "r", back_papers)
    redeemed, gifts_back = _gifts(span)
    stored, late_stored, edge_stored = _taken(span, "t", stored_papers)
    refunded, late_refunded, edge_refunded = _taken(span, "b", refunded_papers)
    topped = [*(paper for _, paper in late_stored), *stored], [*(paper for _, paper in late_refunded), *refunded]
    papers = DayPapers(sold, back, late_sold, late_back, redeemed, gifts_back, _shifts(span), *topped)
    near = span.last is not None and span.last.closed_at > span.at - EDGE
    known = span.last.document["edge"] if span.last is not None and near else []
    return papers, [*known, *edge, *edge_back, *edge_stored, *edge_refunded]


def _taken(span: Span, row: str, read: Any) -> tuple[list[Any], list[tuple[date, Any]], list[str]]:
    """Papers of the day, late ones with their day, and the names at the edge."""
    where = f"{row}.at >= %s AND {row}.at < %s AND {row}.written_at <= %s"
    found = read(span.programme, span.shop, where, [span.since, span.ends, span.at])
    if span.last is not None:
        where = f"{row}.at < %s AND {row}.written_at > %s AND {row}.written_at <= %s"
        since = read(span.programme, span.shop, where, [span.since, span.last.closed_at - EDGE, span.at])
        found = _unseen(span.last, row, since) + found
    own = [paper for paper in found if paper.at >= span.begins]
    late = [(local_day(paper.at, span.zone), paper) for paper in found if paper.at < span.begins]
    edge = [_name(row, paper) for paper in found if paper.written_at > span.at - EDGE]
    return own, late, edge


def _unseen(last: DayClose, row: str, papers: Sequence[Paper]) -> list[Paper]:
    """Those the last close has not taken."""
    seen = set(last.document["edge"])
    return [paper for paper in papers if paper.written_at > last.closed_at or _name(row, paper) not in seen]


def _name(row: str, paper: Any) -> str:
    return f"{row}:{paper.id}"


def _gifts(span: Span) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """Units for gifts, and those that came back, by when they were written: a gift has no day of its own."""
    rows = Redemption.objects.filter(programme_id=span.programme, shop_id=span.shop)
    after = min(span.last.closed_at, span.since) if span.last else span.begins
    until = min(span.at, span.ends)
    redeemed = rows.filter(written_at__gt=after, written_at__lte=until).values_list("unit", "units")
    back = rows.filter(returned_written_at__gt=after, returned_written_at__lte=until).values_list("unit", "units")
    return list(redeemed), list(back)


def _shifts(span: Span) -> list[ShiftSpan]:
    """The shifts whose sales may be of the day; `of_day` those that began since the last close."""
    rows = Shift.objects.filter(programme_id=span.programme, shop_id=span.shop, opened_at__lt=span.ends)
    rows = rows.exclude(closed_at__lt=span.begins).order_by("opened_at", "id")
    return [
        ShiftSpan(
            row.pk, row.till, row.holder, row.clerk, row.opened_at, row.closed_at, row.sheet,
            row.opened_at >= span.since,
        )
        for row in rows
    ]  # fmt: skip
