"""A firm applies: reviewed with what it will receive, given back, corrected, decided by two, shown, objected to."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from huiguan.cases import operations
from huiguan.cases.inputs import SignInMatter
from huiguan.cases.subjects import register
from huiguan.kernel.inputs import read
from tests.browsing import visit
from tests.cases.choosy import Choosy
from tests.cases.world import SOURCE, Guild, moment
from tests.console.world import set_clock
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


@pytest.fixture
def world(transactional_db: None, settings: Any) -> Guild:
    settings.HUIGUAN_DEMO = True
    guild = Guild.founded()
    guild.opened("2026-03-02 09:00", credit_code="91350100MA0000001P", representative="何山")
    guild.opened("2026-03-02 15:00", name="清泉茶行", credit_code="91350100MA0000001P")
    set_clock(moment("2026-03-05 10:00"))
    return guild


def test_from_the_work_list_to_the_notice(come_in: ComeIn, world: Guild, browser: Any, live_server: Any) -> None:
    with come_in("lin.guild") as visiting:
        page = visiting.page
        visiting.go("/")
        expect(page.locator(".home-desk tbody tr")).to_have_count(2)  # the front page leads to the work
        expect(page.get_by_role("navigation", name="主导航")).not_to_contain_text("收银")
        visiting.go("/matters/")
        expect(page.locator("tbody tr")).to_have_count(2)
        page.get_by_role("link", name="山水茶业有限公司").click()
        expect(page.locator(".checks")).to_contain_text("统一社会信用代码与 M000002 清泉茶行")
        visiting.press("s")
        page.locator("#until").fill("2026-03-06")
        visiting.press("Enter")
        expect(page.locator("h2.nm")).to_have_text("清泉茶行")
        visiting.go("/matters/?box=later")
        page.get_by_role("link", name="山水茶业有限公司").click()
        page.get_by_role("button", name="取回").click()
        expect(page.locator('summary[data-key="S"]')).to_be_visible()
        visiting.press("r")
        page.get_by_label("理由，申请人看得到").fill("请补注册资本")
        expect(page.locator(".verdict-letter")).to_contain_text("在“初审”退回补正：请补注册资本。请改好后再次提交。")
        visiting.press("F9")
        expect(page.locator(".said")).to_contain_text("M000001：已退回")
        expect(page.locator("h2.nm")).to_have_text("清泉茶行")
        visiting.press("F9")
        expect(page.locator(".empty")).to_contain_text("没有等你办的事项")
        assert visiting.complaints == []
    for each in ("shen", "tao"):
        world.do(
            "decide_matter", "2026-03-05 11:00", each, matter="M000002", stage="committee", verdict="pass",
            judged={"sound": {"answer": True}, "repute": {"answer": True}},
        )  # fmt: skip
    set_clock(moment("2026-03-05 12:00"))
    with visit(browser, live_server.url, width=390) as outside:
        page = outside.page
        outside.go("/notice/guild/")
        expect(page.locator(".notice-card")).to_contain_text("9135**********001P")
        page.get_by_role("link", name="查看或提出异议").click()
        page.get_by_label("异议").fill("产地不实")
        page.get_by_label("姓名").fill("李梅")
        page.get_by_label("联系方式").fill("13800000002")
        page.get_by_role("button", name="提交异议").click()
        expect(page.locator(".note.gain")).to_contain_text("异议已收到")
        assert outside.sideways() <= 0 and outside.complaints == []
    with come_in("shen.guild", width=390, language="en", theme="dark") as visiting:
        page = visiting.page
        visiting.go("/matters/M000002/")
        page.get_by_label("Answer").fill("产地属实")
        page.get_by_role("button", name="It does not stand").click()
        expect(page.locator(".matter-objection")).to_contain_text("It does not stand: 产地属实")
        assert visiting.sideways() <= 0 and visiting.complaints == []


def test_every_page_is_fit_to_be_used(come_in: ComeIn, world: Guild) -> None:
    world.passed("M000002", "2026-03-04 09:00", upto="committee")
    for width, theme in ((1440, "light"), (390, "dark")):
        with come_in("shen.guild", width=width, theme=theme, policy=False) as visiting:
            for address in ("/matters/", "/matters/?box=all", "/matters/M000002/", "/matters/new/joining/"):
                visiting.go(address)
                assert visiting.barriers() == [], (address, width)
                assert visiting.sideways() <= 0, (address, width)


SIGNED = """
  - id: TA-20
    kind: acceptance
    number: (二)9
    title: {zh: 入会协议, en: The agreement}
    text: {zh: 双方各执一份, en: Each side keeps a copy}
    acceptance: agreement
    signs: [member, house]
"""


@pytest.fixture
def choosy(world: Guild) -> Guild:
    """The guild once its office waits for an agreement signed by both, and its register takes no second 乙."""
    register("choosy", Choosy())
    source = SOURCE.replace("of: record", "of: choosy", 1) + SIGNED
    world.publish(source.replace("extend: once\n", "extend: once\n        needs: [agreement]\n", 1), "2026-03-03")
    number = world.opened("2026-03-04 10:00", name="乙").number
    given = {"matter": number, "acceptance": "agreement", "edition": "1", "signer": "王芳"}
    at = moment("2026-03-04 11:00")
    operations.sign_in_matter(actor=world.applicant(number), at=at, given=read(SignInMatter, given))
    return world


def test_the_house_signs_and_what_cannot_go_on_is_ended(come_in: ComeIn, choosy: Guild) -> None:
    with come_in("lin.guild") as visiting:
        page = visiting.page
        visiting.go("/matters/M000003/")
        expect(page.locator("#signatures + ul")).to_contain_text("还没有签：本会")
        page.get_by_role("button", name="代表本会签署").click()
        expect(page.locator("#signatures + ul")).to_contain_text("林书蕴 · 会员部")
        expect(page.get_by_role("button", name="代表本会签署")).to_have_count(0)
        visiting.press("F9")
        expect(page.locator(".said")).to_contain_text("M000003：已同意")
        for each in ("shen", "tao"):
            choosy.do(
                "decide_matter", "2026-03-05 12:00", each, matter="M000003", stage="committee", verdict="pass",
                judged={"sound": {"answer": True}, "repute": {"answer": True}},
            )  # fmt: skip
        set_clock(moment("2026-03-13 10:00"))
        visiting.go("/matters/M000003/")
        expect(page.locator("aside.side")).to_contain_text("走不下去")
        page.get_by_label("理由，申请人看得到").fill("名录里已有同名会员")
        expect(page.locator(".verdict-letter")).to_contain_text("未通过：名录里已有同名会员。")
        page.get_by_role("button", name="拒绝并结束").click()
        expect(page.locator(".said")).to_contain_text("M000003：已拒绝")
        assert visiting.complaints == []
