"""The mall: a thing put on the shelf with its picture and stock, had for a member, prepared and handed over; then bid for."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.cli.demo.house import PASSWORD
from huiguan.cli.demo.neighbourhood.house import found
from huiguan.foundation import clock
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember, RecordOpening
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.browsing import browser, visit
from tests.rewards.pictures import png

__all__ = ["browser"]
pytestmark = pytest.mark.journey
ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 3, 2, 9, tzinfo=ZONE)


@pytest.fixture
def number(transactional_db: None, settings: Any) -> str:
    """A member of the neighbourhood shop with five hundred points of today."""
    settings.HUIGUAN_DEMO = True
    source = source_of("neighbourhood").decode()
    house = found(AT, source, Proof(digest_of(source), 1, 1, AT))
    form = read(EnrolMember, {"name": "李梅", "phone": "13800000001", "shop": "GY"})
    made = members.enrol_member(actor=house.actor, at=AT, given=form)
    now = clock.now()
    opening = {"member": made.number, "bill": "OLD-1", "points": 500, "earned_at": now.isoformat()}
    members.record_opening(actor=house.actor, at=now, given=read(RecordOpening, opening))
    return made.number


def test_from_the_shelf_into_her_hands(browser: Browser, live_server: LiveServer, number: str) -> None:
    with visit(browser, live_server.url) as visiting:
        page, keys = visiting.page, visiting.keys
        visiting.go("/sign-in")
        page.fill("#username", "linxia")
        page.fill("#password", PASSWORD)
        keys.press("Enter")
        page.wait_for_url("**/")
        visiting.go("/mall/items/")
        expect(page.locator(".empty")).to_contain_text("架上还是空的。")
        page.get_by_role("link", name="新物品").click()
        page.fill("#code", "MUG")
        page.fill("#zh", "搪瓷杯")
        page.fill("#en", "Enamel mug")
        page.fill("#points", "180")
        page.fill("#worth", "29")
        keys.press("F8")
        expect(page.locator(".said")).to_contain_text("已上架 · 搪瓷杯")
        page.set_input_files("#picture", {"name": "x.png", "mimeType": "image/png", "buffer": b"<svg/>"})
        page.get_by_role("button", name="换上").click()
        expect(page.locator(".refused, [role=alert]").first).to_contain_text("只收 PNG、JPEG 和 WebP 图片。")
        page.set_input_files("#picture", {"name": "x.png", "mimeType": "image/png", "buffer": png()})
        page.get_by_role("button", name="换上").click()
        expect(page.locator("img.mall-picture")).to_be_visible()
        page.fill("#pieces", "2")
        page.get_by_role("button", name="写下").click()
        page.select_option("#what", "move")
        page.select_option("#stock-shop", "GY")
        page.fill("#pieces", "2")
        page.get_by_role("button", name="写下").click()
        page.fill("#member", number)
        page.select_option("#take-shop", "GY")
        page.locator("form.take button").click()
        expect(page.locator(".said")).to_contain_text("已下单 · DH")
        keys.press("F8")
        expect(page.locator(".steps")).to_contain_text("已备货")
        keys.press("F8")
        expect(page.locator(".steps")).to_contain_text("待领取")
        page.fill("#receipt-signed", "李梅")
        keys.press("F8")
        expect(page.locator(".steps")).to_contain_text("李梅")
        expect(page.locator(".head-row")).to_contain_text("已收到")
        assert visiting.sideways() <= 0
        assert [said for said in visiting.complaints if "422" not in said] == []


def test_a_draw_anybody_may_look_at(browser: Browser, live_server: LiveServer, number: str) -> None:
    with visit(browser, live_server.url, width=390) as visiting:
        page, keys = visiting.page, visiting.keys
        visiting.go("/sign-in")
        page.fill("#username", "linxia")
        page.fill("#password", PASSWORD)
        keys.press("Enter")
        page.wait_for_url("**/")
        visiting.go("/mall/items/new")
        for name, value in {"code": "VASE", "zh": "花瓶", "en": "Vase", "points": "600"}.items():
            page.fill(f"#{name}", value)
        page.get_by_role("button", name="上架").click()
        page.fill("#pieces", "1")
        page.get_by_role("button", name="写下").click()
        visiting.go("/mall/scarce/draw/new")
        now = clock.now().astimezone(ZONE)
        opens, closes = (f"{now + timedelta(hours=hours):%Y-%m-%dT%H:%M}" for hours in (-1, 48))
        told = {
            "code": "spring",
            "zh": "春日抽奖",
            "en": "Spring draw",
            "points": "20",
            "opens": opens,
            "closes": closes,
        }
        for name, value in told.items():
            page.fill(f"#{name}", value)
        page.get_by_role("button", name="开场").click()
        page.fill("#member", number)
        page.fill("#tickets", "2")
        page.locator("form.take button").click()
        expect(page.locator(".tbl").first).to_contain_text("1/2")
        assert visiting.sideways() <= 0
        public = page.get_by_role("link", name="公开页").get_attribute("href")
    with visit(browser, live_server.url, width=390, language="en") as visiting:
        visiting.go(str(public))
        expect(visiting.page.locator("h1")).to_contain_text("Spring draw")
        expect(visiting.page.locator(".hash").first).to_have_text(re.compile("^[0-9a-f]{64}$"))
        assert visiting.sideways() <= 0
        assert visiting.complaints == []
