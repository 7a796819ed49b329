"""An empty installation founded in the browser: from the code in the terminal to the first page of the owner."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from huiguan.founding.claims import new_code
from tests.browsing import browser, visit
from tests.cli.corner import corner
from tests.console.errands import do_waiting

__all__ = ["browser"]
pytestmark = pytest.mark.journey


@pytest.mark.parametrize(("width", "language"), [(1440, "zh"), (390, "en")])
def test_from_the_terminals_code_to_the_owners_house(
    browser: Browser, live_server: LiveServer, settings: Any, tmp_path: Path, width: int, language: str
) -> None:
    settings.HUIGUAN_DATA, settings.HUIGUAN_DEMO = tmp_path / "data", False
    settings.HUIGUAN_BESIDE = ["http://192.168.1.5:8000/"]
    code, brought = new_code(tmp_path / "data"), corner(tmp_path / "corner")
    with visit(browser, live_server.url, width=width, language=language, policy=False) as visiting:
        page = visiting.page

        def stands(address: str) -> None:
            page.wait_for_url(f"**{address}")
            assert (visiting.barriers(), visiting.sideways()) == ([], 0), address

        visiting.go("/members/")
        stands("/setup/")
        page.fill("#code", code)
        visiting.press("Enter")
        stands("/setup/house")
        page.fill("#name", "街角书店/Corner Books")
        page.fill("#s1n", "湖滨店/Lakeside")
        page.locator(".btn.seal").click()
        stands("/setup/rulebook")
        page.locator(".own > summary").click()
        page.set_input_files("#rulebook", str(brought / "rulebook.yaml"))
        page.set_input_files("#examples", [str(each) for each in (brought / "examples").iterdir()])
        page.locator(".own .btn").click()
        stands("/setup/proof")
        do_waiting()
        page.locator("#proof .btn.seal").click()  # it comes by itself
        stands("/setup/owner")
        page.fill("#owner-name", "沈令仪")
        page.fill("#password", "lakeside books")
        page.fill("#again", "lakeside book")
        page.locator(".btn.seal").click()
        expect(page.locator(".refusal")).to_contain_text("两次输入的不一样" if language == "zh" else "the two differ")
        page.fill("#password", "lakeside books")
        page.fill("#again", "lakeside books")
        page.locator(".btn.seal").click()
        stands("/setup/onward")
        expect(page.locator(".who > summary")).to_contain_text("沈令仪")
        expect(page.locator(".side")).to_contain_text("http://192.168.1.5:8000/")
