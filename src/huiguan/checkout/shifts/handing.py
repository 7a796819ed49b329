"""A shift opened with its float, cash moved beside sales, and the hand-over."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from huiguan.checkout.events import ShiftHandedOver, ShiftOpened
from huiguan.checkout.inputs import CashMoveInput, HandOverInput, OpenShiftInput
from huiguan.checkout.models import CashMove, Shift
from huiguan.checkout.shifts import refusals
from huiguan.checkout.shifts.counting import counted_sheet, differences, uncounted
from huiguan.checkout.shifts.standing import found_shift, is_hers, sheet_so_far, view_of
from huiguan.checkout.storing import client_of
from huiguan.checkout.tendering import CASH
from huiguan.checkout.values import MEANS, ShiftView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel import text as words
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

_CLERK_NEEDED = Text(zh="收银程序须写明是谁的班", en="a program says whose shift it is")
_CLERK_KNOWN = Text(zh="登录的人开自己的班", en="whoever signs in opens a shift of their own")


def open_shift(*, actor: Actor, at: datetime, given: OpenShiftInput, key: str | None = None) -> ShiftView:
    """Begin a shift at a till. Takes `sell` there. ShiftAlreadyOpen, TillTaken, NotFound (shop)."""
    shop = identity.shop(actor.programme, given.shop)
    actor.demand("sell", shop.id)
    clerk = _clerk(actor, given)

    def do() -> ShiftView:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 23))", [f"shifts|{actor.programme}"])
        _demand_free(actor, at, shop.id, given.till, clerk)
        row = Shift.objects.create(
            programme_id=actor.programme, shop_id=shop.id, till=given.till, holder=client_of(actor), clerk=clerk,
            opened_at=at, opening=given.opening,
        )  # fmt: skip
        told = ShiftOpened(
            shop=shop.id, reference=str(row.pk), at=at, till=given.till, clerk=clerk, opening=given.opening
        )
        tell(actor.programme, [told], at)
        return view_of(actor, row, at)

    return perform(
        "open_shift", actor=actor, at=at, subject=f"till:{shop.code}/{given.till}", given=given, key=key,
        returns=ShiftView, do=do,
    )  # fmt: skip


def _clerk(actor: Actor, given: OpenShiftInput) -> str:
    if actor.kind == "staff":
        if given.clerk not in (None, actor.name):
            raise InvalidInput(field="clerk", rule=_CLERK_KNOWN)
        return actor.name
    if given.clerk is None:
        raise InvalidInput(field="clerk", rule=_CLERK_NEEDED)
    return given.clerk


def _demand_free(actor: Actor, at: datetime, shop: int, till: str, clerk: str) -> None:
    """Neither she nor the till has a shift open."""
    zone = programmes.programme_at(actor.programme, at).zone
    rows = Shift.objects.filter(programme_id=actor.programme, closed_at=None)
    hers = rows.filter(holder=client_of(actor), clerk=clerk).first()
    if hers is not None:
        raise refusals.ShiftAlreadyOpen(clerk=clerk, since=hers.opened_at.astimezone(zone).isoformat())
    other = rows.filter(shop_id=shop, till=till).first()
    if other is not None:
        since = other.opened_at.astimezone(zone).isoformat()
        raise refusals.TillTaken(field="till", till=till, clerk=other.clerk, since=since)


def move_cash(*, actor: Actor, at: datetime, given: CashMoveInput, key: str | None = None) -> ShiftView:
    """Put cash into the drawer of an open shift or take it out. ShiftUnknown, ShiftHandedOver, CashNotThere."""

    def do() -> ShiftView:
        row = _open(actor, at, given.shift)
        has = sheet_so_far(row, at)["tenders"][CASH]["expected"]
        if given.kind == "out" and given.amount > has:
            raise refusals.CashNotThere(field="amount", has=has, given=given.amount)
        CashMove.objects.create(
            programme_id=actor.programme, shift=row, kind=given.kind, amount=given.amount, reason=given.reason, at=at,
            hand=actor.name,
        )  # fmt: skip
        return view_of(actor, row, at)

    return perform(
        "move_cash", actor=actor, at=at, subject=f"shift:{given.shift}", given=given, key=key, returns=ShiftView, do=do
    )


def hand_over(*, actor: Actor, at: datetime, given: HandOverInput, key: str | None = None) -> ShiftView:
    """Close a shift by what was counted. Another's takes `close_day`. ShiftUnknown, ShiftHandedOver, CountMissing,
    DifferenceUnexplained."""
    return perform(
        "hand_over", actor=actor, at=at, subject=f"shift:{given.shift}", given=given, key=key, returns=ShiftView,
        do=lambda: _hand_over(actor, at, given),
    )  # fmt: skip


def _hand_over(actor: Actor, at: datetime, given: HandOverInput) -> ShiftView:
    row = _open(actor, at, given.shift)
    counted: dict[str, int] = {}
    for part in given.counted:
        counted[part.means] = counted.get(part.means, 0) + part.amount
    so_far = sheet_so_far(row, at)
    for means in uncounted(so_far, counted):
        raise refusals.CountMissing(field=f"counted.{means}", means=MEANS[means])
    sheet = counted_sheet(so_far, counted)
    differing = differences(sheet)
    if differing and not given.reason:
        raise refusals.DifferenceUnexplained(field="reason", told=_told(differing), differences=differing)
    row.closed_at, row.closed_by, row.sheet = at, actor.name, {**sheet, "reason": given.reason}
    row.save(update_fields=["closed_at", "closed_by", "sheet"])
    told = ShiftHandedOver(
        shop=row.shop_id, reference=str(row.pk), at=at, till=row.till, clerk=row.clerk,
        difference=sum(differing.values()),
    )  # fmt: skip
    tell(actor.programme, [told], at)
    return view_of(actor, row, at)


def _told(differing: dict[str, int]) -> Text:
    """微信多 ¥1.00，现金少 ¥2.00."""
    parts = [(MEANS[means], amount > 0, words.yuan(abs(amount))) for means, amount in differing.items()]
    return Text(
        zh="，".join(f"{means.zh}{'多' if more else '少'} {amount}" for means, more, amount in parts),
        en=", ".join(f"{means.en} {amount} {'over' if more else 'short'}" for means, more, amount in parts),
    )


def _open(actor: Actor, at: datetime, reference: str) -> Shift:
    """The shift locked, hers or one she may close, and still open."""
    row = found_shift(actor, reference, lock=True)
    actor.demand("sell" if is_hers(actor, row) else "close_day", row.shop_id)
    if row.closed_at is not None:
        on = row.closed_at.astimezone(programmes.programme_at(actor.programme, at).zone).isoformat()
        raise refusals.ShiftHandedOver(field="shift", on=on)
    return row
