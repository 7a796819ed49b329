"""Cards that cost something, wait and bring gifts with papers: the screens under the supermarket's rulebook."""

from __future__ import annotations

from datetime import datetime
from random import Random
from typing import Any

import pytest
from django.test import Client

from huiguan.cli.demo.house import found
from huiguan.cli.demo.story import FIRST, SEED, ZONE, moment
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries as questions
from huiguan.members.inputs import ActivateCard, EnrolMember, RecordOpening
from huiguan.programme import operations as programmes
from huiguan.programme.inputs import PublishRulebook
from huiguan.programme.values import Proof, digest_of
from huiguan.rules.shelf import source_of
from tests.console.forms import PART, Till, text_of
from tests.console.world import OPENS, SCARF, World, set_clock

BIRTHDAY = datetime(2026, 3, 28, 10, 0, tzinfo=ZONE)  # a birthday in the last week of a quarter
FORM = {
    "name": "林夕照", "phone": "13800000007", "birthday": "1990-03-28", "paper": "identity_card",
    "paper_number": "X-1", "card": "C-100",
}  # fmt: skip


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    source, at = source_of("supermarket").decode(), moment(FIRST, 7)
    house = found(Random(SEED), at, source, Proof(digest_of(source), 1, 1, at))
    given = {"profile": FORM, "shop": "HB", "at": "2026-03-24 10:00", "form_date": "2026-03-24", "fee": "5.00"}
    made = members.enrol_member(actor=house.actor, at=BIRTHDAY, given=read(EnrolMember, given))
    set_clock(BIRTHDAY)
    return World(house.actor, made.number)


@pytest.fixture
def clerk(world: World) -> Client:
    return world.client("zhouhe")


def opened(world: World) -> None:
    members.activate_card(actor=world.actor, at=BIRTHDAY, given=read(ActivateCard, {"member": world.hero}))


def test_the_form_asks_for_receipt_and_cost(world: World, clerk: Client) -> None:
    page = text_of(clerk.get("/members/new"))
    for said in ("购物小票单号", "小票金额（元）", "已收工本费（元）"):
        assert said in page
    form = {**FORM, "phone": "13800000008", "card": "C-101"}
    assert "须交工本费 ¥5.00，已交 ¥0.00。" in text_of(clerk.post("/members/new", form))
    assert clerk.post("/members/new", {**form, "fee": "5"})["Location"] == "/members/DN000002/"


def test_a_waiting_card_is_opened_from_her_page(world: World, clerk: Client) -> None:
    page = f"/members/{world.hero}/"
    assert "开通" in text_of(clerk.get(page))
    assert "卡 C-100 从现在起可以用。" in text_of(clerk.get(f"{page}card/activation", headers=PART))
    clerk.post(f"{page}card/activation", {"key": "a"})
    assert "卡 C-100 已开通" in text_of(clerk.get(page))
    assert questions.cards(world.actor, world.hero)[0].status == "active"
    assert "卡 C-100 不待开通。" in text_of(clerk.post(f"{page}card/activation", {"key": "b"}))


def test_the_birthday_gift_takes_herself_card_and_paper(world: World, clerk: Client) -> None:
    opened(world)
    where = f"/members/{world.hero}/birthday-gift"
    sheet = text_of(clerk.get(where, headers=PART))
    for said in ("会员本人来的", "出示了会员卡", "核对了证件"):
        assert said in sheet
    asked = {"gift": "birthday_gift", "in_person": "1", "shown_card": "1"}
    assert "须出示有效证件" in text_of(clerk.post(where, asked))
    assert "须会员本人领取" in text_of(clerk.post(where, {**asked, "in_person": "", "shown_id": "1"}))
    clerk.post(where, {**asked, "shown_id": "1"})
    assert "已领生日礼物" in text_of(clerk.get(f"/members/{world.hero}/"))
    assert "2026 年的生日礼物已经领过。" in text_of(clerk.post(where, {**asked, "shown_id": "1"}))


def test_points_become_a_voucher_against_card_and_paper(world: World, clerk: Client) -> None:
    opened(world)
    given = {"member": world.hero, "bill": "OLD-1", "points": 1600, "earned_at": "2026-03-24 10:00"}
    members.record_opening(actor=world.actor, at=BIRTHDAY, given=read(RecordOpening, given))
    where = f"/members/{world.hero}/gift"
    assert "1,500 分换20 元折扣券" in text_of(clerk.get(where, headers=PART))
    asked = {"points": "1500", "in_person": "1", "shown_card": "1"}
    assert "须出示办卡时的有效证件。" in text_of(clerk.post(where, asked))
    clerk.post(where, {**asked, "shown_id": "1"})
    page = text_of(clerk.get(f"/members/{world.hero}/"))
    assert "已兑 20 元折扣券" in page
    assert "余 100" in page
    assert world.points() == 100


# ---- frozen, printed, told from the beginning ------------------------------------------------------------------------


