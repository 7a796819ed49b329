"""The till: what is scanned, what it comes to, why, and what stands in the books afterwards."""

from __future__ import annotations

import json

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as questions
from huiguan.checkout.inputs import PricesInput, ProductsInput, SaleInput
from huiguan.console.till.drawing import balanced
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries as member_questions
from huiguan.members.inputs import ReplaceCard, ReportCardLost, SuspendMember
from tests.console.forms import Till, form_of, text_of
from tests.console.world import COAT, LATER, OPENS, SCARF, SHIRT, World


@pytest.fixture
def till(world: World) -> Till:
    return Till(world.client("zhouhe"))


def hero_buys(till: Till) -> Till:
    return till.scan("DN0382", COAT, SHIRT, SCARF).quote(points="100")


def test_the_picture_of_the_till(till: Till) -> None:
    hero_buys(till)
    assert till.due == 478800
    for said in (
        "顾清和", "积分卡会员", "DN0382 · ****2046", "¥5,605.00",
        "吊牌价 3 件 5,240.00", "双十二促销第 3 行 −100.00", "1 分 = ¥1.00；先于折扣；12 月的一次用在本单 第 (四)3 条 −100.00",
        "积分卡会员 9.5 折5,040.00 × 5% 第 (三) 条 −252.00", "收后积分 136", "比吊牌价少 ¥452.00",
        "3,055.38", "1,192.35", "540.27", "−63.81", "−160.81",
        "+94 分 实付满 ¥100 积 2 分，47 个整份。余 ¥88.00 不计；抵掉的部分不再积分 第 (四)1 条",
        "晋级钻卡会员 近 6 个月累计到 ¥10,393.00，满 ¥10,000.00。",
        "生日 8 折 生日在 5 月，只在生日当月可用。", "再得 2 分 还差实付 ¥12.00，再得 2 分。",
    ):  # fmt: skip
        assert said in till.text, said


def test_clauses_lead_to_the_rulebook(till: Till) -> None:
    hero_buys(till)
    assert '<a class="clause" href="/rulebook/B55-13/">' in till.answer.content.decode()


def test_paying_writes_the_sale_and_empties_the_till(world: World, till: Till) -> None:
    hero_buys(till).pay(means="alipay")
    said = json.loads(till.answer["HX-Trigger"])["said"]
    assert said["text"] == "已收 ¥4,788.00 · +94 分 · 晋级钻卡会员"
    sale = questions.sale(world.actor, said["href"].split("/")[2])
    assert (sale.paid, sale.clerk, sale.shop) == (478800, "周禾", "HB")
    assert sale.document["tenders"] == [["alipay", 478800]]
    assert world.points() == 136
    assert till.form["member"] == [""]
    assert "sku" not in till.form


def test_a_second_press_is_the_first_ones_answer(world: World, till: Till) -> None:
    form = hero_buys(till).form
    first, second = (till.client.post("/till/sale", form, headers={"HX-Request": "true"}) for _ in range(2))
    assert json.loads(first["HX-Trigger"]) == json.loads(second["HX-Trigger"])
    assert world.points() == 136
    assert len(questions.sales(world.actor, limit=100)) == 5
    other = till.client.post("/till/sale", {**form, "sku": [SCARF], "quantity": ["1"]}, headers={"HX-Request": "true"})
    assert "这一单刚才已经收过款，这次没有再收。" in text_of(other)
    assert len(questions.sales(world.actor, limit=100)) == 5


def test_without_script_the_till_works_all_the_same(world: World) -> None:
    client = world.client("zhouhe")
    page = client.post("/till/quote", {"scan": ["DN0382", SCARF]})
    assert "羊绒长围巾" in text_of(page)
    paid = client.post("/till/sale", form_of(page))
    assert (paid.status_code, paid["Location"]) == (302, "/till/")
    assert "已收 ¥551.00 · +10 分" in text_of(client.get("/till/"))


