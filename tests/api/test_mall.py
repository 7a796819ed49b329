"""The mall through the API: kept, stocked, ordered, handed over, bid for and drawn."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest

from huiguan.api.limits import limiter
from tests.api.test_document import _holds
from tests.api.world import NOW, World, found_world, set_clock
from tests.rewards.pictures import png

MUG = {"code": "MUG", "zh": "搪瓷杯", "en": "Mug", "points": 100, "worth": "20.00"}
TIMES = {"opens": "2026-12-10 10:00", "closes": "2026-12-12 10:00"}


@pytest.fixture
def mall(db: None, settings: Any) -> Iterator[World]:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    limiter.forget()
    yield found_world("neighbourhood")


def member(world: World, points: int) -> str:
    phone = f"1370000{points:04d}"
    number: str = world.post("/members", {"name": "李梅", "phone": phone, "shop": "S1", "profile": {}})["number"]
    given = {"bill": f"OLD-{points}", "points": points, "earned_at": "2026-12-10 09:00"}
    world.post(f"/members/{number}/openings", given)
    return number


def test_every_answer_is_what_the_document_says(mall: World) -> None:
    li, wang = member(mall, 2000), member(mall, 1999)
    order = {"item": "MUG", "member": li, "way": "pickup", "shop": "S1"}
    mixed = {"code": "POT", "sort": "goods", "zh": "砂锅", "en": "Pot", "mixed": True, "worth": "10.00"}
    codes = {"code": "TEL", "sort": "code", "zh": "话费", "en": "Phone credit", "points": 10}
    prizes = [{"item": "MUG", "pieces": 1}]
    told = {"zh": "抽奖", "en": "Draw", "points": 5}
    calls: list[tuple[str, str, Any]] = [
        ("put /mall/zones", "/mall/zones", {"code": "everyday", "zh": "天天小礼", "en": "Everyday"}),
        ("get /mall/zones", "/mall/zones", None),
        ("put /mall/items", "/mall/items", MUG),
        ("put /mall/items", "/mall/items", mixed),
        ("put /mall/items", "/mall/items", codes),
        ("put /mall/items", "/mall/items", {**MUG, "code": "OLD"}),
        ("put /mall/items/{item}/picture", "/mall/items/MUG/picture", {"content": base64.b64encode(png()).decode()}),
        ("post /mall/items/{item}/withdrawal", "/mall/items/OLD/withdrawal", {}),
        ("post /mall/items/{item}/stock", "/mall/items/MUG/stock", {"pieces": 9, "why": "进货"}),
        ("post /mall/items/{item}/stock", "/mall/items/POT/stock", {"pieces": 1, "why": "进货"}),
        ("post /mall/items/{item}/transfers", "/mall/items/MUG/transfers", {"target": "S1", "pieces": 3}),
        ("post /mall/items/{item}/counts", "/mall/items/MUG/counts", {"shop": "S1", "counted": 2}),
        ("post /mall/items/{item}/codes", "/mall/items/TEL/codes", {"codes": ["A-1", "B-2"]}),
        ("get /mall/items/{item}/moves", "/mall/items/MUG/moves", None),
        ("get /mall/items", "/mall/items?search=MUG&limit=1", None),
        ("get /mall/items/{item}", "/mall/items/MUG", None),
        ("get /members/{member}/mall", f"/members/{li}/mall", None),
        ("post /orders", "/orders", order),
        ("post /orders", "/orders", {"item": "POT", "member": li, "way": "delivery", "points": 400}),
        ("post /orders", "/orders", {"item": "TEL", "member": li}),
        ("post /mall/items/{item}/waits", "/mall/items/POT/waits", {"member": wang}),
        ("get /mall/waits", "/mall/waits?item=POT", None),
        ("post /mall/items/{item}/waits/leaving", "/mall/items/POT/waits/leaving", {"member": wang}),
        ("get /orders", "/orders?limit=2", None),
        ("get /members/{member}/orders", f"/members/{li}/orders", None),
        ("post /flash-sales", "/flash-sales", {"code": "F", "item": "MUG", "points": 9, "quantity": 1, **TIMES}),
        ("get /flash-sales", "/flash-sales", None),
        ("post /flash-sales/{flash}/closing", "/flash-sales/F/closing", {"why": "x"}),
        ("post /auctions", "/auctions", {"code": "A", "item": "MUG", "reserve": 100, **TIMES}),
        ("post /auctions", "/auctions", {"code": "B", "item": "MUG", "reserve": 100, **TIMES}),
        ("get /auctions", "/auctions", None),
        ("post /auctions/{auction}/bids", "/auctions/A/bids", {"points": 100, "member": wang}),
        ("get /auctions/{auction}", "/auctions/A", None),
        ("post /auctions/{auction}/withdrawal", "/auctions/B/withdrawal", {"why": "x"}),
        ("post /draws", "/draws", {"code": "D", **told, **TIMES, "prizes": prizes}),
        ("post /draws", "/draws", {"code": "E", **told, **TIMES, "prizes": prizes}),
        ("get /draws", "/draws", None),
        ("post /draws/{draw}/tickets", "/draws/D/tickets", {"member": wang}),
        ("get /draws/{draw}", "/draws/D", None),
        ("get /draws/{draw}/record", "/draws/D/record", None),
        ("post /draws/{draw}/withdrawal", "/draws/E/withdrawal", {"why": "x"}),
    ]  # fmt: skip
    document = mall.browser.get("/api/v1/openapi.json").json()
    asked = set()
    for operation, path, body in calls:
        method, address = operation.split(" ")
        asked.add((method, f"/api/v1{address}"))
        response = mall.call(method.upper(), path, body)
        assert response.status_code in (200, 201) or path == "/draws/D/record", response.content.decode()
        _holds(document, method, address, response)
    steps = _steps(mall, li)
    for address, path, body in steps:
        asked.add(("post", f"/api/v1/orders/{{order}}/{address}"))
        _holds(document, "post", f"/orders/{{order}}/{address}", mall.call("POST", path, body))
    _holds(document, "get", "/orders/{order}", mall.call("GET", steps[0][1].rpartition("/")[0]))
    asked.add(("get", "/api/v1/orders/{order}"))
    ours = ("/api/v1/mall", "/api/v1/orders", "/api/v1/flash-sales", "/api/v1/auctions", "/api/v1/draws")
    assert {(m, p) for p, each in document["paths"].items() for m in each if p.startswith(ours)} <= asked


def _steps(mall: World, li: str) -> list[tuple[str, str, Any]]:
    code, pot, mug = (each["number"] for each in mall.get(f"/members/{li}/orders")["items"])
    mall.post("/mall/items/POT/stock", {"pieces": 1, "why": "进货"})
    more = [
        mall.post("/orders", {"item": "MUG", "member": li, "way": "pickup", "shop": "S1"})["number"] for _ in range(1)
    ]
    return [
        ("payment", f"/orders/{pot}/payment", {"tender": {"means": "wechat", "amount": "6.00"}}),
        ("preparation", f"/orders/{pot}/preparation", {}),
        ("substitution", f"/orders/{pot}/substitution", {"item": "MUG"}),
        ("dispatch", f"/orders/{pot}/dispatch", {"carrier": "顺丰"}),
        ("receipt", f"/orders/{mug}/receipt", {"signed": "李梅"}),
        ("return", f"/orders/{mug}/return", {"why": "裂了"}),
        ("arrangement", f"/orders/{more[0]}/arrangement",
         {"address": {"name": "李梅", "phone": "13800000001", "where": "白鹭街 1 号"}}),
        ("cancellation", f"/orders/{more[0]}/cancellation", {"why": "不要了"}),
        ("return", f"/orders/{code}/return", {"why": "x"}),
    ]  # fmt: skip


def test_what_is_wrong_is_named(mall: World) -> None:
    li = member(mall, 99)
    mall.call("PUT", "/mall/items", MUG)
    wrong = mall.refused("POST", "/orders", {"item": "MUG", "member": li, "way": "delivery"})
    assert (wrong["code"], wrong["clause"], wrong["status"]) == ("BalanceTooLow", "N4-01", 409)
    assert mall.refused("POST", "/orders", {"item": "MUG"})["code"] == "UnknownMember"
    assert mall.refused("PUT", "/mall/items", {**MUG, "points": -1})["field"] == "points"
    assert mall.refused("PUT", "/mall/items", {**MUG, "points": 0})["field"] == "points"
    picture = {"content": base64.b64encode(b"<svg/>").decode()}
    assert mall.refused("PUT", "/mall/items/MUG/picture", picture)["code"] == "PictureWrong"
    assert mall.refused("PUT", "/mall/items/MUG/picture", {"content": "!"})["field"] == "content"
    assert mall.refused("GET", "/draws/NONE/record")["code"] == "DrawUnknown"


def test_a_key_orders_once(mall: World) -> None:
    li = member(mall, 500)
    mall.call("PUT", "/mall/items", MUG)
    mall.post("/mall/items/MUG/stock", {"pieces": 2, "why": "进货"})
    given = {"item": "MUG", "member": li, "way": "delivery"}
    one = mall.post("/orders", given, idem="A")
    assert mall.post("/orders", given, idem="A") == one
    assert mall.get("/mall/items/MUG")["left"] == 1
