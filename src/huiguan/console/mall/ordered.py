"""The orders' desk: what is to be prepared, sent, handed over; one order with its steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from huiguan.checkout import queries as tills
from huiguan.console.acting import Acting, acting, refused, refused_field, show
from huiguan.console.mall import drawing
from huiguan.console.mall.pages import Deed, DeskPage, OrderLine, OrderPage
from huiguan.design.saying import say_next
from huiguan.design.values import Cursor, Refused, Said
from huiguan.kernel.inputs import Input, read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.rewards import inputs, operations, queries
from huiguan.rewards.values import PLACED, PREPARED, READY, RECEIVED, SENT, STATES, WAYS, OrderView

CURRENT = "mall"
PAGE = 50
_SHOWN = {
    "open": Text(zh="待办", en="To be done"),
    PLACED: STATES[PLACED],
    PREPARED: STATES[PREPARED],
    READY: STATES[READY],
    SENT: STATES[SENT],
    RECEIVED: STATES[RECEIVED],
    "all": Text(zh="全部", en="All"),
}
_WHY = ("why", Text(zh="缘由", en="Why"), True)
_DEEDS: dict[str, tuple[Callable[..., Any], type[Input], Text]] = {
    "payment": (operations.pay_order, inputs.PayOrder, Text(zh="已收款", en="Paid")),
    "preparation": (operations.prepare_order, inputs.PrepareOrder, Text(zh="已备货", en="Prepared")),
    "dispatch": (operations.send_order, inputs.SendOrder, Text(zh="已办", en="Done")),
    "receipt": (operations.receive_order, inputs.ReceiveOrder, Text(zh="已交付", en="Handed over")),
    "cancellation": (operations.cancel_order, inputs.EndOrder, Text(zh="已取消，积分退回原处", en="Cancelled; the points are back")),
    "return": (operations.return_order, inputs.EndOrder, Text(zh="已退回，积分退回原处", en="Returned; the points are back")),
    "substitution": (operations.substitute_item, inputs.Substitute, Text(zh="已换另一件", en="Replaced")),
}  # fmt: skip
_LABELS = {
    "carrier": Text(zh="快递", en="Carrier"),
    "tracking": Text(zh="单号", en="Tracking number"),
    "code": Text(zh="取货码", en="Code"),
    "signed": Text(zh="签收人", en="Signed by"),
    "why": Text(zh="缘由", en="Why"),
    "item": Text(zh="物品代号", en="Item"),
    "amount": Text(zh="金额", en="Amount"),
    "order": Text(zh="兑换单", en="Order"),
}


@require_GET
@acting("sell")
def desk(request: HttpRequest, now: Acting) -> HttpResponse:
    """What is to be done, the most pressing first; or orders found by state or member."""
    return show(request, now, "console/mall/desk.html", current=CURRENT, page=_desk(now, request.GET.dict()))


def _desk(now: Acting, given: Mapping[str, str]) -> DeskPage:
    asked = {"state": given.get("state", "open"), "member": given.get("member", "").strip()}
    asked["state"] = asked["state"] if asked["state"] in _SHOWN else "open"
    offered, wrong = queries.has_mall(now.actor, now.at), None
    rows: tuple[OrderView, ...] = ()
    try:
        rows = _found(now, asked, given.get("after", ""))
    except Refusal as refusal:
        wrong = refused(refusal, now)
    shown = rows[:PAGE]
    more = len(rows) > PAGE and asked["state"] not in ("open", *(PLACED, PREPARED, READY, SENT))
    after = f"/mall/?state={asked['state']}&member={asked['member']}&after={shown[-1].number}" if more else ""
    return DeskPage(
        tabs=drawing.tabs(now, "desk"),
        offered=offered,
        rows=[_line(now, view) for view in (shown if more else rows)],
        states=[(name, title, name == asked["state"]) for name, title in _SHOWN.items()],
        asked=asked,
        late=sum(view.late for view in rows),
        cursor=Cursor(len(shown), after=after) if more else None,
        refused=wrong,
    )


def _found(now: Acting, asked: Mapping[str, str], after: str) -> tuple[OrderView, ...]:
    state, member = asked["state"], asked["member"]
    shop = now.shop.id if now.shop is not None and not now.actor.may("catalogue") else None
    if not member and state in ("open", PLACED, PREPARED, READY, SENT):
        return queries.desk(now.actor, now.at, shop=shop, what="" if state == "open" else state)
    known = int(after[2:]) if after[2:].isdecimal() else None
    return queries.orders(
        now.actor, now.at, member=member or None, state="" if state == "all" else state, after=known, limit=PAGE + 1
    )


def _line(now: Acting, view: OrderView) -> OrderLine:
    return OrderLine(
        number=view.number,
        href=reverse("mall:order", args=[view.number]),
        member=view.member,
        name=view.name,
        quantity=view.quantity,
        points=view.points,
        owed=view.owed,
        where=_where(now, view),
        placed_at=view.placed_at,
        due=view.due_on,
        late=view.late,
        mark=drawing.state_mark(view),
    )


def _where(now: Acting, view: OrderView) -> Text:
    return drawing.place_title(now, view.shop) if view.way == "pickup" else WAYS[view.way]


@require_GET
@acting("sell")
def order(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One order: what it is, where it stands, what may be done next."""
    return _shown(request, now, number)


