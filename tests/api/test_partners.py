"""Gifts, pools, partners and exchanges through the API; and the door at which partners speak."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from huiguan.api.limits import limiter
from huiguan.foundation.outward.signing import headers
from huiguan.programme import queries as programmes
from tests.api.test_document import PARTNERS, _holds
from tests.api.world import NOW, POWERS, World, found_world, make_key, set_clock


@pytest.fixture
def shop(db: None, settings: Any) -> Iterator[World]:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    limiter.forget()
    world = found_world("neighbourhood")
    world.key = make_key(world.actor, "partners", [*POWERS, "organise"])
    yield world


def member(world: World, phone: str, points: int) -> str:
    made = world.post("/members", {"name": "李梅", "phone": phone, "shop": "S1", "profile": {}})
    number: str = made["number"]
    world.post(
        f"/members/{number}/openings", {"bill": f"OLD-{phone}", "points": points, "earned_at": "2026-11-01 09:00"}
    )
    world.post(f"/members/{number}/verifications", {"what": "phone", "how": "call"})
    return number


def test_every_answer_is_what_the_document_says(shop: World) -> None:
    li, wang = member(shop, "13700000001", 3000), member(shop, "13700000002", 100)
    line = shop.post("/partners/inn/line", {"url": "https://inn.example/points"})
    assert line["secret"].startswith("whsec_")
    shop.post(f"/members/{li}/partner-accounts", {"partner": "inn", "account": "YQ100"})
    out = {"member": li, "partner": "inn", "direction": "out", "units": 1000}
    made = shop.post("/exchanges", out)["number"]
    given = {"outcome": "done", "why": "传真 7"}
    calls: list[tuple[str, str, Any]] = [
        ("post /members/{member}/gifts", f"/members/{li}/gifts", {"to": wang, "points": 100}),
        ("get /members/{member}/gifts", f"/members/{li}/gifts", None),
        ("get /members/{member}/giving", f"/members/{li}/giving", None),
        ("post /members/{member}/pool", f"/members/{li}/pool", {"keeper": li}),
        ("post /members/{member}/pool", f"/members/{wang}/pool", {"keeper": li}),
        ("get /members/{member}/pool", f"/members/{wang}/pool", None),
        ("post /members/{member}/pool/gathering", f"/members/{wang}/pool/gathering", {"points": 50}),
        ("get /members/{member}/pool/gathering", f"/members/{li}/pool/gathering", None),
        ("post /members/{member}/pool/leaving", f"/members/{wang}/pool/leaving", {}),
        ("get /members/{member}/partner-accounts", f"/members/{li}/partner-accounts", None),
        ("post /members/{member}/partner-accounts", f"/members/{wang}/partner-accounts", {"partner": "inn", "account": "YQ200"}),
        ("post /members/{member}/partner-accounts/{partner}/removal", f"/members/{wang}/partner-accounts/inn/removal", {}),
        ("post /members/{member}/verifications", f"/members/{wang}/verifications", {"what": "identity", "state": "failed"}),
        ("get /members/{member}/verifications", f"/members/{wang}/verifications", None),
        ("get /verifications/progress", "/verifications/progress", None),
        ("get /partners", "/partners", None),
        ("post /partners/{partner}/line", "/partners/inn/line", {"url": "https://inn.example/other"}),
        ("post /exchanges", "/exchanges", out),
        ("get /exchanges", "/exchanges", None),
        ("get /exchanges/{exchange}", f"/exchanges/{made}", None),
        ("post /exchanges/{exchange}/settlement", f"/exchanges/{made}/settlement", given),
        ("get /partners/{partner}/statements/{month}", "/partners/inn/statements/2026-12", None),
        ("post /partners/{partner}/statements/{month}/close", "/partners/inn/statements/2026-11/close", {}),
        ("post /partners/{partner}/statements/{month}/payment", "/partners/inn/statements/2026-11/payment", {"paper": "转账 1"}),
        ("post /partners/{partner}/stop", "/partners/inn/stop", {"stopped": True}),
    ]  # fmt: skip
    document = shop.browser.get("/api/v1/openapi.json").json()
    asked = set()
    for operation, path, body in calls:
        method, address = operation.split(" ")
        asked.add((method, f"/api/v1{address}"))
        _holds(document, method, address, shop.call(method.upper(), path, body))
    assert {(m, p) for p, each in document["paths"].items() for m in each if p.startswith(PARTNERS)} <= asked


def test_the_partners_door(shop: World) -> None:
    li = member(shop, "13700000001", 1)
    secret = shop.post("/partners/inn/line", {"url": "https://inn.example/points"})["secret"]
    shop.post(f"/members/{li}/partner-accounts", {"partner": "inn", "account": "YQ100"})
    door = f"/api/partners/{programmes.programmes()[0].code}/inn"

    def say(message: dict[str, Any], key: str = secret) -> Any:
        body = json.dumps(message).encode()
        signed = {
            f"HTTP_{name.upper().replace('-', '_')}": value
            for name, value in headers([key], "m", int(datetime.now(UTC).timestamp()), body).items()
        }
        return shop.browser.post(
            door, body, content_type="application/json", **signed
        )  # fmt: skip

    credit = {"type": "credit", "reference": "CI-1", "account": "YQ100", "units": 10}
    first, again = say(credit).json(), say(credit).json()
    assert first == again and (first["state"], first["points"]) == ("done", 15)
    assert say({**credit, "units": 12}).status_code == 409
    assert say({**credit, "reference": "CI-2", "account": "NOBODY"}).json()["why"] == "NotLinked"
    assert say({"type": "query", "reference": "CI-1"}).json()["state"] == "done"
    stay = {"type": "earning", "reference": "S-1", "account": "YQ100", "amount": "100.00", "what": "stay"}
    assert say(stay).json()["points"] == 10
    for wrong in ({"type": "gift"}, {**credit, "reference": "CI-3", "units": -1}):
        assert say(wrong).status_code == 422
    assert say(credit, "whsec_" + "QUJD" * 10).status_code == 401
    assert shop.browser.post("/api/partners/nobody/inn", b"{}", content_type="application/json").status_code == 401
