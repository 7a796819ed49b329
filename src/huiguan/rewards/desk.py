"""The orders' desk: paid, prepared, sent or laid ready, handed over; another item given where one ran out."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from datetime import datetime

from huiguan.checkout.refusals import OutsideWindow
from huiguan.checkout.telling import sentence
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import Input
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rewards import refusals, stock
from huiguan.rewards.inputs import ArrangeOrder, PayOrder, PrepareOrder, ReceiveOrder, SendOrder, Substitute
from huiguan.rewards.models import Order
from huiguan.rewards.paying import pay
from huiguan.rewards.shelf import item_of, name_of
from huiguan.rewards.stepping import found_order, owed_of, pickup_code, sealed_address, state_at, view_of, write_step
from huiguan.rewards.values import PLACED, PREPARED, READY, RECEIVED, SENT, STATES, OrderView
from huiguan.rewards.whom import place_of
from huiguan.rules.kinds import catalogue

ARRANGE = Text(zh="另行安排", en="arranged otherwise")
PAID = Text(zh="收款", en="paid for")
PREPARE = Text(zh="备货", en="prepared")
SEND = Text(zh="发出", en="sent")
RECEIVE = Text(zh="交付", en="handed over")
REPLACE = Text(zh="换货", en="replaced")
_NONE = Text(zh="", en="")


def on_order(
    operation: str,
    actor: Actor,
    at: datetime,
    given: Input,
    number: str,
    key: str | None,
    do: Callable[[Order], object],
    secret: frozenset[str] = frozenset(),
) -> OrderView:
    """One deed on one order, which is locked for it."""

    def done() -> OrderView:
        row = found_order(actor, number, lock=True)
        do(row)
        return view_of(actor, row, at)

    return perform(
        operation, actor=actor, at=at, subject=f"order:{number}", given=given, key=key, returns=OrderView, do=done,
        secret=secret,
    )  # fmt: skip


def demand_desk(actor: Actor, row: Order) -> None:
    """Who may move an order on: whoever sells at the shop it is collected from; the mall's keepers at the centre."""
    if row.shop_id is not None:
        actor.demand("sell", row.shop_id)
    else:
        actor.demand("catalogue")


def demand_state(row: Order, states: tuple[str, ...], deed: Text, at: datetime) -> None:
    if state_at(row, at) not in states:
        raise refusals.OrderNotInState(field="order", state=STATES[state_at(row, at)], deed=deed)


def arrange_order(*, actor: Actor, at: datetime, given: ArrangeOrder, key: str | None = None) -> OrderView:
    """How it reaches her, while it is still in the house: what was won says nothing of it. OrderUnknown, OrderNotInState,
    AddressNeeded, NotFound (shop), Forbidden."""

    def do(row: Order) -> None:
        if actor.kind != "member":
            demand_desk(actor, row)
        demand_state(row, (PLACED,), ARRANGE, at)
        if row.way == "instant" or (given.shop is None) == (given.address is None):
            raise refusals.AddressNeeded(field="address")
        shop = place_of(actor, given.shop)
        row.way, row.shop_id = ("delivery", None) if shop is None else ("pickup", shop)
        row.address = sealed_address(given.address, row.number) if given.address is not None else None
        write_step(actor, row, row.state, at=at, now=at, way=row.way)

    return on_order("arrange_order", actor, at, given, given.order, key, do, secret=frozenset({"address"}))


def pay_order(*, actor: Actor, at: datetime, given: PayOrder, key: str | None = None) -> OrderView:
    """Take the money an order still owes. OrderUnknown, PaymentDiffers, Forbidden (power: sell)."""

    def do(row: Order) -> None:
        demand_state(row, (PLACED, PREPARED, READY), PAID, at)
        pay(actor, at, row, given.tender)

    return on_order("pay_order", actor, at, given, given.order, key, do)


def prepare_order(*, actor: Actor, at: datetime, given: PrepareOrder, key: str | None = None) -> OrderView:
    """The goods are packed. OrderUnknown, OrderNotInState, Forbidden."""

    def do(row: Order) -> None:
        demand_desk(actor, row)
        demand_state(row, (PLACED,), PREPARE, at)
        write_step(actor, row, PREPARED, at=at, now=at, why=given.why)

    return on_order("prepare_order", actor, at, given, given.order, key, do)


