"""The front page and the search over every page."""

from __future__ import annotations

from tests.console.forms import PART, Till, text_of
from tests.console.world import SCARF, World


def test_the_front_page_counts_today(world: World) -> None:
    clerk = world.client("zhouhe")
    assert "今日实收 ¥0.00" in text_of(clerk.get("/"))
    Till(clerk).scan("DN0382", SCARF).pay()
    Till(clerk).scan(SCARF).pay()
    page = text_of(clerk.get("/"))
    for said in ("今日实收 ¥1,131.00", "单数 2", "会员单 1", "发出积分 +10", "设计师女装会员章程"):
        assert said in page.replace("  ", " "), said


def test_a_held_sale_waits_on_the_front_page(world: World) -> None:
    clerk = world.client("zhouhe")
    Till(clerk).scan(SCARF).post("/till/hold")
    assert "挂着的单 1" in text_of(clerk.get("/"))


def test_a_word_finds_members_sales_products_and_clauses(world: World) -> None:
    clerk = world.client("zhouhe")

    def found(word: str) -> str:
        return text_of(clerk.get("/search", {"q": word}, headers=PART))

    assert "顾清和 DN0382 · ****2046" in found("gqh")
    assert "HB1-1122-0019 ¥1,558.00" in found("hb1-1122-0019")
    assert "DN26W-0907" in found("DN26W-0907")
    assert "第 (四)1 条" in found("清零")
    assert "没有找到“张三丰”。" in found("张三丰")
    assert "顾清和" in text_of(clerk.get("/search", {"q": "gqh"}))


def test_a_found_product_goes_to_the_till(world: World) -> None:
    clerk = world.client("zhouhe")
    assert f'href="/till/?scan={SCARF}"' in clerk.get("/search", {"q": SCARF}, headers=PART).content.decode()
    assert clerk.get(f"/till/?scan={SCARF}")["Location"] == "/till/"
    assert Till(clerk).due == 58000


def test_who_may_not_see_members_finds_none(world: World) -> None:
    auditor = world.client("wenjian")
    assert "顾清和" in text_of(auditor.get("/search", {"q": "gqh"}, headers=PART))
    assert f"没有找到“{SCARF}”。" in text_of(auditor.get("/search", {"q": SCARF}, headers=PART))
