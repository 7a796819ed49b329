"""A paper on its way: a program called .pdf is refused, a scan is taken, judged, compared with its original; a template."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.console.world import World
from tests.documents.sheets import pdf, picture
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def chosen(name: str, data: bytes) -> Any:
    return {"name": name, "mimeType": "application/pdf", "buffer": data}


def test_a_paper_is_taken_judged_and_seen(come_in: ComeIn, world: World) -> None:
    with come_in("shenlingyi") as visiting:
        page = visiting.page
        visiting.go(f"/members/{world.hero}/")
        page.get_by_role("link", name="材料", exact=True).click()
        page.fill("#number", "91310000MA1FL0XX09")
        page.set_input_files("#file", chosen("licence.pdf", b"MZ" + bytes(80)))
        visiting.press("F8")
        expect(page.locator(".form-refused")).to_contain_text("Windows 程序")
        expect(page.locator("#number")).to_have_value("91310000MA1FL0XX09")
        page.select_option("#form", "duplicate")
        page.set_input_files("#file", chosen("licence.jpg", picture(size=(600, 800))))
        visiting.press("F8")
        expect(page.locator(".said")).to_contain_text("已收下")
        page.locator("table.papers a").click()
        expect(page.locator(".paper-shown img")).to_be_visible()
        page.fill("#place", "办事大厅")
        page.get_by_role("button", name="看过原件").click()
        expect(page.locator(".side")).to_contain_text("办事大厅")
        page.get_by_role("button", name="退回").click()
        expect(page.locator(".band-note")).to_contain_text("原因")
        page.fill("#why", "请换彩色扫描件")
        page.get_by_role("button", name="退回").click()
        expect(page.locator(".band .mark")).to_have_text("已退回")
        expect(page.locator(".side")).to_contain_text("请换彩色扫描件")
        # Trying and failing with the form answers 422, which a browser reports; nothing else may be complained of.
        assert all("422" in each for each in visiting.complaints), visiting.complaints


def test_a_template_on_the_phone(come_in: ComeIn, world: World) -> None:
    with come_in("shenlingyi", width=390, language="en", theme="dark", policy=False) as visiting:
        page = visiting.page
        visiting.go("/papers/templates/")
        page.fill("#name", "pledge")
        page.fill("#title_zh", "承诺书")
        page.fill("#title_en", "Pledge")
        page.set_input_files("#file", chosen("pledge.pdf", pdf()))
        page.get_by_role("button", name="Put it up").click()
        expect(page.locator("tbody tr")).to_contain_text("Pledge")
        with page.expect_download() as download:
            page.get_by_role("link", name="pledge.pdf").click()
        assert download.value.suggested_filename == "pledge.pdf"
        assert visiting.sideways() == 0 and visiting.barriers() == []
