"""Cards: one that is lost and replaced for a fee; one that is frozen by its use, looked at and released."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

import pytest
from playwright.sync_api import expect

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.refusals import UnusualUse
from huiguan.cli.demo.house import found
from huiguan.cli.demo.story import FIRST, SEED, moment
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.world import LATER, OPENS, SCARF, World, set_clock
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    """One card for every shop, its replacement ten yuan; 林夕照 holds C-100."""
    settings.HUIGUAN_DEMO = True
    source = (
        source_of("one-card").decode().replace("    lost: stopped\n", "    lost: stopped\n    replacement_fee: 10.00\n")
    )
    at = moment(FIRST, 7)
    house = found(Random(SEED), at, source, Proof(digest_of(source), 1, 1, at))
    given = {"name": "林夕照", "phone": "13800000007", "card": "C-100", "shop": "HB"}
    made = members.enrol_member(actor=house.actor, at=OPENS, given=read(EnrolMember, given))
    set_clock()
    return World(house.actor, made.number)


def buy(world: World, key: str, at: datetime = OPENS) -> None:
    given = {"shop": "HB", "presented": {"card": "C-100"}, "lines": [{"sku": SCARF}]}
    checkout.commit_sale(actor=world.actor, at=at, given=read(SaleInput, given), key=key)


def test_a_lost_card_is_replaced_for_a_fee_and_refused_by_name(come_in: ComeIn, world: World) -> None:
    with come_in("zhouhe") as visiting:
        page, keys = visiting.page, visiting.keys
        visiting.go(f"/members/{world.hero}/")
        page.get_by_role("link", name="挂失").click()
        page.locator("#ask").get_by_role("button", name="挂失").click()
        expect(page.locator(".said")).to_contain_text("卡 C-100 已挂失")
        page.get_by_role("link", name="换卡").click()
        page.fill("#deed-card", "C-200")
        page.locator("#ask").get_by_role("button", name="换卡").click()
        expect(page.locator(".band-note")).to_contain_text("补卡须交 ¥10.00，已交 ¥0.00。")
        page.get_by_role("link", name="换卡").click()
        page.fill("#deed-card", "C-200")
        page.fill("#deed-fee", "10")
        page.locator("#ask").get_by_role("button", name="换卡").click()
        expect(page.locator(".said")).to_contain_text("新卡 C-200 · 旧卡 C-100 不再能用")
        visiting.go("/till/")
        keys.type("C-100")
        keys.press("Enter")
        expect(page.locator("#till")).to_contain_text("已换成 C-200。请会员出示新卡，把这张收回。")
        visiting.go(f"/members/{world.hero}/cards/C-100/")
        for said in ("换下", "挂失", "发卡", "换成 C-200", "周禾"):
            expect(page.locator("main")).to_contain_text(said)
        assert visiting.complaints == []


def test_unusual_use_is_looked_at_and_released(come_in: ComeIn, world: World) -> None:
    for n in range(5):
        buy(world, f"k{n}")
    with pytest.raises(UnusualUse):
        buy(world, "k5")
    with come_in("hezhiwei") as visiting:
        page = visiting.page
        visiting.go("/")
        page.get_by_role("link", name="待复核的用卡").click()
        page.wait_for_url("**/members/reviews/")
        expect(page.locator("main")).to_contain_text("这是当天第 6 单，一天至多 5 单。")
        page.get_by_role("link", name="放行").click()
        page.fill("#deed-reason", "给全家买")
        page.locator("#ask").get_by_role("button", name="放行").click()
        expect(page.locator(".band-note").first).to_contain_text("放行前须核对本人证件。")
        visiting.go("/members/reviews/")
        page.get_by_role("link", name="放行").click()
        page.fill("#deed-reason", "给全家买")
        page.check("#deed-presented")
        page.locator("#ask").get_by_role("button", name="放行").click()
        expect(page.locator(".said")).to_contain_text("卡 C-100 已放行")
        buy(world, "k6", LATER)
        visiting.go("/members/reviews/")
        expect(page.locator("main")).to_contain_text("没有等复核的卡。")
        expect(page.locator("main")).to_contain_text("给全家买 · 贺知微")
        assert visiting.complaints == []
