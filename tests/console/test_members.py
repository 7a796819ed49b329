"""Members: the list, the page with its ledgers and slips, the form, cards, standing, gifts."""

from __future__ import annotations

from datetime import datetime
from html import unescape

import pytest
from django.test import Client

from huiguan.foundation import auditing
from huiguan.kernel.inputs import read
from huiguan.members import operations
from huiguan.members import queries as questions
from huiguan.members.inputs import EnrolMember, SuspendMember
from tests.console.forms import PART, form_of, text_of
from tests.console.world import LATER, OPENS, PROFILE, World, set_clock

FORM = {
    **PROFILE, "name": "林夕照", "phone": "138 0000 0001", "card": "dn0900", "form_date": "2026-12-12",
}  # fmt: skip


@pytest.fixture
def manager(world: World) -> Client:
    return world.client("hezhiwei")


def said_after(client: Client, where: str) -> str:
    return text_of(client.get(where))


# ---- finding ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("query", ["顾清和", "gu qing he", "gqh", "2046", "DN0382", "19910002046"])
def test_a_member_is_found_by_what_one_has(world: World, manager: Client, query: str) -> None:
    found = text_of(manager.get("/members/", {"q": query}))
    assert "顾清和DN000001 DN0382 ****2046 积分卡会员 正常 湖滨店 11-22 5,605.00 142" in found


def test_the_list_is_narrowed_by_class_standing_and_shop(world: World, manager: Client) -> None:
    made = world.enrol("林夕照", "13800000001", "DN0900")
    operations.suspend_member(
        actor=world.actor, at=OPENS, given=read(SuspendMember, {"member": made.number, "reason": "冒用"})
    )

    def names(**asked: str) -> list[bool]:
        page = text_of(manager.get("/members/", asked))
        return [name in page for name in ("顾清和", "林夕照")]

    assert names() == [True, True]
    assert names(standing="suspended") == [False, True]
    assert names(tier="diamond_card") == [False, False]
    assert names(shop="XX") == [False, False]
    assert names(shop="HB", tier="points_card", q="DN0382") == [True, False]
    assert names(standing="suspended", q="DN0382") == [False, False]


def test_nobody_found_offers_a_card(manager: Client) -> None:
    page = text_of(manager.get("/members/", {"q": "张三丰"}))
    assert "没有找到“张三丰”。" in page
    assert "新办一张卡" in page


# ---- the page --------------------------------------------------------------------------------------------------------


def test_the_page_tells_her_figures_and_every_one_opens_its_ledger(world: World, manager: Client) -> None:
    page = manager.get("/members/DN0382/")
    for said in (
        "顾清和", "DN000001 · 湖滨店 · 2025 年 9 月 18 日入会", "142 分今年底清零", "再 ¥4,395.00 晋级钻卡会员",
        "4 单 · 均 ¥2,588.50", "20 天前", "全部 7 笔", "14 项齐全",
    ):  # fmt: skip
        assert said in text_of(page), said
    for book in ("points", "rights", "spend", "total", "sales", "turns"):
        assert f'href="/members/DN000001/?book={book}"' in unescape(page.content.decode())
        assert manager.get(f"/members/DN000001/?book={book}").status_code == 200
    assert manager.get("/members/DN000001/?book=nothing").status_code == 404
    assert manager.get("/members/NOBODY/").status_code == 404


def test_the_newest_entry_stands_open_with_its_reason(world: World, manager: Client) -> None:
    page = text_of(manager.get("/members/DN0382/"))
    assert "实付 ¥1,558.00，满 ¥100.00 积 2 分：15 个整份，得 30 分。余 ¥58.00 不计。" in page
    assert "有效至 2026-12-31 24:00" in page
    assert "已用 0 / 30" in page
    assert "账链完整" in page
    assert "章程第 1 版，2024-01-01 起" in page


def test_an_entry_unfolds_its_slip(world: World, manager: Client) -> None:
    lines = manager.get("/members/DN0382/").content.decode().split('data-slip="')[1:]
    told = [text_of(manager.get(line.partition('"')[0], headers=PART)) for line in lines]
    assert "按留下的实付重算，应得由 48 改为 38，扣回 10 分。" in told[1]
    assert "取自 2026-10-03 的 10 分" in told[1]
    assert "60 分抵 ¥60.00，先于折扣；抵扣的部分不再积分。" in told[5]
    assert "从前的系统带来 68 分，凭单据 HB1-0918-0012。" in told[6]
    assert manager.get("/members/DN0382/entries/points/99-9").status_code == 404


def test_the_window_of_the_tier_is_told_day_by_day(world: World, manager: Client) -> None:
    page = text_of(manager.get("/members/DN0382/?book=spend"))
    assert "近 6 个月累计 ¥5,605.00，再消费 ¥4,395.00 晋级钻卡会员。" in page
    assert "实付，退货已扣" in page
    assert "+1,558.00 5,605.00" in page


