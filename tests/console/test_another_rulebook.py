"""The same screens under a rulebook without cards, tiers and discounts: the mobile number is the account."""

from __future__ import annotations

import re
from html import unescape
from random import Random
from typing import Any

import pytest
from django.test import Client

from huiguan.checkout import queries as checkout
from huiguan.cli.demo.house import found
from huiguan.cli.demo.story import FIRST, SEED, moment
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import EnrolMember
from huiguan.members.values import EnrolledMember
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.forms import PART, Till, text_of
from tests.console.world import COAT, OPENS, SCARF, World, set_clock

PHONE = "13800000007"
FORM = {"name": "林夕照", "phone": PHONE, "id_number": "11010519491231002X", "address": "临安市澄湖区白鹭街 3 号"}


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    source, at = source_of("phone-vip").decode(), moment(FIRST, 7)
    house = found(Random(SEED), at, source, Proof(digest_of(source), 1, 1, at))
    given = {"profile": FORM, "shop": "HB", "receipts": [{"number": "HB1-0001", "amount": "100.00"}]}
    made: EnrolledMember = members.enrol_member(actor=house.actor, at=OPENS, given=read(EnrolMember, given))
    set_clock()
    return World(house.actor, made.number)


@pytest.fixture
def manager(world: World) -> Client:
    return world.client("hezhiwei")


def test_a_sale_by_phone_earns_a_point_a_yuan(world: World) -> None:
    till = Till(world.client("zhouhe")).scan(PHONE, COAT)
    assert till.due == 328000
    assert "双方签字 这一单还没有签（会员、导购）" in till.text
    till.quote(signed=["member", "guide"])
    assert "+3,280 分 实付满 ¥1 积 1 分，3280 个整份。" in till.text
    till.pay()
    assert world.points() == 3280
    till.scan(PHONE, SCARF).quote(points="580")
    assert till.due == 0
    till.pay()
    assert world.points() == 2700


def test_a_sale_nobody_signed_counts_once_they_have(world: World, manager: Client) -> None:
    till = Till(world.client("zhouhe")).scan(PHONE, SCARF).quote(signed=["guide"])
    till.pay()
    (sale,) = checkout.sales(world.actor, limit=1)
    assert sale.document["earned"] == {}
    page = manager.get(f"/sales/{sale.id}/")
    assert "未签字，不作数" in text_of(page) and "会员 未签" in text_of(page)
    assert 'name="signed" value="member"' in page.content.decode()
    slip = text_of(manager.get(f"/sales/{sale.id}/receipt"))
    assert "会员签字 ____" in slip and "导购签字 已签" in slip
    manager.post(f"/sales/{sale.id}/signatures", {"signed": "member", "key": "s1"})
    assert world.points() == 580
    page = manager.get(f"/sales/{sale.id}/")
    assert "都签了，这一单作数。" in text_of(page) and 'name="signed"' not in page.content.decode()
    manager.post(f"/sales/{sale.id}/signatures", {"signed": "member", "key": "s2"})
    assert world.points() == 580


def test_joining_takes_a_receipt_and_no_card(world: World, manager: Client) -> None:
    page = text_of(manager.get("/members/new"))
    assert "购物小票单号" in page
    form = {**FORM, "phone": "13800000008", "id_number": "440308199901101512"}
    assert "消费过才能入会" in text_of(manager.post("/members/new", form))
    answer = manager.post("/members/new", {**form, "receipt_number": "HB1-0002", "receipt_amount": "1,280.00"})
    assert answer["Location"] == "/members/DN000002/"
    acts = text_of(manager.get("/members/DN000002/"))
    assert "换卡" not in acts
    assert "发卡" not in acts


def test_who_buys_in_her_name_must_be_listed(world: World, manager: Client) -> None:
    till = Till(world.client("zhouhe")).scan(PHONE, SCARF).quote(buying="other")
    assert "他人使用会员账号，请写明是谁。" in till.text
    assert "名单上没有人" in till.text
    assert "disabled" in till.answer.content.decode().partition('id="take"')[2].partition(">")[0]
    manager.post(f"/members/{world.hero}/users", {"name": "王小满", "kin": "friend"})
    assert "共用人 去掉一位 王小满 · 朋友" in text_of(manager.get(f"/members/{world.hero}/"))
    till.quote(buyer_name="王小满", signed=["member", "guide"])
    assert till.due == 58000
    assert "+580 分" in till.text
    till.pay()
    assert world.points() == 580
    manager.post(f"/members/{world.hero}/users/withdrawal", {"name": "王小满"})
    assert "王小满" not in text_of(manager.get(f"/members/{world.hero}/users", headers=PART))


def test_the_page_says_nothing_of_tiers(world: World, manager: Client) -> None:
    page = text_of(manager.get(f"/members/{world.hero}/"))
    for said in ("半年累积", "等级、资格", "积分卡"):
        assert said not in page
    for book in ("points", "rights", "spend", "total", "sales", "turns"):
        assert manager.get(f"/members/{world.hero}/?book={book}").status_code == 200
    assert "林夕照" in text_of(manager.get("/members/", {"q": PHONE}))


def test_a_post_the_rulebook_counts_on_is_missed_until_somebody_holds_it(world: World) -> None:
    owner = world.client("shenlingyi")
    assert "缺人的职位 1" in text_of(owner.get("/"))
    page = owner.get("/staff/posts/").content.decode()
    (begun,) = re.findall(r'href="(/staff/posts/new\?name=customer_centre[^"]*)"', page)
    shown = owner.get(unescape(begun)).content.decode()
    assert 'value="客户中心"' in shown and 'value="customer_centre"' in shown
    post = {
        "name": "customer_centre",
        "zh": "客户中心",
        "en": "Customer centre",
        "held_at": "house",
        "powers": "matters",
    }
    assert owner.post("/staff/posts/new", post).status_code == 302
    assert "客户中心 还没有任命" in text_of(owner.get("/staff/posts/"))
    appointed = {"post": "customer_centre", "node": "DN", "since": "", "until": "", "key": "a1"}
    assert owner.post("/staff/zhouhe/posts", appointed).status_code == 302
    assert "缺人的职位" not in text_of(owner.get("/"))