def test_a_card_is_frozen_looked_at_and_released(world: World, clerk: Client) -> None:
    opened(world)
    page = f"/members/{world.hero}/"
    clerk.post(f"{page}card/freeze", {"reason": "顾客来电说卡被偷", "key": "f"})
    told = text_of(clerk.get(page))
    assert "卡 C-100 冻结 2026 年 3 月 28 日冻结：顾客来电说卡被偷。请店长在“会员 › 复核”里处理。" in told
    assert "卡 C-100 已冻结，先在“复核”里放行。" in text_of(
        clerk.post(f"{page}card/replacement", {"card": "C-200", "key": "r"})
    )
    assert clerk.post(f"{page}card/release", {"reason": "x"}).status_code == 403
    waiting = text_of(clerk.get("/members/reviews/"))
    assert "顾客来电说卡被偷 人工冻结" in waiting
    assert "放行会员卡" not in waiting
    manager = world.client("hezhiwei")
    assert "待复核的用卡" in text_of(manager.get("/"))
    manager.post(f"{page}card/release", {"reason": "本人带证件来过", "key": "l"})
    assert "没有等复核的卡。" in text_of(manager.get("/members/reviews/"))
    assert "本人带证件来过 · 贺知微" in text_of(manager.get("/members/reviews/"))
    history = text_of(manager.get(f"{page}cards/C-100/"))
    turns = ("放行 本人带证件来过", "冻结 顾客来电说卡被偷", "开通", "发卡 首次发卡")
    assert [history.index(said) for said in turns] == sorted(history.index(said) for said in turns)
    assert manager.get(f"{page}cards/C-999/").status_code == 404


def test_cards_that_wait_are_listed_and_printed_once_more(world: World, clerk: Client) -> None:
    page = text_of(clerk.get("/members/cards/", {"state": "waiting"}))
    assert "C-100 林夕照DN000001" in page
    assert "3 月 31 日前开通" in page
    answer = clerk.post("/members/cards/list", {"card": ["C-100"], "as": "csv", "key": "p1"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.decode("utf-8-sig").splitlines() == [
        "卡号,姓名,等级,有效至,二维码内容",
        "C-100,林夕照,,长期,C-100",
    ]
    book = clerk.post("/members/cards/list", {"card": ["C-100"], "as": "xlsx", "key": "p2"})
    assert book.content[:2] == b"PK"
    assert "没有这样的卡。" in text_of(clerk.get("/members/cards/"))
    assert "第 2 次" in text_of(clerk.get("/members/cards/", {"state": "printed"}))
    assert "第 2 次打印" in text_of(clerk.get(f"/members/{world.hero}/cards/C-100/"))
    assert "卡：至少 1 项" in text_of(clerk.post("/members/cards/list", {"state": "held", "key": "p3"}))


def test_a_card_changes_hands_where_the_rulebook_lets_it(world: World, clerk: Client) -> None:
    page = f"/members/{world.hero}/"
    assert "换持卡人" not in text_of(clerk.get(f"{page}cards/C-100/"))
    assert "章程不让转让会员卡。" in text_of(clerk.get(f"{page}card/transfer"))
    answer = text_of(clerk.post(f"{page}card/transfer", {**FORM, "key": "t"}))
    assert "登记新持卡人" not in answer
    assert questions.member(world.actor, world.hero, BIRTHDAY).name == "林夕照"


def test_the_new_holder_is_registered_in_full(world: World, clerk: Client) -> None:
    source = (
        source_of("supermarket")
        .decode()
        .replace("    active_within: 7\n", "    active_within: 7\n    transfer: re_registered\n")
    )
    publish = PublishRulebook(source=source, effective_from="2026-03-28 09:00")
    proof = Proof(digest_of(source), 1, 1, BIRTHDAY)
    programmes.publish_rulebook(
        actor=world.actor, at=datetime(2026, 3, 28, 8, 0, tzinfo=ZONE), given=publish, proof=proof
    )
    page = f"/members/{world.hero}/"
    assert "换持卡人" in text_of(clerk.get(f"{page}cards/C-100/"))
    given = {**FORM, "name": "王芳", "phone": "13800000009", "key": "t"}
    assert "手机必填，没有填写。" in text_of(clerk.post(f"{page}card/transfer", {**given, "phone": ""}))
    clerk.post(f"{page}card/transfer", given)
    assert "卡 C-100 已归 王芳" in text_of(clerk.get(page))
    assert "换持卡人 林夕照 → 王芳" in text_of(clerk.get(f"{page}cards/C-100/"))
    assert "卡 C-100 换持卡人" in text_of(clerk.get(f"{page}?book=turns"))
    assert questions.find(world.actor, "13800000007") == ()


def test_the_till_refuses_unusual_use_and_shows_the_way(db: None, settings: Any) -> None:
    settings.HUIGUAN_DEMO = True
    source, at = source_of("one-card").decode(), moment(FIRST, 7)
    house = found(Random(SEED), at, source, Proof(digest_of(source), 1, 1, at))
    given = {"name": "林夕照", "phone": "13800000007", "card": "C-100", "shop": "HB"}
    made = members.enrol_member(actor=house.actor, at=OPENS, given=read(EnrolMember, given))
    set_clock()
    till = Till(World(house.actor, made.number).client("zhouhe"))
    for _ in range(5):
        till.scan("C-100", SCARF)
        assert till.due == 58000
        till.pay()
    till.scan("C-100", SCARF)
    assert "这是当天第 6 单，一天至多 5 单。先由店长复核。" in till.text
    assert "这一单先按散客算。" in till.text
    assert f'href="/members/{made.number}/card/freeze"' in till.answer.content.decode()
    # What is left is a walk-in's sale: no points, nothing of hers.
    assert till.due == 58000
    assert till.form["member"] == [""]
