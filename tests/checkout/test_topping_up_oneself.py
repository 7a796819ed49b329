"""A member pays from afar: stored once, or given back with the reason."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connections

from huiguan.billing import operations as billing
from huiguan.billing import queries as payments
from huiguan.billing.inputs import AskPaymentInput, RefundPaymentInput
from huiguan.billing.providers.sandbox import SIGNATURE, signature_of
from huiguan.billing.refusals import PaymentUsed
from huiguan.billing.values import PaymentView
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import RefundTopUpInput
from huiguan.checkout.stored_refusals import AmountOutside
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden
from tests.checkout.test_stored_value import LADDER, clause, held, world
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
NOON = moment("2026-05-02 12:00")


class Topping:
    """Li, who asked to pay in; `rules` beside the ladder: 500 with 50 on top, 1,000 with 120."""

    def __init__(self, settings: object, *rules: str, amount: str = "500.00") -> None:
        settings.HUIGUAN_DEMO = True  # type: ignore[attr-defined]
        self.house: World = world(LADDER, *rules)
        self.li = self.house.enrol(card=None)
        self.member = Actor("member", 1, "李", self.house.actor.programme, membership=self.li.membership)
        given = {"amount": amount, "means": "sandbox", "purpose": "top_up", "subject": self.li.number, "title": "充值"}
        self.given = read(AskPaymentInput, given)
        self.number = billing.ask_payment(actor=self.member, at=NOON, given=self.given).number

    def pay(self, deed: str = "pay_silently") -> None:
        billing.do_in_sandbox(programme=self.member.programme, number=self.number, deed=deed, at=NOON, wall=NOON)

    def notice(self) -> None:
        body = (
            f'{{"number": "{self.number}", "state": "paid", "amount": {self.given.amount}, "reference": "r"}}'.encode()
        )
        billing.receive_notice(means="sandbox", headers={SIGNATURE: signature_of(body)}, body=body, at=NOON)

    def settle(self) -> None:
        billing.settle_payments(programme=self.member.programme, at=NOON + timedelta(minutes=1))

    def store(self, minutes: int = 2) -> int:
        at: datetime = NOON + timedelta(minutes=minutes)
        return checkout.store_paid(programme=self.member.programme, at=at)

    @property
    def payment(self) -> PaymentView:
        return payments.payment(self.house.actor, self.number)

    @property
    def held(self) -> tuple[int, int]:
        return held(self.house, self.li, "2026-05-02 18:00")


def test_it_goes_back_the_way_it_came_and_out_of_no_drawer(settings: object) -> None:
    li = Topping(settings)
    li.pay()
    li.settle()
    li.store()
    (top,) = queries.top_ups(li.house.actor, li.li.number)
    given = read(RefundTopUpInput, {"top_up": top.id, "reason": "搬家"})
    seen = checkout.preview_top_up_refund(actor=li.house.actor, at=NOON + timedelta(hours=1), given=given)
    assert (seen.refund, seen.tenders, seen.payment, li.payment.waiting) == (50_000, (), li.number, 0)
    back = checkout.refund_top_up(actor=li.house.actor, at=NOON + timedelta(hours=1), given=given)
    assert (back.refund, back.tenders, back.payment, li.held) == (50_000, (), li.number, (0, 0))
    assert (li.payment.waiting, li.payment.refunded) == (50_000, 0)
    billing.settle_payments(programme=li.member.programme, at=NOON + timedelta(hours=2))
    billing.settle_payments(programme=li.member.programme, at=NOON + timedelta(hours=3))
    assert (li.payment.state, li.payment.waiting, li.payment.refunded) == ("refunded", 0, 50_000)


def test_what_the_provider_would_not_give_back_is_asked_for_again_and_no_fen_more(settings: object) -> None:
    """500.00 stored, refunded at the till, refused by the provider: the value is gone, so the money must still come."""
    li = Topping(settings)
    li.pay()
    li.settle()
    li.store()
    (top,) = queries.top_ups(li.house.actor, li.li.number)
    given = read(RefundTopUpInput, {"top_up": top.id, "reason": "搬家"})
    checkout.refund_top_up(actor=li.house.actor, at=NOON + timedelta(hours=1), given=given)
    billing.do_in_sandbox(programme=li.member.programme, number=li.number, deed="refuse_refund", at=NOON, wall=NOON)
    billing.settle_payments(programme=li.member.programme, at=NOON + timedelta(hours=2))
    assert (li.payment.refunded, li.payment.waiting, li.payment.left, li.held) == (0, 0, 50_000, (0, 0))
    for amount, refusal in (("500.01", PaymentUsed), ("200.00", None), ("300.01", PaymentUsed), ("300.00", None)):
        again = RefundPaymentInput(payment=li.number, amount=amount, reason="再退")
        if refusal is None:
            billing.refund_payment(actor=li.house.actor, at=NOON + timedelta(hours=3), given=again)
            continue
        with pytest.raises(refusal):
            billing.refund_payment(actor=li.house.actor, at=NOON + timedelta(hours=3), given=again)
    assert (li.payment.state, li.payment.refunded, li.payment.left) == ("refunded", 50_000, 0)


def test_told_twice_it_is_stored_once_at_her_home_shop(settings: object) -> None:
    li = Topping(settings)
    assert li.store() == 0 and li.held == (0, 0)
    li.pay()
    li.notice()
    li.notice()
    assert (li.store(), li.store(3)) == (1, 0)
    assert li.held == (50_000, 5_000)
    made = queries.top_ups(li.house.actor, li.li.number)
    assert [(each.number, each.shop, each.paid, each.tenders) for each in made] == [(li.number, "S1", 50_000, ())]
    assert (li.payment.state, li.payment.left) == ("paid", 0)
    back = RefundPaymentInput(payment=li.number, amount="500.00", reason="x")
    with pytest.raises(PaymentUsed):  # the value is refunded, not the payment
        billing.refund_payment(actor=li.house.actor, at=NOON, given=back)


def test_a_lost_notice_is_found_by_asking(settings: object) -> None:
    li = Topping(settings)
    li.pay()
    assert li.store() == 0
    li.settle()
    li.notice()
    assert (li.store(), li.store(3), li.held) == (1, 0, (50_000, 5_000))


def test_what_is_refused_by_then_goes_back_whole(settings: object) -> None:
    """At most 499.99: refused at the border; 500.00 exactly is taken."""
    li = Topping(settings, clause(2, "top_up", "maximum: 499.99"))
    li.pay()
    li.settle()
    assert (li.store(), li.store(3), li.held) == (0, 0, (0, 0))
    assert (li.payment.state, li.payment.refunded, li.payment.used_at) == ("refunded", 50_000, None)
    assert [step.reason for step in li.payment.steps if step.what == "refund_asked"] == ["一次至多充 ¥499.99。"]
    with pytest.raises(AmountOutside):
        checkout.preview_own_top_up(actor=li.member, at=NOON, amount=50_000)


def test_at_the_bound_it_is_taken_and_only_members_ask_for_themselves(settings: object) -> None:
    li = Topping(settings, clause(2, "top_up", "maximum: 500.00"))
    seen = checkout.preview_own_top_up(actor=li.member, at=NOON, amount=50_000)
    assert (seen.paid, seen.bonus, seen.id, li.held) == (50_000, 5_000, "", (0, 0))
    with pytest.raises(Forbidden):
        checkout.preview_own_top_up(actor=li.house.actor, at=NOON, amount=50_000)
    li.pay()
    li.settle()
    assert (li.store(), li.held) == (1, (50_000, 5_000))


def test_what_was_given_back_is_never_stored(settings: object) -> None:
    """Of 500.00 one yuan was asked back by hand, and the provider refused: a person decides."""
    li = Topping(settings)
    li.pay()
    li.settle()
    billing.do_in_sandbox(programme=li.member.programme, number=li.number, deed="refuse_refund", at=NOON, wall=NOON)
    back = RefundPaymentInput(payment=li.number, amount="1.00", reason="x")
    billing.refund_payment(actor=li.house.actor, at=NOON, given=back)
    assert (li.payment.refunded, li.store(), li.held) == (0, 0, (0, 0))


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_store_one(settings: object) -> None:
    li = Topping(settings)
    li.pay()
    li.settle()

    def work(n: int) -> int:
        try:
            return li.store()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as workers:
        assert sum(workers.map(work, range(2))) == 1
    assert li.held == (50_000, 5_000)
