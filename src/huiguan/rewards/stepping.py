"""The steps of an order: written once each, with who, when and why; and the order as it is told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.crypto import salted_hmac

from huiguan.foundation import sealing
from huiguan.foundation.outbox import tell
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day, local_day
from huiguan.ledger import lots as lot_choice
from huiguan.ledger.values import Account
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards.events import OrderMoved
from huiguan.rewards.inputs import Address
from huiguan.rewards.models import Order, OrderStep
from huiguan.rewards.refusals import OrderUnknown
from huiguan.rewards.shelf import UNDONE
from huiguan.rewards.values import CANCELLED, CLOSED, PLACED, PREPARED, READY, RECEIVED, OrderView, StepTold
from huiguan.rewards.whom import codes_of
from huiguan.rules.kinds import catalogue

WAITING = (PLACED, PREPARED)  # still in the house


def next_number() -> tuple[int, str]:
    """The key and the number of an order about to be written: DH000123."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('rewards_order_id_seq')")
        key = int(cursor.fetchone()[0])
    return key, f"DH{key:06d}"


def found_order(actor: Actor, number: str, *, lock: bool = False) -> Order:
    """An order of the actor's programme; a member's own only. OrderUnknown."""
    rows = Order.objects.filter(programme_id=actor.programme, number=number.strip().upper())
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.select_related("item").first()
    if row is None or (actor.kind == "member" and members.holder_of(row.membership_id) != actor.membership):
        raise OrderUnknown(field="order", order=number[:40])
    return row


def write_step(
    actor: Actor, row: Order, state: str, *, at: datetime, now: datetime, why: str = "", **document: Any
) -> None:
    """The order in its next state, the step written and told."""
    row.state, row.steps = state, row.steps + 1
    row.save()
    OrderStep.objects.create(
        programme_id=row.programme_id, order=row, n=row.steps, state=state, at=at, written_at=now,
        actor=actor.reference, actor_name=actor.name, why=why, document=document,
    )  # fmt: skip
    if state == PLACED or (row.steps == 1):
        return
    told = OrderMoved(
        membership=row.membership_id, shop=row.shop_id, reference=row.number, at=at, clause=row.clause,
        item=row.item.code, state=state,
    )  # fmt: skip
    tell(row.programme_id, [told], now)


def pickup_code(number: str) -> str:
    """Six digits by which an order is handed over. They follow from the order and the house's secret; nothing is kept."""
    return f"{int(salted_hmac('huiguan.rewards.pickup', number, algorithm='sha256').hexdigest()[:12], 16) % 10**6:06d}"


def sealed_address(address: Address, number: str) -> bytes:
    """Where an order goes, sealed; it opens for that order alone."""
    return sealing.seal(json.dumps(address.model_dump(), ensure_ascii=False), bound=number)


def returnable_until(row: Order) -> datetime | None:
    """The first moment at which what was received may no longer come back; None before it is received."""
    if row.settled_at is None:
        return None
    zone = programmes.version(row.version).zone
    days = row.document.get("return_days", 0)
    return at_day(local_day(row.settled_at, zone) + timedelta(days=days + 1), zone) if days else row.settled_at


def state_at(row: Order, at: datetime) -> str:
    """How the order reads at `at`: what was received is closed once it may no longer come back, what was not paid in
    time is cancelled."""
    until = returnable_until(row)
    if row.state == RECEIVED and until is not None and until <= at:
        return CLOSED
    unpaid = row.pay_until is not None and row.pay_until <= at and owed_of(row)
    return CANCELLED if unpaid and row.state in (PLACED, PREPARED, READY) else row.state


def owed_of(row: Order) -> int:
    """What is still to be paid; nothing once the order is undone."""
    return 0 if row.state in UNDONE else row.owed - row.paid


def deposit_of(row: Order) -> tuple[int, int]:
    """What of it may be paid first to keep the order, in fen, and for how many days more; (0, 0) once anything is paid."""
    return (0, 0) if row.paid else catalogue.deposit(programmes.version(row.version), owed_of(row))


def views_of(actor: Actor, rows: Iterable[Order], at: datetime, *, whole: bool = False) -> list[OrderView]:
    """Orders as they are told at `at`; `whole` with their history."""
    held = list(rows)
    shops = codes_of(actor.programme, [row.shop_id for row in held])
    numbers = members.numbers(actor.programme, [row.membership_id for row in held])
    return [_view(actor, row, at, shops, numbers, whole) for row in held]


def view_of(actor: Actor, row: Order, at: datetime, account: Account | None = None) -> OrderView:
    """One order with its history; with what is left in `account`."""
    (view,) = views_of(actor, [row], at, whole=True)
    if account is None:
        return view
    balance = {unit: lot_choice.available(state, at) for unit, state in account.units.items()}
    return OrderView(**{**{name: getattr(view, name) for name in OrderView.__slots__}, "balance": balance})


def _view(
    actor: Actor,
    row: Order,
    at: datetime,
    shops: Mapping[int | None, str | None],
    numbers: Mapping[int, str],
    whole: bool,
) -> OrderView:
    zone = programmes.version(row.version).zone
    state = state_at(row, at)
    late = state in WAITING and row.due_on is not None and local_day(at, zone) > row.due_on
    open_for_her = row.way != "instant" and state not in (*UNDONE, RECEIVED, CLOSED)
    return OrderView(
        number=row.number,
        member=numbers.get(row.membership_id, ""),
        item=row.item.code,
        name=row.document["name"],
        quantity=row.quantity,
        unit=row.unit,
        points=row.units,
        cash=row.owed,
        owed=owed_of(row),
        way=row.way,
        shop=shops.get(row.shop_id),
        state=state,
        source=row.source,
        placed_at=row.placed_at,
        due_on=row.due_on,
        late=late,
        clause=row.clause,
        code=pickup_code(row.number) if open_for_her and actor.kind == "member" else "",
        pay_until=row.pay_until,
        deposit=deposit_of(row)[0] if row.owed else 0,
        returnable_until=returnable_until(row),
        given=_given(actor, row),
        picture=row.item.picture,
        reasons=tuple(row.document.get("reasons", ())),
        history=tuple(_steps(row)) if whole else (),
    )


def _given(actor: Actor, row: Order) -> tuple[str, ...]:
    """The coupon codes, and the outside codes for the member herself: staff see only that they were handed out."""
    coupons = [code for _, code in row.document.get("rights", ())]
    handed = [sealing.unseal(bytes(each.sealed), bound=code_bound(row.item_id)) for each in _codes(row)]
    return (*coupons, *(handed if actor.kind == "member" else [f"{code[:2]}••••" for code in handed]))


def _codes(row: Order) -> list[Any]:
    return list(row.codes.order_by("pk")) if row.item.sort == "code" else []


def code_bound(item: int) -> str:
    """What a sealed code is bound to: another item's row does not open it."""
    return f"rewards.code:{item}"


def _steps(row: Order) -> Iterable[StepTold]:
    for step in row.history.order_by("n"):
        yield StepTold(step.state, step.at, step.actor_name, step.why, step.document)


def return_days_of(rulebook: Any) -> int:
    """For how many days what was received may come back."""
    clause = catalogue.rule(rulebook)
    return catalogue.terms(clause).return_days if clause is not None else 0
