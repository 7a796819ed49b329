"""What operations and questions both read."""

from __future__ import annotations

import re
from datetime import date, datetime

from huiguan.analytics.models import Estimate
from huiguan.analytics.refusals import MonthWrong
from huiguan.analytics.values import EstimateView
from huiguan.kernel.actors import Actor
from huiguan.ledger import queries as ledger

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def known_units(actor: Actor, at: datetime) -> list[str]:
    """The units on the books of the actor's programme."""
    return [total.unit for total in ledger.totals(actor=actor, at=at)]


def view_of(row: Estimate) -> EstimateView:
    """An estimate as it is told."""
    return EstimateView(row.pk, row.unit, row.month, row.part, row.units, row.worth, row.since, row.actor, row.reason)


def month_of(text: str) -> date:
    """The first day of a month written 2026-12. MonthWrong."""
    found = _MONTH.fullmatch(text)
    if found is None or not (1 <= int(found[2]) <= 12 and int(found[1]) >= 1):
        raise MonthWrong(field="month", given=text)
    return date(int(found[1]), int(found[2]), 1)
