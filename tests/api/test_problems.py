"""Bad input is refused by name, in both languages, and changes nothing; nothing is ever a bare 500."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client as Browser

from huiguan.checkout.models import Sale
from huiguan.identity import operations as identity
from huiguan.identity.inputs import ClientNamed
from tests.api.world import NOW, World, make_key, sale

BAD_SALES: list[tuple[bytes | Any, int, str, str | None]] = [
    (b"{", 400, "BodyNotJson", None),
    (b"\xff\xfe", 400, "BodyNotJson", None),
    (b'{"lines": "\xff"}', 400, "BodyNotJson", None),
    (b"[" * 100_000, 400, "BodyNotJson", None),
    (b'{"lines":' * 5000 + b"1" + b"}" * 5000, 400, "BodyNotJson", None),
    (b"[]", 422, "InvalidInput", "body"),
    (b"null", 422, "InvalidInput", "body"),
    (b'"sale"', 422, "InvalidInput", "body"),
    (b"NaN", 400, "BodyNotJson", None),
    ({}, 422, "InvalidInput", "lines"),
    (sale(None) | {"lines": []}, 422, "InvalidInput", "lines"),
    (sale(None) | {"lines": {}}, 422, "InvalidInput", "lines"),
    (sale(None) | {"colour": "red"}, 422, "InvalidInput", "colour"),
    (sale(None) | {"shop": None}, 422, "ShopNeeded", "shop"),
    (sale(None) | {"shop": "S9"}, 404, "NotFound", "shop"),
    (sale(None) | {"shop": 7}, 422, "InvalidInput", "shop"),
    (sale(None) | {"shop": "S1\x00"}, 422, "InvalidInput", "shop"),
    (sale(None) | {"key": "k"}, 422, "InvalidInput", "key"),
    (sale(None, ("NOTHING", 1)), 422, "UnknownSku", "lines.0.sku"),
    (sale(None, ("COAT", 0)), 422, "InvalidInput", "lines.0.quantity"),
    (sale(None, ("COAT", -1)), 422, "InvalidInput", "lines.0.quantity"),
    (sale(None, ("COAT", 10**18)), 422, "InvalidInput", "lines.0.quantity"),
    (sale(None, ("COAT", 10**40)), 422, "InvalidInput", "lines.0.quantity"),
    (sale(None, ("COAT", "1")), 422, "InvalidInput", "lines.0.quantity"),
    (sale(None, ("COAT", 1.5)), 422, "InvalidInput", "lines.0.quantity"),
    (sale(None, ("COAT", True)), 422, "InvalidInput", "lines.0.quantity"),
    (sale(None) | {"tenders": [{"means": "cash", "amount": "1000.005"}]}, 422, "InvalidInput", "tenders.0.amount"),
    (sale(None) | {"tenders": [{"means": "cash", "amount": 1000.5}]}, 422, "InvalidInput", "tenders.0.amount"),
    (sale(None) | {"tenders": [{"means": "cash", "amount": "-1.00"}]}, 422, "InvalidInput", "tenders.0.amount"),
    (sale(None) | {"tenders": [{"means": "cash", "amount": str(10**18)}]}, 422, "InvalidInput", "tenders.0.amount"),
    (sale(None) | {"tenders": [{"means": "shells", "amount": "1.00"}]}, 422, "InvalidInput", "tenders.0.means"),
    (sale(None) | {"tenders": [{"means": "cash", "amount": "1.00"}]}, 422, "TendersDiffer", "tenders"),
    (sale(None) | {"at": "yesterday"}, 422, "InvalidInput", "at"),
    (sale(None) | {"at": "2030-01-01"}, 422, "MomentInFuture", "at"),
    (sale(None) | {"at": "0001-01-01"}, 0, "", None),
    (sale(None) | {"points": 5}, 422, "NeedsMember", "member"),
    (sale("NOBODY"), 404, "UnknownMember", "member"),
    (sale("N\\OBODY' OR 1=1"), 404, "UnknownMember", "member"),
    (sale(None) | {"number": "n" * 200}, 422, "InvalidInput", "number"),
    (sale(None) | {"clerk": "c" * 200}, 422, "InvalidInput", "clerk"),
    (sale(None) | {"quoted": "1.00"}, 409, "QuoteChanged", "quoted"),
    (sale(None) | {"lines": [{"sku": "COAT", "quantity": 100_000}] * 500}, 0, "", None),
]


@pytest.mark.parametrize("place", range(len(BAD_SALES)))
def test_a_bad_sale_is_refused_by_field(world: World, place: int) -> None:
    body, status, code, field = BAD_SALES[place]
    if not status:
        assert 400 <= world.call("POST", "/sales", body).status_code < 500 or Sale.objects.count() == 1
        return
    told = world.refused("POST", "/sales", body)
    assert (told["status"], told["code"], told["field"]) == (status, code, field)
    assert Sale.objects.count() == 0
    if not isinstance(body, bytes):
        (item,) = world.post("/sales/batch", {"sales": [{**body, "key": "k"}]}, 200)["answers"]
        assert (item["status"], item["problem"] and item["problem"]["field"]) == (
            (status, field) if field != "key" else (201, None)
        )


def test_money_in_a_problem_is_yuan(world: World) -> None:
    told = world.refused("POST", "/sales", sale(None) | {"tenders": [{"means": "cash", "amount": "1.00"}]})
    assert told["values"] == {"due": "1000.00", "given": "1.00"}
    assert told["text"]["zh"] == "应收 ¥1,000.00，各种付款合计 ¥1.00。"


def test_the_language_is_the_one_asked_for(world: World) -> None:
    for asked, lang in (
        ("en", "en"),
        ("en-GB,zh;q=0.5", "en"),
        ("fr, zh;q=0.3, en;q=0.2", "zh"),
        ("", "zh"),
        ("en;q=0", "zh"),
        (";;,=", "zh"),
    ):
        response = world.call("GET", "/sales/1-1", **{"Accept-Language": asked})
        told = response.json()
        assert response["Content-Language"] == lang
        assert told["detail"] == told["text"][lang]
        assert told["code"] == "SaleUnknown"


def test_writes_take_a_key(world: World) -> None:
    for key in ("", "k" * 121, "with space", "钥匙"):
        told = world.refused("POST", "/sales", sale(None), idem=key)
        assert (told["code"], told["status"], told["field"]) == ("IdempotencyKeyMissing", 400, "Idempotency-Key")
    world.post("/sales", sale(None), idem="k" * 120)


def test_addresses_methods_and_media_types(world: World) -> None:
    assert world.refused("GET", "/nothing")["code"] == "AddressUnknown"
    assert world.refused("POST", "/sales/")["code"] == "AddressUnknown"
    assert world.browser.get("/api/v2/sales").json()["code"] == "AddressUnknown"
    told = world.refused("DELETE", "/sales")
    assert (told["code"], told["values"]["allowed"]) == ("MethodNotAllowed", "GET, POST")
    response = world.browser.post(
        "/api/v1/sales", {"a": 1}, headers={"Authorization": f"Bearer {world.key}", "Idempotency-Key": "k"}
    )
    assert (response.status_code, response.json()["code"]) == (415, "NotMediaTypeJson")
    assert world.browser.get("/api/v1/shops", headers={"Host": "evil.example"}).json()["code"] == "RequestMalformed"


def test_a_body_has_a_largest_size(world: World) -> None:
    told = world.refused("POST", "/sales", b'{"a": "' + b"x" * (9 * 1024 * 1024) + b'"}')
    assert (told["code"], told["status"]) == ("BodyTooLarge", 413)


def test_nul_and_odd_texts_in_the_address(world: World) -> None:
    assert world.refused("GET", "/members?search=%00")["field"] == "address"
    for path in ("/sales/%00", "/members/%00", "/members/%00/entries", "/members/%F0%9F%92%A9", "/products?search=%00&shop=S1",
                 "/members/%00/balances", "/segments/%00/members", "/sales?shop=%00", "/sales?member=%00", "/rulebook/versions/99999999999999999999",
                 "/members/a?at=%00", "/products?cursor=IgAi", "/sales/99999999999999999999-1", "/rulebook/versions/x", "/profile-faults?shop=%00",
                 "/members/x/entries?unit=%00", "/products?search=%00"):  # fmt: skip
        response = world.call("GET", path)
        assert response.status_code < 500, (path, response.content.decode())


def test_without_a_key_nothing_opens(world: World) -> None:
    for header in (
        "",
        "Bearer",
        "Bearer hg_wrong",
        "Basic x",
        f"Token {world.key}",
        "Bearer " + "x" * 10_000,
        "Bearer 钥",
    ):
        response = world.browser.get("/api/v1/shops", headers={"Authorization": header})
        assert (response.status_code, response.json()["code"]) == (401, "KeyUnknown")
        assert response["WWW-Authenticate"].startswith("Bearer")


def test_scopes_and_shops_bound_a_client(world: World) -> None:
    reader = make_key(world.actor, "reader", ["read_members"])
    told = world.refused("POST", "/sales", sale(None), key=reader)
    assert (told["code"], told["status"]) == ("Forbidden", 403)
    till = make_key(world.actor, "till", ["sell", "return"], ["S1"])
    made = world.post("/sales", sale(None), key=till)
    assert world.refused("POST", "/sales", sale(None, shop="S2"), key=till)["code"] == "Forbidden"
    other = world.post("/sales", sale(None, shop="S2"))
    assert world.get(f"/sales/{made['id']}", key=till)["id"] == made["id"]
    assert world.refused("GET", f"/sales/{other['id']}", key=till)["code"] == "SaleUnknown"
    assert [shop["code"] for shop in world.get("/shops", key=till)["items"]] == ["S1"]
    assert world.refused("GET", "/members?search=x", key=till)["code"] == "Forbidden"


def test_a_revoked_key_opens_nothing(world: World) -> None:
    identity.revoke_client(actor=world.actor, at=NOW, given=ClientNamed(name="erp"))
    assert world.refused("GET", "/shops")["code"] == "KeyUnknown"


def test_calls_are_counted_and_limited(world: World) -> None:
    slow = make_key(world.actor, "slow", ["sell"], rate=3)
    for left in (2, 1, 0):
        response = world.call("GET", "/shops", key=slow)
        assert response.status_code == 200
        assert (response["RateLimit-Limit"], response["RateLimit-Remaining"]) == ("3", str(left))
    response = world.call("GET", "/shops", key=slow)
    told = response.json()
    assert (response.status_code, told["code"], response["RateLimit-Remaining"]) == (429, "TooManyRequests", "0")
    assert 1 <= int(response["Retry-After"]) <= 20
    assert world.call("GET", "/shops").status_code == 200


def test_every_answer_forbids_keeping_it(world: World) -> None:
    assert world.call("GET", "/shops")["Cache-Control"] == "no-store"


def test_a_nul_may_not_hide_in_any_text(world: World) -> None:
    body = {"name": "李\x00梅", "phone": "13800000001", "profile": {"a\x00": "b"}}
    assert world.refused("POST", "/members", body)["field"] == "name"
    escaped = json.dumps({"sku": "a\\u0000"}).encode()
    assert world.refused("POST", "/sales", escaped)["field"] == "lines"


def test_an_unknown_address_is_unknown_whatever_it_is_asked_to_do(world: World) -> None:
    strict = Browser(enforce_csrf_checks=True)
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        answer = strict.generic(method, "/api/v1/sales/nowhere/else", b"{}", content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (404, "AddressUnknown")
