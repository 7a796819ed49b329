"""Subscriptions: told in order, at least once, until the receiver has taken it or is given up."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huiguan.foundation import outbox
from huiguan.hooks import following
from huiguan.hooks.following import Post, deliver, due_subscriptions
from huiguan.hooks.models import Attempt, Subscription
from huiguan.hooks.operations import stop_all_hooks
from huiguan.hooks.queries import stuck
from huiguan.hooks.tasks import send_asked
from huiguan.hooks.waiting import ATTEMPTS
from huiguan.identity import operations as identity
from huiguan.identity.inputs import ClientNamed
from tests.api.world import NOW, World, make_key
from tests.hooks.receivers import Receiver, status

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Wall:
    """A wall clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def wall() -> Wall:
    return Wall()


def turn(hook: int, wall: Wall) -> int:
    return deliver(hook, Post(wall, dice=lambda low, high: 0)) if hook in due_subscriptions(wall()) else 0


def subscribe(world: World, receiver: Receiver, **more: Any) -> Any:
    return world.post("/hooks", {"name": "账务", "url": receiver.url, **more})


def sold(receiver: Receiver) -> list[str]:
    return [message.told["data"]["id"] for message in receiver.messages]


def test_events_arrive_in_order_signed_and_as_the_feed_tells_them(world: World, receiver: Receiver, wall: Wall) -> None:
    number = world.enrol()
    made = subscribe(world, receiver, types=["SaleCommitted", "SaleReturned"])
    first, second = world.sell(number), world.sell(number)
    world.post(f"/members/{number}/suspension", {"reason": "x"})
    assert turn(made["id"], wall) == 2
    assert sold(receiver) == [first["id"], second["id"]]
    message = receiver.messages[0]
    assert message.told == world.get(f"/events/{message.id}")
    assert message.headers["webhook-timestamp"] == str(int(START.timestamp()))
    key = base64.b64decode(made["secret"].removeprefix("whsec_"))
    signed = f"{message.id}.{int(START.timestamp())}.".encode() + message.body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    assert message.headers["webhook-signature"] == f"v1,{expected}"
    assert turn(made["id"], wall) == 0 and len(receiver.messages) == 2
    hook = world.get(f"/hooks/{made['id']}")
    assert (hook["behind"], hook["failures"], hook["last"]["status"]) == (0, 0, 204)


def test_what_is_not_taken_holds_back_the_rest_and_is_tried_again(world: World, receiver: Receiver, wall: Wall) -> None:
    made = subscribe(world, receiver)
    first, second = world.sell(None), world.sell(None)
    receiver.replies = [status(500, b"database is away"), status(503, Retry_After="60")]
    assert turn(made["id"], wall) == 0 and sold(receiver) == [first["id"]]
    assert turn(made["id"], wall) == 0 and len(receiver.messages) == 1, "not before its time"
    wall.at += timedelta(seconds=5)
    assert turn(made["id"], wall) == 0 and len(receiver.messages) == 2
    wall.at += timedelta(seconds=59)
    assert turn(made["id"], wall) == 0 and len(receiver.messages) == 2, "the receiver asked for a minute"
    wall.at += timedelta(seconds=1)
    assert turn(made["id"], wall) == 2
    assert sold(receiver) == [first["id"], first["id"], first["id"], second["id"]]
    assert len({message.id for message in receiver.messages[:3]}) == 1, "one id, however often it is sent"
    told = world.get(f"/hooks/{made['id']}/attempts")["items"]
    assert [(each["n"], each["status"], each["trouble"]) for each in told] == [
        (1, 204, ""), (3, 204, ""), (2, 503, "status"), (1, 500, "status"),
    ]  # fmt: skip
    assert told[3]["answer"] == "database is away"
    assert len(world.get(f"/hooks/{made['id']}/attempts?failed=true")["items"]) == 2


