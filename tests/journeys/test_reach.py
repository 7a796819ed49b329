"""Every main page within everyone's reach: nothing axe objects to, nothing that scrolls sideways."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.console.world import COAT, SCARF
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey

SALE = "/sales/HB1-1003-0051/"
WIDE = ("/", "/members/", "/members/DN0382/", "/members/DN0382/?book=sales", "/members/DN0382/profile", "/sales/", SALE)
NARROW = ("/", "/members/DN0382/", "/members/new", "/sales/returns", f"{SALE}return")


@pytest.mark.parametrize(
    ("width", "language", "theme", "pages"), [(1440, "zh", "light", WIDE), (390, "en", "dark", NARROW)]
)
def test_pages_are_within_reach(come_in: ComeIn, width: int, language: str, theme: str, pages: tuple[str, ...]) -> None:
    with come_in("hezhiwei", width=width, language=language, theme=theme, policy=False) as visiting:
        for where in pages:
            visiting.go(where)
            assert (where, visiting.barriers(), max(0, visiting.sideways())) == (where, [], 0)


OWNERS = ("/staff/", "/staff/new", "/staff/zhouhe/?with=hezhiwei", "/staff/posts/", "/staff/posts/clerk/", "/staff/sessions", "/programs/new", "/account/")  # fmt: skip


@pytest.mark.parametrize(("width", "language", "theme"), [(1440, "en", "dark"), (390, "zh", "light")])
def test_the_owners_pages_are_within_reach(come_in: ComeIn, width: int, language: str, theme: str) -> None:
    with come_in("shenlingyi", width=width, language=language, theme=theme, policy=False) as visiting:
        for where in OWNERS:
            visiting.go(where)
            assert (where, visiting.barriers(), max(0, visiting.sideways())) == (where, [], 0)


@pytest.mark.parametrize(("width", "language", "theme"), [(1440, "en", "dark"), (390, "zh", "light")])
def test_the_till_is_within_reach(come_in: ComeIn, width: int, language: str, theme: str) -> None:
    with come_in("zhouhe", width=width, language=language, theme=theme, policy=False) as visiting:
        visiting.go("/till/")
        for text in ("DN0382", COAT, SCARF, "NOSUCH"):
            visiting.keys.type(text)
            visiting.press("Enter")
        expect(visiting.page.locator("#due")).to_have_text("¥3,667.00")
        expect(visiting.page.locator("#till-scanned")).to_contain_text("NOSUCH")
        assert (visiting.barriers(), max(0, visiting.sideways())) == ([], 0)
