"""Offline tills through the API."""

from __future__ import annotations

import base64

from huiguan.checkout.allowances.tokens import terms_of
from tests.api.test_document import _holds
from tests.api.world import World


def test_an_allowance_is_granted_verified_settled_and_closed(world: World) -> None:
    """6,000 at 95 % is 5,700: 114 points; 40 set aside, 30 used on a coat, 10 given back."""
    document = world.browser.get("/api/v1/openapi.json").json()
    member = world.enrol()
    world.sell(member, ("COAT", 6), at="2026-03-01 12:00")
    body = {"member": member, "shop": "S1", "till": "2", "points": 40, "until": "2026-12-11 15:00"}
    granted = world.post("/allowances", body, idem="grant")
    assert world.post("/allowances", body, idem="grant") == granted
    assert world.get(f"/members/{member}/balances")["balances"] == {"points": 74}
    key = world.get("/allowance-key")["key"]
    terms = terms_of(granted["token"], base64.urlsafe_b64decode(f"{key}="))
    assert (terms.member, terms.till, terms.points, terms.worth) == (member, "2", 40, 100)
    path = f"/allowances/{granted['id']}"
    sales = [
        {"key": key, "at": "2026-12-10 15:00", "lines": [{"sku": "COAT"}], "points": points}
        for key, points in (("a", 30), ("b", 11))
    ]
    told = world.call("POST", f"{path}/settlement", {"till_now": "2026-12-10 15:00", "sales": sales})
    _holds(document, "post", "/allowances/{allowance}/settlement", told)
    first, second = told.json()["answers"]
    assert (first["problem"], second["problem"]["code"], second["sale"]) == (None, "OutsideAllowance", None)
    again = world.post(f"{path}/settlement", {"till_now": "2026-12-10 15:00", "sales": sales[:1]}, 200)
    assert again["answers"] == [{"key": "a", "sale": first["sale"], "replayed": True, "problem": None}]
    assert world.get(f"/sales/{first['sale']}")["used"] == {"points": 30}
    assert world.get(path)["used"] == 30
    closed = world.call("DELETE", path)
    _holds(document, "delete", "/allowances/{allowance}", closed)
    assert closed.json()["closed_at"] is not None
    assert world.refused("GET", "/allowances/x")["code"] == "AllowanceUnknown"
    wrong = {"till_now": "2026-12-10 15:00", "sales": [{**sales[0], "member": member}]}
    assert world.refused("POST", f"{path}/settlement", wrong)["status"] == 422
