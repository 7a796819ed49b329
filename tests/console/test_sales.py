"""Sales and what comes back of them: found, previewed, made, settled, voided."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as questions
from huiguan.checkout.inputs import RedeemInput, SaleInput
from huiguan.checkout.values import SaleView
from huiguan.kernel.inputs import read
from huiguan.members import queries as members
from tests.console.forms import PART, form_of, text_of
from tests.console.world import COAT, LATER, OPENS, SCARF, SHIRT, World


@pytest.fixture
def clerk(world: World) -> Client:
    return world.client("zhouhe")


def sold(world: World, key: str = "k", **more: Any) -> SaleView:
    """The hero's purchase of 12 December, or another."""
    given = {
        "member": {"number": world.hero}, "presented": "card", "shop": "HB", "clerk": "周禾", "points": 100,
        "lines": [{"sku": COAT}, {"sku": SHIRT}, {"sku": SCARF}], "number": "HB2-1212-0047", **more,
    }  # fmt: skip
    return checkout.commit_sale(actor=world.actor, at=OPENS, given=read(SaleInput, given), key=key)


def plan(client: Client, sale: SaleView, *back: int, **more: str) -> HttpResponse:
    return client.post(f"/sales/{sale.id}/return/plan", {"back": list(back), **more}, headers=PART)


def give_back(client: Client, sale: SaleView, *back: int, **more: str) -> HttpResponse:
    return client.post(f"/sales/{sale.id}/return", {"back": list(back), **more})


# ---- finding and reading ---------------------------------------------------------------------------------------------


def test_a_receipt_leads_to_its_return_and_a_number_to_its_sale(world: World, clerk: Client) -> None:
    sale = sold(world)
    assert clerk.get("/sales/returns?q=hb2-1212-0047")["Location"] == f"/sales/{sale.id}/return"
    assert clerk.get("/sales/?q=HB2-1212-0047")["Location"] == f"/sales/{sale.id}/"
    assert "HB2-1212-0047" in text_of(clerk.get("/sales/returns?q=顾清和"))
    assert "没有这张销售单：HB9。" in text_of(clerk.get("/sales/returns?q=HB9"))
    assert clerk.get("/till/returns")["Location"] == "/sales/returns"


def test_a_sale_tells_how_it_came_about(world: World, clerk: Client) -> None:
    page = text_of(clerk.get(f"/sales/{sold(world).id}/"))
    for said in (
        "HB2-1212-0047", "湖滨店 · 2026-12-12 14:36 · 导购 周禾", "吊牌价 3 件 5,240.00", "双十二促销第 3 行 −100.00",
        "积分抵扣100 分 第 (四)3 条 −100.00", "积分卡会员 9.5 折× 5% 第 (三) 条 −252.00", "实收 ¥4,788.00",
        "+94 分", "晋级钻卡会员", "生日在 5 月", "收后积分 136", "会员卡 DN0382",
    ):  # fmt: skip
        assert said in page, said


def test_the_list_shows_the_shops_own_sales(world: World, clerk: Client) -> None:
    sold(world)
    sold(world, "x", shop="XX", number="XX1-0001", points=0)
    page = text_of(clerk.get("/sales/"))
    assert "HB2-1212-0047" in page
    assert "XX1-0001" not in page
    owner = world.client("shenlingyi")
    assert "XX1-0001" in text_of(owner.get("/sales/?shop=XX"))
    assert "HB2-1212-0047" not in text_of(owner.get("/sales/?shop=XX"))


def test_another_shops_sale_is_not_there(world: World, clerk: Client) -> None:
    other = sold(world, "x", shop="XX", number="XX1-0001", points=0)
    answer = clerk.get(f"/sales/{other.id}/")
    assert answer.status_code == 404
    assert "没有这张销售单" in text_of(answer)


# ---- coming back -----------------------------------------------------------------------------------------------------


def test_a_return_is_previewed_before_it_is_made(world: World, clerk: Client) -> None:
    sale = sold(world)
    assert "选要退的件数" in text_of(clerk.get(f"/sales/{sale.id}/return"))
    told = text_of(plan(clerk, sale, 0, 1, 0))
    # the coat and the scarf with 100 points: (3,280 + 580 − 100) × 95 % = 3,572; 35 full hundreds give 70
    for said in (
        "应退货款留下的部分重算为 ¥3,572.00 1,216.00",
        "扣回积分 −24",
        "等级恢复为 积分卡会员",
        "应退 ¥1,216.00",
        "退后积分 112",
    ):
        assert said in told, said
    assert world.points() == 136
    give_back(clerk, sale, 0, 1, 0, key="r", reason="尺码不合")
    page = text_of(clerk.get(f"/sales/{sale.id}/"))
    assert "已退 ¥1,216.00 · 扣回 24 分 · 恢复为积分卡会员" in page
    assert "退过一部分" in page
    assert "真丝提花衬衫 × 1 · 尺码不合" in page
    assert world.points() == 112
    assert members.member(world.actor, world.hero, LATER).tier == "points_card"


def test_the_same_return_twice_is_one(world: World, clerk: Client) -> None:
    sale = sold(world)
    for _ in range(2):
        assert give_back(clerk, sale, 0, 1, 0, key="r")["Location"] == f"/sales/{sale.id}/"
    assert questions.left_of(world.actor, sale.id) == [1, 0, 1]