def send_order(*, actor: Actor, at: datetime, given: SendOrder, key: str | None = None) -> OrderView:
    """The goods leave the house, or lie ready at the shop. OrderUnknown, OrderNotInState, CashOwed (a parcel that is
    not paid stays here), Forbidden."""

    def do(row: Order) -> None:
        demand_desk(actor, row)
        demand_state(row, (PLACED, PREPARED), SEND, at)
        if row.way == "pickup":
            write_step(actor, row, READY, at=at, now=at)
            return
        _demand_paid(row)
        write_step(actor, row, SENT, at=at, now=at, carrier=given.carrier, tracking=given.tracking)

    return on_order("send_order", actor, at, given, given.order, key, do)


def receive_order(*, actor: Actor, at: datetime, given: ReceiveOrder, key: str | None = None) -> OrderView:
    """The goods are in the member's hands: by her code or a signature at the desk, or as she herself says of a parcel.

    OrderUnknown, OutsideWindow (booked ahead, or too late), OrderNotInState, CashOwed, ReceiptUnproved, Forbidden.
    """

    def do(row: Order) -> None:
        _demand_in_time(row, at)
        demand_state(row, (SENT,) if row.way == "delivery" else (PLACED, PREPARED, READY), RECEIVE, at)
        _demand_paid(row)
        by = _proof(actor, row, given)
        row.settled_at = at
        write_step(actor, row, RECEIVED, at=at, now=at, **by)

    return on_order("receive_order", actor, at, given, given.order, key, do)


def _demand_in_time(row: Order, at: datetime) -> None:
    """What is booked ahead is not handed over before its day, and nothing after the last day there is for it."""
    rulebook = programmes.version(row.version)
    if catalogue.rule(rulebook) is None or row.source != "mall":
        return
    units = row.document.get("price", row.units // row.quantity)
    stop = catalogue.handing_over(rulebook, units, row.placed_at, at)
    if stop is not None:
        raise OutsideWindow(field="order", clause=stop.clause, why=sentence(rulebook, stop))


def _demand_paid(row: Order) -> None:
    if owed_of(row):
        raise refusals.CashOwed(field="order", owed=owed_of(row))


def _proof(actor: Actor, row: Order, given: ReceiveOrder) -> dict[str, str]:
    """How it is known that she has it."""
    if actor.kind == "member":
        if row.way != "delivery":
            raise refusals.ReceiptUnproved(field="code")
        return {"by": "member"}
    demand_desk(actor, row)
    if given.code:
        if not hmac.compare_digest(given.code.strip().encode(), pickup_code(row.number).encode()):
            raise refusals.ReceiptUnproved(field="code")
        return {"by": "code"}
    if not given.signed:
        raise refusals.ReceiptUnproved(field="signed")
    return {"by": "signature", "signed": given.signed}


def substitute_item(*, actor: Actor, at: datetime, given: Substitute, key: str | None = None) -> OrderView:
    """Another item instead of what was ordered and cannot be had, where the clause allows it and it is worth as much.

    OrderUnknown, OrderNotInState, ItemUnknown, WayNotSaid, SubstituteWorthLess, SoldOut, Forbidden.
    """

    def do(row: Order) -> None:
        demand_desk(actor, row)
        demand_state(row, (PLACED, PREPARED), REPLACE, at)
        rulebook = programmes.version(row.version)
        clause = catalogue.rule(rulebook)
        if clause is None or catalogue.terms(clause).substitute is None:
            raise refusals.WayNotSaid(field="item", what=REPLACE)
        item = item_of(actor.programme, given.item)
        least = row.document.get("worth", 0)
        if item.worth < least:
            says = catalogue.who_says(rulebook, "substitute")
            raise refusals.SubstituteWorthLess(field="item", clause=says, least=least, worth=item.worth)
        pool, cause = stock.pool_at(item, row.shop_id), f"order:{row.number}"
        if not stock.take(actor, pool, row.quantity, cause=cause, at=at):
            raise refusals.SoldOut(field="item", name=name_of(item), left=stock.left_in([pool.pk])[pool.pk], told=_NONE)
        # What was ordered ran out where it lies: it goes back to the books, and whoever counts there finds the gap.
        if row.pool is not None:
            stock.put(actor, row.pool, row.quantity, cause=cause, at=at)
        was = row.item.code
        row.item, row.pool = item, pool
        row.document |= {"name": {"zh": item.name_zh, "en": item.name_en}, "instead_of": was}
        write_step(actor, row, row.state, at=at, now=at, why=given.why, instead_of=was, item=item.code)

    return on_order("substitute_item", actor, at, given, given.order, key, do)
