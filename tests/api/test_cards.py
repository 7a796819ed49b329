"""Cards, users and gifts through the API, under rulebooks where a card costs something, waits, or does not exist."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from huiguan.api.limits import limiter
from tests.api.test_document import _holds as holds
from tests.api.world import SHANGHAI, World, found_world, set_clock

BIRTHDAY = datetime(2026, 5, 5, 10, 0, tzinfo=SHANGHAI)
FORM = {"birthday": "1990-05-05", "paper": "identity_card", "paper_number": "X-1"}
ID_FORM = {"id_number": "11010519491231002X", "address": "杭州市某路 1 号"}


@pytest.fixture
def market(db: None, settings: Any) -> Iterator[World]:
    """A supermarket on 5 May: the card costs 5 yuan and is opened within a week."""
    settings.HUIGUAN_DEMO = True
    set_clock(BIRTHDAY)
    limiter.forget()
    yield found_world("supermarket")


@pytest.fixture
def counter(db: None, settings: Any) -> Iterator[World]:
    """A brand whose members' account is their phone."""
    settings.HUIGUAN_DEMO = True
    set_clock(BIRTHDAY)
    limiter.forget()
    yield found_world("phone-vip")


def join(world: World, at: str = "2026-05-01 10:00", **more: Any) -> str:
    body = {
        "name": "李梅", "phone": "13800000001", "shop": "S1", "at": at, "form_date": at[:10],
        "card": "C-100", "profile": FORM, **more,
    }  # fmt: skip
    return str(world.post("/members", body)["number"])


def test_joining_costs_the_card_or_takes_a_receipt(market: World) -> None:
    body = {"name": "李梅", "phone": "13800000001", "shop": "S1", "card": "C-100", "profile": FORM}
    told = market.refused("POST", "/members", {**body, "receipts": [{"number": "A", "amount": "49.99"}]})
    assert (told["code"], told["clause"], told["field"]) == ("CardFeeDiffers", "B26-03", "fee")
    made = market.post("/members", {**body, "receipts": [{"number": "A", "amount": "50.00"}]})
    assert [(each["clause"], each["say"]) for each in made["reasons"]] == [("B26-03", "bought")]
    paid = market.post("/members", {**body, "phone": "13800000002", "card": "C-101", "fee": "5.00"})
    assert [(each["clause"], each["say"]) for each in paid["reasons"]] == [("B26-03", "paid")]


def test_a_card_waits_until_it_is_opened_for_use(market: World) -> None:
    number = join(market, "2026-04-27 10:00", fee="5.00")
    (card,) = market.get("/waiting-cards?shop=S1")["items"]
    # Handed out on 27 April: opened by 4 May, and today is the 5th.
    assert (card["member"], card["card"], card["shop"]) == (number, "C-100", "S1")
    assert (card["due"], card["overdue"]) == ("2026-05-04", True)
    assert market.get("/waiting-cards?shop=S2")["items"] == []
    opened = market.post(f"/members/{number}/card-activation", {}, idem="a-1")
    assert (opened["member"], opened["card"]) == (number, "C-100")
    assert market.post(f"/members/{number}/card-activation", {}, idem="a-1") == opened
    assert market.refused("POST", f"/members/{number}/card-activation", {})["code"] == "CardNotWaiting"
    assert market.get("/waiting-cards")["items"] == []


def test_a_birthday_gift_takes_card_and_paper(market: World) -> None:
    number = join(market, fee="5.00")
    market.post(f"/members/{number}/card-activation", {})
    claim = {"member": number, "gift": "birthday_gift", "shop": "S1"}
    assert market.refused("POST", "/gift-claims", claim)["code"] == "CardNotShown"
    assert market.refused("POST", "/gift-claims", {**claim, "presented": ["card"]})["code"] == "IdNotShown"
    made = market.post("/gift-claims", {**claim, "presented": ["card", "id"]})
    assert (made["member"], made["gift"], made["clause"]) == (number, "birthday_gift", "B26-17")
    assert [each["say"] for each in made["reasons"]] == ["handed_over"]
    again = market.refused("POST", "/gift-claims", {**claim, "presented": ["card", "id"]})
    assert (again["code"], again["clause"]) == ("LimitReached", "B26-17")


def test_who_else_may_use_an_account(counter: World) -> None:
    body = {"name": "李梅", "phone": "13800000001", "shop": "S1", "profile": ID_FORM}
    assert counter.refused("POST", "/members", body)["code"] == "PurchaseNeeded"
    number = counter.post("/members", {**body, "receipts": [{"number": "A", "amount": "0.01"}]})["number"]
    listed = counter.post(f"/members/{number}/users", {"name": "王小满", "kin": "friend"})
    assert (listed["member"], listed["name"], listed["kin"], listed["until"]) == (number, "王小满", "friend", None)
    assert [each["name"] for each in counter.get(f"/members/{number}/users")["items"]] == ["王小满"]
    assert (
        counter.refused("POST", f"/members/{number}/users", {"name": "王小满", "kin": "friend"})["code"] == "UserListed"
    )
    gone = counter.call("DELETE", f"/members/{number}/users/王小满")
    assert (gone.status_code, gone.json()["until"] is not None) == (200, True)
    assert counter.get(f"/members/{number}/users")["items"] == []
    assert counter.call("DELETE", f"/members/{number}/users/王小满").json()["code"] == "UserNotListed"
    assert counter.refused("POST", f"/members/{number}/cards", {"card": "C-1"})["code"] == "NoCardsIssued"


