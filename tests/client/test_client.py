"""The reference client against the running house, and against servers that misbehave."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from pytest_django.live_server_helper import LiveServer

from huiguan.api.limits import limiter
from huiguan.client import Client, FileCursor, MemoryCursor, OfflineTill, Problem, SignatureWrong, Unreachable, verified
from huiguan.foundation.outward.signing import headers
from tests.api.world import NOW, World, found_world, sale, set_clock
from tests.hooks.receivers import Message, Receiver, hanging_up, status

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
OTHER = "whsec_" + "QUFB" * 8
BODY = b'{"id": "m1", "type": "Ping"}'


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    limiter.forget()
    return found_world()


@pytest.fixture
def shop(world: World, live_server: LiveServer) -> Client:
    return Client(live_server.url, key=world.key, pause=lambda seconds: None)


def test_a_write_once_a_problem_and_a_list(world: World, shop: Client) -> None:
    number = world.enrol()
    first = shop.post("/sales", sale(number), key="till-1")
    assert shop.post("/sales", sale(number), key="till-1") == {**first, "replayed": True}
    assert shop.get(f"/sales/{first['id']}")["paid"] == "950.00"
    with pytest.raises(Problem) as refused:
        shop.post("/sales", sale(number, lines=[{"sku": "NONE"}]))
    problem = refused.value
    assert (
        (problem.status, problem.field) == (422, "lines.0.sku") and problem.code and set(problem.text) == {"zh", "en"}
    )
    sales = [shop.post("/sales", sale(None))["id"] for _ in range(4)]
    assert [each["id"] for each in shop.items("/sales", limit=2)][:4] == sales[::-1]


def test_events_are_followed_and_the_cursor_is_kept(world: World, shop: Client, tmp_path: Path) -> None:
    cursor = FileCursor(tmp_path / "events.cursor")
    assert list(shop.events(cursor, begin="end", follow=False)) == []
    sold = [shop.post("/sales", sale(None))["id"] for _ in range(3)]
    seen = []
    for event in shop.events(cursor, types=["SaleCommitted"], follow=False):
        seen.append(event["data"]["id"])
        if len(seen) == 2:
            break  # the program dies while it handles the second
    again = [event["data"]["id"] for event in shop.events(FileCursor(tmp_path / "events.cursor"), follow=False)]
    assert seen == sold[:2] and again == sold[1:], "the one not handled comes again, the first does not"
    assert list(shop.events(cursor, follow=False)) == []


def test_waiting_for_what_happens(world: World, shop: Client) -> None:
    begin = shop.get("/events", after="end")["next"]
    assert shop.get("/events", after=begin, wait=1)["items"] == []
    followed = shop.events(MemoryCursor(begin))
    sold = shop.post("/sales", sale(None))["id"]
    assert next(followed)["data"]["id"] == sold


def heard(messages: list[Message]) -> set[str]:
    return {message.headers["idempotency-key"] for message in messages}


def test_a_write_is_tried_again_under_its_key(receiver: Receiver) -> None:
    pauses: list[float] = []
    far = Client(f"http://127.0.0.1:{receiver.port}", key="hg_x", pause=pauses.append)
    receiver.replies = [hanging_up, status(503, Retry_After="7"), status(429), status(201, b'{"id": "1-1"}')]
    assert far.post("/sales", {"shop": "S1"}) == {"id": "1-1"}
    assert len(receiver.messages) == 4 and len(heard(receiver.messages)) == 1
    assert {message.path for message in receiver.messages} == {"/api/v1/sales"}
    assert pauses[1] == 7 and 0.25 <= pauses[0] <= 0.5 and 1 <= pauses[2] <= 2


def test_it_ends_somewhere(receiver: Receiver) -> None:
    far = Client(f"http://127.0.0.1:{receiver.port}", key="hg_x", pause=lambda seconds: None)
    receiver.replies = [hanging_up] * 6
    with pytest.raises(Unreachable) as lost:
        far.post("/sales", {}, key="mine")
    assert lost.value.key == "mine" and len(receiver.messages) == 6
    receiver.replies = [status(502, b"<html>")] * 6
    with pytest.raises(Problem) as refused:
        far.post("/sales", {})
    assert (refused.value.status, refused.value.code) == (502, "")
    receiver.replies = [status(409, b'{"code": "KeyReused"}')]
    with pytest.raises(Problem):
        far.post("/sales", {})
    assert len(receiver.messages) == 13, "what is refused is not tried again"


def test_a_redirect_does_not_carry_the_key_away(receiver: Receiver) -> None:
    with Receiver() as elsewhere:
        receiver.replies = [status(307, Location=elsewhere.url)]
        Client(f"http://127.0.0.1:{receiver.port}", key="hg_x").post("/sales", {})
    assert elsewhere.messages == []


def test_what_the_house_signs_is_verified() -> None:
    told = headers([OTHER, SECRET], "m1", 1_700_000_000, BODY)
    shown = {
        "Webhook-Id": told["webhook-id"],
        "WEBHOOK-TIMESTAMP": told["webhook-timestamp"],
        "Webhook-Signature": told["webhook-signature"],
    }
    assert verified(BODY, shown, secrets=[SECRET], now=1_700_000_299) == {"id": "m1", "type": "Ping"}
    assert verified(BODY, told, secrets=["whsec_" + "QkJC" * 8, OTHER], now=1_699_999_701)["id"] == "m1"


@pytest.mark.parametrize(
    ("change", "now"),
    [({}, 1_700_000_301), ({}, 1_699_999_699), ({"webhook-id": "m2"}, 1_700_000_000),
     ({"webhook-timestamp": "1700000001"}, 1_700_000_000), ({"webhook-timestamp": "x"}, 1_700_000_000),
     ({"webhook-signature": "v1,AAAA"}, 1_700_000_000), ({"webhook-signature": ""}, 1_700_000_000),
     ({"webhook-signature": "v2,x"}, 1_700_000_000)],
)  # fmt: skip
def test_what_was_touched_or_is_old_is_not(change: dict[str, str], now: int) -> None:
    told = {**headers([SECRET], "m1", 1_700_000_000, BODY), **change}
    with pytest.raises(SignatureWrong):
        verified(BODY, told, secrets=[SECRET], now=now)


def test_a_body_that_was_touched_is_not() -> None:
    told = headers([SECRET], "m1", int(time.time()), BODY)
    assert verified(BODY, told, secrets=[SECRET])["id"] == "m1"
    with pytest.raises(SignatureWrong):
        verified(BODY + b" ", told, secrets=[SECRET])


def test_a_till_sells_offline_and_each_sale_is_settled_once(world: World, shop: Client, tmp_path: Path) -> None:
    """6,000 at 95 % earned 114 points; 40 are set aside, 30 used, 11 more do not fit. Its answer lost, it asks again."""
    number = world.enrol()
    world.sell(number, ("COAT", 6), at="2026-03-01 12:00")
    asked = {"member": number, "shop": "S1", "till": "2", "points": 40, "until": "2026-12-11 15:00"}
    allowance = shop.post("/allowances", asked)
    clock = [NOW]
    till = OfflineTill(allowance, tmp_path, lambda: clock[0])
    coat = till.sell([{"sku": "COAT"}], points=30)
    assert (coat is not None, till.left, till.sell([{"sku": "COAT"}], points=11)) == (True, 10, None)
    clock[0] = datetime.fromisoformat("2026-12-11T15:00:00+08:00")
    assert till.sell([{"sku": "COAT"}]) is None  # its time is over
    clock[0] = NOW
    with (tmp_path / f"allowance-{allowance['id']}.jsonl").open("a") as file:
        file.write('{"answer": {"key": "o')  # the till lost its power here
    (first,) = OfflineTill(allowance, tmp_path, lambda: clock[0]).settle(shop)
    (again,) = till.settle(shop)  # one that never heard of it
    assert (first["key"], first["sale"], first["replayed"]) == (coat, again["sale"], False)
    assert again["replayed"] and shop.get(f"/sales/{first['sale']}")["used"] == {"points": 30}
    after = OfflineTill(allowance, tmp_path, lambda: clock[0])
    assert (after.waiting, after.settle(shop), after.left) == ([], [], 10)
