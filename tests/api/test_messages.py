"""Messages over the API, under a rulebook that has notices."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.messaging import operations
from huiguan.messaging.models import Message
from tests.api.test_document import _holds
from tests.api.world import NOW, POWERS, World, found_world, make_key, set_clock
from tests.messaging.post import HOUR, WALL, Scripted


@pytest.fixture
def shop(db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    world = found_world("neighbourhood")
    operations.begin_telling(programme=world.actor.programme)
    return world


def test_what_is_said_and_moved(shop: World) -> None:
    document = shop.browser.get("/api/v1/openapi.json").json()
    number = shop.post("/members", {"name": "李梅", "phone": "13800000001", "shop": "S1"})["number"]
    operations.follow_feed(programme=shop.actor.programme, wall=WALL)
    (told,) = shop.get(f"/messages?member={number}")["items"]
    assert (told["to"], told["state"], told["clause"], told["text"][:2]) == ("138****0001", "waiting", "N5-01", "李梅")
    one, organiser = told["id"], make_key(shop.actor, "post", [*POWERS, "organise"])

    def call(operation: str, path: str, body: Any = None, key: str | None = None) -> Any:
        method, address = operation.split(" ")
        response = shop.call(method.upper(), path, body, key=key)
        _holds(document, method, address, response)
        return response.json()

    assert call("get /messages", "/messages?text=梅&state=waiting&limit=1")["items"] == [told]
    assert call("get /messages/{message}", f"/messages/{one}")["tries"] == []
    seen = call("get /message-previews", f"/message-previews?clause=N5-06&member={number}")
    assert (seen["text"], seen["parts"]) == ("李梅，2026 年 12 月 17 日 是您的生日，当天购物积分加倍。", 1)
    assert call("post /messages/{message}/withdrawal", f"/messages/{one}/withdrawal") == {"message": one}
    assert call("post /messages/{message}/resending", f"/messages/{one}/resending") == {"message": one}
    assert call("post /messages/{message}/resending", f"/messages/{one}/resending")["code"] == "NotResendable"
    operations.send_messages(providers={"sms": Scripted()}, at=NOW + HOUR, clock=lambda: WALL)
    receipt = {"provider": "scripted", "reference": "ref", "outcome": "delivered"}
    assert call("post /message-receipts", "/message-receipts", receipt, organiser) == {"message": one}
    assert call("post /message-receipts", "/message-receipts", receipt)["code"] == "Forbidden"
    tries = [(each["what"], each["outcome"]) for each in call("get /messages/{message}", f"/messages/{one}")["tries"]]
    assert tries == [
        ("withdraw", "accepted"), ("resend", "accepted"), ("send", "delivered"), ("receipt", "delivered"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/messages/999999", "NotFound"),
        (f"/messages/{'9' * 25}", "InvalidInput"),
        ("/messages?member=nobody", "NotFound"),
        ("/message-previews?clause=N0-01&member=nobody", "NotFound"),
        ("/message-previews?clause=x&member=nobody", "InvalidInput"),
    ],
)
def test_what_is_not_there(shop: World, path: str, code: str) -> None:
    response = shop.call("GET", path)
    assert response.json()["code"] == code
    assert Message.objects.count() == 0
