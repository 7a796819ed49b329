"""The till as a clerk uses it: by scanner and keyboard, from the card to the payment."""

from __future__ import annotations

import threading

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browsing import settle
from tests.console.world import COAT, SCARF, SHIRT, World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def scan(page: Page, *texts: str) -> None:
    """A scanner types fast and ends with Enter; it never waits for an answer."""
    settle(page)
    for text in texts:
        page.keyboard.type(text)
        page.keyboard.press("Enter")


def due(page: Page, amount: str) -> None:
    expect(page.locator("#due")).to_have_text(amount)


def test_the_hero_buys_her_coat(come_in: ComeIn, world: World) -> None:
    with come_in("zhouhe") as visiting:
        visiting.go("/till/")
        page, keys = visiting.page, visiting.keys
        scan(page, "DN0382", COAT, SHIRT, SCARF)
        due(page, "¥4,883.00")
        keys.press("F4")
        keys.type("100")
        keys.press("Enter")
        due(page, "¥4,788.00")
        expect(page.locator(".verdicts").first).to_contain_text("+94 分")
        expect(page.locator(".verdicts").first).to_contain_text("生日在 5 月，只在生日当月可用。")
        assert visiting.focused() == "scan"
        page.wait_for_timeout(400)  # a scanner's own Enter is over by now
        keys.press("Enter")
        expect(page.locator("#received")).to_be_hidden()
        keys.press("4")
        expect(page.locator("#received")).to_be_visible()
        assert page.evaluate("document.activeElement.value") == "cash"
        keys.press("Enter")
        expect(page.locator(".said")).to_contain_text("已收 ¥4,788.00 · +94 分 · 晋级钻卡会员")
        assert visiting.focused() == "scan"
        due(page, "¥0.00")
        assert world.points() == 136
        page.locator(".said a").click()
        expect(page.locator("main.receipt")).to_contain_text("晋级钻卡会员，下一单起")
        page.get_by_role("link", name="回单据").click()
        expect(page.locator(".band")).to_contain_text("顾清和")
        assert visiting.complaints == []


def test_what_is_scanned_while_the_page_opens_is_on_the_bill(come_in: ComeIn) -> None:
    with come_in("zhouhe") as visiting:
        page, late = visiting.page, threading.Event()

        def hold_back(route: Route) -> None:
            late.wait(0.4)
            route.continue_()

        page.route("**/till.js", hold_back)
        page.goto(f"{visiting.site}/till/", wait_until="commit")
        while not page.evaluate("'takeEarly' in window && document.body !== null"):
            page.wait_for_timeout(5)
        for text in ("DN0382", COAT, SHIRT[:3]):
            page.keyboard.type(text)
            if text != SHIRT[:3]:
                page.keyboard.press("Enter")
        expect(page.locator(".till-sale")).to_contain_text("顾清和")
        due(page, "¥3,116.00")
        expect(page.locator("#scan")).to_have_value(SHIRT[:3])
        assert visiting.complaints == []


def test_lines_are_walked_counted_and_dropped_by_keys(come_in: ComeIn) -> None:
    with come_in("zhouhe") as visiting:
        visiting.go("/till/")
        page, keys = visiting.page, visiting.keys
        scan(page, COAT, f"2*{SCARF}")
        due(page, "¥4,440.00")
        keys.press("ArrowUp")
        scan(page, "3*")
        due(page, "¥11,000.00")
        keys.press("F9")
        expect(page.locator("[data-made='1']")).to_contain_text("吊牌价 9,840.00")
        keys.press("Delete")
        due(page, "¥1,160.00")
        keys.press("F8")
        expect(page.locator(".said")).to_contain_text("已挂单 · 散客 · 2 件")
        due(page, "¥0.00")
        page.locator(".said a").click()
        due(page, "¥1,160.00")
        keys.press("Escape")
        due(page, "¥0.00")
        page.locator(".said button").click()
        due(page, "¥1,160.00")


def test_a_buyer_is_found_by_initials_and_a_wrong_tag_is_said(come_in: ComeIn) -> None:
    with come_in("zhouhe") as visiting:
        visiting.go("/till/")
        page, keys = visiting.page, visiting.keys
        keys.press("F2")
        keys.type("gqh")
        expect(page.locator("#buyer-found")).to_contain_text("顾清和")
        keys.press("ArrowDown")
        keys.press("Enter")
        expect(page.locator(".buyer-name")).to_contain_text("顾清和")
        scan(page, "NOSUCH")
        expect(page.locator("#till-scanned")).to_contain_text("没有货号 NOSUCH。")
        keys.press("Escape")
        expect(page.locator("#till-scanned")).to_be_empty()
        expect(page.locator("#till-unknown")).to_contain_text("NOSUCH")
        page.locator("[data-known]").click()
        expect(page.locator("#till-unknown")).to_be_hidden()
        scan(page, "smnj")
        expect(page.locator("#till-scanned .hit").first).to_contain_text("双面呢茧型大衣")
        keys.press("ArrowDown")
        keys.press("Enter")
        expect(page.locator(".lines .row")).to_have_count(1)
