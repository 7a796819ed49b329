"""Asking for money, hearing that it came, giving it back, and holding a provider's statement against our books.

A provider is never asked inside a transaction: what is to be asked is written down first, and where its answer is lost it
is asked again, by the same number, until it is known.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial

from django.db.models import F

from huiguan.billing.inputs import AskPaymentInput, ClearDisputeInput, RefundPaymentInput
from huiguan.billing.keeping import add, locked, stands, steps_in, view_of
from huiguan.billing.models import Payment, Step
from huiguan.billing.providers.choosing import provider_of
from huiguan.billing.providers.protocol import Order, Word
from huiguan.billing.providers.sandbox import enabled
from huiguan.billing.refusals import NothingDisputed, NoticeUnknown, PaymentUsed, RefundTooLarge, SandboxOff
from huiguan.billing.standing import ASKED, CLEARED, PAID, REFUND_ASKED, Did, heard, heard_of_refund
from huiguan.billing.values import RECORDED, SANDBOX, PaymentView
from huiguan.foundation.performing import in_transaction, perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members

PAYMENT = Text(zh="支付", en="payment")
_SHOP = Text(zh="门店", en="shop")


def ask_payment(*, actor: Actor, at: datetime, given: AskPaymentInput, key: str | None = None) -> PaymentView:
    """Ask for money; what is taken at the counter (`cash`, `terminal`) is recorded as paid at once. Takes `sell`, or,
    for what is not said to be at the counter already, a member for herself. Refuses SandboxOff, NotFound (member, shop),
    Forbidden."""
    membership = _whose(actor, given)
    shop = _shop(actor, given)
    if given.means == SANDBOX and not enabled():
        raise SandboxOff(field="means")
    made = perform(
        "ask_payment", actor=actor, at=at, subject=f"{given.purpose}:{given.subject}"[:80], given=given, key=key,
        do=lambda: _ask(actor, at, given, membership, shop), returns=str,
    )  # fmt: skip
    payment = Payment.objects.get(number=made)
    if given.means not in RECORDED:
        order = Order(made, actor.programme, payment.amount, payment.title)
        provider_of(given.means).create(order, at)
    return view_of(payment)


def _whose(actor: Actor, given: AskPaymentInput) -> int | None:
    if actor.membership is not None and given.means not in RECORDED:
        return actor.membership
    actor.demand("sell")  # a member is not believed that her money is in the drawer
    if given.member is None:
        return None
    found = members.resolve(actor.programme, [("any", given.member)])
    if not found:
        raise NotFound(field="member", what=Text(zh="会员", en="member"), given=given.member)
    return next(iter(found.values()))


def _shop(actor: Actor, given: AskPaymentInput) -> int | None:
    if given.shop is None:
        return None
    shop = identity.shops_by_code(actor.programme, [given.shop]).get(given.shop)
    if shop is None or (actor.shops is not None and shop.id not in actor.shops):
        raise NotFound(field="shop", what=_SHOP, given=given.shop)
    return shop.id


def _ask(actor: Actor, at: datetime, given: AskPaymentInput, membership: int | None, shop: int | None) -> str:
    payment = Payment.objects.create(
        number=f"P{secrets.token_hex(10).upper()}", programme_id=actor.programme, membership_id=membership,
        shop_id=shop, purpose=given.purpose, subject=given.subject, title=given.title, means=given.means,
        amount=given.amount, asked_at=at, asked_by=actor.reference, expires_at=at + timedelta(minutes=given.minutes),
    )  # fmt: skip
    steps: list[Step] = []
    add(payment, steps, Did(ASKED, given.amount), actor=actor, at=at, told="operation")
    if given.means in RECORDED:
        add(
            payment, steps, Did(PAID, given.amount), actor=actor, at=at, told="counter", reference=given.reference or ""
        )
    return payment.number


def receive_notice(*, means: str, headers: Mapping[str, str], body: bytes, at: datetime) -> PaymentView:
    """A provider's own word, however often it comes. Refuses NoticeForged, NoticeUnknown."""
    notice = provider_of(means).read_notice(headers, body)
    return _hear(notice.number, notice.word, at, "notice")


