"""Invoices through the API."""

from __future__ import annotations

from tests.api.test_document import _holds
from tests.api.world import World


def test_an_invoice_is_asked_for_issued_and_reversed(world: World) -> None:
    document = world.browser.get("/api/v1/openapi.json").json()
    sale = world.sell(None, ("COAT", 1), ("SCARF", 1))
    path = f"/sales/{sale['id']}/invoices"
    wrong = {"kind": "company", "title": "示例商贸有限公司", "tax_number": "91110000600037341A"}
    assert world.refused("POST", path, wrong)["field"] == "tax_number"
    asked = world.post(path, {**wrong, "tax_number": "91110000600037341L"}, idem="ask")
    assert (asked["state"], asked["amount"]) == ("asked", "1500.00")
    assert world.refused("POST", path, {"title": "李梅"})["code"] == "InvoiceAlreadyAsked"
    one = f"/invoices/{asked['id']}"
    issued = world.call("POST", f"{one}/issue", {"number": "25117000000012345678"})
    _holds(document, "post", "/invoices/{invoice}/issue", issued)
    world.post(f"/sales/{sale['id']}/returns", {"lines": [{"line": 1, "quantity": 1}]})
    (stale,) = world.get(path)["items"]
    assert (stale["amount"], stale["due"], stale["stale"]) == ("1500.00", "500.00", True)
    assert world.refused("POST", f"{one}/withdrawal", {})["code"] == "InvoiceNotInState"
    _holds(document, "post", "/invoices/{invoice}/reversal", world.call("POST", f"{one}/reversal", {"number": "R0001"}))
    again = world.post(path, {"title": "李梅"})
    assert again["amount"] == "500.00"
    withdrawn = world.call("POST", f"/invoices/{again['id']}/withdrawal", {})
    _holds(document, "post", "/invoices/{invoice}/withdrawal", withdrawn)
    first = world.get("/invoices?limit=1")
    second = world.get(f"/invoices?limit=1&cursor={first['next']}")
    assert [page["items"][0]["state"] for page in (first, second)] == ["withdrawn", "red"]
    assert second["next"] is None
