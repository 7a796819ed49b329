"""The sandbox's own pages: its orders, and one of them as the payer sees it. No real money moves."""

from __future__ import annotations

import re
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.billing import operations, queries
from huiguan.console.acting import Acting, acting, show
from huiguan.console.door.drawing import outside
from huiguan.console.payments.pages import OrderPage
from huiguan.design.values import Mark, Words
from huiguan.foundation import clock
from huiguan.foundation.jobs import wall_clock
from huiguan.kernel.text import Text

_MEMBERS_PAGE = re.compile(r"/m/[A-Za-z0-9_-]+/[A-Za-z0-9_/-]*")
STATES = {
    "open": Mark(Text(zh="待付", en="Open"), "warn"),
    "paid": Mark(Text(zh="已付", en="Paid"), "ok"),
    "failed": Mark(Text(zh="失败", en="Failed"), "plain"),
    "closed": Mark(Text(zh="已关闭", en="Closed"), "plain"),
}
_PAY: tuple[tuple[str, Words, Words], ...] = (
    ("pay", Text(zh="付款", en="Pay"), Text(zh="照付，随即通知", en="paid, and told at once")),
    ("pay_silently", Text(zh="付款，通知丢失", en="Pay, lose the notice"), Text(zh="要等商家来查", en="the shop has to ask")),
    ("pay_twice_told", Text(zh="付款，通知两次", en="Pay, tell twice"), Text(zh="商家只应记一次", en="the shop should count one")),
    ("pay_late_told", Text(zh="付款，20 秒后才通知", en="Pay, tell 20 s later"), Text(zh="也可能先被查到", en="asking may come first")),
    ("pay_other", Text(zh="少付一分", en="Pay one fen less"), Text(zh="金额对不上", en="another amount")),
    ("refuse", Text(zh="拒付", en="Refuse"), Text(zh="余额不足之类", en="no money, say")),
)  # fmt: skip
_REFUND: tuple[tuple[str, Words, Words], ...] = (
    ("lose_refund", Text(zh="下一笔退款办了但不答复", en="Make the next refund, do not answer"), Text(zh="要等商家来查", en="the shop has to ask")),
    ("refuse_refund", Text(zh="下一笔退款拒绝", en="Refuse the next refund"), Text(zh="钱不动", en="no money moves")),
)  # fmt: skip
_LATE: tuple[tuple[str, Words, Words], ...] = (
    ("pay_late_told", Text(zh="关闭之后照样付", en="Pay although it is closed"), Text(zh="商家应自动退回", en="the shop should give it back")),
)  # fmt: skip
_REFUNDS = {"done": Text(zh="已退", en="done"), "refused": Text(zh="拒绝", en="refused")}


@require_GET
@acting()
def orders(request: HttpRequest, now: Acting) -> HttpResponse:
    """The sandbox's orders, newest first."""
    if not queries.enabled():
        raise Http404
    now.actor.demand("sell")
    rows = [_page(row) for row in queries.sandbox_orders(now.actor.programme)]
    return show(request, now, "console/payments/sandbox.html", current="books", rows=rows)


@require_http_methods(["GET", "POST"])
def order(request: HttpRequest, number: str) -> HttpResponse:
    """One order as whoever pays it sees it: the number is the key, as on any payment page. POST does a deed."""
    row = queries.sandbox_order(number)
    if row is None:
        raise Http404
    if request.method == "POST":
        deed = request.POST.get("deed", "")
        if deed not in operations.DEEDS:
            raise Http404
        less = row.amount - 1 if deed == "pay_other" and row.amount > 1 else None
        operations.do_in_sandbox(
            programme=row.programme_id, number=number, deed=deed, at=clock.now(), wall=wall_clock(), amount=less
        )
        return HttpResponseRedirect(request.get_full_path())
    if request.headers.get("HX-Request"):
        return render(request, "console/payments/order_part.html", {"page": _page(row)})
    return outside(request, "console/payments/order.html", page=_page(row), back=_back(request))


def _back(request: HttpRequest) -> str:
    """Where whoever pays came from: a member's page of this house, nowhere else."""
    back = request.GET.get("back", "")
    return back if _MEMBERS_PAGE.fullmatch(back) else ""


def _page(row: Any) -> OrderPage:
    deeds = _PAY if row.state == "open" else _LATE if row.state == "closed" else _REFUND if row.state == "paid" else ()
    notices = list(row.notices.order_by("pk"))
    return OrderPage(
        number=row.number,
        title=row.title,
        amount=row.amount,
        mark=STATES[row.state],
        taken=row.taken,
        reference=row.reference,
        deeds=deeds,
        notices=[(each.due_at, each.sent, each.times, each.answered) for each in notices],
        refunds=[(key, fen, _REFUNDS[state]) for key, (fen, state, *_) in sorted(row.refunds.items())],
        poll=any(each.sent < each.times for each in notices),
    )