def test_a_worker_that_dies_after_the_answer_sends_the_same_id_again(
    world: World, receiver: Receiver, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = subscribe(world, receiver)
    sale = world.sell(None)
    with monkeypatch.context() as dying:
        dying.setattr(following, "_move", lambda row, position: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            turn(made["id"], wall)
    assert turn(made["id"], wall) == 1
    assert sold(receiver) == [sale["id"], sale["id"]]
    assert receiver.messages[0].id == receiver.messages[1].id
    assert turn(made["id"], wall) == 0


def test_three_days_and_it_is_given_up_and_says_so(world: World, receiver: Receiver, wall: Wall) -> None:
    made = subscribe(world, receiver)
    world.sell(None)
    receiver.replies = [status(500)] * 100
    for _ in range(ATTEMPTS + 3):
        turn(made["id"], wall)
        wall.at += timedelta(hours=13)
    assert len(receiver.messages) == ATTEMPTS
    hook = world.get(f"/hooks/{made['id']}")
    assert (hook["state"], hook["reason"], hook["behind"]) == ("stopped", "gave_up", 1)
    assert [each.reason for each in stuck(wall())] == ["gave_up"]
    receiver.replies = []
    world.call("DELETE", f"/hooks/{made['id']}/pause?begin=waiting")
    assert turn(made["id"], wall) == 1, "nothing was lost"
    assert stuck(wall()) == ()


def test_a_receiver_that_is_gone_is_believed(world: World, receiver: Receiver, wall: Wall) -> None:
    made = subscribe(world, receiver)
    world.sell(None)
    receiver.replies = [status(410)]
    turn(made["id"], wall)
    hook = world.get(f"/hooks/{made['id']}")
    assert (hook["state"], hook["reason"]) == ("stopped", "gone")


@pytest.mark.parametrize("code", [400, 410])
def test_one_that_is_never_taken_can_be_passed_over(world: World, receiver: Receiver, wall: Wall, code: int) -> None:
    """Also one a receiver called itself gone at, with events before it that were not for it."""
    number = world.enrol()
    made = subscribe(world, receiver, types=["SaleCommitted"])
    world.post(f"/members/{number}/suspension", {"reason": "x"})
    world.call("DELETE", f"/members/{number}/suspension?reason=x")
    bad, good = world.sell(None), world.sell(None)
    assert world.refused("POST", f"/hooks/{made['id']}/skip")["code"] == "HookNotBlocked"
    receiver.replies = [status(code)]
    turn(made["id"], wall)
    world.post(f"/hooks/{made['id']}/skip")
    assert turn(made["id"], wall) == 1
    assert sold(receiver) == [bad["id"], good["id"]]


def test_pausing_keeps_what_happens_meanwhile(world: World, receiver: Receiver, wall: Wall) -> None:
    made = subscribe(world, receiver)
    assert world.post(f"/hooks/{made['id']}/pause")["reason"] == "by_hand"
    sale = world.sell(None)
    assert turn(made["id"], wall) == 0
    world.call("DELETE", f"/hooks/{made['id']}/pause")
    assert turn(made["id"], wall) == 1 and sold(receiver) == [sale["id"]]
    world.post(f"/hooks/{made['id']}/pause")
    world.sell(None)
    world.call("DELETE", f"/hooks/{made['id']}/pause?begin=now")
    assert turn(made["id"], wall) == 0 and len(receiver.messages) == 1


def test_a_new_secret_and_the_old_one_for_a_day(world: World, receiver: Receiver, wall: Wall) -> None:
    made = subscribe(world, receiver)
    renewed = world.post(f"/hooks/{made['id']}/secret")
    assert renewed["secret"].startswith("whsec_") and renewed["secret"] != made["secret"]
    until = Subscription.objects.get().old_secret_until
    assert until is not None
    wall.at = until - timedelta(seconds=1)
    world.sell(None)
    turn(made["id"], wall)
    assert len(receiver.messages[0].headers["webhook-signature"].split()) == 2
    wall.at = until
    world.sell(None)
    turn(made["id"], wall)
    assert len(receiver.messages[1].headers["webhook-signature"].split()) == 1


def test_a_secret_is_told_once_and_kept_sealed(world: World, receiver: Receiver) -> None:
    body = {"name": "账务", "url": receiver.url}
    made = world.post("/hooks", body, idem="once")
    again = world.post("/hooks", body, idem="once")
    assert made["secret"].startswith("whsec_") and again == {**made, "secret": None}
    assert made["secret"].encode() not in bytes(Subscription.objects.get().secret)


def test_a_program_keeps_its_own_and_hears_what_it_may_read(world: World, receiver: Receiver, wall: Wall) -> None:
    till = make_key(world.actor, "till", ["sell"], ["S2"])
    made = world.post("/hooks", {"name": "till", "url": receiver.url}, key=till)
    world.sell(None)
    there = world.sell(None, shop="S2")
    turn(made["id"], wall)
    assert sold(receiver) == [there["id"]]
    assert world.get("/hooks")["items"] == [], "the other program sees nothing of it"
    assert world.refused("GET", f"/hooks/{made['id']}")["code"] == "NotFound"
    assert [each["name"] for each in world.get("/hooks", key=till)["items"]] == ["till"]
    assert (
        world.refused("POST", "/hooks", {"name": "x", "url": receiver.url, "client": "erp"}, key=till)["code"]
        == "Forbidden"
    )
    identity.revoke_client(actor=world.actor, at=NOW, given=ClientNamed(name="till"))
    world.sell(None, shop="S2")
    assert turn(made["id"], wall) == 0
    assert Subscription.objects.get().reason == "revoked"


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [({"url": "https://10.0.0.8/"}, "HookAddressRefused", "url"), ({"url": "x"}, "HookAddressRefused", "url"),
     ({"types": ["SaleComitted"]}, "InvalidInput", "types"), ({"name": ""}, "InvalidInput", "name"),
     ({"begin": "tomorrow"}, "InvalidInput", "begin"), ({"client": "nobody"}, "Forbidden", None)],
)  # fmt: skip
def test_what_is_refused(world: World, body: dict[str, Any], code: str, field: str | None) -> None:
    told = world.refused("POST", "/hooks", {"name": "a", "url": "https://a.example/", **body})
    assert (told["code"], told["field"]) == (code, field)
    assert Subscription.objects.count() == 0


def test_a_name_is_taken_once(world: World, receiver: Receiver) -> None:
    subscribe(world, receiver)
    assert world.refused("POST", "/hooks", {"name": "账务", "url": receiver.url})["code"] == "HookNameTaken"


def test_books_put_back_tell_nobody_until_a_person_has_looked(world: World, receiver: Receiver, wall: Wall) -> None:
    made = subscribe(world, receiver)
    world.sell(None)
    outbox.renew_feeds()
    assert stop_all_hooks() == 1
    assert turn(made["id"], wall) == 0 and receiver.messages == []
    assert world.get(f"/hooks/{made['id']}")["reason"] == "restored"
    world.call("DELETE", f"/hooks/{made['id']}/pause")
    assert turn(made["id"], wall) == 0, "what was told before is not told again under other ids"
    sale = world.sell(None)
    assert turn(made["id"], wall) == 1 and sold(receiver) == [sale["id"]]


def test_a_person_sends_again_and_tries_it_out(world: World, receiver: Receiver, wall: Wall) -> None:
    made = subscribe(world, receiver)
    world.sell(None)
    turn(made["id"], wall)
    event = receiver.messages[0].id
    assert world.post(f"/hooks/{made['id']}/resends/{event}") == {"hook": made["id"], "message": event}
    send_asked(made["id"], event, "沈令仪")
    assert receiver.messages[1].id == event and receiver.messages[1].told == receiver.messages[0].told
    asked = world.post(f"/hooks/{made['id']}/tests")
    send_asked(made["id"], asked["message"], "沈令仪")
    assert receiver.messages[2].told["type"] == "Ping" and receiver.messages[2].told["data"] == {"subscription": "账务"}
    told = list(Attempt.objects.order_by("id").values_list("kind", "n", "by"))
    assert told == [("SaleCommitted", 1, ""), ("SaleCommitted", 2, "沈令仪"), ("Ping", 1, "沈令仪")]
    assert world.refused("POST", f"/hooks/{made['id']}/resends/none")["code"] == "EventUnknown"


def test_nobody_sends_herself_what_she_may_not_read(world: World, receiver: Receiver, wall: Wall) -> None:
    """Who organises has other programs told, but none that may more than she, or act where she does not."""
    made = subscribe(world, receiver)
    make_key(world.actor, "till", ["sell"], ["S1"])
    here = make_key(world.actor, "hr", ["organise", "sell"], ["S1"])
    few = make_key(world.actor, "clerk of posts", ["organise"])
    asked = {"name": "偷听", "url": receiver.url, "client": "erp"}
    path = f"/hooks/{made['id']}"
    for key, code in ((here, "AbovePowers"), (few, "AbovePowers")):
        assert world.refused("POST", "/hooks", asked, key=key)["code"] == code
        assert world.refused("GET", path, key=key)["code"] == code
        assert world.refused("POST", f"{path}/secret", key=key)["code"] == code
    wide = make_key(world.actor, "wide", ["organise", "sell"])
    wider = world.post("/hooks", {"name": "全部", "url": receiver.url}, key=wide)
    assert world.refused("GET", f"/hooks/{wider['id']}", key=here)["code"] == "OutsidePlaces"
    assert world.post("/hooks", {**asked, "name": "收银", "client": "till"}, key=here)["secret"]