def test_scans_count_times_and_initials(till: Till) -> None:
    till.scan(f"3*{SCARF}", SCARF, "sxhg").scan("2*")
    assert till.form["sku"] == [SCARF]
    assert till.form["quantity"] == ["4"]
    till.scan("smnjxdy")  # 双面呢茧型大衣 comes in several colours
    assert "双面呢茧型大衣" in till.text
    assert till.form["sku"] == [SCARF]
    till.scan(COAT.lower())
    assert till.form["sku"] == [SCARF, COAT]


def test_an_unknown_number_leaves_the_sale_standing(till: Till) -> None:
    till.scan(SCARF, "NOSUCH")
    assert "没有货号 NOSUCH。" in till.text
    assert (till.form["sku"], till.due) == ([SCARF], 58000)
    till.scan(SCARF)  # the next good scan does not take the piece that is missing out of sight
    assert "没有货号 NOSUCH。" not in till.text and "没有入单 NOSUCH" in till.text
    assert till.form["unknown"] == ["NOSUCH"]


def test_a_keyboard_in_full_width_scans_too(till: Till) -> None:
    till.scan(COAT.translate({ord(each): ord(each) + 0xFEE0 for each in COAT}), "２＊" + SCARF)
    assert (till.form["sku"], till.form["quantity"]) == ([COAT, SCARF], ["1", "2"])


def test_a_sale_that_cannot_be_priced_keeps_its_lines(world: World, till: Till) -> None:
    moon = {"products": [{"sku": "MOON", "name": "月亮", "list_price": "60000000000.00"}]}
    checkout.register_products(actor=world.actor, at=OPENS, given=read(ProductsInput, moon))
    till.scan(SCARF, "2*MOON")
    assert "金额太大。" in till.text
    assert (till.form["sku"], till.form["quantity"], till.due) == ([SCARF, "MOON"], ["1", "2"], 0)
    assert "disabled" in till.answer.content.decode().partition('id="take"')[2].partition(">")[0]
    assert till.quote(quantity=["1", "0"]).due == 58000


def test_quantities_of_nought_take_the_line_away(till: Till) -> None:
    till.scan(SCARF, COAT).quote(quantity=["0", "2"])
    assert (till.form["sku"], till.form["quantity"], till.due) == ([COAT], ["2"], 656000)
    till.quote(quantity=["abc"])
    assert "sku" not in till.form


def test_more_points_than_there_are_are_left_out_and_said(till: Till) -> None:
    till.scan("DN0382", COAT).quote(points="143")
    assert "余 142 分，要用 143 分，差 1 分。" in till.text
    assert "报价已更新。" in till.text
    assert till.form["points"] == ["0"]
    assert till.due == 311600


def test_nobody_in_the_birthday_month_gets_no_birthday_discount(till: Till) -> None:
    till.scan("DN0382", COAT).quote(benefits="birthday")
    assert "生日在 5 月，只在生日当月可用。" in till.text
    assert till.due == 311600


def test_the_birthday_discount_is_offered_and_taken(world: World, till: Till) -> None:
    world.enrol("林夕照", "13800000001", "DN0900")
    till.scan("DN0900", COAT)
    assert "生日 8 折 可用；会员提出时勾上，代替别的折扣。 第 (三) 条 —" in till.text
    assert till.due == 311600
    till.quote(benefits="birthday")
    assert "生日 8 折 3,280.00 × 20%" in till.text
    assert till.due == 262400


def test_a_voucher_is_ticked(world: World, till: Till) -> None:
    made = world.enrol("林夕照", "13800000001", "DN0900")
    till.scan("DN0900", COAT)
    code = made.rights[0].code
    assert f"开卡积分券 ¥200.00 {code}" in till.text
    till.quote(vouchers=code)
    assert till.due == 292600  # (3,280 − 200) × 95 %
    till.pay()
    assert member_questions.rights(world.actor, made.number, LATER)[0].state == "used"


