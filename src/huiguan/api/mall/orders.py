"""/orders, and who waits."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.mall import schemas
from huiguan.api.mall.doing import done, listed
from huiguan.api.mall.telling import told
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.rewards import inputs, operations, queries
from huiguan.rewards.values import OrderView

router = Router(tags=["orders"])


@router.post(
    "/orders",
    **described(
        name="place_order", takes=inputs.PlaceOrder, gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="商城下单", en="Order something of the mall"),
    ),
)  # fmt: skip
def place(request: HttpRequest) -> HttpResponse:
    return done(request, operations.place_order, inputs.PlaceOrder)


@router.get(
    "/orders",
    **described(
        name="orders", gives=schemas.OrdersPage, does=Text(zh="兑换单，新的在前", en="Orders, the newest first")
    ),
)
def orders(
    request: HttpRequest, state: str = "", shop: str | None = None, cursor: str | None = None, limit: int | None = None
) -> HttpResponse:
    size = page_size(limit)
    found = queries.orders(
        actor_of(request), now(), state=state, shop=shop, after=place_of(cursor, int), limit=size + 1
    )
    return page(found, size, _place, told)


def _place(last: OrderView) -> int:
    return int(last.number[2:])


@router.get(
    "/members/{member}/orders",
    **described(
        name="orders_of_member", gives=schemas.OrdersPage, does=Text(zh="会员的兑换单", en="A member’s orders")
    ),
)
def of_member(request: HttpRequest, member: str) -> HttpResponse:
    return listed(queries.orders(actor_of(request), now(), member=member, limit=200))


@router.get(
    "/orders/{order}",
    **described(name="order", gives=schemas.OrderAnswer, does=Text(zh="一张兑换单", en="An order")),
)
def order(request: HttpRequest, order: str) -> HttpResponse:
    return answer(told(queries.order(actor_of(request), order, now())))


@router.post(
    "/orders/{order}/arrangement",
    **described(
        name="arrange_order", takes=inputs.ArrangeOrder, fixed=("order",), gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="寄送或到店", en="How it reaches the member"),
    ),
)  # fmt: skip
def arrange_order(request: HttpRequest, order: str) -> HttpResponse:
    return done(request, operations.arrange_order, inputs.ArrangeOrder, order=order)


@router.post(
    "/orders/{order}/payment",
    **described(
        name="pay_order", takes=inputs.PayOrder, fixed=("order",), gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="收款", en="Take what it owes"),
    ),
)  # fmt: skip
def pay_order(request: HttpRequest, order: str) -> HttpResponse:
    return done(request, operations.pay_order, inputs.PayOrder, order=order)


@router.post(
    "/orders/{order}/preparation",
    **described(
        name="prepare_order", takes=inputs.PrepareOrder, fixed=("order",), gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="备货", en="It is prepared"),
    ),
)  # fmt: skip
def prepare_order(request: HttpRequest, order: str) -> HttpResponse:
    return done(request, operations.prepare_order, inputs.PrepareOrder, order=order)


@router.post(
    "/orders/{order}/dispatch",
    **described(
        name="send_order", takes=inputs.SendOrder, fixed=("order",), gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="发出或待领", en="It is sent, or lies ready"),
    ),
)  # fmt: skip
def send_order(request: HttpRequest, order: str) -> HttpResponse:
    return done(request, operations.send_order, inputs.SendOrder, order=order)


@router.post(
    "/orders/{order}/receipt",
    **described(
        name="receive_order", takes=inputs.ReceiveOrder, fixed=("order",), gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="交付", en="It is handed over"),
    ),
)  # fmt: skip
def receive_order(request: HttpRequest, order: str) -> HttpResponse:
    return done(request, operations.receive_order, inputs.ReceiveOrder, order=order)


@router.post(
    "/orders/{order}/cancellation",
    **described(
        name="cancel_order", takes=inputs.EndOrder, fixed=("order",), gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="取消", en="Cancel an order"),
    ),
)  # fmt: skip
def cancel_order(request: HttpRequest, order: str) -> HttpResponse:
    return done(request, operations.cancel_order, inputs.EndOrder, order=order)


@router.post(
    "/orders/{order}/return",
    **described(
        name="return_order", takes=inputs.EndOrder, fixed=("order",), gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="退回", en="Goods come back"),
    ),
)  # fmt: skip
def return_order(request: HttpRequest, order: str) -> HttpResponse:
    return done(request, operations.return_order, inputs.EndOrder, order=order)


@router.post(
    "/orders/{order}/substitution",
    **described(
        name="substitute_item", takes=inputs.Substitute, fixed=("order",), gives=schemas.OrderAnswer, status=201, write=True,
        does=Text(zh="换另一件", en="Another thing instead"),
    ),
)  # fmt: skip
def substitute_item(request: HttpRequest, order: str) -> HttpResponse:
    return done(request, operations.substitute_item, inputs.Substitute, order=order)


@router.post(
    "/mall/items/{item}/waits",
    **described(
        name="join_wait_list", takes=inputs.JoinWaitList, fixed=("item",), gives=schemas.WaitAnswer, status=201, write=True,
        does=Text(zh="排候补", en="Wait for a thing"),
    ),
)  # fmt: skip
def wait(request: HttpRequest, item: str) -> HttpResponse:
    return done(request, operations.join_wait_list, inputs.JoinWaitList, item=item)


@router.post(
    "/mall/items/{item}/waits/leaving",
    **described(
        name="leave_wait_list", takes=inputs.JoinWaitList, fixed=("item",), gives=schemas.WaitAnswer, status=201, write=True,
        does=Text(zh="退出候补", en="Wait no more"),
    ),
)  # fmt: skip
def leave(request: HttpRequest, item: str) -> HttpResponse:
    return done(request, operations.leave_wait_list, inputs.JoinWaitList, item=item)


@router.get(
    "/mall/waits",
    **described(name="waits", gives=schemas.WaitsPage, does=Text(zh="候补名单", en="Who waits")),
)
def waits(request: HttpRequest, item: str | None = None, member: str | None = None) -> HttpResponse:
    return listed(queries.waits(actor_of(request), item=item, member=member))
