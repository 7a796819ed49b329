"""Contacts filled in row by row: on the phone with and without scripts, a wrong row told where it stands, and read by the
reviewer with what changed."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.identity import operations as identity
from huiguan.identity.inputs import Appoint, SetPost
from huiguan.kernel.inputs import read
from huiguan.rules.shelf import source_of
from tests.browsing import Visit, browser, visit
from tests.cases.world import SINCE, Guild, moment
from tests.console.world import set_clock
from tests.journeys.conftest import ComeIn

__all__ = ["browser"]
pytestmark = pytest.mark.journey
CODE = "91310000MA1FL0XX09"
FIRM = {
    "name": "长风电缆有限公司", "credit_code": CODE, "representative": "高远", "address": "滨江路 8 号",
    "office_phone": "021-60000001", "office_email": "office@example.com", "introduction": "电缆", "scope": "电缆",
}  # fmt: skip
CONTACT = {"credit_code": CODE, "contact": "林一", "phone": "13800000001", "email": "lin@example.com"}


@pytest.fixture
def world(transactional_db: None, settings: Any) -> Guild:
    """A house of suppliers; 林书蕴 is its administrator, and a firm was registered."""
    settings.HUIGUAN_DEMO = True
    guild = Guild.founded("net", source_of("supplier-registration").decode())
    post = {
        "post": "administrator",
        "title": {"zh": "管理员", "en": "Administrator"},
        "powers": ["matters"],
        "held_at": ["house"],
    }
    identity.set_post(actor=guild.owner, at=moment(SINCE), given=read(SetPost, post))
    held = {"username": "lin.net", "post": "administrator", "node": "HOUSE"}
    identity.appoint(actor=guild.owner, at=moment(SINCE), given=read(Appoint, held))
    set_clock(moment("2026-06-03 10:00"))
    return guild


def begun(world: Guild) -> tuple[str, str]:
    """An application that follows a registration: its number and its code."""
    made = world.do("open_matter", "2026-06-01 09:00", world.guest, procedure="registration", form=FIRM, submit=True)
    world.do("decide_matter", "2026-06-01 10:00", "lin", matter=made.number, stage="review", verdict="pass")
    told = {"procedure": "joining", "follows": made.number, "code": made.code, "form": CONTACT}
    begun = world.do("open_matter", "2026-06-02 09:00", world.guest, **told)
    return begun.number, begun.code


def resumed(seen: Visit, number: str, code: str) -> None:
    seen.go("/m/net/apply/resume")
    seen.page.fill("#matter", number)
    seen.page.fill("#code", code)
    seen.page.get_by_role("button", name="进去").click()
    seen.page.wait_for_load_state("networkidle")
    seen.go(f"/m/net/apply/{number}/form/2")


def test_contacts_row_by_row(browser: Browser, live_server: LiveServer, come_in: ComeIn, world: Guild) -> None:
    number, code = begun(world)
    with visit(browser, live_server.url, width=360, policy=False) as seen:
        page = seen.page
        resumed(seen, number, code)
        row = page.locator(".listed-row")
        page.get_by_role("button", name="加一行").click()
        row.nth(0).get_by_label("姓名").fill("沈二")
        row.nth(0).get_by_label("手机").fill("138")
        page.get_by_role("button", name="加一行").click()
        row.nth(1).get_by_label("姓名").fill("周三")
        assert (seen.sideways(), seen.barriers()) == (0, [])
        page.get_by_role("button", name="存下，下一步").click()
        expect(row.nth(0).locator(".field.bad .says")).to_contain_text("1 开头的 11 位")
        expect(row.nth(1).get_by_label("姓名")).to_have_value("周三")
        row.nth(0).get_by_role("button", name="移除").click()
        expect(row).to_have_count(1)
        row.nth(0).get_by_label("邮箱").fill("zhou@example.com")
        page.get_by_role("button", name="存下，下一步").click()
        page.wait_for_url("**/check")
        expect(page.locator(".listed-line")).to_have_text("周三 邮箱 zhou@example.com")
        assert (seen.sideways(), seen.barriers()) == (0, [])
        page.get_by_role("button", name="提交申请").click()
        expect(page.locator(".what-next")).to_contain_text("管理员审核")
    world.do(
        "decide_matter", "2026-06-03 10:00", "lin", matter=number, stage="review", verdict="return", reason="再加一位"
    )
    told = [{"name": "周三", "email": "wei@example.com"}, {"name": "沈二", "mobile": "13800000002"}]
    world.do("save_matter", "2026-06-03 10:00", world.applicant(number), matter=number, form={"contacts": told})
    world.do("submit_matter", "2026-06-03 10:00", world.applicant(number), matter=number)
    with come_in("lin.net") as desk:
        desk.go(f"/matters/{number}/")
        changed = desk.page.locator(".listed-change")
        expect(changed.nth(0)).to_contain_text("改：周三 邮箱 ••••••")
        expect(changed.nth(1)).to_contain_text("新增：沈二 手机 ••••••")
        assert (desk.sideways(), desk.complaints) == (0, [])


def test_rows_come_and_go_without_scripts(browser: Browser, live_server: LiveServer, world: Guild) -> None:
    number, code = begun(world)
    context = browser.new_context(java_script_enabled=False, locale="zh-CN", viewport={"width": 390, "height": 844})
    seen = Visit(context.new_page(), live_server.url)
    resumed(seen, number, code)
    page, row = seen.page, seen.page.locator(".listed-row")
    page.get_by_role("button", name="加一行").click()
    row.nth(0).get_by_label("姓名").fill("沈二")
    page.get_by_role("button", name="加一行").click()
    row.nth(1).get_by_label("姓名").fill("周三")
    row.nth(0).get_by_role("button", name="移除").click()
    expect(row).to_have_count(1)
    expect(row.nth(0).get_by_label("姓名")).to_have_value("周三")
    row.nth(0).get_by_label("姓名").press("Enter")
    page.wait_for_url("**/check")
    expect(page.locator(".listed-line")).to_have_text("周三")
    context.close()