def test_the_answers_are_what_the_document_says(market: World) -> None:
    document = market.browser.get("/api/v1/openapi.json").json()
    number = join(market, fee="5.00")
    calls: list[tuple[str, str, Any]] = [
        ("get /waiting-cards", "/waiting-cards", None),
        ("post /members/{member}/card-activation", f"/members/{number}/card-activation", {}),
        ("post /gift-claims", "/gift-claims",
         {"member": number, "gift": "birthday_gift", "shop": "S1", "presented": ["card", "id"]}),
    ]  # fmt: skip
    for operation, path, body in calls:
        method, address = operation.split(" ")
        holds(document, method, address, market.call(method.upper(), path, body))


def test_lists_of_users_are_what_the_document_says(counter: World) -> None:
    document = counter.browser.get("/api/v1/openapi.json").json()
    body = {
        "name": "李梅", "phone": "13800000001", "shop": "S1", "profile": ID_FORM,
        "receipts": [{"number": "A", "amount": "9.00"}],
    }  # fmt: skip
    number = counter.post("/members", body)["number"]
    asked = {"name": "王小满", "kin": "relative"}
    holds(document, "post", "/members/{member}/users", counter.call("POST", f"/members/{number}/users", asked))
    holds(document, "get", "/members/{member}/users", counter.call("GET", f"/members/{number}/users"))
    gone = counter.call("DELETE", f"/members/{number}/users/王小满")
    holds(document, "delete", "/members/{member}/users/{name}", gone)


def test_a_purchase_counts_once_it_is_signed(counter: World) -> None:
    world = counter
    body = {
        "name": "李梅", "phone": "13800000001", "shop": "S1", "at": "2026-05-01 10:00",
        "profile": {"id_number": "11010119900606002X", "address": "临安市澄湖区白鹭街 3 号"},
        "receipts": [{"number": "A", "amount": "9.00"}],
    }  # fmt: skip
    number = world.post("/members", body)["number"]
    sold = {"shop": "S1", "member": number, "signed": ["guide"], "lines": [{"sku": "COAT"}]}
    made = world.post("/sales", sold)
    assert (made["earned"], made["signed"], made["unsigned"]) == ({}, ["guide"], ["member"])
    signed = world.post(f"/sales/{made['id']}/signatures", {"signed": ["member"]})
    assert (signed["earned"], signed["unsigned"]) == ({"points": 1000}, [])
    assert world.get(f"/sales/{made['id']}")["earned"] == {"points": 1000}
    assert world.refused("POST", f"/sales/{made['id']}/signatures", {"signed": ["member"]})["code"] == "SignedAlready"


@pytest.fixture
def one_card(db: None, settings: Any) -> Iterator[World]:
    """One card for every shop: the sixth purchase of a day freezes it."""
    settings.HUIGUAN_DEMO = True
    set_clock(BIRTHDAY)
    limiter.forget()
    yield found_world("one-card")


def test_unusual_use_freezes_and_a_person_lets_go(one_card: World) -> None:
    world = one_card
    body = {"name": "李梅", "phone": "13800000001", "shop": "S1", "at": "2026-05-01 10:00", "card": "C-100"}
    number = world.post("/members", body)["number"]
    sold = {"shop": "S1", "presented": {"card": "C-100"}, "lines": [{"sku": "PIN", "quantity": 1}]}
    for _ in range(5):
        world.post("/sales", sold)
    told = world.refused("POST", "/sales", sold)
    assert (told["code"], told["clause"], told["field"]) == ("UnusualUse", "A8-25", "member")
    told = world.refused("POST", "/sales", sold)
    assert told["code"] == "CardNotUsable"
    assert "2026 年 5 月 5 日冻结：这是当天第 6 单，一天至多 5 单。" in told["text"]["zh"]
    (review,) = world.get("/card-reviews")["items"]
    assert (review["member"], review["card"], review["frozen"], review["shop"]) == (number, "C-100", True, "S1")
    where = f"/members/{number}/card-freeze"
    assert world.refused("DELETE", f"{where}?reason=本人")["code"] == "PaperNeeded"
    lifted = world.call("DELETE", f"{where}?reason=本人&presented=id")
    assert (lifted.status_code, lifted.json()["decision"]) == (200, "released")
    world.post("/sales", sold)
    assert world.get("/card-reviews")["items"] == []
    assert [each["decision"] for each in world.get("/card-reviews?decided=true")["items"]] == ["released"]
    turns = world.get(f"/members/{number}/cards/C-100/history")["items"]
    assert [(turn["what"], turn["clause"]) for turn in turns] == [
        ("active", None), ("frozen", "A8-25"), ("issued", "A8-21"),
    ]  # fmt: skip


def test_cards_are_printed_and_printed_again(one_card: World) -> None:
    world = one_card
    for n in (1, 2):
        body = {"name": f"会员{n}", "phone": f"1380000000{n}", "shop": "S1", "card": f"C-10{n}"}
        world.post("/members", {**body, "at": "2026-05-01 10:00"})
    assert [card["card"] for card in world.get("/cards?state=unprinted")["items"]] == ["C-101", "C-102"]
    run = world.post("/card-print-runs", {"cards": ["C-102"]})
    assert [(card["card"], card["name"], card["printed"]) for card in run["cards"]] == [("C-102", "会员2", 1)]
    assert [card["card"] for card in world.get("/cards?state=unprinted")["items"]] == ["C-101"]
    again = world.post("/card-print-runs", {"cards": ["c-102", "C-102"]})
    assert [(card["card"], card["printed"]) for card in again["cards"]] == [("C-102", 2)]
    assert world.get("/cards?state=printed&shop=S2")["items"] == []
    wrong = world.refused("POST", "/card-print-runs", {"cards": ["C-101", "C-999"]})
    assert (wrong["code"], wrong["field"]) == ("NotFound", "cards.1")
    assert world.refused("GET", "/cards?state=nothing")["field"] == "state"