def _hear(number: str, word: Word, at: datetime, told: str) -> PaymentView:
    def do() -> PaymentView:
        payment = locked(number)
        if payment is None:
            raise NoticeUnknown(given=number)
        steps = steps_in(payment)
        news = heard(stands(steps), word.state, word.amount)
        if news is not None:
            provider = system(payment.programme_id, payment.means)
            add(payment, steps, news, actor=provider, at=at, told=told, reference=word.reference)
        return view_of(payment, steps)

    view = in_transaction(do)
    return _settle_refunds(view, at) if view.late and view.waiting else view


def refund_payment(*, actor: Actor, at: datetime, given: RefundPaymentInput, key: str | None = None) -> PaymentView:
    """Give back `amount` of what was paid; of what was used only what was undone and the provider would not give back. Where
    its answer is lost it stays asked for, and is asked again.
    Takes `return`, at the payment's shop. Refuses PaymentUsed, RefundTooLarge, NotFound, Forbidden."""
    actor.demand("return")

    def do() -> str:
        payment = _found(actor, given.payment)
        actor.demand("return", payment.shop_id)
        steps = steps_in(payment)
        now = stands(steps)
        if payment.used_at is not None and given.amount > now.denied:
            raise PaymentUsed(field="payment")
        if given.amount > now.left:
            raise RefundTooLarge(field="amount", left=now.left)
        asked = Did(REFUND_ASKED, given.amount, now.refunds + 1)
        add(payment, steps, asked, actor=actor, at=at, told="operation", reason=given.reason)
        return payment.number

    number = perform(
        "refund_payment", actor=actor, at=at, subject=f"payment:{given.payment}", given=given, do=do, returns=str,
        key=key,
    )  # fmt: skip
    payment = Payment.objects.get(number=number)
    return _settle_refunds(view_of(payment), at)


def ask_back(*, actor: Actor, at: datetime, number: str, amount: int, reason: str = "") -> None:
    """Inside the caller's transaction: `amount` of a payment goes back by its provider, though it was used; what it bought
    the caller has undone. The provider is asked once that is written (`settle_payments`). Takes `return`, at the payment's
    shop. Refuses RefundTooLarge, NotFound, Forbidden."""
    actor.demand("return")
    payment = _found(actor, number)
    actor.demand("return", payment.shop_id)
    steps = steps_in(payment)
    now = stands(steps)
    if amount > now.left:
        raise RefundTooLarge(field="amount", left=now.left)
    asked = Did(REFUND_ASKED, amount, now.refunds + 1)
    add(payment, steps, asked, actor=actor, at=at, told="operation", reason=reason)


def _found(actor: Actor, number: str) -> Payment:
    payment = locked(number, actor.programme)
    if payment is None:
        raise NotFound(field="payment", what=PAYMENT, given=number)
    return payment


def use_payment(*, actor: Actor, at: datetime, number: str, do: Callable[[PaymentView], None]) -> bool:
    """Do, once, what a paid payment is for: `do` under the payment's lock and in its transaction; whether it was done now.
    Where it refuses, the whole amount goes back with that reason. Never done with what is not paid, or of which anything
    was ever asked back. Refuses NotFound, Forbidden."""
    actor.demand("correct")

    def once() -> tuple[bool, PaymentView]:
        payment = _found(actor, number)
        actor.demand("correct", payment.shop_id)
        steps = steps_in(payment)
        now, done = stands(steps), False
        if now.state == PAID and not now.refunds and payment.used_at is None:
            try:
                in_transaction(lambda: do(view_of(payment, steps)))
            except Refusal as refusal:
                back = Did(REFUND_ASKED, now.left, now.refunds + 1)
                add(payment, steps, back, actor=actor, at=at, told="operation", reason=_reason(refusal))
            else:
                payment.used_at, done = at, True
                payment.save(update_fields=["used_at"])
        return done, view_of(payment, steps)

    done, view = in_transaction(once)
    if view.waiting:
        _settle_refunds(view, at)
    return done


