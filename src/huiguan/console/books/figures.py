"""The accountant's figures as pages and as a sheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from huiguan.analytics import queries
from huiguan.analytics.values import CohortView, DayBook, EstimateView, LiabilityView, Postings
from huiguan.console.acting import Acting, refused_field
from huiguan.console.books.deeds import CAUSES, FLOWS
from huiguan.console.books.pages import (
    CohortRow,
    DayLine,
    DayRow,
    DaysPage,
    EstimateRow,
    OwedPage,
    UnitDays,
)
from huiguan.console.keys import new_key
from huiguan.console.wording import unit_title
from huiguan.design.values import Figure
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.moments import add_months, local_day, month_end, month_start
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

NAMES = {
    "unit": Text(zh="单位", en="Unit"),
    "part": Text(zh="预计使用", en="Expected use"),
    "month": Text(zh="哪个月的", en="Which month's"),
    "units": Text(zh="多少", en="How many"),
    "worth": Text(zh="值", en="Worth"),
    "reason": Text(zh="依据", en="Basis"),
}
COLUMNS = (
    Text(zh="日期", en="Day"), Text(zh="单位", en="Unit"), Text(zh="科目", en="Account"), Text(zh="原因", en="Cause"),
    Text(zh="记给会员", en="To members"), Text(zh="收自会员", en="From members"), Text(zh="笔数", en="Journals"),
    Text(zh="期初", en="Opening"), Text(zh="期末", en="Closing"), Text(zh="其中占用", en="Of it held"), Text(zh="已封账", en="Sealed"),
)  # fmt: skip
_LEDGER = Text(zh="总账", en="Ledger")
_YES, _NO = Text(zh="是", en="yes"), Text(zh="否", en="no")


def asked_month(now: Acting, text: str) -> date:
    """The month asked for, else the present one."""
    return queries.month_of(text) if text else month_start(_today(now))


def days_page(now: Acting, month: date) -> DaysPage:
    """What each unit's books moved in a month, newest day first. Takes `audit`."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    told = queries.postings(now.actor, month, month_end(month), now.at)
    units = sorted({book.unit for book in told.days} | {unit for unit, held in told.opens.items() if held})
    after = add_months(month, 1)
    return DaysPage(
        month=f"{month:%Y-%m}",
        units=[_unit(now, rulebook, told, unit, month) for unit in units],
        before_href=f"/books/days/?month={add_months(month, -1):%Y-%m}",
        after_href=f"/books/days/?month={after:%Y-%m}" if after <= _today(now) else "",
        sheet_href=f"/books/days/sheet?month={month:%Y-%m}",
    )


def _today(now: Acting) -> date:
    return local_day(now.at, programmes.programme_at(now.actor.programme, now.at).zone)


def _unit(now: Acting, rulebook: Programme, told: Postings, unit: str, month: date) -> UnitDays:
    books = [book for book in told.days if book.unit == unit]
    running = month_end(month) >= _today(now)
    ledger = told.ends.get(unit, 0)
    return UnitDays(
        title=unit_title(rulebook, unit),
        days=[_day(book) for book in reversed(books)],
        given=sum(each.given for book in books for each in book.posted),
        taken=sum(each.taken for book in books for each in book.posted),
        ledger=ledger,
        differs=(books[-1].closing if books else told.opens.get(unit, 0)) - ledger if running else None,
    )


def _day(book: DayBook) -> DayRow:
    return DayRow(
        day=book.day,
        opening=book.opening,
        given=sum(each.given for each in book.posted),
        taken=sum(each.taken for each in book.posted),
        closing=book.closing,
        held=book.held,
        closed=book.closed,
        lines=[DayLine(flow_title(e.flow), cause_title(e.cause), e.given, e.taken, e.journals) for e in book.posted],
    )


def flow_title(flow: str) -> Text:
    return FLOWS[flow][0] if flow in FLOWS else Text(zh=flow, en=flow)


def cause_title(cause: str) -> Text:
    return CAUSES.get(cause, Text(zh=cause, en=cause))


