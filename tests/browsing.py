"""A real browser for the journeys: pages of a running site, at a width, in a language, in a light."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Error, Locator, Page, Request, sync_playwright

from huiguan.cli.browsers import browser_path

LANGUAGES = {"zh": "zh-hans", "en": "en"}
P = ParamSpec("P")
Part = TypeVar("Part", Page, Locator)

# Marks a document that is being left. A form's sending is a task of its own, `beforeunload` comes too late for it.
LEAVING = """
    addEventListener("beforeunload", () => { window.left = performance.now() })
    addEventListener("submit", asked => { if (!asked.defaultPrevented) window.left = performance.now() })
"""
# What is left stays only where the answer is a file.
STANDS = """
    document.documentElement !== null && document.readyState === "complete"
        && !(performance.now() - window.left < 4000)
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a file of journeys; they are skipped where no Chromium is installed.

    Not one for the whole run: while it lives its driver keeps an event loop running in this thread, and the tests that
    come after, other journeys' own fixture among them, could start none."""
    path = browser_path()
    if path is None:
        pytest.skip("no Chromium is installed")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"  # the driver keeps a loop in this thread; the site has its own
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as driver:
        patch.setattr(Locator, "click", leading_on(Locator.click))
        patch.setattr(Page, "click", leading_on(Page.click))
        started = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


def settle(page: Page) -> None:
    """Until the page stands: not on its way to another, nor half there. Asked anew each time, as what is asked of a page that
    is being left is never answered."""
    for _ in range(1000):
        try:
            if page.evaluate(STANDS):
                return
        except Error:  # between two pages
            pass
        page.wait_for_timeout(10)
    raise AssertionError(f"{page.url} does not come to a stand")


def leading_on(click: Callable[Concatenate[Part, P], None]) -> Callable[Concatenate[Part, P], None]:
    """A click is over when the page it leads to stands. The driver returns while the old one still does, and what a journey
    then measures or reads is either's, or neither's."""

    @wraps(click)
    def clicks(part: Part, *args: P.args, **more: P.kwargs) -> None:
        click(part, *args, **more)
        settle(part if isinstance(part, Page) else part.page)

    return clicks


@dataclass(frozen=True)
class Keys:
    """The keyboard, once the page stands: before that nothing listens yet. A key too may lead to another page."""

    page: Page

    def press(self, key: str) -> None:
        settle(self.page)
        self.page.keyboard.press(key)
        settle(self.page)

    def type(self, text: str) -> None:
        settle(self.page)
        self.page.keyboard.type(text)


@dataclass
class Visit:
    """A page being visited, and what the browser complained of meanwhile."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)
    asked: set[Request] = field(default_factory=set)

    def go(self, address: str) -> None:
        """To a page, until it asks for nothing more; until the network is idle would add half a second to each."""
        self.asked.clear()
        self.page.goto(self.site + address)
        self.page.wait_for_timeout(40)  # not by a timer of the page's own: without scripts it would never come
        for _ in range(500):
            if not self.asked:
                return
            self.page.wait_for_timeout(10)
        raise AssertionError(f"{address} still asks for {[each.url for each in self.asked]}")

    @property
    def keys(self) -> Keys:
        return Keys(self.page)

    def press(self, key: str) -> None:
        self.keys.press(key)

    def focused(self) -> str:
        """The id of what holds the focus."""
        settle(self.page)
        return str(self.page.evaluate("document.activeElement.id"))

    def sideways(self) -> int:
        """How far the page could be scrolled sideways."""
        settle(self.page)
        return int(self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))

    def barriers(self) -> list[str]:
        """What axe finds: the rule and the elements."""
        found = Axe().run(self.page).response["violations"]
        return [f"{rule['id']}: {[node['html'][:90] for node in rule['nodes'][:3]]}" for rule in found]


@contextmanager
def visit(
    browser: Browser, site: str, *, width: int = 1440, language: str = "zh", theme: str = "light", policy: bool = True
) -> Iterator[Visit]:
    """A fresh visitor. `policy` off lets axe put itself into the page."""
    height = 900 if width > 719 else 844
    context = browser.new_context(viewport={"width": width, "height": height}, bypass_csp=not policy)
    context.add_cookies(
        [
            {"name": "huiguan_language", "value": LANGUAGES[language], "url": site},
            {"name": "huiguan_theme", "value": theme, "url": site},
        ]
    )
    context.add_init_script(LEAVING)
    visiting = Visit(context.new_page(), site)
    visiting.page.on("console", lambda said: visiting.complaints.append(said.text) if said.type == "error" else None)
    visiting.page.on("request", lambda asked: visiting.asked.add(asked))
    visiting.page.on("requestfinished", lambda asked: visiting.asked.discard(asked))
    visiting.page.on("requestfailed", lambda asked: visiting.asked.discard(asked))
    visiting.page.on("pageerror", lambda error: visiting.complaints.append(str(error)))
    yield visiting
    context.close()
