"""The feed as programs read it: in order, of their shops, with the thing itself as it was then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiguan.foundation import outbox
from huiguan.ledger import operations as ledger
from huiguan.programme import operations as drafts
from huiguan.programme.inputs import OpenDraft
from tests.api.world import NOW, POWERS, World, make_key

FIELDS = {"id", "type", "at", "written_at", "member", "shop", "cause", "clause", "data"}


def page(world: World, query: str = "", **more: Any) -> Any:
    return world.get(f"/events?{query}", **more)


def end(world: World) -> str:
    return str(page(world, "after=end")["next"])


def types(told: Any) -> list[str]:
    return [each["type"] for each in told["items"]]


def test_a_members_life_in_order(world: World) -> None:
    begin = end(world)
    number = world.enrol(card="C-1")
    sold = world.sell(number, ("COAT", 1), ("SCARF", 2))
    world.post(f"/sales/{sold['id']}/returns", {"lines": [{"line": 1, "quantity": 1}]})
    world.call("PATCH", f"/members/{number}/profile", {"profile": {"style": "华丽"}})
    world.post(f"/members/{number}/card-loss", {})
    world.post(f"/members/{number}/card-replacement", {"card": "C-2"})
    world.post(f"/members/{number}/suspension", {"reason": "x"})
    told = page(world, f"after={begin}")
    assert types(told) == [
        "MemberEnrolled", "RightGranted", "SaleCommitted", "SaleReturned", "ProfileChanged", "CardLost", "CardReplaced",
        "CardIssued", "StandingChanged",
    ]  # fmt: skip
    assert all(set(each) == FIELDS for each in told["items"])
    assert {each["member"] for each in told["items"]} == {number}
    assert told["next"] == told["items"][-1]["id"] and told["more"] is False
    by_type = {each["type"]: each for each in told["items"]}
    sale = by_type["SaleCommitted"]
    assert sale["data"] == world.get(f"/sales/{sold['id']}"), "the sale as the API tells it"
    assert (sale["shop"], sale["cause"], sale["at"]) == ("S1", None, sold["at"])
    returned = by_type["SaleReturned"]
    assert returned["cause"] == f"sale:{sold['id']}"
    recorded = world.get(f"/sales/{sold['id']}/returns")["items"][0]
    assert returned["data"] == {**recorded, "sale": sold["id"], "number": sold["number"]}
    assert by_type["MemberEnrolled"]["data"]["card"] == "C-1"
    assert by_type["ProfileChanged"]["data"]["changed"] == ["style"], "the names of the fields, not what stands in them"
    assert by_type["CardLost"]["data"] == {"what": "card", "before": "active", "after": "lost", "card": "C-1"}
    assert by_type["CardIssued"]["data"]["replaces"] == "C-1"
    assert by_type["StandingChanged"]["data"] == {"what": "standing", "before": "active", "after": "suspended"}


def test_an_event_tells_what_was_true_then(world: World) -> None:
    """A card replaced since is told as it was issued; a gift that came back as it was redeemed."""
    number = world.enrol(card="C-1")
    world.sell(number, ("COAT", 10))
    begin = end(world)
    redeemed = world.post("/redemptions", {"member": number, "points": 100, "gift": "丝巾", "shop": "S1"})
    world.post(f"/redemptions/{redeemed['id']}/return", {})
    first, second = page(world, f"after={begin}")["items"]
    assert (first["type"], second["type"]) == ("PointsRedeemed", "GiftReturned")
    assert first["data"] == {
        "reference": redeemed["id"], "unit": "points", "units": 100, "gift": "丝巾", "coupon": None,
    }  # fmt: skip
    assert first["clause"] == "B55-20" and first["shop"] == "S1"


def test_expiry_names_its_clause_and_moment(world: World) -> None:
    number = world.enrol(at="2026-02-01 10:00")
    world.sell(number, ("COAT", 2), at="2026-03-01 10:00")
    begin = end(world)
    ledger.expire_due(programme=world.actor.programme, at=NOW + timedelta(days=400))
    (expired,) = page(world, f"after={begin}&types=PointsExpired")["items"]
    assert expired["data"] == {"units": {"points": 38}}  # 2,000 yuan at 95 %, a point for every fifty
    assert expired["clause"] and expired["member"] == number and expired["cause"] == "expiry"
    assert expired["at"].startswith("2027-12-31T16:00:00"), "the moment they died, whenever the night was written"


def test_a_merge_and_a_frozen_card_are_told(world: World) -> None:
    first, second = world.enrol("李梅", card="C-1"), world.enrol("李梅", card="C-2")
    begin = end(world)
    world.post("/members/" + first + "/merges", {"absorb": second, "reason": "同一人"})
    told = page(world, f"after={begin}")
    merged = next(each for each in told["items"] if each["type"] == "MembersMerged")
    assert (merged["member"], merged["data"]["after"], merged["cause"]) == (first, second, "同一人")
    standing = next(each for each in told["items"] if each["type"] == "StandingChanged")
    assert (standing["member"], standing["data"]["after"]) == (second, "merged")


def test_an_invoice_and_a_closed_day_are_told_to_those_who_issue_and_close(world: World) -> None:
    sale = world.sell(None, ("COAT", 1))
    begin = end(world)
    asked = world.post(f"/sales/{sale['id']}/invoices", {"title": "李梅"})
    world.post(f"/invoices/{asked['id']}/issue", {"number": "25117000000012345678"})
    day = world.post("/shops/S1/day-closes", {})
    office = make_key(world.actor, "office", ["invoice", "close_day"], ["S1"])
    told = page(world, f"after={begin}", key=office)
    assert types(told) == ["InvoiceAsked", "InvoiceIssued", "DayClosed"]
    assert told["items"][1]["data"] == {
        "reference": asked["id"], "sale": sale["id"], "kind": "personal", "title": "李梅", "amount": "1000.00",
        "number": "25117000000012345678",
    }  # fmt: skip
    assert told["items"][2]["data"] == {"reference": f"S1/{day['number']}", "day": day["day"], "number": day["number"]}
    assert types(page(world, f"after={begin}", key=make_key(world.actor, "till", ["sell"]))) == []


def test_pages_and_cursors(world: World) -> None:
    begin = end(world)
    number = world.enrol()
    sales = [world.sell(number)["id"] for _ in range(5)]
    seen: list[str] = []
    cursor = begin
    while True:
        told = page(world, f"after={cursor}&limit=2&types=SaleCommitted")
        seen += [each["data"]["id"] for each in told["items"]]
        cursor = told["next"]
        if not told["more"]:
            break
    assert seen == sales
    again = page(world, f"after={begin}&limit=200")
    assert page(world, f"after={begin}&limit=200") == again, "asked again it is the same"
    one = again["items"][1]
    assert world.get(f"/events/{one['id']}") == one


def test_a_client_hears_of_its_shops_and_powers_only(world: World) -> None:
    number = world.enrol()
    begin = end(world)
    here = world.sell(number)
    there = world.sell(number, shop="S2")
    world.post(f"/members/{number}/suspension", {"reason": "x"})
    till = make_key(world.actor, "till", ["sell"], ["S2"])
    told = page(world, f"after={begin}", key=till)
    assert [(each["type"], each["data"].get("id")) for each in told["items"]] == [("SaleCommitted", there["id"])]
    assert told["next"] == page(world, f"after={begin}")["next"], "what is not for it is passed over all the same"
    every = page(world, f"after={begin}", key=make_key(world.actor, "all tills", ["sell"]))
    assert [each["data"]["id"] for each in every["items"]] == [here["id"], there["id"]]
    hidden = page(world, f"after={begin}")["items"][0]["id"]
    assert world.refused("GET", f"/events/{hidden}", key=till)["code"] == "EventUnknown"
    reader = make_key(world.actor, "reader", ["read_rulebook"])
    assert types(page(world, "", key=reader)) == ["RulebookPublished"]


def test_walk_ins_are_told_without_a_member(world: World) -> None:
    begin = end(world)
    sold = world.sell(None)
    (event,) = page(world, f"after={begin}")["items"]
    assert (event["member"], event["data"]["id"]) == (None, sold["id"])


@pytest.mark.parametrize(
    ("query", "code", "field"),
    [("after=nonsense", "CursorUnknown", "after"), ("after=00000000-1", "CursorUnknown", "after"),
     ("types=SaleComitted", "InvalidInput", "types"), ("limit=0", "InvalidInput", "limit"),
     ("wait=26", "InvalidInput", "wait"), ("wait=-1", "InvalidInput", "wait"), ("wait=x", "InvalidInput", "wait")],
)  # fmt: skip
def test_what_is_refused(world: World, query: str, code: str, field: str) -> None:
    told = world.refused("GET", f"/events?{query}")
    assert (told["code"], told["field"]) == (code, field)


def test_a_cursor_ahead_of_the_feed_is_none_of_it(world: World) -> None:
    generation, position = end(world).split("-")
    assert world.refused("GET", f"/events?after={generation}-{int(position) + 1}")["code"] == "CursorUnknown"


def test_after_a_restore_old_cursors_are_refused_by_name(world: World) -> None:
    cursor = end(world)
    outbox.renew_feeds()
    told = world.refused("GET", f"/events?after={cursor}")
    assert (told["code"], told["status"]) == ("CursorUnknown", 409)


def test_what_is_forgotten_is_told_so(world: World) -> None:
    cursor = page(world, "limit=1")["next"]
    number = world.enrol()
    world.sell(number)
    end(world)
    outbox.forget_events(world.actor.programme, before=NOW + timedelta(days=1))
    assert world.refused("GET", f"/events?after={cursor}")["code"] == "EventsForgotten"
    assert page(world)["items"] == [], "from the oldest that is kept: there is none"
    sold = world.sell(number)
    assert [each["data"]["id"] for each in page(world)["items"]] == [sold["id"]]


def test_a_rulebook_published_is_told(world: World) -> None:
    reader = make_key(world.actor, "reader", [*POWERS])
    (event,) = page(world, "types=RulebookPublished", key=reader)["items"]
    assert event["data"]["number"] == 1 and event["member"] is None


def test_a_shift_an_allowance_and_a_draft_are_told(world: World) -> None:
    """100.00 in the drawer, 99.00 counted: one yuan is missing. Of 5 points set aside none were used."""
    number = world.enrol()
    world.sell(number, ("COAT", 1))
    every = make_key(world.actor, "every", [*POWERS, "close_day", "audit", "sell"])
    begin = end(world)
    shift = world.post("/shifts", {"shop": "S1", "till": "2", "opening": "100.00", "clerk": "周禾"}, key=every)
    counted = {"counted": [{"means": "cash", "amount": "99.00"}], "reason": "找零"}
    world.post(f"/shifts/{shift['id']}/hand-over", counted, key=every)
    until = (NOW + timedelta(hours=1)).isoformat()
    asked = {"shop": "S1", "till": "2", "member": {"number": number}, "points": 5, "until": until}
    allowance = world.post("/allowances", asked)
    world.call("DELETE", f"/allowances/{allowance['id']}")
    drafts.open_draft(actor=world.actor, at=NOW, given=OpenDraft(title="明年"))
    told = page(world, f"after={begin}", key=every)["items"]
    assert [(each["type"], each["shop"], each["member"]) for each in told] == [
        ("ShiftOpened", "S1", None), ("ShiftHandedOver", "S1", None), ("AllowanceGranted", "S1", number),
        ("AllowanceClosed", "S1", number), ("DraftMoved", None, None),
    ]  # fmt: skip
    data = [each["data"] for each in told]
    at = {"reference": shift["id"], "till": "2", "clerk": "周禾"}
    assert data[:2] == [{**at, "opening": "100.00"}, {**at, "difference": "-1.00"}]
    assert (data[2]["units"], data[3]["units"], data[3]["used"]) == (5, 5, 0)
    assert data[4] == {"reference": "1", "title": "明年", "step": "opened", "by": world.actor.name}
