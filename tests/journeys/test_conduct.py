"""A breach is reported, measures are proposed, the member is heard, it is decided; another day she is honoured."""

from __future__ import annotations

import os
from typing import Any

import pytest
from playwright.sync_api import expect

from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.portal.acting import COOKIE
from tests.cases.world import Guild, moment
from tests.conduct.test_on_the_phone import come_in_by_phone
from tests.console.world import set_clock
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


@pytest.fixture
def world(transactional_db: None, settings: Any) -> Guild:
    settings.HUIGUAN_DEMO = True
    guild = Guild.founded()
    given = read(EnrolMember, {"profile": {"name": "李梅", "phone": "13800000001"}})
    members.enrol_member(actor=guild.owner, at=moment("2026-03-01 09:00"), given=given)
    set_clock(moment("2026-03-05 10:00"))
    return guild


def _look(page: Any, name: str) -> None:
    folder = os.environ.get("LOOK")
    if folder:
        page.screenshot(path=f"{folder}/conduct-{name}.png", full_page=True)


def test_from_a_report_to_a_suspension(come_in: ComeIn, world: Guild) -> None:
    with come_in("owner-guild") as visiting:
        page = visiting.page
        visiting.go("/conduct/")
        expect(page.locator(".empty")).to_contain_text("没有违规记录")
        _look(page, "empty")
        page.get_by_role("link", name="报告违规").click()
        page.get_by_label("会员号、卡号或手机").fill("13800000001")
        page.get_by_label("日期").fill("2026-03-06")
        page.get_by_label("经过").fill("在宣传册上擅用会标，经提醒没有撤下。")
        page.get_by_label("当事人").fill("赵云")
        page.get_by_role("button", name="记下").click()
        expect(page.locator(".refusal")).to_contain_text("日期：不能晚于今天")
        _look(page, "report-wrong")
        page.get_by_label("日期").fill("2026-03-04")
        page.get_by_role("button", name="记下").click()
        expect(page.locator(".todo").first).to_contain_text("一般处以：通报批评")
        page.get_by_label("暂停会籍").check()
        page.locator("#words").fill("屡次提醒不改")
        page.get_by_role("button", name="先看会怎样").click()
        expect(page.locator("aside .todo")).to_contain_text("会籍暂停到 2026 年 9 月 5 日 零点")
        _look(page, "breach")
        page.get_by_role("button", name="提出", exact=True).click()
        expect(page.locator(".said")).to_contain_text("M000001")
        visiting.go("/conduct/measures/P000002/")
        page.get_by_text("记下本人陈述").first.click()
        page.get_by_label("陈述内容").first.fill("已撤下宣传册")
        page.locator("form").filter(has_text="陈述内容").get_by_role("button").click()
        expect(page.locator(".todo").last).to_contain_text("已撤下宣传册")
        world.do("decide_matter", "2026-03-05 11:00", "shen", matter="M000001", stage="decision", verdict="pass")
        set_clock(moment("2026-03-05 12:00"))
        visiting.go("/conduct/measures/P000002/")
        expect(page.locator(".band")).to_contain_text("执行中")
        _look(page, "measure")
        visiting.go("/conduct/measures/")
        expect(page.locator("tbody tr")).to_have_count(2)
        _look(page, "measures")
        page.set_viewport_size({"width": 390, "height": 844})
        _look(page, "measures-390")
        visiting.go("/conduct/measures/P000002/")
        _look(page, "measure-390")
        token = come_in_by_phone(world, "13800000001")
        page.context.add_cookies([{"name": COOKIE, "value": token, "domain": "localhost", "path": "/m/guild/"}])
        visiting.go("/m/guild/me/measures")
        expect(page.locator(".blk")).to_have_count(2)
        expect(page.get_by_role("button", name="申诉")).to_have_count(1)
        _look(page, "phone-390")
        assert visiting.sideways() <= 0 and len(visiting.complaints) == 1  # the 422 of the day to come


def test_from_a_proposal_to_the_roll_of_honour(come_in: ComeIn, world: Guild) -> None:
    with come_in("owner-guild") as visiting:
        page = visiting.page
        visiting.go("/conduct/awards/")
        expect(page.locator(".empty")).to_contain_text("还没有表彰")
        _look(page, "awards-empty")
        page.get_by_role("link", name="推荐表彰").click()
        expect(page.locator(".todo")).to_contain_text("称号“年度优秀会员”，到2027 年 3 月 5 日零点")
        page.get_by_label("会员号、卡号或手机").fill("13800000009")
        page.get_by_label("事迹").fill("带头清退劣质茶，办了三场培训。")
        page.get_by_role("button", name="推荐").click()
        expect(page.locator(".refusal")).to_be_visible()
        _look(page, "award-wrong")
        page.get_by_label("会员号、卡号或手机").fill("13800000001")
        page.get_by_role("button", name="推荐").click()
        expect(page.locator(".said")).to_contain_text("M000001")
        _look(page, "award-proposed")
        visiting.go("/m/guild/honours")
        expect(page.locator("main")).to_contain_text("现在榜上没有人")
        world.do("decide_matter", "2026-03-05 11:00", "shen", matter="M000001", stage="decision", verdict="pass")
        set_clock(moment("2026-03-05 12:00"))
        visiting.go("/conduct/awards/H000001/")
        expect(page.locator(".band")).to_contain_text("现有")
        _look(page, "award")
        visiting.go("/conduct/awards/")
        expect(page.locator("tbody tr")).to_have_count(1)
        _look(page, "awards")
        page.set_viewport_size({"width": 390, "height": 844})
        _look(page, "awards-390")
        visiting.go("/m/guild/honours")
        expect(page.locator(".blk")).to_contain_text("李梅")
        _look(page, "roll-390")
        token = come_in_by_phone(world, "13800000001")
        page.context.add_cookies([{"name": COOKIE, "value": token, "domain": "localhost", "path": "/m/guild/"}])
        visiting.go("/m/guild/me/awards")
        expect(page.locator(".blk")).to_contain_text("现有")
        _look(page, "award-phone-390")
        assert visiting.sideways() <= 0 and len(visiting.complaints) == 1  # nobody is known by that number
