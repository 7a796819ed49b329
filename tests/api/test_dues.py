"""Dues as programs handle them: every address once, as the document says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiguan.api.limits import limiter
from tests.api.test_document import DUES, _holds
from tests.api.world import NOW, POWERS, World, found_world, make_key, set_clock


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    limiter.forget()
    made = found_world("association-dues")
    yield World(made.actor, make_key(made.actor, "house", [*POWERS, "bill"]))


def test_every_address_once(world: World) -> None:
    document = world.browser.get("/api/v1/openapi.json").json()
    tried = set()

    def call(method: str, address: str, body: Any = None, query: str = "", key: str = "", **at: Any) -> Any:
        tried.add((method, f"/api/v1{address}"))
        response = world.call(method.upper(), address.format(**at) + query, body, key=key or None)
        _holds(document, method, address, response)
        return response.json()

    forms = ({"name": "恒信", "phone": "13700000011"}, {"name": "大成", "phone": "13700000012"})
    li, wu = (world.post("/members", {**form, "profile": {}})["number"] for form in forms)
    plan = call("post", "/fee-run-previews", {"fee": "yearly"})
    assert (plan["charged"], plan["total"]) == (2, "166.66")  # December: a twelfth of 1,000 each
    assert call("post", "/fee-runs", {"fee": "yearly"})["total"] == "166.66"
    (joining,) = call("post", "/members/{member}/charges", {"fee": "joining"}, member=li)["items"]
    assert call("get", "/charges/{charge}", charge=joining["number"])["reasons"][0]["clause"] == "D1-01"
    assert len(call("get", "/charges", query="?limit=2")["items"]) == 2
    paid = {"amount": "300.00", "means": "terminal", "charges": [joining["number"]]}
    money = call("post", "/members/{member}/money", paid, member=li)
    assert {part["charge"] == joining["number"]: part["amount"] for part in money["paid"]} == {
        True: "260.00",
        False: "40.00",
    }
    assert call("get", "/money/{money}", money=money["number"])["over"] == "0.00"
    assert len(call("get", "/money")["items"]) == 1
    assert call("get", "/arrears")["owed"] == "126.66"  # 83.33 − 40 and 83.33
    dues = call("get", "/members/{member}/dues", member=li)
    assert (dues["owed"], dues["paid_until"]) == ("43.33", {"joining": "2027-06-09"})
    assert call("post", "/charges/{charge}/refund", {"reason": "x"}, charge=joining["number"])["state"] == "returned"
    assert call("post", "/members/{member}/pay-outs", {"means": "cash"}, member=li)["amount"] == "260.00"
    undone = call("post", "/money/{money}/undoing", {"reason": "x"}, money=world.post(
        f"/members/{li}/money", {"amount": "1.00", "means": "terminal"})["number"])  # fmt: skip
    assert undone["way"] == "out"
    (owing,) = [each for each in call("get", "/charges", query="?fee=yearly")["items"] if each["member"] == wu]
    asked = call("post", "/charges/{charge}/waivers", {"reason": "x", "amount": "3.33"}, charge=owing["number"])
    assert call("get", "/waivers")["items"][0]["id"] == asked["waiver"]
    other = make_key(world.actor, "second", [*POWERS, "bill"])
    decided = call("post", "/waivers/{waiver}/decision", {"approve": True}, key=other, waiver=asked["waiver"])
    assert decided["owed"] == "80.00"
    assert (
        call("post", "/charges/{charge}/cancellation", {"reason": "x"}, charge=owing["number"])["state"] == "cancelled"
    )
    lines = [{"reference": f"B{n}", "day": "2026-12-09", "amount": "43.33", "payer": "恒信"} for n in (1, 2)]
    assert call("post", "/bank-lines", {"lines": lines})["new"] == 2
    first, second = call("get", "/bank-lines")["items"]
    assert (first["fits"], first["proposals"][0]["member"]) == ("exact", li)
    assert call("post", "/bank-lines/{line}/match", {"member": li}, line=first["id"])["over"] == "0.00"
    assert call("post", "/bank-lines/{line}/aside", {"reason": "x"}, line=second["id"]) == {"line": second["id"]}
    assessed = call(
        "post", "/members/{member}/deposits/{deposit}/assessment", {"base": "1000.00"}, member=li, deposit="margin"
    )
    assert assessed["short"] == "100.00"
    world.post(f"/members/{li}/money", {"amount": "100.00", "means": "cash", "deposit": "margin"})
    assert call("get", "/deposits")["items"][0]["held"] == "100.00"
    division = call("post", "/shares/{share}/divisions", {"key": "2026-12", "amount": "9.00"}, share="income")
    assert division["parts"] == [{"member": li, "amount": "9.00", "reasons": division["parts"][0]["reasons"]}]
    call("put", "/members/{member}/shares/{share}", {"part": "10%"}, member=li, share="commission")
    taken = {"amount": "40.00", "reason": "x"}
    lost = call("post", "/members/{member}/deposits/{deposit}/forfeiture", taken, member=li, deposit="margin")
    assert lost["held"] == "60.00"
    back = {"means": "cash", "reason": "x"}
    seen = call("post", "/members/{member}/deposits/{deposit}/return-previews", back, member=li, deposit="margin")
    gone = call("post", "/members/{member}/deposits/{deposit}/return", back, member=li, deposit="margin")
    assert (seen["back"], gone["back"]) == ("60.00", "60.00")
    known = {(method, path) for path, each in document["paths"].items() for method in each if path.startswith(DUES)}
    assert known - tried == set()


def test_a_key_without_the_power_is_refused(world: World) -> None:
    key = make_key(world.actor, "till", ["sell", "read_members"])
    for path in ("/arrears", "/charges", "/money", "/deposits", "/bank-lines", "/waivers"):
        assert world.call("GET", path, key=key).status_code == 403, path
    assert world.call("POST", "/fee-runs", {"fee": "yearly"}, key=key).status_code == 403
