"""The mall on a phone: what a thing costs her, ordered and undone, waited for; refused in words, nothing lost."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from huiguan.kernel.inputs import read
from huiguan.rewards import inputs
from huiguan.rewards import operations as rewards
from huiguan.rewards import queries as mall
from tests.portal.world import BASE, Portal, sell
from tests.visits.world import AT, HERS, LONG_GONE


@pytest.fixture
def shelves(portal: Portal) -> Portal:
    """A cup for 60 points, three at the centre; a lamp of 500, one; Lin has 85 points."""
    cup = {"code": "CUP", "zh": "青瓷杯", "en": "Celadon cup", "points": 60, "about_zh": "一只", "about_en": "One"}
    lamp = {"code": "LAMP", "zh": "床头灯", "en": "Lamp", "points": 500}
    for item, pieces in ((cup, 3), (lamp, 1)):
        rewards.keep_item(actor=portal.actor, at=AT, given=read(inputs.KeepItem, item))
        stock = {"item": item["code"], "pieces": pieces, "why": "进货"}
        rewards.move_stock(actor=portal.actor, at=AT, given=read(inputs.StockInput, stock))
    return portal


def page(client: Client, path: str) -> str:
    answer = client.get(f"{BASE}mall/{path}")
    assert answer.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def points(client: Client) -> str:
    found = re.search(r"可用 ([\d,]+) 分", page(client, ""))
    assert found is not None
    return found[1]


DELIVERY = {"way": "delivery", "address_name": "林溪", "address_phone": HERS, "address_where": "白鹭街 3 号"}


def test_she_has_a_cup_sent_and_changes_her_mind(shelves: Portal) -> None:
    client = shelves.browser(HERS)
    assert "青瓷杯" in page(client, "") and "60 分" in page(client, "") and points(client) == "85"
    done = client.post(f"{BASE}mall/items/CUP/order", {**DELIVERY, "key": "o1"})
    assert done.status_code == 302
    order = done["Location"].removeprefix(f"{BASE}mall/")
    told = page(client, order)
    assert "青瓷杯" in told and "待备货" in told and "白鹭街 3 号" in told and points(client) == "25"
    again = client.post(f"{BASE}mall/items/CUP/order", {**DELIVERY, "key": "o1"})  # pressed twice
    assert again["Location"] == done["Location"] and points(client) == "25"
    assert client.post(f"{BASE}mall/{order}cancel").status_code == 302
    assert "已取消" in page(client, order) and points(client) == "85"


def test_what_is_out_of_reach_says_how_far(shelves: Portal) -> None:
    client = shelves.browser(HERS)
    assert "85" in page(client, "items/LAMP/") and "500" in page(client, "items/LAMP/")
    refused = client.post(f"{BASE}mall/items/LAMP/order", DELIVERY)
    assert (refused.status_code == 409 and "兑换" in refused.content.decode()) or "分" in refused.content.decode()
    assert points(client) == "85"


def test_an_address_that_is_missing_is_asked_for_and_the_rest_stays(shelves: Portal) -> None:
    client = shelves.browser(HERS)
    wrong = client.post(f"{BASE}mall/items/CUP/order", {**DELIVERY, "address_where": ""})
    assert wrong.status_code == 422 and 'value="林溪"' in wrong.content.decode() and points(client) == "85"


def test_an_order_is_its_members_alone(shelves: Portal) -> None:
    hers, another = shelves.browser(HERS), shelves.browser(LONG_GONE)
    order = hers.post(f"{BASE}mall/items/CUP/order", DELIVERY)["Location"]
    for deed in ("", "cancel", "return"):
        answer = another.get(order + deed) if not deed else another.post(order + deed)
        assert answer.status_code == 404, deed
    assert "白鹭街" not in another.get(f"{BASE}mall/orders/").content.decode()


def test_a_bid_is_held_and_told(shelves: Portal) -> None:
    auction: dict[str, Any] = {
        "code": "A1", "item": "LAMP", "reserve": 50, "step": 10, "opens": "2026-12-12 09:00", "closes": "2026-12-13 20:00",
    }  # fmt: skip
    rewards.open_auction(actor=shelves.actor, at=AT, given=read(inputs.OpenAuction, auction))
    client = shelves.browser(HERS)
    low = client.post(f"{BASE}mall/auctions/A1/bid", {"points": "49"})
    assert low.status_code == 409 and 'value="49"' in low.content.decode()
    assert client.post(f"{BASE}mall/auctions/A1/bid", {"points": "60"}).status_code == 302
    assert "您领先" in page(client, "auctions/A1/") and points(client) == "25"
    sell(shelves, shelves.su, "WOK", bill="GY1-9")
    other = shelves.browser(LONG_GONE)
    told = page(other, "auctions/A1/")
    assert "林溪" not in told and shelves.lin.number not in told and "至少 70 分" in told
    assert other.post(f"{BASE}mall/auctions/A1/bid", {"points": "70"}).status_code == 302
    assert points(client) == "85"


def test_a_draw_tells_her_tickets_and_the_odds(shelves: Portal) -> None:
    draw: dict[str, Any] = {
        "code": "D1", "zh": "年末抽签", "en": "Draw", "points": 10, "opens": "2026-12-12 09:00",
        "closes": "2026-12-13 20:00", "prizes": [{"item": "CUP", "pieces": 1}],
    }  # fmt: skip
    rewards.open_draw(actor=shelves.actor, at=AT, given=read(inputs.OpenDraw, draw))
    client = shelves.browser(HERS)
    assert client.post(f"{BASE}mall/draws/D1/enter", {"tickets": "2"}).status_code == 302
    told = page(client, "draws/D1/")
    mine = mall.draw(shelves.member(shelves.lin), "D1", AT).mine
    assert len(mine) == 2 and str(mine[0]["word"]) in told and "1/2" in told and points(client) == "65"
    assert client.post(f"{BASE}mall/draws/D1/enter", {"tickets": "99"}).status_code in (409, 422)
