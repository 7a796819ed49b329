"""Questions about the figures. They take `audit`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from django.db.models import Sum

from huiguan.analytics.liability import ALL, Cohort, Deferred, deferred
from huiguan.analytics.models import DaysWritten, Estimate, PostedDay
from huiguan.analytics.reading import known_units, month_of, view_of
from huiguan.analytics.refusals import DaysTooMany, UnitUnknown
from huiguan.analytics.values import CohortView, DayBook, EstimateView, LiabilityView, Posted, Postings
from huiguan.checkout import queries as checkout
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.ledger import queries as ledger
from huiguan.ledger.queries import Movement
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import redemption
from huiguan.rules.programme import Programme

__all__ = ["MOST_DAYS", "estimates", "known_units", "liability", "month_of", "postings"]

MOST_DAYS = 400


def postings(actor: Actor, since: date, until: date, at: datetime) -> Postings:
    """What the books moved on the local days from `since` to `until` (both included), every unit with its balance
    before and after. Days after `at` are left out. Refuses DaysTooMany."""
    actor.demand("audit")
    if (until - since).days >= MOST_DAYS:
        raise DaysTooMany(field="until", most=MOST_DAYS)
    zone = programmes.programme_at(actor.programme, at).zone
    until = min(until, local_day(at, zone))
    written = DaysWritten.objects.filter(programme_id=actor.programme).order_by("-day").first()
    through = written.day if written else None
    fresh = ledger.movements(actor.programme, written.ends if written else None, _beyond(at), zone.key)
    moved = [*_kept(actor.programme, since, until), *(each for each in fresh if since <= each.day <= until)]
    before = _before(actor.programme, since, (each for each in fresh if each.day < since))
    days = tuple(_days(moved, before, through))
    opens = {unit: whole for (unit, state), whole in before.items() if state == "balance"}
    return Postings(
        days, opens, {total.unit: total.held + total.due for total in ledger.totals(actor=actor, at=at)}, at
    )


def _beyond(at: datetime) -> datetime:
    """Until before the next instant: what is written at `at` itself counts."""
    return at + timedelta(microseconds=1)


def _kept(programme: int, since: date, until: date) -> list[Movement]:
    rows = PostedDay.objects.filter(programme_id=programme, day__gte=since, day__lte=until)
    names = ("day", "unit", "state", "flow", "cause", "given", "taken", "journals")
    return [Movement(*row) for row in rows.values_list(*names)]


def _before(programme: int, since: date, fresh: Iterable[Movement]) -> dict[tuple[str, str], int]:
    """What stood before `since`: {(unit, state): whole units}."""
    rows = PostedDay.objects.filter(programme_id=programme, day__lt=since)
    sums = rows.values_list("unit", "state").annotate(given=Sum("given"), taken=Sum("taken"))
    found = {(unit, state): int(given - taken) for unit, state, given, taken in sums}
    for each in fresh:
        found[each.unit, each.state] = found.get((each.unit, each.state), 0) + each.given - each.taken
    return found


def _days(moved: list[Movement], before: dict[tuple[str, str], int], through: date | None) -> Iterator[DayBook]:
    stands = dict(before)
    by_day: dict[tuple[date, str], list[Movement]] = {}
    for each in moved:
        by_day.setdefault((each.day, each.unit), []).append(each)
    for (day, unit), found in sorted(by_day.items()):
        opening = stands.get((unit, "balance"), 0)
        for each in found:
            stands[unit, each.state] = stands.get((unit, each.state), 0) + each.given - each.taken
        balance = sorted((each for each in found if each.state == "balance"), key=lambda each: (each.flow, each.cause))
        posted = tuple(Posted(day, unit, e.flow, e.cause, e.given, e.taken, e.journals) for e in balance)
        closed = through is not None and day <= through
        yield DayBook(
            day, unit, opening, stands.get((unit, "balance"), 0), stands.get((unit, "hold"), 0), posted, closed
        )


def liability(actor: Actor, unit: str, at: datetime) -> LiabilityView:
    """What is owed for a unit that came with sales, month of earning by month. Refuses UnitUnknown."""
    actor.demand("audit")
    rulebook = programmes.programme_at(actor.programme, at)
    known = [each for each in estimates(actor, unit) if each.since <= at]
    worth = next((each.each for each in known if each.each is not None), worth_in(rulebook, unit))
    flows = ledger.cohort_flows(actor.programme, unit, at, rulebook.zone.key)
    if not flows and unit not in known_units(actor, at):
        raise UnitUnknown(field="unit", given=unit)
    paid = checkout.paid_by_month(actor.programme, unit, at, rulebook.zone.key)
    shown = tuple(
        _cohort(month, flows.get(month, {}), paid.get(month, 0), worth or Fraction(0), known, rulebook.zone)
        for month in sorted(flows)
    )
    aside, earned = (sum(getattr(each.deferred, name) for each in shown) for name in ("set_aside", "earned"))
    return LiabilityView(unit, at, worth, shown, Deferred(aside, earned))


def _cohort(
    month: date, flows: Mapping[str, int], paid: int, worth: Fraction, known: list[EstimateView], zone: ZoneInfo
) -> CohortView:
    """`flows`: net to members. What was handed between memberships cancels out; openings come without a sale here, and
    what returns claw back was never given for good."""
    used, expired = -flows.get("redeemed", 0), -flows.get("expired", 0)
    given = sum(flows.values()) + used + expired
    cohort = Cohort(paid, given, used, expired, worth)
    over = at_day(add_months(month, 1), zone)
    latest, first = _expected(known, month), _expected([each for each in known if each.since < over], month)
    return CohortView(month, cohort, first, latest, deferred(cohort, first, latest))


def _expected(known: list[EstimateView], month: date) -> Fraction:
    """The latest word on that month itself, else on all months; everything where nobody has said."""
    own = next((each.share for each in known if each.month == month), None)
    return own if own is not None else next((each.share for each in known if each.month is None), ALL)


def worth_in(rulebook: Programme, unit: str) -> Fraction | None:
    """Fen one unit pays by the rulebook; None where no clause says."""
    terms = redemption.terms(rulebook)
    return Fraction(terms.worth) if terms is not None and terms.unit == unit and terms.worth else None


def estimates(actor: Actor, unit: str) -> list[EstimateView]:
    """What was expected of a unit's use, the latest first."""
    actor.demand("audit")
    rows = Estimate.objects.filter(programme_id=actor.programme, unit=unit).order_by("-since", "-pk")
    return [view_of(row) for row in rows]