def days_rows(now: Acting, month: date, lang: str) -> Iterator[Sequence[str | int]]:
    """The month as the rows of a sheet: every movement, then what the ledger says itself."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    return _rows(queries.postings(now.actor, month, month_end(month), now.at), rulebook, lang)


def _rows(told: Postings, rulebook: Programme, lang: str) -> Iterator[Sequence[str | int]]:
    for book in told.days:
        unit, sealed = unit_title(rulebook, book.unit).of(lang), (_YES if book.closed else _NO).of(lang)
        for each in book.posted:
            yield (
                book.day.isoformat(), unit, flow_title(each.flow).of(lang), cause_title(each.cause).of(lang), each.given,
                each.taken, each.journals, book.opening, book.closing, book.held, sealed,
            )  # fmt: skip
    for name, held in sorted(told.ends.items()):
        yield (
            f"{told.at:%Y-%m-%d}",
            unit_title(rulebook, name).of(lang),
            _LEDGER.of(lang),
            "",
            "",
            "",
            "",
            "",
            held,
            "",
            "",
        )


def owed_page(
    now: Acting, unit: str, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
) -> OwedPage:
    """What is owed for a unit, month of earning by month, newest first. Takes `audit`."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    known = queries.known_units(now.actor, now.at)
    chosen = unit if unit in known else next(iter(known), "")
    told = queries.liability(now.actor, chosen, now.at) if chosen else None
    return OwedPage(
        unit=chosen,
        units=[(name, unit_title(rulebook, name), name == chosen) for name in known],
        worth=_worth(told.worth) if told else "",
        figures=_figures(told) if told else (),
        cohorts=[_cohort(each) for each in reversed(told.cohorts)] if told else (),
        estimates=[_estimate(each) for each in queries.estimates(now.actor, chosen)] if chosen else (),
        may_estimate=bool(chosen) and now.actor.may("estimate"),
        key=new_key(),
        typed=typed or {},
        refused=refused_field(refusal, now, NAMES) if refusal else None,
        wrong=refusal.field or "" if refusal else "",
    )


def _figures(told: LiabilityView) -> list[Figure]:
    left = sum(each.cohort.left for each in told.cohorts)
    return [
        Figure(Text(zh="尚欠", en="Owed"), told.totals.owed, "money", Text(zh="合同负债", en="contract liability")),
        Figure(Text(zh="递延", en="Set aside"), told.totals.set_aside, "money", Text(zh="历来", en="so far")),
        Figure(Text(zh="已确认", en="Earned"), told.totals.earned, "money", Text(zh="随使用", en="as they are used")),
        Figure(Text(zh="未用", en="Unused"), left, "points", Text(zh="全部批次", en="of all months")),
    ]


def _cohort(each: CohortView) -> CohortRow:
    cohort, told = each.cohort, each.deferred
    return CohortRow(
        each.month, cohort.paid, cohort.given, cohort.used, cohort.expired, cohort.left, percent(each.first),
        percent(each.latest), told.set_aside, told.earned, told.owed,
    )  # fmt: skip


def _estimate(each: EstimateView) -> EstimateRow:
    worth = f"{each.units} = ¥{as_yuan(each.worth)}" if each.units and each.worth is not None else ""
    return EstimateRow(each.since, each.month, percent(each.share), worth, each.actor, each.reason)


def percent(part: Fraction) -> str:
    """A share of ten thousandths as percent: 95%, 97.25%."""
    whole, cents = divmod(int(part * 10_000), 100)
    return f"{whole}.{cents:02d}".rstrip("0").rstrip(".") + "%"


def ten_thousandths(text: str) -> int | str:
    """Percent as typed (95, 97.25, 95%) as a part of 10,000; the text itself where it is none."""
    whole, dot, cents = text.strip().rstrip("%％").strip().partition(".")
    if (
        not whole.isascii()
        or not whole.isdigit()
        or (dot and not (cents.isascii() and cents.isdigit()))
        or len(cents) > 2
    ):
        return text
    return int(whole) * 100 + int((cents + "00")[:2])


def _worth(worth: Fraction | None) -> str:
    if worth is None:
        return ""
    return (
        f"1 = ¥{as_yuan(int(worth))}"
        if worth.denominator == 1
        else f"{worth.denominator} = ¥{as_yuan(worth.numerator)}"
    )
