"""What is owed: due days, terms, and a charge's open amount with its fine on a day. Pure; fen and local days.

A charge is a fold of what moved on it. Being late goes by the day the money came; a day on which the charge was still
unpaid at its beginning counts whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from huiguan.kernel.amounts import share
from huiguan.kernel.moments import add_months
from huiguan.kernel.records import record
from huiguan.rules.periods import Period

PAID, UNPAID, WAIVED, RETURNED = "paid", "unpaid", "waived", "returned"
PRINCIPAL, FINE = "principal", "fine"
_USUAL_DAYS = 30  # for who is charged after the fixed day has passed
_SATURDAY = 5


Workdays = Callable[[date, int], date]  # the nth workday after a day


@record
class Moved:
    """One thing that became of a charge on a local day: `paid`; `unpaid`, money taken off again and owed once more;
    `waived`; `returned`, money given back and owed no more. `portion`: of the amount itself or of the fine."""

    what: str
    portion: str
    amount: int
    day: date


@record
class Standing:
    """A charge on a day, fen: `paid` of the amount net, `left` of it, `fine` open, what of the fine is `fined` so far and
    `fine_paid`; `late_days` after the due day, `fined_days` of them beyond the grace; `capped`: the fine grows no more."""

    paid: int
    left: int
    fine: int
    fined: int
    fine_paid: int
    late_days: int
    fined_days: int
    capped: bool

    @property
    def owed(self) -> int:
        return self.left + self.fine


def months_after(day: date, months: int) -> date:
    return add_months(day, months)


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def months_between(first: date, last: date) -> int:
    """How many calendar months the days `first` to `last` touch."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def months_not_begun(covers: Period, today: date) -> int:
    """Of a covered period, the whole months that begin after `today`."""
    months, start = 0, covers.last + timedelta(days=1)
    while add_months(start, -(months + 1)) > today and add_months(start, -(months + 1)) >= covers.first:
        months += 1
    return months


def term_from(day: date, until: date | None, months: int | None) -> Period | None:
    """A term of so many months, from `day` on or behind what is paid for already; its last day is included."""
    if months is None:
        return None
    first = day if until is None or until < day else until + timedelta(days=1)
    return Period(first, add_months(first, months) - timedelta(days=1))


def due_on(due: Any, day: date, period: Period | None, workdays: Workdays) -> date:
    """The last day in time of what is charged on `day`."""
    if due.on is not None:
        base = period.first if period else day
        fixed: date = due.on.of(base.year)
        fixed = fixed if fixed >= base else due.on.of(base.year + 1)
        return fixed if fixed >= day else day + timedelta(days=_USUAL_DAYS if due.days is None else due.days)
    if due.months is not None:
        return add_months(day, due.months)
    if due.workdays is not None:
        return workdays(day, due.workdays)
    return day + timedelta(days=due.days or 0)


def plain_workdays(day: date, count: int) -> date:
    """The `count`th day from Monday to Friday after `day`: for what has no calendar at hand, such as a form's preview."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day


def standing(
    amount: int,
    due: date,
    moved: Sequence[Moved],
    today: date,
    *,
    grace: int,
    rate: Fraction | None,
    most: Fraction | None,
) -> Standing:
    """The fold of what moved on a charge, as it stands on `today`."""
    paid = _sum(moved, PRINCIPAL, PAID) - _sum(moved, PRINCIPAL, UNPAID) - _sum(moved, PRINCIPAL, RETURNED)
    left = amount + _sum(moved, PRINCIPAL, UNPAID) - _sum(moved, PRINCIPAL, PAID) - _sum(moved, PRINCIPAL, WAIVED)
    fined, days, capped = _fined(amount, due + timedelta(days=grace), moved, today, rate, most)
    fine_paid = _sum(moved, FINE, PAID) - _sum(moved, FINE, UNPAID) - _sum(moved, FINE, RETURNED)
    open_fine = max(0, fined - fine_paid - _sum(moved, FINE, WAIVED))
    return Standing(paid, left, open_fine, fined, fine_paid, max(0, (today - due).days), days, capped)


def _sum(moved: Sequence[Moved], portion: str, what: str) -> int:
    return sum(each.amount for each in moved if each.portion == portion and each.what == what)


def _fined(
    amount: int, free_until: date, moved: Sequence[Moved], today: date, rate: Fraction | None, most: Fraction | None
) -> tuple[int, int, bool]:
    """The fine so far, for how many days, and whether it is at its limit; rounded once, half a fen up."""
    if rate is None or today <= free_until:
        return 0, 0, False
    changes = sorted((each.day, _change(each)) for each in moved if each.portion == PRINCIPAL)
    unpaid, days, day, place = amount, 0, free_until + timedelta(days=1), 0
    sum_of_days = 0
    while day <= today:
        while place < len(changes) and changes[place][0] < day:
            unpaid, place = unpaid + changes[place][1], place + 1
        # Nothing changes until the day after the next movement: whole stretches at once.
        until = min(today, changes[place][0]) if place < len(changes) else today
        stretch = (until - day).days + 1
        if unpaid > 0:
            sum_of_days, days = sum_of_days + unpaid * stretch, days + stretch
        day = until + timedelta(days=1)
    fine = share(sum_of_days, rate)
    limit = share(amount, most) if most is not None else None
    return (limit, days, True) if limit is not None and fine >= limit else (fine, days, False)


def _change(moved: Moved) -> int:
    """What a movement changes of what is unpaid."""
    return {PAID: -1, UNPAID: 1, WAIVED: -1, RETURNED: 0}[moved.what] * moved.amount