def _shown(
    request: HttpRequest, now: Acting, number: str, told: Refused | None = None, status: int = 200
) -> HttpResponse:
    view = queries.order(now.actor, number, now.at)
    page = OrderPage(
        tabs=drawing.tabs(now, "desk"),
        order=view,
        mark=drawing.state_mark(view),
        where=_where(now, view),
        source=drawing.SOURCES[view.source],
        address=queries.address_of(now.actor, number) if now.actor.may("catalogue") else None,
        steps=[_step(each) for each in view.history],
        deeds=_deeds(now, view),
        means=drawing.means_choices(),
        key=drawing.fresh_key(),
        refused=told,
    )
    return show(request, now, "console/mall/order.html", current=CURRENT, page=page, status=status)


_BACK = Text(zh="退款 {fen:yuan}", en="{fen:yuan} went back")
_WAITS = Text(
    zh="退款 {fen:yuan}，其中现金 {cash:yuan} 待当面从钱箱退",
    en="{fen:yuan} goes back; {cash:yuan} of it waits to be handed back in cash out of a drawer",
)


def _step(step: Any) -> dict[str, Any]:
    words = [step.why] if step.why else []
    told = step.document
    words += [str(told[name]) for name in ("carrier", "tracking", "signed", "instead_of") if told.get(name)]
    how = {"code": Text(zh="凭取货码", en="by code"), "member": Text(zh="会员确认", en="by the member")}.get(
        told.get("by")
    )
    if told.get("refund"):
        how = Text(**(_WAITS if told.get("waits") else _BACK).both(fen=told["refund"], cash=told.get("waits", 0)))
    return {"state": STATES[step.state], "at": step.at, "actor": step.actor, "words": " · ".join(words), "how": how}


def _deeds(now: Acting, view: OrderView) -> list[Deed]:
    """What may be done next, the likeliest first; the seal is on what takes it on."""
    keeper = now.actor.may("catalogue") if view.shop is None else now.actor.may("sell")
    deeds: list[Deed] = []
    if view.owed and view.state in (PLACED, PREPARED, READY):
        deeds.append(Deed("payment", Text(zh="收款", en="Take the money"), seal=True))
    if view.state == PLACED and keeper:
        deeds.append(Deed("preparation", Text(zh="备好了", en="Prepared"), seal=not view.owed))
    if view.state in (PLACED, PREPARED) and keeper and not (view.owed and view.way == "delivery"):
        deeds.append(_sending(view))
    handing = (SENT,) if view.way == "delivery" else (PLACED, PREPARED, READY)
    if view.state in handing and keeper and not view.owed:
        fields = [("code", _LABELS["code"], False), ("signed", _LABELS["signed"], False)]
        deeds.append(Deed("receipt", Text(zh="交给会员", en="Hand it over"), fields, seal=view.state in (READY, SENT)))
    if view.state in (PLACED, PREPARED) and keeper:
        deeds.append(Deed("substitution", Text(zh="换另一件", en="Give another"), [("item", _LABELS["item"], True)]))
    if view.state in (PLACED, PREPARED, READY) and keeper:
        deeds.append(Deed("cancellation", Text(zh="取消", en="Cancel"), [_WHY]))
    if view.state in (SENT, RECEIVED) and now.actor.may("return"):
        deeds.append(Deed("return", Text(zh="退回", en="Take it back"), [_WHY]))
    return deeds


def _sending(view: OrderView) -> Deed:
    if view.way == "pickup":
        return Deed("dispatch", Text(zh="可以来取了", en="Lies ready"), seal=view.state == PREPARED)
    fields = [("carrier", _LABELS["carrier"], False), ("tracking", _LABELS["tracking"], False)]
    return Deed("dispatch", Text(zh="发出", en="Send it"), fields, seal=view.state == PREPARED)


@require_POST
@acting("sell")
def step(request: HttpRequest, now: Acting, number: str, deed: str) -> HttpResponse:
    """One deed on one order."""
    if deed not in _DEEDS:
        raise NotFound(field="deed", what=Text(zh="办法", en="deed"), given=deed[:40])
    operation, record, said = _DEEDS[deed]
    try:
        given = read(record, {"order": number, **_given(now, request, record)})
        operation(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        if refusal.status in (403, 404):
            raise
        return _shown(request, now, number, refused_field(refusal, now, _LABELS), refusal.status)
    say_next(request, Said(said))
    return HttpResponseRedirect(reverse("mall:order", args=[number]))


def _given(now: Acting, request: HttpRequest, record: type[Input]) -> dict[str, Any]:
    if record is inputs.PayOrder:
        means = request.POST.get("means", "")
        tender = {"means": means, "amount": request.POST.get("amount", "").strip(), "shift": _shift(now, means)}
        return {"tender": {**tender, "reference": request.POST.get("reference", "")}}
    fields = [name for name in record.model_fields if name not in ("order", "shift")]
    given: dict[str, Any] = {name: request.POST.get(name, "").strip() for name in fields if request.POST.get(name)}
    return given | ({"shift": _shift(now, "cash")} if "shift" in record.model_fields else {})


def _shift(now: Acting, means: str) -> str | None:
    """Whose drawer cash goes into: hers, where she has a shift open."""
    if means != "cash" or now.shop is None:
        return None
    mine = tills.own_shift(now.actor, now.at)
    return mine.id if mine is not None else None
