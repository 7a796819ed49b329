"""A supplier's file: line by line beside the matter, a paper opened from there and judged, the line complete."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import expect

from huiguan.cases import operations as cases
from huiguan.cases.inputs import AttachDocument
from huiguan.documents.values import Upload
from huiguan.rules.shelf import source_of
from tests.cases.world import Guild, moment
from tests.console.world import set_clock
from tests.documents.sheets import picture, written_pdf
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey
FIRM = {
    "name": "长风电缆有限公司", "credit_code": "91310000MA1FL0XX09", "applicant_type": "agent", "category": "goods",
    "legal_representative": "高远", "founded": "2015-03-01",
}  # fmt: skip


@pytest.fixture
def world(transactional_db: None, settings: Any) -> Guild:
    settings.HUIGUAN_DEMO = True
    guild = Guild.founded("bids", source_of("e-bidding").decode())
    made = guild.do("open_matter", "2026-06-01 09:00", guild.guest, procedure="joining", form=FIRM, submit=True)
    given = AttachDocument(matter=made.number, doc="licence", form="original", number=FIRM["credit_code"], scan=True)
    cases.attach_document(
        actor=guild.applicant(made.number), at=moment("2026-06-01 09:05"), given=given,
        file=Upload("执照.jpg", picture(size=(700, 500))),
    )  # fmt: skip
    given = AttachDocument(matter=made.number, doc="test_report", form="copy", scan=True)
    cases.attach_document(
        actor=guild.applicant(made.number), at=moment("2026-06-01 09:06"), given=given,
        file=Upload("检测报告.pdf", written_pdf("Test report 2025")),
    )  # fmt: skip
    set_clock(moment("2026-06-02 10:00"))
    return guild


def test_a_file_line_by_line(come_in: ComeIn, world: Guild) -> None:
    with come_in("owner-bids") as visiting:
        page = visiting.page
        visiting.go("/matters/M000001/")
        files = page.locator(".matter-files li")
        expect(files.filter(has_text="营业执照").first).to_contain_text("要副本，交的是正本")
        expect(files.filter(has_text="2024 年度审计报告").locator(".mark")).to_have_text("缺")
        page.locator(".matter-files .papers a").first.click()
        expect(page.locator(".paper-shown img")).to_be_visible()
        visiting.press("p")
        expect(page.locator(".band .mark")).to_have_text("通过")
        page.fill("#place", "企业会议室")
        page.get_by_role("button", name="看过原件").click()
        visiting.go("/matters/M000001/")
        expect(files.filter(has_text="营业执照").first.locator(".mark")).to_have_text("齐")
        expect(files.filter(has_text="税务登记证").locator(".mark")).to_have_text("齐")
        assert visiting.complaints == []


def test_a_pdf_stands_beside_the_answers_and_runs_nothing(come_in: ComeIn, world: Guild) -> None:
    with come_in("owner-bids") as visiting:
        page = visiting.page
        visiting.go("/matters/M000001/")
        page.get_by_role("link", name="产品检测报告").click()
        frame = page.locator("iframe.sheet-framed")
        expect(frame).to_have_attribute("src", re.compile("/matters/M000001/papers/.*/view"))
        told = page.request.get(f"{visiting.site}{frame.get_attribute('src')}")
        assert told.headers["content-type"] == "application/pdf" and told.headers["x-content-type-options"] == "nosniff"
        assert (
            told.headers["content-disposition"].startswith("inline") and told.headers["x-frame-options"] == "SAMEORIGIN"
        )
        assert told.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'self'"
        assert visiting.complaints == []
