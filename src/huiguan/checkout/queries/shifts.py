"""Shifts, and the days of a shop."""

from __future__ import annotations

from datetime import datetime

from huiguan.checkout.models import DayClose, Shift
from huiguan.checkout.shifts import closing
from huiguan.checkout.shifts.days import papers_of
from huiguan.checkout.shifts.refusals import DayCloseUnknown
from huiguan.checkout.shifts.standing import found_shift, is_hers, view_of
from huiguan.checkout.shifts.summing import day_document
from huiguan.checkout.storing import client_of
from huiguan.checkout.values import DayView, ShiftView
from huiguan.identity import queries as identity
from huiguan.identity.values import Shop
from huiguan.kernel.actors import Actor

_READERS = ("close_day", "audit")


def shift(actor: Actor, reference: str, at: datetime) -> ShiftView:
    """A shift by its id, one's own or with `close_day` or `audit`; ShiftUnknown otherwise."""
    row = found_shift(actor, reference)
    if not is_hers(actor, row):
        _demand_reader(actor, row.shop_id)
    return view_of(actor, row, at)


def own_shift(actor: Actor, at: datetime, clerk: str | None = None) -> ShiftView | None:
    """The shift the actor has open, of a program the one of `clerk`; None for none."""
    rows = Shift.objects.filter(programme_id=actor.programme, holder=client_of(actor), closed_at=None)
    row = (rows.filter(clerk=clerk) if clerk is not None else rows).order_by("-opened_at").first()
    return view_of(actor, row, at) if row is not None else None


def shifts(actor: Actor, shop_code: str, at: datetime, *, still_open: bool = False, limit: int = 50) -> list[ShiftView]:
    """The shifts of a shop, the newest first; without `close_day` or `audit` one's own alone."""
    shop = _shop(actor, shop_code)
    rows = Shift.objects.filter(programme_id=actor.programme, shop_id=shop.id).order_by("-opened_at", "-id")
    if still_open:
        rows = rows.filter(closed_at=None)
    if not _may_read(actor, shop.id):
        actor.demand("sell", shop.id)
        rows = rows.filter(holder=client_of(actor))
    return [view_of(actor, row, at) for row in rows[:limit]]


def day_so_far(actor: Actor, shop_code: str, at: datetime, day: str | None = None) -> DayView:
    """What a close of the day would tell at `at`; writes nothing. Takes `close_day` or `audit`. DayAhead."""
    shop = _shop(actor, shop_code)
    _demand_reader(actor, shop.id)
    span = closing.span_of(actor, at, shop.id, day)
    papers, _ = papers_of(span)
    return DayView(shop.code, span.day, 0, None, "", day_document(papers) | {"note": ""})


def day_closes(actor: Actor, shop_code: str, *, before: int | None = None, limit: int = 50) -> list[DayView]:
    """The closed days of a shop, the newest first, from before number `before`. Takes `close_day` or `audit`."""
    shop = _shop(actor, shop_code)
    _demand_reader(actor, shop.id)
    rows = DayClose.objects.filter(programme_id=actor.programme, shop_id=shop.id).order_by("-number")
    if before is not None:
        rows = rows.filter(number__lt=before)
    return [closing.view_of(row, shop.code) for row in rows[:limit]]


def day_close(actor: Actor, shop_code: str, number: int) -> DayView:
    """A closed day by its number; DayCloseUnknown. Takes `close_day` or `audit`."""
    shop = _shop(actor, shop_code)
    _demand_reader(actor, shop.id)
    row = DayClose.objects.filter(programme_id=actor.programme, shop_id=shop.id, number=number).first()
    if row is None:
        raise DayCloseUnknown(field="number", given=number)
    return closing.view_of(row, shop.code)


def _shop(actor: Actor, code: str) -> Shop:
    return identity.shop(actor.programme, code)


def _may_read(actor: Actor, shop: int) -> bool:
    return any(actor.may(power, shop) for power in _READERS)


def _demand_reader(actor: Actor, shop: int) -> None:
    if not _may_read(actor, shop):
        actor.demand("close_day", shop)
