"""Her own data: what she agreed to, who was told, who looked; at the desk, and on her phone."""

from __future__ import annotations

import os
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile

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
    made = members.enrol_member(actor=guild.owner, at=moment("2026-03-01 09:00"), given=given)
    members.reveal_profile_field(actor=guild.owner, at=moment("2026-03-02 09:00"), member=made.number, field="phone")
    set_clock(moment("2026-03-05 10:00"))
    return guild


def _look(page: Any, name: str) -> None:
    folder = os.environ.get("LOOK")
    if folder:
        page.screenshot(path=f"{folder}/own-{name}.png", full_page=True)


def _read(page: Any, archive: Any) -> None:
    """The archive opened as she would open it: its page in both languages, without complaint and without a wide side."""
    with TemporaryDirectory() as folder, ZipFile(archive) as files:
        files.extractall(folder)
        reading = page.context.new_page()
        reading.goto(f"file://{folder}/index.html")
        expect(reading.locator("h1")).to_have_text("李梅 的数据")
        expect(reading.locator("#disclosures + table")).to_contain_text("寄送证书")
        _look(reading, "archive")
        reading.get_by_role("link", name="English").click()
        expect(reading.locator("h1")).to_have_text("The data of 李梅")
        reading.set_viewport_size({"width": 390, "height": 844})
        assert reading.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        _look(reading, "archive-390")
        reading.close()


def test_what_is_told_of_her_and_to_whom(come_in: ComeIn, world: Guild) -> None:
    with come_in("owner-guild") as visiting:
        page = visiting.page
        visiting.go("/members/erasures/")
        expect(page.locator(".empty")).to_have_count(2)
        page.get_by_text("删除申请人的资料").first.click()
        page.fill("#application-matter", "M999999")
        page.fill("#application-reason", "本人要求")
        page.locator("details[open] button").click()
        expect(page.locator(".refusal")).to_be_visible()
        assert page.locator("#application-matter").input_value() == "M999999"
        _look(page, "erasures")
        visiting.go("/members/13800000001/")
        page.get_by_role("link", name="谁看过").click()
        expect(page.locator("tbody tr")).to_have_count(1)  # the phone was revealed once
        page.get_by_text("登记一次对外提供").first.click()
        page.fill("#tell-recipient", "物流公司")
        page.fill("#tell-purpose", "寄送证书")
        page.get_by_role("button", name="登记一次对外提供").click()
        expect(page.locator(".refusal")).to_contain_text("没有同意向“物流公司”提供")
        _look(page, "refused")
        page.get_by_text("登记同意或撤回").first.click()
        page.fill("#share-recipient", "物流公司")
        page.fill("#share-purpose", "寄送证书")
        page.fill("#share-paper", "D000001")
        page.get_by_role("button", name="登记同意或撤回").click()
        page.get_by_text("登记一次对外提供").first.click()
        page.fill("#tell-recipient", "物流公司")
        page.fill("#tell-purpose", "寄送证书")
        page.get_by_role("button", name="登记一次对外提供").click()
        expect(page.locator("tbody tr")).to_have_count(3)
        _look(page, "desk")
        page.fill("#copy-reason", "本人到柜台要求")
        with page.expect_download() as begun:
            page.get_by_role("button", name="下载本人数据").click()
        _read(page, begun.value.path())
        page.set_viewport_size({"width": 390, "height": 844})
        _look(page, "desk-390")
        assert visiting.sideways() <= 0
        token = come_in_by_phone(world, "13800000001")
        page.context.add_cookies([{"name": COOKIE, "value": token, "domain": "localhost", "path": "/m/guild/"}])
        visiting.go("/m/guild/me/privacy")
        expect(page.locator("main")).to_contain_text("寄送证书")
        _look(page, "phone-390")
        page.get_by_role("button", name="撤回对 物流公司 的同意").click()
        expect(page.get_by_role("button", name="撤回对 物流公司 的同意")).to_have_count(0)
        assert visiting.sideways() <= 0 and len(visiting.complaints) == 2  # the refusals, 409 and 403