def test_what_is_sealed_is_masked_and_a_look_is_logged(world: World, manager: Client) -> None:
    page = manager.get("/members/DN0382/").content.decode()
    assert "84-64-90" not in page
    assert "19910002046" not in page
    shown = manager.post("/members/DN0382/reveal", {"field": "measurements"}, headers=PART)
    assert "84/64/90" in text_of(shown)
    assert "19910002046" in text_of(manager.post("/members/DN0382/reveal", {"field": "phone"}, headers=PART))
    rows = auditing.written(world.actor, subject="member:DN000001", operation="reveal_field")
    assert [(row.actor_name, row.given["field"]) for row in rows] == [("贺知微", "phone"), ("贺知微", "measurements")]


def test_a_clerk_cannot_look(world: World) -> None:
    clerk = world.client("zhouhe")
    assert "查看并留痕" not in clerk.get("/members/DN0382/").content.decode()
    assert clerk.post("/members/DN0382/reveal", {"field": "phone"}).status_code == 403
    assert "顾清和" in text_of(clerk.get("/members/DN0382/"))


def test_another_shops_papers_stay_closed(world: World) -> None:
    page = text_of(world.client("fangning").get("/members/DN0382/"))
    assert "别店的单" in page
    assert "HB1-1122-0019" not in page


# ---- a new member ----------------------------------------------------------------------------------------------------


def test_all_faults_of_a_form_are_said_at_once(world: World, manager: Client) -> None:
    wrong = {**FORM, "name": "", "phone": "1380", "birthday": "1991-02-30", "address": "", "card": "DN0900"}
    answer = manager.post("/members/new", wrong)
    page = text_of(answer)
    for said in (
        "4 处要改",
        "姓名必填，没有填写。",
        "手机号是 1 开头的 11 位数字。",
        "1991 年 2 月没有 30 日。",
        "地址必填，没有填写。",
    ):
        assert said in page, said
    assert form_of(answer)["occupation"] == ["会计"]
    assert questions.member_count(world.actor) == 1


def test_a_full_form_enrols_with_card_and_gift(world: World, manager: Client) -> None:
    answer = manager.post("/members/new", {**FORM, "key": "k1"})
    assert (answer.status_code, answer["Location"]) == (302, "/members/DN000002/")
    page = text_of(manager.get("/members/DN000002/"))
    assert "已办 · 林夕照 · DN000002 · 赠开卡积分券 ¥200.00" in page
    assert "林夕照" in text_of(manager.get("/members/", {"q": "lxz"}))
    assert questions.cards(world.actor, "DN000002")[0].number == "DN0900"
    again = manager.post("/members/new", {**FORM, "key": "k1"})
    assert again["Location"] == "/members/DN000002/"
    assert questions.member_count(world.actor) == 2


def test_what_somebody_else_has_is_said_beside_its_field(world: World, manager: Client) -> None:
    page = text_of(manager.post("/members/new", {**FORM, "phone": "19910002046"}))
    assert "手机号已属于会员 DN000001 顾清和。" in page
    page = text_of(manager.post("/members/new", {**FORM, "card": "DN0382"}))
    assert "卡号 DN0382 已发放过。" in page


def test_a_late_form_is_taken_and_marked(world: World, manager: Client) -> None:
    manager.post("/members/new", {**FORM, "form_date": "2026-12-10"})
    assert "2026-12-12 · 2026-12-10 填表，录入迟了" in text_of(manager.get("/members/DN000002/"))
    assert "资料没有当天录入" in text_of(manager.get("/members/faults"))
    assert "填表日期不能晚于录入日期" in text_of(manager.post("/members/new", {**FORM, "form_date": "2027-01-01"}))


# ---- changing, cards, standing ---------------------------------------------------------------------------------------


def test_a_changed_profile_keeps_what_was_not_touched(world: World, manager: Client) -> None:
    form = form_of(manager.get("/members/DN0382/profile"))
    assert (form["occupation"], form["measurements"], form["phone"]) == (["策展人"], [""], [""])
    answer = manager.post("/members/DN0382/profile", {**form, "sex": "female", "occupation": "画家", "height": "168"})
    assert answer["Location"] == "/members/DN000001/"
    assert "已改 2 项" in text_of(manager.get("/members/DN0382/"))
    assert "168" in text_of(manager.post("/members/DN0382/reveal", {"field": "height"}, headers=PART))
    assert "84/64/90" in text_of(manager.post("/members/DN0382/reveal", {"field": "measurements"}, headers=PART))