def test_everything_that_comes_back_gives_the_points_back(world: World, clerk: Client) -> None:
    sale = sold(world)
    told = text_of(plan(clerk, sale, 1, 1, 1))
    for said in ("退回积分 +100", "扣回积分 −94", "应退 ¥4,788.00", "退后积分 142"):
        assert said in told, said
    give_back(clerk, sale, 1, 1, 1)
    assert world.points() == 142
    assert "已全退" in text_of(clerk.get(f"/sales/{sale.id}/"))
    assert "这张单已全部退回。" in text_of(clerk.get(f"/sales/{sale.id}/return"))


def test_more_than_was_sold_is_refused_and_changes_nothing(world: World, clerk: Client) -> None:
    sale = sold(world)
    assert "第 2 行只余 1 件可退，要退 2 件。" in text_of(plan(clerk, sale, 0, 2, 0))
    assert "第 2 行只余 1 件可退，要退 2 件。" in text_of(give_back(clerk, sale, 0, 2, 0))
    assert questions.returns_of(world.actor, sale.id) == []
    assert "选要退的件数" in text_of(give_back(clerk, sale, 0, 0, 0))


def spent(world: World) -> tuple[SaleView, str]:
    """A sale whose points went into a gift; the sale and the redemption."""
    sale = sold(world, points=0)
    given = read(RedeemInput, {"member": {"number": world.hero}, "points": 200, "gift": "真丝方巾", "shop": "HB"})
    return sale, checkout.redeem_points(actor=world.actor, at=OPENS, given=given).id


def test_a_shortfall_offers_its_choices_and_waits(world: World, clerk: Client) -> None:
    sale, _ = spent(world)  # 142 + 96 − 200 leaves 38
    assert world.points() == 38
    told = plan(clerk, sale, 1, 1, 1)
    for said in (
        "应扣 96 分，现有 38 分，差 58 分：退回礼品，或补 ¥58.00。",
        "补现金 ¥58.00",
        "退回礼品：真丝方巾（200 分）",
        "先选怎么补差的分。",
    ):
        assert said in text_of(told), said
    assert "disabled" in told.content.decode()
    assert "结清后才能退货" in text_of(give_back(clerk, sale, 1, 1, 1))
    assert world.points() == 38


def test_a_shortfall_is_settled_in_money(world: World, clerk: Client) -> None:
    sale, _ = spent(world)
    assert "应退 ¥4,825.00" in text_of(plan(clerk, sale, 1, 1, 1, way="cash"))  # 4,883 − 58
    give_back(clerk, sale, 1, 1, 1, way="cash")
    page = text_of(clerk.get(f"/sales/{sale.id}/"))
    assert "已退 ¥4,825.00 · 扣回 38 分" in page
    assert "差的分按现金补 ¥58.00，已从退款里扣。" in page
    assert world.points() == 0


def test_a_shortfall_is_settled_with_the_gift(world: World, clerk: Client) -> None:
    sale, gift = spent(world)
    give_back(clerk, sale, 1, 1, 1, way=f"gift:{gift}")
    page = text_of(clerk.get(f"/sales/{sale.id}/"))
    assert "已退 ¥4,883.00 · 扣回 96 分" in page
    assert world.points() == 142  # 38 + 200 − 96


def test_a_walk_ins_goods_come_back_too(world: World, clerk: Client) -> None:
    given = {"shop": "HB", "lines": [{"sku": SCARF, "quantity": 2}]}
    sale = checkout.commit_sale(actor=world.actor, at=OPENS, given=read(SaleInput, given), key="w")
    assert "应退 ¥580.00" in text_of(plan(clerk, sale, 1))
    give_back(clerk, sale, 1)
    form = form_of(clerk.get(f"/sales/{sale.id}/return"))
    assert form["back"] == ["0"]
    assert "买 2" in text_of(clerk.get(f"/sales/{sale.id}/return"))


# ---- voiding ---------------------------------------------------------------------------------------------------------


def test_a_manager_voids_a_sale_of_today(world: World) -> None:
    sale, manager = sold(world), world.client("hezhiwei")
    assert "整单撤回" in text_of(manager.get(f"/sales/{sale.id}/void", headers=PART))
    manager.post(f"/sales/{sale.id}/void", {"reason": "收错了人", "key": "v"})
    page = text_of(manager.get(f"/sales/{sale.id}/"))
    assert "已作废 · 退 ¥4,788.00" in page
    assert "收错了人" in page
    assert world.points() == 142
    again = manager.post(f"/sales/{sale.id}/void", {"reason": "再来"})
    assert 'role="alert"' in again.content.decode()
    assert len(questions.returns_of(world.actor, sale.id)) == 1


def test_an_old_sale_cannot_be_voided_and_a_clerk_cannot_void(world: World, clerk: Client) -> None:
    manager = world.client("hezhiwei")
    old = questions.sale(world.actor, "HB1-1122-0019")
    assert "/void" not in manager.get(f"/sales/{old.id}/").content.decode()
    assert "只能作废当日且未退过货的单" in text_of(manager.post(f"/sales/{old.id}/void", {"reason": "迟了"}))
    assert clerk.post(f"/sales/{sold(world).id}/void", {"reason": "x"}).status_code == 403
    read = (
        world.client("wenjian").get(f"/sales/{old.id}/").content.decode()
    )  # who audits reads, and is offered nothing else
    assert f"/sales/{old.id}/receipt" in read
    assert f"/sales/{old.id}/return" not in read and f"/sales/{old.id}/invoice" not in read


def test_no_such_sale_and_no_such_gift(world: World, clerk: Client) -> None:
    for where in ("/sales/9-99/", "/sales/nothing/return", "/sales/gifts/9-99", "/sales/gifts/x"):
        assert clerk.get(where).status_code == 404, where
