"""Likely duplicates, two members side by side, a merge and its undoing."""

from __future__ import annotations

import pytest
from django.test import Client

from huiguan.members import queries as members
from tests.console.forms import form_of, text_of
from tests.console.world import LATER, PROFILE, World


@pytest.fixture
def manager(world: World) -> Client:
    return world.client("hezhiwei")


@pytest.fixture
def twin(world: World) -> str:
    """顾清和 again, with her birthday and another phone; she joined in March."""
    hero = members.member(world.actor, world.hero, LATER)
    born = hero.birthday.isoformat() if hero.birthday else ""
    return world.enrol("顾清和", "13800002046", "DN0900", birthday=born).number


def test_a_pair_is_listed_with_its_reasons_until_it_is_said_to_be_two(manager: Client, world: World, twin: str) -> None:
    page = text_of(manager.get("/members/duplicates/"))
    assert "姓名、生日相同；姓名读音、手机尾号相同" in page

    said = manager.post("/members/duplicates/", {"one": world.hero, "other": twin}, follow=True)

    assert f"已记下：{world.hero} 与 {twin} 不是同一人" in text_of(said)
    assert "没有看起来重复的会员" in text_of(said)


def test_the_two_side_by_side_then_one_then_two_again(manager: Client, world: World, twin: str) -> None:
    asked = manager.get(f"/members/{world.hero}/merge", {"with": twin})
    told = text_of(asked)
    for said in ("积分142 0 142", "可用的券0 1 1", "两边的卡都还能用", "入会2025-09-18 2026-03-01"):
        assert said in told, told
    data = form_of(asked)

    refused = manager.post(f"/members/{world.hero}/merge", {**data, "reason": ""})
    assert "不能为空" in text_of(refused)
    done = manager.post(f"/members/{world.hero}/merge", {**data, "reason": "身份证是同一张"}, follow=True)
    assert f"{twin} 已并入 {world.hero}" in text_of(done)
    hers = text_of(manager.get(f"/members/{twin}/"))
    assert f"已并入 {world.hero}" in hers
    assert "身份证是同一张" in hers

    sheet = manager.get(f"/members/{world.hero}/unmerge")
    back = manager.post(
        f"/members/{world.hero}/unmerge", {**form_of(sheet), "member": twin, "reason": "认错了"}, follow=True
    )
    assert f"{twin} 又是单独的会员" in text_of(back)
    assert members.membership(world.actor, twin) != members.membership(world.actor, world.hero)


def test_who_may_not_and_what_cannot_be(manager: Client, world: World, twin: str) -> None:
    assert world.client("zhouhe").get("/members/duplicates/").status_code == 403
    assert "无须合并" in text_of(manager.get(f"/members/{world.hero}/merge", {"with": world.hero}))
    assert "没有" in text_of(manager.get(f"/members/{world.hero}/merge", {"with": "DN999999"}))


def test_a_phone_with_a_new_owner_is_asked_about_on_the_form(manager: Client, world: World) -> None:
    former = world.enrol("陈桂兰", "13911112222", "DN0700", at="2024-02-01 10:00").number
    form = {**PROFILE, "name": "林夕照", "phone": "13911112222", "card": "DN0901", "form_date": "2026-12-12"}
    asked = text_of(manager.post("/members/new", form))
    assert "2024 年 2 月 1 日以后没有来过" in asked
    assert "号码已换了主人" in asked
    twice = text_of(manager.post("/members/new", {**form, "new_holder": "1"}))
    assert "看不出与原号主" in twice  # the birthday is the same
    done = manager.post("/members/new", {**form, "new_holder": "1", "birthday": "1999-01-01"}, follow=True)
    assert "已办 · 林夕照" in text_of(done)
    assert "从前的手机" in text_of(manager.get(f"/members/{former}/"))


def test_a_phone_is_given_up_from_her_profile(manager: Client, world: World) -> None:
    assert "这个号码本人不用了" in text_of(manager.get(f"/members/{world.hero}/profile"))
    done = manager.post(f"/members/{world.hero}/phone", {"reason": "换号"}, follow=True)
    assert "号码已放开" in text_of(done)
    assert "从前的手机 ****2046（2026-12-12）" in text_of(done)
