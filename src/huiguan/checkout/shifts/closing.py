"""The day closed: a numbered record of the shop that nothing changes afterwards."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from huiguan.checkout.events import DayClosed
from huiguan.checkout.inputs import CloseDayInput
from huiguan.checkout.models import DayClose, Shift
from huiguan.checkout.shifts import refusals
from huiguan.checkout.shifts.days import Span, last_close, papers_of
from huiguan.checkout.shifts.summing import day_document
from huiguan.checkout.values import DayView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.identity.values import Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import day_of, local_day
from huiguan.programme import queries as programmes


def close_day(*, actor: Actor, at: datetime, given: CloseDayInput, key: str | None = None) -> DayView:
    """Close a shop's day. Takes `close_day` there. ShiftsStillOpen, DayAlreadyClosed, DayBeforeLastClose, DayAhead,
    InvalidInput (day), NotFound (shop)."""
    shop = identity.shop(actor.programme, given.shop)
    actor.demand("close_day", shop.id)
    return perform(
        "close_day", actor=actor, at=at, subject=f"shop:{shop.code}", given=given, key=key, returns=DayView,
        do=lambda: _close(actor, at, given, shop),
    )  # fmt: skip


def _close(actor: Actor, at: datetime, given: CloseDayInput, shop: Shop) -> DayView:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 29))", [f"day|{shop.id}"])
    span = span_of(actor, at, shop.id, given.day)
    _demand_open(span)
    _demand_handed_over(span)
    papers, edge = papers_of(span)
    row = DayClose.objects.create(
        programme_id=actor.programme, shop_id=shop.id, number=span.last.number + 1 if span.last else 1, day=span.day,
        closed_at=at, actor=actor.reference, closed_by=actor.name,
        document=day_document(papers) | {"edge": edge, "note": given.note},
    )  # fmt: skip
    told = DayClosed(shop=shop.id, reference=f"{shop.code}/{row.number}", at=at, day=span.day, number=row.number)
    tell(actor.programme, [told], at)
    return view_of(row, shop.code)


def span_of(actor: Actor, at: datetime, shop: int, day: str | None) -> Span:
    """The day that is asked for, the shop's today where none is; DayAhead."""
    zone = programmes.programme_at(actor.programme, at).zone
    today = local_day(at, zone)
    wanted = today if day is None else day_of(day, "day")
    if wanted > today:
        raise refusals.DayAhead(field="day", day=wanted.isoformat())
    return Span(actor.programme, shop, wanted, at, zone, last_close(shop))


def _demand_open(span: Span) -> None:
    if span.last is None or span.day > span.last.day:
        return
    same = DayClose.objects.filter(shop_id=span.shop, day=span.day).first()
    if same is not None:
        raise refusals.DayAlreadyClosed(field="day", day=span.day.isoformat(), number=same.number)
    raise refusals.DayBeforeLastClose(field="day", last=span.last.day.isoformat())


def _demand_handed_over(span: Span) -> None:
    rows = Shift.objects.filter(programme_id=span.programme, shop_id=span.shop, closed_at=None, opened_at__lt=span.ends)
    names = [f"{row.clerk}（{row.till}）" for row in rows.order_by("till")]
    if names:
        raise refusals.ShiftsStillOpen(names=names)


def view_of(row: DayClose, shop: str) -> DayView:
    told = {name: value for name, value in row.document.items() if name != "edge"}
    day = row.day if isinstance(row.day, date) else date.fromisoformat(row.day)
    return DayView(shop, day, row.number, row.closed_at, row.closed_by, told)
