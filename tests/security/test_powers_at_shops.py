"""A power counts at the shops it was given for, through every address of the API."""

from __future__ import annotations

from tests.api.world import World, make_key, sale


def test_points_become_gifts_only_where_one_sells(world: World) -> None:
    li = world.enrol()
    world.sell(li)
    here = make_key(world.actor, "till", ["sell"], ["S1"])
    asked = {"member": li, "points": 5}
    assert world.refused("POST", "/redemptions", {**asked, "shop": "S2"}, key=here)["code"] == "Forbidden"
    assert world.get(f"/members/{li}/redemptions")["items"] == []
    both = make_key(world.actor, "region", ["sell"], ["S1", "S2"])
    assert world.refused("POST", "/redemptions", asked, key=both)["code"] == "ShopNeeded"
    assert world.post("/redemptions", asked, key=here)["units"] == 5


def test_a_gift_comes_back_where_it_was_handed_over(world: World) -> None:
    li = world.enrol()
    world.sell(li)
    had = world.post("/redemptions", {"member": li, "points": 5, "shop": "S1"})["id"]
    there, here = (make_key(world.actor, shop, ["return"], [shop]) for shop in ("S2", "S1"))
    assert world.refused("POST", f"/redemptions/{had}/return", {}, key=there)["code"] == "Forbidden"
    assert world.post(f"/redemptions/{had}/return", {}, key=here)["returned_at"] is not None


def test_money_goes_back_where_it_was_taken(world: World) -> None:
    asked = {"amount": "50.00", "means": "terminal", "purpose": "top_up", "subject": "7", "title": "充值", "shop": "S1"}
    paid = world.post("/payments", asked)["number"]
    there, here = (make_key(world.actor, shop, ["sell", "return"], [shop]) for shop in ("S2", "S1"))
    back = {"amount": "50.00", "reason": "退"}
    assert world.refused("POST", f"/payments/{paid}/refunds", back, key=there)["code"] == "Forbidden"
    assert world.get(f"/payments/{paid}")["refunded"] == "0.00"
    assert world.post(f"/payments/{paid}/refunds", back, key=here)["refunded"] == "50.00"


def test_sales_are_not_read_by_whoever_only_enrols(world: World) -> None:
    made = world.sell(world.enrol())
    desk = make_key(world.actor, "desk", ["enrol", "read_rulebook"])
    for path in ("/sales", f"/sales/{made['id']}", f"/sales/{made['id']}/returns"):
        assert world.refused("GET", path, key=desk)["code"] == "Forbidden"
    for power in ("sell", "return", "void", "read_members"):
        assert len(world.get("/sales", key=make_key(world.actor, power, [power]))["items"]) == 1
    assert world.get("/sales", key=make_key(world.actor, "other shop", ["sell"], ["S2"]))["items"] == []


def test_a_buyer_is_named_once(world: World) -> None:
    li, wang = world.enrol(card="CLI1"), world.enrol(card="CWANG")
    for named in ({}, {"card": None}, {"number": li, "card": "CWANG"}, {"number": li, "card": "CLI1"}):
        told = world.refused("POST", "/sales", {**sale(None), "member": named, "presented": "card"})
        assert (told["code"], told["field"]) == ("InvalidInput", "member")
    assert [each["items"] for each in (world.get("/sales"), world.get(f"/members/{wang}/entries"))] == [[], []]


def test_prices_of_a_shop_are_set_by_who_keeps_its_goods(world: World) -> None:
    here = make_key(world.actor, "goods", ["catalogue"], ["S1"])
    price = {"sku": "PIN", "kind": "promotion", "amount": "66.00", "since": "2026-12-01"}
    told = world.refused("PUT", "/prices", {"prices": [{**price, "shop": "S2"}]}, key=here)
    assert told["code"] == "Forbidden"
    assert world.call("PUT", "/prices", {"prices": [{**price, "shop": "S1"}]}, key=here).status_code == 200
