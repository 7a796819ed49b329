"""A member tops up by herself: the grades with what each brings, a payment asked for, and what became of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.billing import operations as billing
from huiguan.billing import queries as payments
from huiguan.billing.inputs import AskPaymentInput
from huiguan.billing.values import SANDBOX, STATES
from huiguan.checkout import operations as checkout
from huiguan.checkout.values.wallets import OWN_TOP_UP
from huiguan.identity import queries as identity
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, member_only, refused, show
from huiguan.portal.books.pages import TopUpChoice, TopUpPage
from huiguan.portal.knowing import Member, known_member

TITLE = Text(zh="储值充值", en="Top-up")
_COUNTER = Text(zh="充值请到柜台办理。", en="Topping up is done at the counter.")
_NONE = Text(zh="储值", en="stored value")


@require_http_methods(["GET", "POST"])
@member_only
def top_up(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What may be paid in and what it brings; POST asks for the payment and leads to it."""
    member = known_member(now)
    if not now.rulebook.of("top_up"):
        raise NotFound(field="wallet", what=_NONE, given="")
    typed = (request.POST.get("amount") or request.GET.get("amount") or "").strip().lstrip("¥￥").replace(",", "")[:20]
    asked: dict[str, Any] = {"typed": typed}
    try:
        if request.method == "POST":
            return _to_pay(request, now, member, typed)
        if typed:
            asked["seen"] = _seen(now, _asked(member, typed).amount)
    except Refusal as refusal:
        asked |= {"refused": refused(refusal, now), "status": refusal.status}
    status = asked.pop("status", 200)
    page = _page(member, **asked)
    return show(request, now, "portal/books/top_up.html", current="card", page=page, status=status)


def _to_pay(request: HttpRequest, now: Visiting, member: Member, typed: str) -> HttpResponse:
    if _home(member) is None:
        raise NotFound(field="shop", what=_COUNTER, given="")
    given = _asked(member, typed)
    checkout.preview_own_top_up(actor=now.actor, at=now.at, amount=given.amount)
    made = billing.ask_payment(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    back = f"{now.base}wallet/payments/{made.number}"
    return HttpResponseRedirect(f"{made.pay_href}?{urlencode({'back': back})}" if made.pay_href else back)


def _asked(member: Member, typed: str) -> AskPaymentInput:
    subject, title = f"{member.told.number} {typed}", f"{TITLE.zh} {typed}"
    given = {"amount": typed, "means": SANDBOX, "purpose": OWN_TOP_UP, "subject": subject, "title": title}
    return read(AskPaymentInput, {**given, "shop": _home(member)})


def _home(member: Member) -> str | None:
    shop = member.told.joined_shop
    return None if shop is None else identity.shops_by_id(member.now.actor.programme, {shop})[shop].code


def _seen(now: Visiting, amount: int) -> TopUpChoice:
    seen = checkout.preview_own_top_up(actor=now.actor, at=now.at, amount=amount)
    return TopUpChoice(amount, seen.bonus, seen.bonus_until)


def _grade(now: Visiting, amount: int) -> TopUpChoice:
    try:
        return _seen(now, amount)
    except Refusal as refusal:
        return TopUpChoice(amount, why=refused(refusal, now))


def _page(member: Member, **asked: Any) -> TopUpPage:
    now, rules = member.now, list(_rules(member))
    may = payments.enabled() and _home(member) is not None
    amounts = sorted({grade.pay for rule in rules for grade in rule.grades if _today(rule, member.day)})
    least = [rule.minimum for rule in rules if rule.minimum is not None]
    most = [rule.maximum for rule in rules if rule.maximum is not None]
    return TopUpPage(
        grades=[_grade(now, amount) for amount in amounts],
        others=not any(rule.only_grades for rule in rules),
        least=max(least, default=None),
        most=min(most, default=None),
        key=get_random_string(22),
        why_not="" if may else _COUNTER,
        **asked,
    )


def _rules(member: Member) -> Iterator[Any]:
    return (clause.parameters for clause in member.rulebook.of("top_up"))


def _today(rule: Any, day: date) -> bool:
    return (rule.since is None or rule.since <= day) and (rule.until is None or day <= rule.until)


@require_GET
@member_only
def payment(request: HttpRequest, now: Visiting, payment: str) -> HttpResponse:
    """What became of a payment of hers: paid, stored, or given back and why."""
    view = payments.payment(now.actor, payment)
    if view.purpose != OWN_TOP_UP:
        raise NotFound(field="payment", what=payments.PAYMENT, given=payment)
    reason = next((step.reason for step in view.steps if step.what == "refund_asked"), "")
    href = f"{view.pay_href}?{urlencode({'back': request.path})}" if view.pay_href else ""
    told: dict[str, Any] = {"payment": view, "state": STATES[view.state], "reason": reason, "pay_href": href}
    return show(request, now, "portal/books/payment.html", current="card", **told)
