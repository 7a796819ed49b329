"""Coupons as programs handle them, under the neighbourhood shop: every address once, as the document says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiguan.api.limits import limiter
from huiguan.entitlements import operations as entitlements
from tests.api.test_document import _holds
from tests.api.world import NOW, POWERS, World, found_world, make_key, sale, set_clock


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    limiter.forget()
    made = found_world("neighbourhood")
    yield World(made.actor, make_key(made.actor, "shop", [*POWERS, "coupons"]))


def test_a_coupon_s_life(world: World) -> None:
    document = world.browser.get("/api/v1/openapi.json").json()
    tried = set()

    def call(method: str, address: str, path: str, body: Any = None) -> Any:
        tried.add((method, f"/api/v1{address}"))
        response = world.call(method.upper(), path, body)
        _holds(document, method, address, response)
        return response.json()

    def post(address: str, **body: Any) -> Any:
        return call("post", address, address, body)

    forms = ({"name": "李梅", "phone": "13700000011"}, {"name": "吴云", "phone": "13700000012"})
    li, wu = (world.post("/members", {**form, "profile": {}})["number"] for form in forms)
    offers = call("get", "/coupon-offers", f"/coupon-offers?member={li}")["items"]
    assert {each["coupon"]: each["left"] for each in offers}["fifteen"] == 200
    held = post("/coupon-claims", member=li, coupon="fifteen")
    assert (held["worth"], held["state"]) == ("15.00", "ready")
    asked = {**sale(li), "presented": "none"}
    weighed = post("/coupon-weighings", **asked)
    assert (weighed["best"], weighed["due"], weighed["without"]) == ([held["code"]], "985.00", "1000.00")
    post("/coupon-locks", member=li, codes=[held["code"]], order="W1")
    assert world.call("POST", "/sales", {**asked, "vouchers": [held["code"]]}).json()["code"] == "RightNotFree"
    post("/coupon-releases", member=li, order="W1")
    given = post("/coupon-gifts", member=li, code=held["code"])
    post("/coupon-gift-returns", member=li, code=held["code"])
    given = post("/coupon-gifts", member=li, code=held["code"])
    hers = post("/coupon-gift-acceptances", member=wu, code=given["gift"])
    post("/coupon-revocations", member=wu, code=hers["code"], reason="发错")
    reserved = post("/coupon-handouts", member=li, coupon="loaf", until="2026-12-20 18:00")
    assert post("/coupon-acceptances", member=li, code=reserved["code"])["state"] == "ready"
    batch = post("/coupon-batches", coupon="leaflet", size=3)
    assert (batch["size"], batch["made"]) == (3, 0)
    entitlements.make_codes(batch=batch["id"])
    path = f"/coupon-batches/{batch['id']}"
    page = call("get", "/coupon-batches/{batch}/codes", f"{path}/codes?limit=2")
    assert [len(page["items"]), page["next"] is None] == [2, False]
    post("/coupon-code-claims", member=li, code=page["items"][0]["code"].lower())
    assert call("get", "/coupon-batches", "/coupon-batches")["items"][0]["claimed"] == 1
    call("post", "/coupon-batches/{batch}/stopping", f"{path}/stopping", {})
    post("/coupon-outside-batches", coupon="films", codes=["F-1"])
    told = {(m, p) for p, each in document["paths"].items() for m in each if p.startswith("/api/v1/coupon-")}
    assert tried == told
