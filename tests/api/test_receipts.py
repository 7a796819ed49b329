"""Receipts for programs."""

from __future__ import annotations

from tests.api.world import World


def test_a_receipt_comes_as_text_and_as_one_html_file(world: World) -> None:
    member = world.enrol()
    sale = world.sell(member, ("SCARF", 2), number="S1-77")
    told = world.get(f"/sales/{sale['id']}/receipt?width=58")
    assert (told["number"], told["width"], told["columns"]) == ("S1-77", 58, 32)
    assert "2 x 500.00               1000.00\n" in told["text"]
    assert "<style>" in told["html"] and "<link" not in told["html"] and "<script" not in told["html"]
    assert "销售小票" in told["html"] and "950.00" in told["html"]
    english = world.get("/sales/S1-77/receipt", **{"Accept-Language": "en"})
    assert english["columns"] == 48
    assert "Receipt" in english["text"] and 'lang="en"' in english["html"]
    assert world.refused("GET", "/sales/S1-77/receipt?width=70")["field"] == "width"
    assert world.refused("GET", "/sales/NOPE/receipt")["code"] == "SaleUnknown"


def test_a_return_has_its_own_receipt(world: World) -> None:
    sale = world.sell(None, ("SCARF", 2))
    body = {"lines": [{"line": 1, "quantity": 1}], "means": "cash", "clerk": "周禾"}
    world.post(f"/sales/{sale['id']}/returns", body)
    told = world.get(f"/sales/{sale['id']}/returns/1/receipt?width=58")
    assert "SCARF" in told["text"].upper() and "周禾" in told["text"]
    assert "现金                      500.00\n" in told["text"]
    assert world.refused("GET", f"/sales/{sale['id']}/returns/2/receipt")["code"] == "ReturnUnknown"
