"""Sales through the API: quoted, committed, read again, in batches, returned, voided."""

from __future__ import annotations

from tests.api.world import World, later, sale, set_clock


def test_a_quote_writes_nothing_and_a_commit_stands(world: World) -> None:
    member = world.enrol()
    quote = world.post("/quotes", sale(member, ("COAT", 1), ("SCARF", 2)), 200)
    assert (quote["id"], quote["paid"], quote["earned"]) == ("", "1900.00", {"points": 38})
    assert world.get("/sales")["items"] == []
    made = world.sell(member, ("COAT", 1), ("SCARF", 2), quoted="1900.00")
    assert made["paid"] == "1900.00"
    assert made["off"] == {"member": "100.00"}
    assert made["member"] == member
    assert made["balance"] == {"points": 38}
    assert world.get(f"/sales/{made['id']}") == made
    assert world.get(f"/sales/{made['number']}")["id"] == made["id"]


def test_points_pay_before_the_discount_in_december(world: World) -> None:
    member = world.enrol()
    world.sell(member, ("COAT", 6), at="2026-03-01 12:00")
    made = world.sell(member, ("COAT", 1), points=100)
    assert made["used"] == {"points": 100}
    assert made["off"] == {"points": "100.00", "member": "45.00"}
    assert made["paid"] == "855.00"


def test_the_same_key_gets_the_first_answer_and_another_body_is_refused(world: World) -> None:
    member = world.enrol()
    first = world.post("/sales", sale(member), idem="till-1")
    again = world.post("/sales", sale(member), idem="till-1")
    assert again == {**first, "replayed": True}
    told = world.refused("POST", "/sales", sale(member, ("SCARF", 1)), idem="till-1")
    assert (told["code"], told["status"], told["field"]) == ("KeyReused", 422, "Idempotency-Key")
    assert len(world.get("/sales")["items"]) == 1


def test_a_walk_in_pays_the_promotion_of_its_shop(world: World) -> None:
    made = world.post("/sales", sale(None, ("PIN", 2), shop="S2"))
    assert (made["member"], made["paid"], made["earned"]) == (None, "198.00", {})
    assert world.post("/sales", sale(None, ("PIN", 2)))["paid"] == "398.00"


def test_a_batch_answers_each_for_itself(world: World) -> None:
    member = world.enrol()
    sales = [
        {**sale(member), "key": "a"},
        {**sale(member, ("NOTHING", 1)), "key": "b"},
        {**sale(member), "key": "a"},
        {**sale(member, ("SCARF", 1)), "key": "a"},
        {**sale(member, ("SCARF", 1))},
        {"key": "f", "lines": []},
        {**sale(None, ("SCARF", 1)), "key": "g"},
    ]
    answers = world.post("/sales/batch", {"sales": sales}, 200)["answers"]
    assert [each["key"] for each in answers] == ["a", "b", "a", "a", None, "f", "g"]
    assert [each["status"] for each in answers] == [201, 422, 201, 422, 400, 422, 201]
    codes = [each["problem"] and each["problem"]["code"] for each in answers]
    assert codes == [None, "UnknownSku", None, "KeyReused", "IdempotencyKeyMissing", "InvalidInput", None]
    assert answers[1]["problem"]["field"] == "lines.0.sku"
    assert answers[2]["sale"] == {**answers[0]["sale"], "replayed": True}
    assert world.get(f"/members/{member}/balances")["balances"] == {"points": 18}


def test_a_batch_has_bounds(world: World) -> None:
    one = {**sale(None), "key": "a"}
    for wrong in ({"sales": []}, {"sales": [one] * 1001}, {"sales": "all"}, {}, [], {"sales": [one], "more": 1}):
        assert world.refused("POST", "/sales/batch", wrong)["code"] == "InvalidInput"


