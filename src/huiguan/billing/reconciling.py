"""A provider's statement of a day against our books."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.billing.inputs import CloseDifferenceInput, ReconcileInput
from huiguan.billing.models import Difference, Payment, Step
from huiguan.billing.providers.choosing import provider_of
from huiguan.billing.refusals import DifferenceClosed, LineTwice
from huiguan.billing.standing import LATE, PAID, REFUNDED
from huiguan.billing.values import DifferenceView, Reconciled, StatementRow
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

_LINE = Text(zh="差异", en="difference")
AGREES = "agrees by now"
Lines = dict[tuple[str, str], int]  # (kind, number) -> fen


def reconcile_day(*, actor: Actor, at: datetime, given: ReconcileInput, key: str | None = None) -> Reconciled:
    """Hold a day's statement against our books, line by line. A line that does not agree is kept until a person says why; one
    that agrees by now is closed, and open again where it differs once more. Takes `correct`. Refuses LineTwice."""
    actor.demand("correct")
    zone = programmes.programme_at(actor.programme, at).zone
    rows = (
        [StatementRow(line.kind, line.number, line.amount) for line in given.lines]
        if given.lines is not None
        else provider_of(given.means).statement(actor.programme, given.day, zone)
    )
    theirs = _lines(rows)
    return perform(
        "reconcile_day", actor=actor, at=at, subject=f"statement:{given.means}:{given.day}", given=given, key=key,
        do=lambda: _compared(actor, at, given, theirs, ours_of(actor.programme, given.means, given.day, zone)),
        returns=Reconciled,
    )  # fmt: skip


def _lines(rows: Iterable[StatementRow]) -> Lines:
    found: Lines = {}
    for row in rows:
        if (row.kind, row.number) in found:
            raise LineTwice(field="lines", given=row.number)
        found[row.kind, row.number] = row.amount
    return found


def ours_of(programme: int, means: str, day: date, zone: ZoneInfo) -> Lines:
    """What our books say came and went by a means on a local day."""
    begins, ends = at_day(day, zone), at_day(day + timedelta(days=1), zone)
    steps = list(
        Step.objects.filter(programme_id=programme, at__gte=begins, at__lt=ends, what__in=(PAID, LATE, REFUNDED))
    )
    named = Payment.objects.filter(pk__in={step.payment_id for step in steps}, means=means)
    payments: dict[int, str] = dict(named.values_list("pk", "number"))
    return {
        ("refund", f"{payments[s.payment_id]}-{s.refund}")
        if s.what == REFUNDED
        else ("paid", payments[s.payment_id]): (s.amount or 0)
        for s in steps
        if s.payment_id in payments
    }


def _compared(
    actor: Actor, at: datetime, given: ReconcileInput, theirs: Lines, ours: Mapping[tuple[str, str], int]
) -> Reconciled:
    named = {"programme_id": actor.programme, "means": given.means, "day": given.day}
    differ = {line for line in theirs.keys() | ours.keys() if theirs.get(line) != ours.get(line)}
    for kind, number in sorted(differ):
        told = {"ours": ours.get((kind, number)), "theirs": theirs.get((kind, number))}
        row, new = Difference.objects.get_or_create(
            **named, kind=kind, number=number, defaults={**told, "found_at": at}
        )
        if not new:
            _again(row, told, at)
    for row in Difference.objects.filter(**named, closed_at=None):
        if (row.kind, row.number) not in differ:
            row.closed_at, row.closed_by, row.reason = at, actor.reference, AGREES
            row.save(update_fields=["closed_at", "closed_by", "reason"])
    rows = [difference_of(row) for row in Difference.objects.filter(**named).order_by("kind", "number")]
    sums = {kind: sum(fen for (each, _), fen in theirs.items() if each == kind) for kind in ("paid", "refund")}
    agreed = len(theirs.keys() & ours.keys() - differ)
    return Reconciled(given.day, given.means, agreed, sums["paid"], sums["refund"], tuple(rows))


def _again(row: Difference, told: Mapping[str, int | None], at: datetime) -> None:
    """A line that differs once more. What a person explained stays closed while it is the same; otherwise it is open."""
    same = (row.ours, row.theirs) == (told["ours"], told["theirs"])
    row.ours, row.theirs = told["ours"], told["theirs"]
    if row.closed_at is not None and (row.reason == AGREES or not same):
        row.found_at, row.closed_at, row.closed_by, row.reason = at, None, "", ""
    row.save()


def difference_of(row: Difference) -> DifferenceView:
    """A difference as it is told."""
    return DifferenceView(
        row.pk, row.means, row.day, row.kind, row.number, row.ours, row.theirs, row.closed_at, row.closed_by, row.reason
    )


def close_difference(
    *, actor: Actor, at: datetime, given: CloseDifferenceInput, key: str | None = None
) -> DifferenceView:
    """Say why a line does not agree. Takes `correct`. Refuses DifferenceClosed, NotFound."""
    actor.demand("correct")

    def do() -> DifferenceView:
        row = Difference.objects.select_for_update().filter(programme_id=actor.programme, pk=given.difference).first()
        if row is None:
            raise NotFound(field="difference", what=_LINE, given=given.difference)
        if row.closed_at is not None:
            raise DifferenceClosed(field="difference")
        row.closed_at, row.closed_by, row.reason = at, actor.reference, given.reason
        row.save(update_fields=["closed_at", "closed_by", "reason"])
        return difference_of(row)

    return perform(
        "close_difference", actor=actor, at=at, subject=f"difference:{given.difference}", given=given, do=do,
        returns=DifferenceView, key=key,
    )  # fmt: skip
