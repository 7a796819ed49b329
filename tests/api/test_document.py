"""The OpenAPI document is valid, tells every address, and what it says of answers and problems is true."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import jsonschema_rs
import pytest
from django.urls import URLPattern, URLResolver

from huiguan.api.urls import urlpatterns
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.visits import queries as visits
from tests.api.world import NOW, POWERS, PROFILE, World, make_key, sale

ORGANISING = ("/api/v1/staff", "/api/v1/posts", "/api/v1/programs")  # tried in test_staff, by a program that organises
MALL = ("/api/v1/mall", "/api/v1/orders", "/api/v1/flash-sales", "/api/v1/auctions", "/api/v1/draws",
        "/api/v1/members/{member}/mall", "/api/v1/members/{member}/orders")  # tried in test_mall, under a rulebook with a mall  # fmt: skip
PARTNERS = ("/api/v1/partners", "/api/v1/exchanges", "/api/v1/verifications", "/api/v1/members/{member}/gifts",
            "/api/v1/members/{member}/giving", "/api/v1/members/{member}/pool", "/api/v1/members/{member}/partner-accounts",
            "/api/v1/members/{member}/verifications")  # tried in test_partners  # fmt: skip
# Coupons in test_coupons; the calendar in test_calendar; messages in test_messages, under a rulebook that has notices.
MATTERS = ("/api/v1/matters", "/api/v1/procedures", "/api/v1/notices")
DUES = (
    "/api/v1/charges", "/api/v1/money", "/api/v1/arrears", "/api/v1/fee-run", "/api/v1/waivers", "/api/v1/bank-lines",
    "/api/v1/deposits", "/api/v1/shares", "/api/v1/members/{member}/dues", "/api/v1/members/{member}/charges",
    "/api/v1/members/{member}/money", "/api/v1/members/{member}/pay-outs", "/api/v1/members/{member}/deposits",
    "/api/v1/members/{member}/shares",
)  # fmt: skip
CONDUCT = ("/api/v1/duties", "/api/v1/breaches", "/api/v1/measures", "/api/v1/award")  # tried in test_conduct
OBLIGATIONS = ("/api/v1/obligation",)  # tried in test_obligations
ELSEWHERE = (
    *MATTERS,
    *CONDUCT,
    *OBLIGATIONS,
    *ORGANISING,
    *DUES,
    *MALL,
    *PARTNERS,
    "/api/v1/places",
    "/api/v1/calendar",
    "/api/v1/bodies",
    "/api/v1/mandates",
    "/api/v1/coupon-",
    "/api/v1/message",
)
METHODS = {"get", "put", "post", "patch", "delete"}


@pytest.fixture
def document(world: World) -> Any:
    response = world.browser.get("/api/v1/openapi.json")
    assert response.status_code == 200
    return response.json()


def test_the_document_is_openapi_3_1_and_its_schemas_are_sound(document: Any) -> None:
    assert document["openapi"] == "3.1.0"
    for name, schema in document["components"]["schemas"].items():
        assert jsonschema_rs.meta.is_valid({**schema, "$schema": "https://json-schema.org/draft/2020-12/schema"}), name
    for reference in re.findall(r'"\$ref": ?"#/([^"]+)"', str(document).replace("'", '"')):
        place = document
        for part in reference.split("/"):
            place = place[part]


def test_every_operation_has_name_both_languages_and_problems(document: Any) -> None:
    names = []
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            assert method in METHODS
            names.append(operation["operationId"])
            assert re.search(r"[一-鿿]", operation["summary"]), path
            assert {"401", "403", "429", "500"} <= set(operation["responses"]), path
            keyed = any(each.get("$ref", "").endswith("IdempotencyKey") for each in operation["parameters"])
            reads = method == "get" or operation["operationId"] in {
                "quote_sale", "scan_code", "return_preview", "top_up_preview", "top_up_refund_preview", "check_rulebook",
                "commit_sales", "merge_preview", "preview_fee_run", "preview_deposit_return", "settle_allowance", "close_allowance", "weigh_coupons",
                "prove_payment",
            }  # fmt: skip
            assert keyed is not reads, path
            for name in re.findall(r"\{(\w+)\}", path):
                assert name in [each.get("name") for each in operation["parameters"]], path
    assert len(names) == len(set(names)) > 30


def test_every_address_is_told(document: Any) -> None:
    (api,) = [each for each in urlpatterns if isinstance(each, URLResolver)]
    routes = {
        "/api/v1/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(each.pattern))
        for each in api.url_patterns
        if isinstance(each, URLPattern) and str(each.pattern) not in ("", "openapi.json")
    }
    assert routes == set(document["paths"])


def shown_code(number: str) -> str:
    """The code on the phone of a member."""
    programme = programmes.programmes()[0].id
    key = members.resolve(programme, [("number", number)])["number", number]
    member = Actor("member", key, "x", programme, membership=key)
    return visits.fresh_code(member, NOW, datetime.now(UTC)).text


def test_answers_are_what_the_document_says(world: World, document: Any) -> None:
    """Each kind of answer, sent for real, has every property named and none besides."""
    number = world.enrol()
    enrolled = {"name": "周蓉", "phone": "13700000001", "card": "ZCARD", "shop": "S1", "profile": PROFILE}
    made = world.sell(number, ("COAT", 1), ("SCARF", 2), at="2026-06-01 10:00")
    other = world.sell(number)
    cash = {"amount": "5.00", "means": "cash", "purpose": "x", "subject": "1", "title": "x"}
    paid = world.post("/payments", cash)
    calls: list[tuple[str, str, Any]] = [
        ("post /sales", "/sales", sale(number, points=20)),
        ("post /quotes", "/quotes", sale(None)),
        ("post /sales/batch", "/sales/batch", {"sales": [{**sale(number), "key": "x"}, {**sale("NO"), "key": "y"}]}),
        ("get /sales", "/sales?limit=1", None),
        ("get /sales/{sale}", f"/sales/{made['id']}", None),
        ("post /sales/{sale}/return-previews", f"/sales/{made['id']}/return-previews", {}),
        ("post /sales/{sale}/returns", f"/sales/{made['id']}/returns", {"lines": [{"line": 1, "quantity": 1}]}),
        ("get /sales/{sale}/returns", f"/sales/{made['id']}/returns", None),
        ("get /sales/{sale}/receipt", f"/sales/{made['id']}/receipt", None),
        ("get /sales/{sale}/returns/{number}/receipt", f"/sales/{made['id']}/returns/1/receipt?width=58", None),
        ("post /sales/{sale}/voiding", f"/sales/{other['id']}/voiding", {"reason": "x"}),
        ("post /members", "/members", enrolled),
        ("get /members", "/members?search=周蓉", None),
        ("get /members/{member}", f"/members/{number}", None),
        ("post /member-codes", "/member-codes", {"code": shown_code(number)}),
        ("patch /members/{member}/profile", f"/members/{number}/profile", {"profile": {"style": "华丽"}}),
        ("post /members/{member}/card-loss", f"/members/{number}/card-loss", {}),
        ("post /members/{member}/card-replacement", f"/members/{number}/card-replacement", {"card": "NEW-1"}),
        ("post /members/{member}/suspension", f"/members/{number}/suspension", {"reason": "x"}),
        ("delete /members/{member}/suspension", f"/members/{number}/suspension?reason=x", None),
        ("get /members/{member}/life", f"/members/{number}/life", None),
        ("get /members/{member}/looks", f"/members/{number}/looks", None),
        ("get /members/{member}/sharing", f"/members/{number}/sharing", None),
        ("post /members/{member}/sharing", f"/members/{number}/sharing",
         {"recipient": "物流", "purpose": "送货", "paper": "D1"}),
        ("get /members/{member}/disclosures", f"/members/{number}/disclosures", None),
        ("post /members/{member}/disclosures", f"/members/{number}/disclosures",
         {"recipient": "物流", "purpose": "送货", "fields": ["name"], "basis": "consent"}),
        ("post /members/{member}/erasure", f"/members/{number}/erasure", {"reason": "x"}),
        ("get /erasures-due", "/erasures-due", None),
        ("post /members/{member}/former-holders/erasure", f"/members/{number}/former-holders/erasure", {"reason": "x"}),
        ("get /members/{member}/certificates", f"/members/{number}/certificates", None),
        ("post /members/{member}/certificates", f"/members/{number}/certificates", {"certificate": "paper"}),
        ("post /members/{member}/certificates/{number}/reissue", f"/members/{number}/certificates/X-1/reissue",
         {"reason": "x"}),
        ("delete /members/{member}/certificates/{number}", f"/members/{number}/certificates/X-1?reason=x", None),
        ("get /members/{member}/marks", f"/members/{number}/marks", None),
        ("post /members/{member}/encumbrances", f"/members/{number}/encumbrances",
         {"kind": "asset", "ref": "A1", "said": "投影仪", "amount": "3.50"}),
        ("post /members/{member}/relations", f"/members/{number}/relations",
         {"role": "contact", "name": "林一", "phone": "13900000001", "email": "lin@example.com", "primary": True}),
        ("get /members/{member}/relations", f"/members/{number}/relations", None),
        ("delete /members/{member}/relations/{relation}", f"/members/{number}/relations/1", None),
        ("get /members/{member}/encumbrances", f"/members/{number}/encumbrances", None),
        ("delete /members/{member}/encumbrances/{kind}/{ref}", f"/members/{number}/encumbrances/asset/A1?how=x", None),
        ("post /members/{member}/renewals", f"/members/{number}/renewals", None),
        ("post /members/{member}/freeze", f"/members/{number}/freeze", {"reason": "x"}),
        ("delete /members/{member}/freeze", f"/members/{number}/freeze", None),
        ("put /members/{member}/type", f"/members/{number}/type", {"type": "guest", "reason": "x"}),
        ("post /members/{member}/exit", f"/members/{number}/exit", {"ground": "wish"}),
        ("delete /members/{member}/exit", f"/members/{number}/exit?reason=x", None),
        ("post /members/{member}/readmission", f"/members/{number}/readmission", {"reason": "x"}),
        ("post /members/{member}/openings", f"/members/{number}/openings",
         {"bill": "B1", "points": 3, "earned_at": "2026-02-02"}),
        ("get /members/{member}/standing", f"/members/{number}/standing", None),
        ("get /members/{member}/balances", f"/members/{number}/balances", None),
        ("get /members/{member}/entries", f"/members/{number}/entries", None),
        ("get /members/{member}/lots", f"/members/{number}/lots", None),
        ("get /members/{member}/rights", f"/members/{number}/rights", None),
        ("get /members/{member}/cards", f"/members/{number}/cards", None),
        ("get /members/{member}/redemptions", f"/members/{number}/redemptions", None),
        ("get /packages", "/packages", None),
        ("get /members/{member}/packages", f"/members/{number}/packages", None),
        ("get /members/{member}/wallet", f"/members/{number}/wallet", None),
        ("get /members/{member}/top-ups", f"/members/{number}/top-ups", None),
        ("put /members/{member}/pin", f"/members/{number}/pin", {"pin": "480275", "presented": ["id"]}),
        ("post /members/{member}/payment-codes", f"/members/{number}/payment-codes", {}),
        ("get /stored-value", "/stored-value", None),
        ("post /stored-value/custody", "/stored-value/custody", {"day": "2026-01-02", "balance": "1.00"}),
        ("get /members/{member}/referrals", f"/members/{number}/referrals", None),
        ("get /members/{member}/users", f"/members/{number}/users", None),
        ("post /members/{member}/card-freeze", f"/members/{number}/card-freeze", {"reason": "x"}),
        ("get /card-reviews", "/card-reviews", None),
        ("post /members/{member}/card-freeze/confirmation", f"/members/{number}/card-freeze/confirmation",
         {"reason": "x"}),
        ("delete /members/{member}/card-freeze", f"/members/{number}/card-freeze?reason=x", None),
        ("get /cards", "/cards?state=unprinted&shop=S1", None),
        ("post /card-print-runs", "/card-print-runs", {"cards": ["NEW-1"]}),
        ("get /members/{member}/cards/{card}/history", f"/members/{number}/cards/NEW-1/history", None),
        ("get /waiting-cards", "/waiting-cards?shop=S1", None),
        ("get /profile-faults", "/profile-faults", None),
        ("get /segments/{segment}/members", "/segments/sticky/members", None),
        ("get /segments/{segment}/members/{member}", f"/segments/sticky/members/{number}", None),
        ("put /products", "/products", {"products": [{"sku": "A", "name": "A", "list_price": "1"}]}),
        ("get /products", "/products?search=P&shop=S2", None),
        ("get /figures/joining", "/figures/joining?since=2026-01-01&until=2026-12-31", None),
        ("put /product-categories", "/product-categories", {"categories": [{"code": "coat", "en": "Coats"}]}),
        ("get /product-categories", "/product-categories", None),
        ("put /prices", "/prices", {"prices": [{"sku": "A", "kind": "cost", "amount": "1", "since": "2026-01-01"}]}),
        ("get /shops", "/shops", None),
        ("post /sales/{sale}/invoices", f"/sales/{made['id']}/invoices", {"title": "李梅"}),
        ("get /sales/{sale}/invoices", f"/sales/{made['id']}/invoices", None),
        ("get /invoices", "/invoices?shop=S1&state=asked", None),
        ("get /allowance-key", "/allowance-key", None),
        ("post /shifts", "/shifts", {"shop": "S1", "clerk": "周禾", "opening": "100.00"}),
        ("get /shifts", "/shifts?shop=S1&open=true", None),
        ("get /shops/{shop}/day", "/shops/S1/day", None),
        ("post /shops/{shop}/day-closes", "/shops/S2/day-closes", {}),
        ("get /shops/{shop}/day-closes", "/shops/S2/day-closes", None),
        ("get /shops/{shop}/day-closes/{number}", "/shops/S2/day-closes/1", None),
        ("post /payments", "/payments", cash),
        ("get /payments", "/payments", None),
        ("get /payments/{payment}", f"/payments/{paid['number']}", None),
        ("post /payments/{payment}/refunds", f"/payments/{paid['number']}/refunds", {"amount": "1.00", "reason": "x"}),
        ("post /payment-statements", "/payment-statements", {"means": "terminal", "day": "2026-12-10", "lines": []}),
        ("get /figures/postings", "/figures/postings?since=2026-12-01&until=2026-12-10", None),
        ("get /figures/liability", "/figures/liability?unit=points", None),
        ("get /audit", "/audit?since=2026-01-01&limit=2", None),
        ("get /audit/end", "/audit/end", None),
        ("post /figures/estimates", "/figures/estimates", {"unit": "points", "part": 9500, "reason": "x"}),
        ("get /rulebook", "/rulebook", None),
        ("get /rulebook/versions", "/rulebook/versions", None),
        ("get /rulebook/versions/{number}", "/rulebook/versions/1", None),
        ("post /rulebook/checks", "/rulebook/checks", {"source": "x: ["}),
        ("get /rulebook/templates", "/rulebook/templates", None),
        ("get /rulebook/templates/{template}", "/rulebook/templates/phone-vip", None),
        ("post /rulebook/drafts", "/rulebook/drafts", {"title": "x"}),
        ("get /rulebook/drafts", "/rulebook/drafts", None),
        ("put /rulebook/drafts/{draft}/text", "/rulebook/drafts/1/text", {"revision": 1, "source": "x: ["}),
        ("put /rulebook/drafts/{draft}/examples", "/rulebook/drafts/1/examples", {"number": 0, "text": "- x"}),
        ("get /rulebook/drafts/{draft}", "/rulebook/drafts/1", None),
        ("get /rulebook/kinds", "/rulebook/kinds", None),
        ("get /rulebook/drafts/{draft}/clauses", "/rulebook/drafts/1/clauses", None),
        ("get /rulebook/drafts/{draft}/clauses/{clause}", "/rulebook/drafts/1/clauses/B55-13", None),
        ("put /rulebook/drafts/{draft}/clauses/{clause}", "/rulebook/drafts/1/clauses/B55-13", {"revision": 1, "value": {}}),
        ("post /rulebook/drafts/{draft}/clauses", "/rulebook/drafts/1/clauses", {"kind": "earn", "after": "B55-13"}),
        ("delete /rulebook/drafts/{draft}/clauses/{clause}", "/rulebook/drafts/1/clauses/B55-13?revision=1", None),
        ("get /rulebook/drafts/{draft}/difference", "/rulebook/drafts/1/difference", None),
        ("get /rulebook/drafts/{draft}/history", "/rulebook/drafts/1/history", None),
        ("get /rulebook/drafts/{draft}/proofs", "/rulebook/drafts/1/proofs", None),
        ("post /rulebook/drafts/{draft}/base", "/rulebook/drafts/1/base", {"based_on": 1}),
        ("post /rulebook/drafts/{draft}/withdrawal", "/rulebook/drafts/1/withdrawal", {"reason": "x"}),
        ("get /rulebook/versions/{number}/difference", "/rulebook/versions/1/difference?before=1", None),
    ]  # fmt: skip
    copying = make_key(world.actor, "copies", [*POWERS, "reveal"])
    file = world.call("GET", f"/members/{number}/copy?reason=x", key=copying)
    asked = {("get", "/api/v1/members/{member}/copy")}
    told = document["paths"]["/api/v1/members/{member}/copy"]["get"]["responses"]["200"]
    assert set(told["content"]) == {file["Content-Type"]} == {"application/zip"}
    assert {"index.html", "data.json"} <= set(ZipFile(BytesIO(b"".join(file.streaming_content))).namelist())
    hook = world.post("/hooks", {"name": "a", "url": "https://a.example/"})["id"]
    event = world.get("/events")["items"][0]["id"]
    calls += [
        ("get /events", "/events", None),
        ("get /events/{event}", f"/events/{event}", None),
        ("post /hooks", "/hooks", {"name": "b", "url": "https://b.example/", "types": ["SaleCommitted"]}),
        ("get /hooks", "/hooks", None),
        ("get /hooks/{hook}", f"/hooks/{hook}", None),
        ("patch /hooks/{hook}", f"/hooks/{hook}", {"name": "c"}),
        ("post /hooks/{hook}/secret", f"/hooks/{hook}/secret", None),
        ("post /hooks/{hook}/pause", f"/hooks/{hook}/pause", None),
        ("delete /hooks/{hook}/pause", f"/hooks/{hook}/pause?begin=now", None),
        ("post /hooks/{hook}/skip", f"/hooks/{hook}/skip", None),
        ("post /hooks/{hook}/resends/{event}", f"/hooks/{hook}/resends/{event}", None),
        ("post /hooks/{hook}/tests", f"/hooks/{hook}/tests", None),
        ("get /hooks/{hook}/attempts", f"/hooks/{hook}/attempts", None),
    ]
    for operation, path, body in calls:
        method, address = operation.split(" ")
        asked.add((method, f"/api/v1{address}"))
        _holds(document, method, address, world.call(method.upper(), path, body))
    _holds(document, "get", "/sales/{sale}", world.call("GET", "/sales/nothing"))
    untried = {(m, p) for p, each in document["paths"].items() for m in each if not p.startswith(ELSEWHERE)} - asked
    assert {path for _, path in untried} == {
        "/api/v1/payment-differences/{difference}/explanation", "/api/v1/sales/{sale}/signatures",
        "/api/v1/members/{member}/card-transfer", "/api/v1/products/naming", "/api/v1/products/withdrawals", "/api/v1/products/restorations",
        "/api/v1/top-ups", "/api/v1/top-up-previews", "/api/v1/top-ups/{top_up}", "/api/v1/top-ups/{top_up}/refunds",
        "/api/v1/top-ups/{top_up}/refund-previews", "/api/v1/top-ups/{top_up}/receipt",
            "/api/v1/top-ups/{top_up}/refunds/{number}/receipt",
        "/api/v1/redemptions", "/api/v1/redemptions/{redemption}/return", "/api/v1/members/{member}/cards",
        "/api/v1/duplicates", "/api/v1/duplicates/decisions", "/api/v1/gift-claims", "/api/v1/members/{member}/merge",
        "/api/v1/members/{member}/phone", "/api/v1/members/{member}/phones", "/api/v1/members/{member}/merges", "/api/v1/members/{member}/merge-previews",
        "/api/v1/members/{member}/card-activation", "/api/v1/members/{member}/users",
        "/api/v1/members/{member}/users/{name}", "/api/v1/shifts/{shift}", "/api/v1/shifts/{shift}/cash",
        "/api/v1/shifts/{shift}/hand-over",
        "/api/v1/members/{member}/referrer", "/api/v1/members/{member}/payment-proofs", "/api/v1/members/{member}/package-uses", "/api/v1/members/{member}/packages/{package}/undoing",
        "/api/v1/members/{member}/packages/{package}/transfer",
        "/api/v1/rulebook/drafts/{draft}/examples-aside",
        "/api/v1/rulebook/drafts/{draft}/proofs", "/api/v1/rulebook/drafts/{draft}/publication",
        "/api/v1/simulations", "/api/v1/simulations/{number}",
        "/api/v1/simulations/{number}/members/{member}", "/api/v1/simulations/{number}/movers",
        "/api/v1/simulations/{number}/refusals", "/api/v1/simulations/{number}/stopping",
        "/api/v1/invoices/{invoice}/issue", "/api/v1/invoices/{invoice}/reversal",
        "/api/v1/invoices/{invoice}/withdrawal", "/api/v1/allowances", "/api/v1/allowances/{allowance}",
        "/api/v1/allowances/{allowance}/settlement",
        "/api/v1/members/{member}/documents", "/api/v1/members/{member}/signatures", "/api/v1/documents/{document}/verdict",
        "/api/v1/documents/{document}/original", "/api/v1/documents/{document}/copies",
        "/api/v1/documents/{document}/withdrawal", "/api/v1/templates", "/api/v1/templates/{name}/withdrawal",
        "/api/v1/documents/{document}", "/api/v1/documents/{document}/file", "/api/v1/documents/{document}/readings",
        "/api/v1/templates/{name}/file",
    }  # fmt: skip


def _holds(document: Any, method: str, address: str, response: Any) -> None:
    responses = document["paths"][f"/api/v1{address}"][method]["responses"]
    assert str(response.status_code) in responses, (address, response.content.decode())
    described = responses[str(response.status_code)]
    if "$ref" in described:
        described = document["components"]["responses"][described["$ref"].rpartition("/")[2]]
    media = response["Content-Type"]
    schema = {**described["content"][media]["schema"], "components": document["components"]}
    wrong = [
        f"{each.instance_path}: {each.message}"
        for each in jsonschema_rs.validator_for(schema).iter_errors(response.json())
    ]
    assert not wrong, (address, wrong)
    if media == "application/json":
        assert response.status_code < 300, response.content.decode()
