"""A member tops up by herself: what she would get for it, and what she paid from afar stored, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huiguan.billing import operations as billing
from huiguan.billing import queries as payments
from huiguan.billing.values import PaymentView
from huiguan.checkout.inputs import TopUpInput
from huiguan.checkout.stored.topping_up import Tenders, store_at
from huiguan.checkout.values import TopUpView
from huiguan.checkout.values.wallets import OWN_TOP_UP
from huiguan.foundation.performing import in_trial, perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden
from huiguan.kernel.text import Text
from huiguan.members import queries as members

NOWHERE: Tenders = ()  # paid from afar: in nobody's drawer
_HERSELF = Text(zh="会员自己充值", en="Topping up oneself")


def preview_own_top_up(*, actor: Actor, at: datetime, amount: int) -> TopUpView:
    """What `amount` fen paid from afar would bring the member who acts. Writes nothing; refuses as `store_value` does."""
    if actor.membership is None:
        raise Forbidden(power=_HERSELF)
    house = system(actor.programme)
    given = _asked(house, actor.membership, amount, at)
    return replace(in_trial(lambda: store_at(house, at, given, NOWHERE)), id="", number="")


def store_paid(*, programme: int, at: datetime, limit: int = 200) -> int:
    """Store what members paid from afar, each payment once; how many were stored now. What the clauses or the law refuse
    by now goes back whole, with that reason. Done again it changes nothing."""
    house = system(programme, "会员自助")

    def store(payment: PaymentView) -> None:
        assert payment.membership is not None
        given = _asked(house, payment.membership, payment.paid, at, payment.number)
        perform(
            "store_paid", actor=house, at=at, subject=f"payment:{payment.number}", given=given,
            key=f"payment:{payment.number}", returns=TopUpView, do=lambda: store_at(house, at, given, NOWHERE),
        )  # fmt: skip

    found = payments.paid_for(programme, OWN_TOP_UP, limit)
    return sum(billing.use_payment(actor=house, at=at, number=number, do=store) for number in found)


def _asked(house: Actor, membership: int, amount: int, at: datetime, number: str | None = None) -> TopUpInput:
    """The top-up at her home shop."""
    name = members.numbers(house.programme, [membership])[membership]
    home = members.member(house, name, at).joined_shop
    shop = identity.shops_by_id(house.programme, {home})[home].code if home is not None else None
    asked = {"member": {"number": name}, "amount": as_yuan(amount), "shop": shop, "number": number}
    return read(TopUpInput, asked)
