"""A member from her form to her card; found again; her ledgers read by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiguan.members import queries as members
from tests.console.world import World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey

FORM = {
    "card": "DN0900", "name": "林夕照", "phone": "13800000001", "birthday": "1990-12-05", "occupation": "会计",
    "hobbies": "越剧", "colours": "藏青", "style": "简约", "height": "165", "measurements": "84/64/90",
    "skin_tone": "自然", "address": "临安市澄湖区白鹭街 3 号", "opinion": "很好",
}  # fmt: skip


def test_a_form_with_gaps_is_mended_and_found_again(come_in: ComeIn, world: World) -> None:
    with come_in("zhouhe") as visiting:
        visiting.go("/members/")
        page, keys = visiting.page, visiting.keys
        page.get_by_role("link", name="新会员").click()
        page.wait_for_url("**/members/new")
        for name, value in FORM.items():
            if name not in ("occupation", "address"):
                page.fill(f"[name={name}]", value)
        page.fill("[name=birthday]", "1990-02-30")
        keys.press("F8")
        expect(page.locator(".form-refused")).to_contain_text("4 处要改")
        for said in (
            "性别必填，没有填写。",
            "1990 年 2 月没有 30 日。",
            "职业必填，没有填写。",
            "地址必填，没有填写。",
        ):
            expect(page.locator(".member-form")).to_contain_text(said)
        assert page.input_value("[name=name]") == "林夕照"
        assert members.member_count(world.actor) == 1
        for name, value in FORM.items():
            page.fill(f"[name={name}]", value)
        page.select_option("[name=sex]", "female")
        keys.press("F8")
        expect(page.locator(".said")).to_contain_text("已办 · 林夕照 · DN000002 · 赠开卡积分券 ¥200.00")
        keys.press("/")
        keys.type("linxizhao")
        expect(page.locator("#found")).to_contain_text("林夕照")
        keys.press("Enter")
        page.wait_for_url("**/members/DN000002/")
        assert visiting.complaints == []


def test_every_number_opens_its_ledger_and_every_entry_its_reason(come_in: ComeIn) -> None:
    with come_in("hezhiwei") as visiting:
        visiting.go("/members/DN0382/")
        page, keys = visiting.page, visiting.keys
        book = page.locator("#book")
        expect(book).to_contain_text("实付 ¥1,558.00，满 ¥100.00 积 2 分：15 个整份，得 30 分。")
        for key, said in (
            ("3", "等级看的累积"),
            ("4", "累计消费"),
            ("5", "单据"),
            ("6", "等级、资格与卡"),
            ("2", "卡券"),
            ("1", "积分账"),
        ):
            keys.press(key)
            expect(book.locator("h2")).to_have_text(said)
        for _ in range(3):
            keys.press("j")
        keys.press("Enter")
        expect(book.locator(".reason").nth(1)).to_contain_text("24 个整份，得 48 分")
        eye = page.get_by_role("button", name="查看并留痕").first
        eye.click()
        expect(page.locator(".revealed")).to_contain_text("19910002046")
        assert visiting.complaints == []


def test_a_gift_is_asked_for_in_a_sheet_and_comes_back(come_in: ComeIn, world: World) -> None:
    with come_in("zhouhe") as visiting:
        visiting.go("/members/DN0382/")
        page, keys = visiting.page, visiting.keys
        keys.press("g")
        expect(page.locator("#ask")).to_contain_text("现有 142 分")
        keys.type("真丝方巾")
        keys.press("Tab")
        keys.type("56")
        keys.press("Enter")
        expect(page.locator(".said")).to_contain_text("已兑 真丝方巾 · 用 56 分，余 86")
        page.locator("#book a[href*='/sales/gifts/']").first.click()
        page.get_by_role("button", name="收回礼品，退回积分").click()
        expect(page.locator(".said")).to_contain_text("礼品已退回 · 56 分回到原来的批次")
        assert world.points() == 142
