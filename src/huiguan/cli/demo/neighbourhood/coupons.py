"""Coupons at the neighbourhood shop: claimed, bought with, given on; leaflets in December, a partner's film codes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.inputs.coupons import CodeInput, CouponInput, GiveInput, HandOutInput, LockInput
from huiguan.checkout.values.coupons import CouponView
from huiguan.cli.demo.neighbourhood.days import Told
from huiguan.cli.demo.neighbourhood.house import CLERKS
from huiguan.cli.demo.story import LAST
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements import queries
from huiguan.entitlements.inputs import BringCodes, MakeCodes
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal

SATURDAY = 5
BASKET = ("RICE5", "TEA", "COFFEE", "BREAD")
LEAFLETS, FILMS = 2000, 60


def hand_coupons_about(told: Told, day: date, closing: datetime) -> None:
    """Saturdays members claim and buy with what they have; codes come with December."""
    if day == date(2026, 12, 1):
        _december(told, closing)
    if day.weekday() == SATURDAY:
        for number in told.random.sample(told.numbers, k=min(8, len(told.numbers))):
            _claim(told, number, told.random.choice(("fifteen", "coffee")), closing)
            _buy(told, number, f"{day:%m%d}-{number}", closing)
    if day == LAST:
        _last_day(told, closing)


def _claim(told: Told, number: str, coupon: str, at: datetime) -> CouponView | None:
    """What she may not claim, she does not."""
    given = read(CouponInput, {"member": number, "coupon": coupon})
    try:
        return checkout.claim_coupon(actor=told.actor, at=at, given=given)
    except Refusal:
        return None


def _buy(told: Told, number: str, bill: str, at: datetime) -> None:
    asked: dict[str, Any] = {
        "member": number, "presented": "phone", "shop": "GY", "clerk": CLERKS["GY"], "number": f"GY2-{bill}",
        "lines": [{"sku": sku, "quantity": 1} for sku in BASKET],
    }  # fmt: skip
    best = checkout.weigh_coupons(actor=told.actor, at=at, given=read(SaleInput, asked)).best
    given = read(SaleInput, {**asked, "vouchers": list(best)})
    checkout.commit_sale(actor=told.actor, at=at, given=given, key=f"ll-券-{bill}")


def _december(told: Told, at: datetime) -> None:
    leaflets = read(
        MakeCodes, {"coupon": "leaflet", "size": LEAFLETS, "until": "2026-12-31 24:00", "note": "十二月传单"}
    )
    batch = entitlements.make_batch(actor=told.actor, at=at, given=leaflets)
    entitlements.make_codes(batch=batch.id)
    codes = [code for code, _ in queries.codes_of(told.actor, batch.id)]
    for number, code in zip(told.random.sample(told.numbers, k=9), codes, strict=False):
        checkout.claim_code(actor=told.actor, at=at, given=read(CodeInput, {"member": number, "code": code}))
    films = BringCodes(coupon="films", codes=[f"FILM-{n:04d}-GY" for n in range(1, FILMS + 1)], note="视频网站年底合作")
    entitlements.bring_codes(actor=told.actor, at=at, given=films)
    for number in told.numbers[:5]:
        _claim(told, number, "films", at)


def _last_day(told: Told, at: datetime) -> None:
    """What waits when the demonstration opens: a coupon offered to a friend, one locked for an order, one for a wait."""
    giver, buyer, waited = told.numbers[:3]
    given, locked = _claim(told, giver, "fifteen", at), _claim(told, buyer, "coffee", at)
    if given is not None:
        checkout.give_coupon(actor=told.actor, at=at, given=read(GiveInput, {"member": giver, "code": given.code}))
    if locked is not None:
        order = {"member": buyer, "codes": [locked.code], "order": "小程序 20261210-3", "minutes": 1440}
        checkout.lock_coupons(actor=told.actor, at=at, given=read(LockInput, order))
    sorry = {"member": waited, "coupon": "loaf", "reason": "咖啡等久了"}
    checkout.hand_out_coupon(actor=told.actor, at=at, given=read(HandOutInput, sorry))