def test_no_card_shown_no_discount(till: Till) -> None:
    till.scan("19910002046", SCARF)
    assert till.form["presented"] == ["phone"]
    assert "须出示会员卡。" in till.text
    assert till.due == 58000
    assert till.quote(presented="card").due == 55100


def test_a_lost_card_says_whose_it_was_and_opens_nothing(world: World, till: Till) -> None:
    given = read(ReportCardLost, {"member": world.hero})
    members.report_card_lost(actor=world.actor, at=OPENS, given=given)
    till.scan("DN0382", SCARF)
    assert "这张卡（挂失）不能使用。" in till.text
    assert till.form["presented"] == ["none"]
    assert (till.form["member"], till.due) == ([world.hero], 58000)
    assert "卡 DN0382 已挂失，不能凭它打折。" in till.text


def test_a_replaced_card_is_refused_and_the_new_one_is_not(world: World, till: Till) -> None:
    given = read(ReplaceCard, {"member": world.hero, "card": "DN0383"})
    members.replace_card(actor=world.actor, at=OPENS, given=given)
    assert "这张卡（更换）不能使用。" in till.scan("DN0382").text
    assert till.scan("DN0383").form["presented"] == ["card"]


def test_a_suspended_member_is_rung_up_as_a_walk_in(world: World, till: Till) -> None:
    given = read(SuspendMember, {"member": world.hero, "reason": "冒用"})
    members.suspend_member(actor=world.actor, at=OPENS, given=given)
    till.scan("DN0382", SCARF)
    assert "会员资格为“暂停”，不能享受会员待遇。" in till.text
    assert (till.form["member"], till.due) == ([""], 58000)


def test_points_another_till_just_used_are_said_and_the_quote_updated(world: World, till: Till) -> None:
    hero_buys(till)
    given = {
        "member": {"number": world.hero},
        "presented": "card",
        "shop": "XX",
        "points": 50,
        "lines": [{"sku": SHIRT}],
    }
    checkout.commit_sale(actor=world.actor, at=OPENS, given=read(SaleInput, given), key="other till")
    till.pay()
    assert "12 月的 1 次已在 12 月 12 日 用过。下一次在 2027 年 6 月。" in till.text
    assert "报价已更新。" in till.text
    assert till.due == 488300  # 5,140 × 95 %
    assert till.form["sku"] == [COAT, SHIRT, SCARF]
    till.pay()
    assert "已收 ¥4,883.00" in json.loads(till.answer["HX-Trigger"])["said"]["text"]


def test_a_price_that_changed_meanwhile_is_said_before_it_is_paid(world: World, till: Till) -> None:
    till.scan(SCARF)
    price = {
        "sku": SCARF,
        "kind": "promotion",
        "amount": "500.00",
        "shop": "HB",
        "since": "2026-12-12 14:30",
        "name": "特价",
    }
    checkout.set_prices(actor=world.actor, at=OPENS, given=read(PricesInput, {"prices": [price]}))
    till.pay()
    assert "报价已变：现应收 ¥500.00，原为 ¥580.00。" in till.text
    assert till.due == 50000


def test_several_means_come_to_what_is_due(world: World, till: Till) -> None:
    till.scan(SCARF).quote(means="mixed")
    assert (till.form["tender_wechat"], till.form["tender_cash"]) == (["580.00"], ["0.00"])
    till.quote(tender_cash="100")
    assert (till.form["tender_wechat"], till.form["tender_cash"]) == (["480.00"], ["100.00"])
    till.quote(tender_cash="600")
    assert "各种付款合计多出 ¥20.00。" in till.text
    till.quote(tender_cash="80").pay()
    sale = questions.sales(world.actor, limit=1)[0]
    assert sale.document["tenders"] == [["wechat", 50000], ["cash", 8000]]


