"""Shifts and closed days through the API."""

from __future__ import annotations

from tests.api.test_document import _holds
from tests.api.world import World, sale


def test_a_shift_from_its_float_to_the_days_close(world: World) -> None:
    document = world.browser.get("/api/v1/openapi.json").json()
    shift = world.post("/shifts", {"shop": "S1", "clerk": "周禾", "opening": "100.00"})
    assert (shift["till"], shift["clerk"], shift["tenders"]) == (
        "1", "周禾",
        [{"means": "cash", "sales": "0.00", "refunds": "0.00", "stored": "0.00", "expected": "100.00", "counted": None, "difference": None}],
    )  # fmt: skip
    world.post("/sales", sale(None, ("SCARF", 1), clerk="周禾"))
    path = f"/shifts/{shift['id']}"
    moved = world.call("POST", f"{path}/cash", {"kind": "out", "amount": "50.00", "reason": "存行"})
    _holds(document, "post", "/shifts/{shift}/cash", moved)
    _holds(document, "get", "/shifts/{shift}", world.call("GET", path))
    told = world.refused("POST", f"{path}/hand-over", {"counted": [{"means": "cash", "amount": "549.00"}]})
    assert (told["code"], told["values"]["differences"]) == ("DifferenceUnexplained", {"cash": -100})
    assert told["detail"] == "点数与应有不符：现金少 ¥1.00。请复点，或写明原因。"
    assert world.refused("POST", "/shops/S1/day-closes", {})["values"]["names"] == ["周禾（1）"]
    counted = {"counted": [{"means": "cash", "amount": "549.00"}], "reason": "少一元"}
    closed = world.call("POST", f"{path}/hand-over", counted, idem="over")
    _holds(document, "post", "/shifts/{shift}/hand-over", closed)
    assert world.post(f"{path}/hand-over", counted, idem="over") == closed.json()
    (row,) = closed.json()["tenders"]
    assert (row["expected"], row["counted"], row["difference"]) == ("550.00", "549.00", "-1.00")
    day = world.post("/shops/S1/day-closes", {})
    assert (day["number"], day["sales"]["paid"], day["net"]) == (1, "500.00", {"cash": "500.00"})
    assert day["shifts"][0]["differences"] == {"cash": "-1.00"}
    assert world.get("/shops/S1/day-closes")["items"] == [day]
    assert world.refused("POST", "/shops/S1/day-closes", {})["code"] == "DayAlreadyClosed"
    assert world.refused("GET", "/shops/S1/day-closes/2")["code"] == "DayCloseUnknown"
    assert world.refused("GET", "/shops/S1/day?day=2027-01-01")["code"] == "DayAhead"
    assert world.refused("GET", "/shifts/abc")["code"] == "ShiftUnknown"
