"""Figures as programs read them."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.analytics.values import CohortView, DayBook, EstimateView, LiabilityView, Posted, Postings
from huiguan.api.schemas import Answer, Whole, Yuan
from huiguan.kernel.amounts import as_yuan


class JoiningAnswer(Answer):
    """How many joined on the local days from `since` to `until`; `channels`: by shop, phone, program, import, applied, and
    under an empty name those of before it was kept."""

    since: date
    until: date
    members: int
    channels: dict[str, int]


class PostedAnswer(Answer):
    """`given` to members, `taken` from them."""

    flow: str
    cause: str
    given: int
    taken: int
    journals: int


class DayBookAnswer(Answer):
    """`held`: how much of `closing` holds set aside; `closed`: sealed, it will not change."""

    day: date
    unit: str
    opening: int
    closing: int
    held: int
    closed: bool
    posted: list[PostedAnswer]


class PostingsAnswer(Answer):
    """`opens`: what members held before the first day; `ledger`: what the ledger says they hold as of `at`."""

    at: datetime
    opens: Whole
    days: list[DayBookAnswer]
    ledger: Whole


class CohortAnswer(Answer):
    """`month`: its first day. `expected_first`, `expected_latest`: of 10,000."""

    month: date
    paid: Yuan
    given: int
    used: int
    expired: int
    left: int
    expected_first: int
    expected_latest: int
    set_aside: Yuan
    earned: Yuan
    owed: Yuan


class LiabilityAnswer(Answer):
    """`worth`: yuan that `worth_units` stand for; null where neither the rulebook nor anybody said."""

    unit: str
    at: datetime
    worth: Yuan | None
    worth_units: int
    cohorts: list[CohortAnswer]
    set_aside: Yuan
    earned: Yuan
    owed: Yuan


class EstimateAnswer(Answer):
    number: int
    unit: str
    month: date | None
    part: int
    units: int | None
    worth: Yuan | None
    since: datetime
    actor: str
    reason: str


def told_postings(view: Postings) -> PostingsAnswer:
    return PostingsAnswer(
        at=view.at, opens=dict(view.opens), days=[_day(each) for each in view.days], ledger=dict(view.ends)
    )


def _day(book: DayBook) -> DayBookAnswer:
    return DayBookAnswer(
        day=book.day, unit=book.unit, opening=book.opening, closing=book.closing, held=book.held, closed=book.closed,
        posted=[_posted(each) for each in book.posted],
    )  # fmt: skip


def _posted(each: Posted) -> PostedAnswer:
    return PostedAnswer(flow=each.flow, cause=each.cause, given=each.given, taken=each.taken, journals=each.journals)


def told_liability(view: LiabilityView) -> LiabilityAnswer:
    totals = view.totals
    return LiabilityAnswer(
        unit=view.unit, at=view.at, cohorts=[_cohort(each) for each in view.cohorts],
        worth=None if view.worth is None else as_yuan(view.worth.numerator),
        worth_units=1 if view.worth is None else view.worth.denominator,
        set_aside=as_yuan(totals.set_aside), earned=as_yuan(totals.earned), owed=as_yuan(totals.owed),
    )  # fmt: skip


def _cohort(view: CohortView) -> CohortAnswer:
    cohort, told = view.cohort, view.deferred
    return CohortAnswer(
        month=view.month, paid=as_yuan(cohort.paid), given=cohort.given, used=cohort.used, expired=cohort.expired,
        left=cohort.left, expected_first=int(view.first * 10_000), expected_latest=int(view.latest * 10_000),
        set_aside=as_yuan(told.set_aside), earned=as_yuan(told.earned), owed=as_yuan(told.owed),
    )  # fmt: skip


def told_estimate(view: EstimateView) -> EstimateAnswer:
    worth = None if view.worth is None else as_yuan(view.worth)
    return EstimateAnswer(
        number=view.number, unit=view.unit, month=view.month, part=view.part, units=view.units, worth=worth,
        since=view.since, actor=view.actor, reason=view.reason,
    )  # fmt: skip