@pytest.mark.parametrize(
    ("tenders", "before", "due", "after"),
    [
        ((), (), 100, (100, 0, 0, 0)),
        ((100, 0, 0, 0), (100, 0, 0, 0), 150, (150, 0, 0, 0)),  # a line was added
        ((100, 0, 0, 30), (100, 0, 0, 0), 100, (70, 0, 0, 30)),
        ((100, 0, 0, 130), (100, 0, 0, 0), 100, (0, 0, 0, 130)),  # too much: said, never guessed
        ((70, 0, 20, 30), (70, 0, 0, 30), 100, (50, 0, 20, 30)),
    ],
)
def test_what_was_changed_stays_and_the_rest_moves(tenders, before, due, after) -> None:
    means = ("wechat", "alipay", "card", "cash")
    given = tuple(zip(means, tenders, strict=False)), tuple(zip(means, before, strict=False))
    assert balanced(*given, due) == tuple(zip(means, after, strict=True))


def test_a_held_sale_is_taken_up_again(till: Till) -> None:
    hero_buys(till).post("/till/hold")
    said = json.loads(till.answer["HX-Trigger"])["said"]
    assert said["text"] == "已挂单 · 顾清和 · 3 件"
    assert "sku" not in till.form
    till.scan(SCARF)
    assert "顾清和 3 件 · 14:36" in text_of(till.client.get("/till/held", headers={"HX-Request": "true"}))
    assert till.client.get(said["href"])["Location"] == "/till/"
    till.answer = till.client.get("/till/")
    assert (till.form["member"] != [""], till.due) == (True, 478800)
    assert "散客" in text_of(till.client.get("/till/held", headers={"HX-Request": "true"}))


def test_a_page_that_was_closed_loses_nothing(till: Till) -> None:
    key = hero_buys(till).form["key"]
    again = Till(till.client)
    assert (again.due, again.form["key"], again.form["points"]) == (478800, key, ["100"])


def test_clearing_begins_anew(till: Till) -> None:
    hero_buys(till).quote(clear="1")
    assert (till.form["member"], till.due) == ([""], 0)


def test_the_buyer_is_found_by_name_pinyin_and_tail(till: Till) -> None:
    for text in ("顾清和", "guqinghe", "gqh", "2046", "DN0382"):
        assert "顾清和" in text_of(till.client.get("/till/buyers", {"q": text})), text
    nobody = till.client.get("/till/buyers", {"q": "张三丰"})
    assert "没有找到“张三丰”。 新办一张卡？" in text_of(nobody)


def test_the_buyer_may_come_from_her_page_and_leave_again(world: World, till: Till) -> None:
    assert till.client.get(f"/till/?member={world.hero}")["Location"] == "/till/"
    till.answer = till.client.get("/till/")
    assert till.form["member"] == [world.hero]
    till.quote(member="", presented="none")
    assert "散客" in till.text


def test_a_walk_in_pays_the_price_and_earns_nothing(world: World, till: Till) -> None:
    till.scan(SCARF).pay()
    sale = questions.sales(world.actor, limit=1)[0]
    assert (sale.member, sale.paid, sale.document["earned"]) == (None, 58000, {})


def test_the_clerk_named_is_the_one_recorded(world: World, till: Till) -> None:
    assert till.scan(SCARF).form["clerk"] == ["周禾"]
    till.quote(clerk="陆小满").pay()
    assert questions.sales(world.actor, limit=1)[0].clerk == "陆小满"
    assert till.form["clerk"] == ["陆小满"]


def test_nothing_is_sold_of_an_empty_till(world: World, till: Till) -> None:
    till.pay()
    assert "还没有商品。" in till.text
    assert len(questions.sales(world.actor, limit=100)) == 4


def test_the_till_speaks_english(world: World) -> None:
    till = Till(world.client("zhouhe", "en"))
    hero_buys(till)
    assert "Pay with points" in till.text
    assert "2 points for every full ¥100 paid: 47 full." in till.text
    till.pay()
    assert json.loads(till.answer["HX-Trigger"])["said"]["text"] == "Paid ¥4,788.00 · +94 points · now Diamond card"