def test_a_wrong_change_is_said_and_changes_nothing(world: World, manager: Client) -> None:
    form = form_of(manager.get("/members/DN0382/profile"))
    answer = manager.post("/members/DN0382/profile", {**form, "sex": "female", "birthday": "1991-02-30"})
    assert "1991 年 2 月没有 30 日。" in text_of(answer)
    assert questions.member(world.actor, "DN0382", OPENS).birthday.isoformat() == "1988-05-17"
    same = manager.post("/members/DN0382/profile", {**form, "sex": "female"})
    assert "没有要改的内容。" in text_of(same)
    assert world.client("zhouhe").get("/members/DN0382/profile").status_code == 403


def test_a_card_is_lost_and_replaced(world: World) -> None:
    clerk = world.client("zhouhe")
    assert "卡 DN0382 从现在起不能再用。" in text_of(clerk.get("/members/DN0382/card/loss", headers=PART))
    assert clerk.post("/members/DN000001/card/loss", {"key": "a"})["Location"] == "/members/DN000001/"
    assert "卡 DN0382 已挂失" in said_after(clerk, "/members/DN000001/")
    clerk.post("/members/DN000001/card/replacement", {"card": "DN0383", "key": "b"})
    assert "新卡 DN0383 · 旧卡 DN0382 不再能用" in said_after(clerk, "/members/DN000001/")
    assert [(card.number, card.status) for card in questions.cards(world.actor, "DN000001")] == [
        ("DN0383", "active"), ("DN0382", "replaced"),
    ]  # fmt: skip
    page = text_of(clerk.post("/members/DN000001/card/replacement", {"card": "DN0382", "key": "c"}))
    assert "卡号 DN0382 已发放过。" in page
    turns = text_of(clerk.get("/members/DN000001/?book=turns"))
    assert "换成 DN0383。" in turns


def test_a_first_card_is_issued_once(world: World) -> None:
    given = read(EnrolMember, {"name": "林夕照", "phone": "13800000001", "shop": "HB", "profile": PROFILE})
    operations.enrol_members(actor=world.actor, at=OPENS, given=[given], allow_incomplete=True)
    clerk = world.client("zhouhe")
    assert "发卡" in text_of(clerk.get("/members/DN000002/"))
    clerk.post("/members/DN000002/card", {"card": "DN0901"})
    assert "新卡 DN0901 · 赠开卡积分券 ¥200.00" in said_after(clerk, "/members/DN000002/")
    assert "已持有卡 DN0901" in text_of(clerk.post("/members/DN000002/card", {"card": "DN0902"}))


def test_a_membership_is_suspended_with_a_reason_and_restored(world: World, manager: Client) -> None:
    page = text_of(manager.post("/members/DN000001/suspension", {"reason": " "}))
    assert "为什么，会留在账上：不能为空" in page
    manager.post("/members/DN000001/suspension", {"reason": "冒用他人的卡"})
    page = said_after(manager, "/members/DN000001/")
    assert "2026 年 12 月 12 日起暂停 因为：冒用他人的卡" in page
    manager.post("/members/DN000001/restoration", {"reason": "查清了"})
    assert questions.member(world.actor, "DN000001", LATER).standing == "active"


# ---- points for a gift -----------------------------------------------------------------------------------------------


def test_points_buy_a_gift_and_come_back_with_it(world: World) -> None:
    clerk = world.client("zhouhe")
    assert "6 月、12 月可兑。现有 142 分" in text_of(clerk.get("/members/DN000001/gift", headers=PART))
    clerk.post("/members/DN000001/gift", {"gift": "真丝方巾", "points": "56"})
    page = clerk.get("/members/DN000001/")
    assert "已兑 真丝方巾 · 用 56 分，余 86" in text_of(page)
    address = page.content.decode().partition('href="/sales/gifts/')[2].partition('"')[0]
    gift = clerk.get(f"/sales/gifts/{address}")
    assert "真丝方巾" in text_of(gift)
    clerk.post(f"/sales/gifts/{address}", {"key": "back"})
    assert world.points() == 142
    assert "这件礼品已退回。" in text_of(clerk.post(f"/sales/gifts/{address}", {"key": "again"}))


@pytest.mark.parametrize(
    ("points", "said"),
    [
        ("143", "余 142 分，要用 143 分，差 1 分。"),
        ("0", "用多少分：不能小于 1"),
        ("一百", "用多少分：不能小于 1"),
        ("-5", "用多少分：不能小于 1"),
    ],
)
def test_points_that_do_not_do_are_said(world: World, points: str, said: str) -> None:
    answer = world.client("zhouhe").post("/members/DN000001/gift", {"gift": "真丝方巾", "points": points})
    assert said in text_of(answer)
    assert world.points() == 142


def test_outside_the_months_no_gift_is_had(world: World) -> None:
    set_clock(datetime(2027, 1, 2, 10, 0, tzinfo=OPENS.tzinfo))
    answer = world.client("zhouhe").post("/members/DN000001/gift", {"gift": "真丝方巾", "points": "10"})
    assert "只在 6 月、12 月可兑，下一次在 2027 年 6 月。" in text_of(answer).replace("月 、", "月、")
