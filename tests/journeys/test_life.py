"""A membership's life at the counter: its term, a certificate anybody may verify, what ties it, its end."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.browsing import visit
from tests.console.world import OPENS, World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey
CLAUSES = """
  - {id: L-01, kind: member_type, number: 九1, title: {zh: 会员种类, en: Sorts}, text: {zh: 普通会员。, en: Ordinary members.}, source: x, type: ordinary, called: {zh: 普通会员, en: ordinary member}}
  - {id: L-02, kind: term, number: 九2, title: {zh: 期限, en: Term}, text: {zh: 一年一期。, en: A year at a time.}, source: x, months: 12, grace: 30, freeze: stands}
  - {id: L-03, kind: exit, number: 九3, title: {zh: 退会, en: Leaving}, text: {zh: 提前三十天。, en: Thirty days ahead.}, source: x, notice: 30, grounds: [{ground: wish, called: {zh: 自愿退会, en: own wish}, by: member}], cleared: [{kind: asset, called: {zh: 借用物品, en: things on loan}}]}
  - {id: L-04, kind: certificate, number: 九4, title: {zh: 会员证, en: Certificate}, text: {zh: 发会员证。, en: A certificate is issued.}, source: x, certificate: paper, called: {zh: 会员证, en: Certificate}, prefix: ZS-, shows: [name, type, until]}
"""


def _shot(page: Any, name: str) -> None:
    if folder := os.environ.get("HUIGUAN_SHOTS"):
        page.screenshot(path=f"{folder}/life-{name}.png", full_page=True)


def _lives(world: World) -> str:
    source = source_of("designer-wear").decode().rstrip() + CLAUSES
    at = OPENS - timedelta(days=90)
    given, proof = PublishRulebook(source=source), Proof(digest_of(source), 1, 1, at)
    programmes.publish_rulebook(actor=world.actor, at=at, given=given, proof=proof)
    return world.enrol(
        "王芳", "13900000021", "DN7001", at=(OPENS - timedelta(days=30)).strftime("%Y-%m-%d 10:00")
    ).number


def test_issued_verified_tied_and_ended(come_in: ComeIn, world: World, browser: Any, live_server: Any) -> None:
    number = _lives(world)
    with come_in("shenlingyi") as visitor:
        page = visitor.page
        visitor.go(f"/members/{number}/certificate")
        page.get_by_role("button", name="发证").click()
        expect(page.locator("aside.side")).to_contain_text("ZS-000001")
        verify = page.get_by_role("link", name="查验").get_attribute("href")
        visitor.go(f"/members/{number}/encumbrances")
        page.fill("[name=ref]", "P-1")
        page.fill("[name=said]", "投影仪")
        page.get_by_role("button", name="登记").click()
        visitor.go(f"/members/{number}/exit")
        page.get_by_role("button", name="办理").click()
        expect(page.locator(".refusal")).to_contain_text("投影仪")
        _shot(page, "tied")
        visitor.go(f"/members/{number}/encumbrances/clearing")
        page.fill("[name=how]", "已归还")
        page.get_by_role("button", name="了结").click()
        visitor.go(f"/members/{number}/exit")
        page.get_by_role("button", name="办理").click()
        expect(page.locator("aside.side")).to_contain_text("已退出")
        _shot(page, "leaving")
        visitor.go("/members/?type=ordinary")
        expect(page.locator("tbody tr")).to_have_count(1)
        _shot(page, "list")
        assert visitor.complaints == []
    assert verify is not None
    with visit(browser, live_server.url, width=390, policy=False) as outside:
        outside.go(verify)
        expect(outside.page.locator("dl")).to_contain_text("王＊")
        expect(outside.page.locator("h1")).to_contain_text("有效")
        _shot(outside.page, "verify")
        assert outside.sideways() == 0 and outside.barriers() == []
        outside.page.goto(f"{live_server.url}/verify/AAAAAAAAAAAAAAAAAAAA")
        expect(outside.page.locator("body")).not_to_contain_text("王")
    with come_in("shenlingyi", width=390, policy=False, theme="dark") as phone:
        phone.go(f"/members/{number}/")
        _shot(phone.page, "phone")
        assert phone.sideways() == 0 and phone.barriers() == []