def _reason(refusal: Refusal) -> str:
    return refusal.say("zh")[:200]


def clear_dispute(*, actor: Actor, at: datetime, given: ClearDisputeInput, key: str | None = None) -> PaymentView:
    """A person has settled with the provider and the payer what was said otherwise; the payment is closed. Takes
    `correct`, at the payment's shop. Refuses NothingDisputed, NotFound, Forbidden."""
    actor.demand("correct")

    def do() -> str:
        payment = _found(actor, given.payment)
        actor.demand("correct", payment.shop_id)
        steps = steps_in(payment)
        if stands(steps).disputed is None:
            raise NothingDisputed(field="payment")
        add(payment, steps, Did(CLEARED), actor=actor, at=at, told="operation", reason=given.reason)
        return payment.number

    number = perform(
        "clear_dispute", actor=actor, at=at, subject=f"payment:{given.payment}", given=given, do=do, returns=str,
        key=key,
    )  # fmt: skip
    payment = Payment.objects.get(number=number)
    return view_of(payment)


def settle_payments(*, programme: int, at: datetime, limit: int = 200) -> int:
    """Ask the providers about everything that is not settled: what was paid without a word, what is to be closed, refunds
    nobody answered. How many were asked about. Done again it changes nothing that is settled."""
    rows = Payment.objects.filter(programme_id=programme, unsettled=True, asked_at__lte=at)
    # Who waited longest for a look first: what only a person can settle is looked at again and again, and keeps nobody out.
    due = list(rows.order_by(F("looked_at").asc(nulls_first=True), "asked_at")[:limit])
    Payment.objects.filter(pk__in=[payment.pk for payment in due]).update(looked_at=at)
    for payment in due:
        if payment.means in RECORDED:  # a refund that was cut short: nobody outside is asked about it
            view = view_of(payment)
        else:
            view = _hear(payment.number, _word_of(payment, at), at, "query")
        _settle_refunds(view, at)
    return len(due)


def _word_of(payment: Payment, at: datetime) -> Word:
    """What the provider says of a payment now; what it was never told of it is told, what is over it closes."""
    provider = provider_of(payment.means)
    word = provider.query(payment.number)
    if word.state == "unknown":  # the asking was cut short
        provider.create(Order(payment.number, payment.programme_id, payment.amount, payment.title), at)
    elif word.state == "open" and at >= payment.expires_at:
        word = provider.close(payment.number)
    return word


def _settle_refunds(view: PaymentView, at: datetime) -> PaymentView:
    """Ask the provider for each refund that waits, and write down what it says."""
    payment = Payment.objects.get(number=view.number)
    for refund, amount in stands(steps_in(payment)).waiting.items():
        word = "done" if payment.means in RECORDED else _refunded(payment, refund, amount, at)
        view = in_transaction(partial(_hear_of_refund, view.number, refund, word, at))
    return view


def _refunded(payment: Payment, refund: int, amount: int, at: datetime) -> str:
    provider, key = provider_of(payment.means), f"{payment.number}-{refund}"
    word = provider.query_refund(payment.number, key)
    return provider.refund(payment.number, key, amount, at) if word == "unknown" else word


def _hear_of_refund(number: str, refund: int, word: str, at: datetime) -> PaymentView:
    payment = locked(number)
    assert payment is not None
    steps = steps_in(payment)
    news = heard_of_refund(stands(steps), refund, word)
    if news is not None:
        add(payment, steps, news, actor=system(payment.programme_id, payment.means), at=at, told="query")
    return view_of(payment, steps)
