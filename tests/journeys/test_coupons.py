"""Coupons from the making of their codes to the till: a batch, a code turned in at the counter, the best choice, paid."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs.coupons import CouponInput
from huiguan.cli.demo.neighbourhood.house import found
from huiguan.entitlements import operations as entitlements
from huiguan.entitlements import queries
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.world import OPENS as NOW
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def test_from_a_leaflet_to_the_till(come_in: ComeIn) -> None:
    source = source_of("neighbourhood").decode()
    house = found(NOW, source, Proof(digest_of(source), 1, 1, NOW))
    form = {"name": "唐宁", "phone": "13800001234", "shop": "GY", "profile": {}}
    tang = members.enrol_member(actor=house.actor, at=NOW, given=read(EnrolMember, form))
    with come_in("linxia") as visiting:
        visiting.go("/coupons/")
        page = visiting.page
        page.select_option("#coupon", "leaflet")
        page.fill("#size", "3")
        page.get_by_role("button", name="制作").click()
        expect(page.locator(".said")).to_contain_text("开始制作 3 个券码")
        (batch,) = queries.batches(house.actor)
        entitlements.make_codes(batch=batch.id)  # the worker's part
        visiting.go("/coupons/")
        expect(page.locator(".batches")).to_contain_text("可兑")
        with page.expect_download() as file:
            page.get_by_role("link", name="CSV").click()
        code = file.value.path().read_text(encoding="utf-8-sig").splitlines()[1].split(",")[0]
        visiting.go(f"/members/{tang.number}/")
        page.get_by_role("link", name="领券").click()
        page.select_option("#f-coupon, [name=coupon]", "by_code")
        page.fill("[name=code]", code.lower().replace("-", " "))
        page.get_by_role("button", name="领", exact=True).click()
        expect(page.locator(".said")).to_contain_text("已领新店满 50 减 20 元券")
        claim = read(CouponInput, {"member": tang.number, "coupon": "fifteen"})
        checkout.claim_coupon(actor=house.actor, at=NOW, given=claim)
        assert visiting.complaints == []
    with come_in("qiaomai") as visiting:
        page = visiting.page
        visiting.go(f"/till/?member={tang.number}&scan=TEA")
        # the tea is 128: 20 off or 15 off, never both
        expect(page.locator(".stairs")).to_contain_text("新店满 50 减 20 元券")
        page.locator("#best").click()
        expect(page.locator("#due")).to_have_text("¥108.00")
        expect(page.locator(".stairs")).to_contain_text("不与新店满 50 减 20 元券同用")
        page.locator("#take").click()
        expect(page.locator(".said")).to_contain_text("已收 ¥108.00")
        assert visiting.complaints == []
        assert visiting.sideways() == 0
