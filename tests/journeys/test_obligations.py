"""The house notes a change it learned of; overdue it is listed with its breach; the member reads it on the phone."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import expect

from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.nightly.operations import run_due
from huiguan.portal.acting import COOKIE
from huiguan.rules.shelf import source_of
from tests.cases.world import Guild, moment
from tests.conduct.test_on_the_phone import come_in_by_phone
from tests.console.world import set_clock
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


@pytest.fixture
def exchange(transactional_db: None, settings: Any) -> Guild:
    settings.HUIGUAN_DEMO = True
    guild = Guild.founded("guild", source_of("metals-exchange").decode())
    given = read(EnrolMember, {"profile": {"name": "恒信贵金属有限公司", "phone": "13800000001"}})
    members.enrol_member(actor=guild.owner, at=moment("2026-03-01 09:00"), given=given)
    set_clock(moment("2026-03-05 10:00"))
    return guild


def _look(page: Any, name: str) -> None:
    folder = os.environ.get("LOOK")
    if folder:
        page.screenshot(path=f"{folder}/engine-{name}.png", full_page=True)


def test_from_an_event_to_its_breach(come_in: ComeIn, exchange: Guild) -> None:
    with come_in("owner-guild") as visiting:
        page = visiting.page
        visiting.go("/conduct/obligations/")
        expect(page.locator(".empty")).to_contain_text("没有应办的事")
        _look(page, "owed-empty")
        page.get_by_role("link", name="记一件事项").click()
        page.get_by_label("会员号、卡号或手机").fill("13800000001")
        page.get_by_label("事项", exact=True).select_option("reports.dispute")
        page.get_by_label("日期").fill("2026-03-02")
        page.get_by_label("涉及金额").fill("499999.99")
        page.get_by_label("从哪里得知").fill("法院公告")
        page.get_by_role("button", name="记下").click()
        expect(page.locator(".refusal")).to_contain_text("才要报告")
        _look(page, "event-wrong")
        page.get_by_label("涉及金额").fill("500000")
        page.get_by_role("button", name="记下").click()
        expect(page.locator("tbody tr")).to_contain_text("诉讼或经济纠纷")
        run_due(exchange.owner.programme, moment("2026-03-17 01:00"))
        set_clock(moment("2026-03-17 09:00"))
        visiting.go("/conduct/obligations/")
        expect(page.locator("tbody tr")).to_contain_text("B000001")
        _look(page, "owed")
        visiting.go("/conduct/")
        expect(page.locator("tbody tr")).to_contain_text("没有完成")
        page.get_by_role("link", name="恒信").click()
        expect(page.locator(".todo").first).to_contain_text("没有完成")
        _look(page, "owed-breach")
        visiting.go("/conduct/obligations/")
        page.get_by_role("link", name="替会员办").click()
        expect(page.locator("[name='form.happened_on']")).to_have_value("2026-03-02")
        expect(page.locator("[name='form.amount']")).to_have_value("500000.00")
        _look(page, "owed-taken-down")
        token = come_in_by_phone(exchange, "13800000001")
        page.context.add_cookies([{"name": COOKIE, "value": token, "domain": "localhost", "path": "/m/guild/"}])
        page.set_viewport_size({"width": 390, "height": 844})
        visiting.go("/m/guild/me/owed")
        _look(page, "owed-begin")
        page.get_by_role("button", name="去办").click()
        expect(page.locator("[name=event]")).to_have_value("dispute")
        expect(page.locator("[name=happened_on]")).to_have_value("2026-03-02")
        visiting.go("/m/guild/me/owed")
        expect(page.get_by_role("link", name="正在办，接着办")).to_contain_text("M000001")
        _look(page, "owed-under-way")
        page.set_viewport_size({"width": 1440, "height": 900})
        visiting.go("/conduct/obligations/")
        expect(page.locator("tbody tr")).to_contain_text("正在办 M000001")
        _look(page, "owed-console")
        page.set_viewport_size({"width": 390, "height": 844})
        visiting.go("/conduct/obligations/")
        page.get_by_text("记下已办").first.click()
        _look(page, "owed-390")
        page.get_by_label("哪天办的").fill("2026-03-17")
        page.get_by_label("看到了什么").fill("补交书面报告")
        page.locator("form").filter(has_text="看到了什么").get_by_role("button").click()
        expect(page.locator("tbody tr")).to_contain_text("逾期完成")
        visiting.go("/m/guild/me/owed")
        expect(page.locator("main")).to_contain_text("诉讼或经济纠纷")
        _look(page, "owed-phone")
        assert visiting.sideways() <= 0 and len(visiting.complaints) == 1  # the 422 of the sum below
