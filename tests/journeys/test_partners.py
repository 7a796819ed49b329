"""A partner connected, points exchanged at the counter from the member's page, and the partner's word on them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.cli.demo.house import PASSWORD
from huiguan.cli.demo.neighbourhood.house import Neighbourhood, found
from huiguan.foundation import clock
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember, RecordOpening, VerifyMember
from huiguan.programme.values import Proof, digest_of
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs.partners import HearPartner
from huiguan.rules.shelf import source_of
from tests.browsing import browser, visit

__all__ = ["browser"]
pytestmark = pytest.mark.journey
AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def shop(transactional_db: None, settings: Any) -> tuple[Neighbourhood, str]:
    """The neighbourhood shop, and a verified member with five hundred points."""
    settings.HUIGUAN_DEMO = True
    source = source_of("neighbourhood").decode()
    house = found(AT, source, Proof(digest_of(source), 1, 1, AT))
    form = read(EnrolMember, {"name": "李梅", "phone": "13800000001", "shop": "GY"})
    number = members.enrol_member(actor=house.actor, at=AT, given=form).number
    now = clock.now()
    opening = {"member": number, "bill": "OLD-1", "points": 500, "earned_at": now.isoformat()}
    members.record_opening(actor=house.actor, at=now, given=read(RecordOpening, opening))
    members.verify_member(actor=house.actor, at=now, given=read(VerifyMember, {"member": number, "what": "phone"}))
    return house, number


def test_from_the_line_to_the_partners_word(
    browser: Browser, live_server: LiveServer, shop: tuple[Neighbourhood, str]
) -> None:
    house, number = shop
    with visit(browser, live_server.url) as visiting:
        page = visiting.page
        visiting.go("/sign-in")
        page.fill("#username", "linxia")
        page.fill("#password", PASSWORD)
        visiting.press("Enter")
        page.wait_for_url("**/")
        visiting.go("/mall/partners/")
        page.get_by_role("link", name="云栖酒店").click()
        page.fill("#url", "https://inn.example/points")
        page.get_by_role("button", name="接通").click()
        expect(page.locator(".secret")).to_contain_text("whsec_")
        visiting.go(f"/members/{number}/")
        page.get_by_role("link", name="通兑").first.click()
        page.fill("#deed-units", "200")
        page.fill("#deed-account", "YQ88")
        page.locator("form:has(#deed-units) button.seal").click()
        expect(page.get_by_text("等对方答复").first).to_be_visible()
        (asked,) = queries.exchanges(house.actor, clock.now())
        word = {"exchange": asked.number, "state": "done", "units": 50}
        inn = operations.partner_actor(house.programme, "inn")
        operations.hear_partner(actor=inn, at=clock.now(), given=read(HearPartner, word))
        visiting.go(f"/mall/exchanges/{asked.number}/")
        page.fill("#units", "50")
        page.fill("#why", "传真 9")
        visiting.press("F8")
        expect(page.locator(".head-row")).to_contain_text("成了")
        assert queries.exchange(house.actor, asked.number).theirs == 50
