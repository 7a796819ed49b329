"""A customer who joined twice: found, looked at side by side, made one, and made two again."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiguan.members import queries as members
from tests.console.world import World
from tests.journeys.conftest import ComeIn

pytestmark = pytest.mark.journey


def test_found_compared_merged_and_undone(come_in: ComeIn, world: World) -> None:
    twin = world.enrol("顾清和", "13800002046", "DN0900").number
    with come_in("hezhiwei") as visiting:
        visiting.go("/members/")
        page, keys = visiting.page, visiting.keys
        page.get_by_role("link", name="可能重复").click()
        expect(page.locator("table")).to_contain_text("姓名读音、手机尾号相同")
        page.get_by_role("link", name="并排看").click()
        expect(page.locator(".merge")).to_contain_text("两边的卡都还能用")
        page.fill("#reason", "两张卡是同一人办的")
        keys.press("F8")
        expect(page.locator(".said")).to_contain_text(f"{twin} 已并入 {world.hero}")
        keys.press("/")
        keys.type("DN0900")
        expect(page.locator("#found")).to_contain_text("DN0382")
        keys.press("Escape")
        assert members.membership(world.actor, "13800002046") == members.membership(world.actor, world.hero)
        page.get_by_role("link", name="撤销").click()
        page.fill("#deed-reason", "认错了")
        keys.press("Enter")
        expect(page.locator(".said")).to_contain_text(f"{twin} 又是单独的会员")
        assert members.membership(world.actor, "13800002046") != members.membership(world.actor, world.hero)
        assert visiting.complaints == []