def test_sales_come_in_pages_newest_first(world: World) -> None:
    member, other = world.enrol(), world.enrol()
    made = [world.sell(member, at=f"2026-0{month}-01 10:00")["id"] for month in range(3, 8)]
    world.sell(other)
    first = world.get(f"/sales?member={member}&limit=2")
    second = world.get(f"/sales?member={member}&limit=2&cursor={first['next']}")
    third = world.get(f"/sales?member={member}&limit=2&cursor={second['next']}")
    told = [each["id"] for page in (first, second, third) for each in page["items"]]
    assert told == made[::-1]
    assert third["next"] is None
    assert world.refused("GET", "/sales?cursor=zzz")["field"] == "cursor"
    assert world.refused("GET", "/sales?limit=0")["field"] == "limit"
    assert world.refused("GET", "/sales?limit=x")["field"] == "limit"


def test_a_return_is_previewed_made_and_listed(world: World) -> None:
    member = world.enrol()
    made = world.sell(member, ("COAT", 1), ("SCARF", 2))
    line = {"lines": [{"line": 2, "quantity": 1}]}
    preview = world.post(f"/sales/{made['id']}/return-previews", line, 200)
    assert (preview["id"], preview["refund"], preview["taken_back"]) == ("", "475.00", {"points": 10})
    back = world.post(f"/sales/{made['id']}/returns", line, idem="r-1")
    assert back == {**preview, "id": f"{made['id']}.1", "at": back["at"], "balance": {"points": 28}}
    assert world.post(f"/sales/{made['id']}/returns", line, idem="r-1") == back
    assert (
        world.refused("POST", f"/sales/{made['id']}/returns", line | {"reason": "x"}, idem="r-1")["code"] == "KeyReused"
    )
    (listed,) = world.get(f"/sales/{made['id']}/returns")["items"]
    assert (listed["id"], listed["kept"]) == (back["id"], [1, 1])
    told = world.refused("POST", f"/sales/{made['id']}/returns", {"lines": [{"line": 2, "quantity": 2}]})
    assert (told["code"], told["field"]) == ("MoreThanSold", "lines.0.quantity")


def test_a_shortfall_is_named_in_yuan_and_settled(world: World) -> None:
    member = world.enrol()
    made = world.sell(member, ("COAT", 6), at="2026-06-01 10:00")
    world.post("/redemptions", {"member": member, "points": 110, "gift": "茶具"})
    told = world.refused("POST", f"/sales/{made['id']}/returns")
    assert (told["code"], told["field"], told["clause"]) == ("ShortfallUnsettled", "settle", "B55-23")
    assert told["values"]["worth"] == "110.00"
    back = world.post(f"/sales/{made['id']}/returns", {"settle": {"way": "cash"}})
    assert (back["claim"], back["refund"]) == ("110.00", "5590.00")
    assert world.refused("POST", f"/sales/{made['id']}/returns")["code"] == "AlreadyReturned"


def test_a_sale_of_the_day_may_be_voided(world: World) -> None:
    member = world.enrol()
    made = world.sell(member)
    assert world.refused("POST", f"/sales/{made['id']}/voiding", {})["field"] == "reason"
    assert world.post(f"/sales/{made['id']}/voiding", {"reason": "打错了"})["kind"] == "void"
    old = world.sell(member)
    set_clock(later(days=1))
    assert world.refused("POST", f"/sales/{old['id']}/voiding", {"reason": "x"})["code"] == "VoidWindowClosed"


def test_gifts_for_points_come_and_go_back(world: World) -> None:
    member = world.enrol()
    world.sell(member, ("COAT", 5), at="2026-06-01 10:00")
    made = world.post("/redemptions", {"member": member, "points": 60, "gift": "茶具"})
    assert (made["member"], made["units"], made["balance"]) == (member, 60, {"points": 34})
    assert world.refused("POST", "/redemptions", {"member": member, "points": 60})["code"] in (
        "LimitReached",
        "BalanceTooLow",
    )
    back = world.post(f"/redemptions/{made['id']}/return", {})
    assert back["balance"] == {"points": 94}
    (listed,) = world.get(f"/members/{member}/redemptions")["items"]
    assert (listed["id"], listed["returned_at"]) == (made["id"], back["returned_at"])
    assert world.refused("POST", f"/redemptions/{made['id']}/return", {})["code"] == "GiftAlreadyReturned"
