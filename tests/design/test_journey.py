"""The parts in a real browser: within reach of everyone, by keyboard, under the strict policy."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browsing import browser, visit

__all__ = ["browser"]

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

VIEWS = [(1440, "zh", "light"), (1440, "en", "dark"), (390, "zh", "dark"), (390, "en", "light")]


@pytest.fixture(autouse=True)
def _demo(settings: object) -> None:
    settings.HUIGUAN_DEMO = True  # type: ignore[attr-defined]


@pytest.mark.parametrize(("width", "language", "theme"), VIEWS)
def test_nothing_stands_in_anyones_way(
    browser: Browser, live_server: LiveServer, width: int, language: str, theme: str
) -> None:
    with visit(browser, live_server.url, width=width, language=language, theme=theme, policy=False) as visiting:
        visiting.go("/design/gallery")
        assert visiting.barriers() == []
        assert visiting.sideways() <= 0


def test_the_policy_is_kept(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, live_server.url) as visiting:
        visiting.go("/design/gallery")
        assert visiting.complaints == []


def test_keys_reach_search_and_rows(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, live_server.url) as visiting:
        visiting.go("/design/gallery")
        keys = visiting.keys
        keys.press("/")
        assert visiting.focused() == "seek"
        keys.press("Escape")
        keys.press("j")
        keys.press("j")
        assert visiting.focused() == "entry-2"
        keys.press("k")
        assert visiting.focused() == "entry-3"
        keys.press("Enter")
        assert visiting.page.locator("#slip-3").is_hidden()
        assert visiting.page.locator("#entry-3 .opener").get_attribute("aria-expanded") == "false"
        keys.press("Enter")
        assert visiting.page.locator("#slip-3").is_visible()


def test_the_asking_sheet_gives_the_focus_back(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, live_server.url, language="en") as visiting:
        visiting.go("/design/gallery")
        opener = visiting.page.get_by_role("button", name="Return…")
        opener.focus()
        visiting.press("Enter")
        assert visiting.page.locator("#g-ask").is_visible()
        visiting.press("Escape")
        assert visiting.page.locator("#g-ask").is_hidden()
        assert opener.evaluate("button => button === document.activeElement")


def test_light_changes_at_once_and_language_with_the_page(browser: Browser, live_server: LiveServer) -> None:
    with visit(browser, live_server.url) as visiting:
        visiting.go("/design/gallery")
        page = visiting.page
        page.locator(".who > summary").click()
        page.get_by_role("button", name="暗").click()
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
        page.get_by_role("button", name="English").click()
        page.wait_for_load_state("networkidle")
        assert page.get_by_role("heading", level=1).inner_text() == "Parts and states"
        assert page.evaluate("document.documentElement.dataset.theme") == "dark"
