"""Webhooks in the console: kept by whoever organises, refused to others, nothing shown that is secret."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.hooks import operations
from huiguan.hooks.inputs import Subscribe
from huiguan.hooks.models import Subscription
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateClient
from huiguan.kernel.inputs import read
from tests.console.world import OPENS, World


@pytest.fixture
def hook(world: World) -> int:
    given = read(CreateClient, {"name": "财务系统", "powers": ["sell"]})
    identity.create_client(actor=world.actor, at=OPENS, given=given)
    asked = Subscribe(name="财务", url="https://accounts.example/h", client="财务系统", types=["SaleCommitted"])
    return operations.subscribe(actor=world.actor, at=OPENS, given=asked).id


def test_a_clerk_keeps_no_webhooks(world: World, hook: int) -> None:
    clerk = world.client("zhouhe")
    for address in ("", "new", f"{hook}/", f"{hook}/log", f"{hook}/change"):
        assert clerk.get(f"/programs/hooks/{address}").status_code == 403, address
    for deed in ("pause", "secret", "resend", "test"):
        assert clerk.post(f"/programs/hooks/{hook}/{deed}").status_code == 403, deed
    assert Subscription.objects.get().state == "active"


def test_the_form_keeps_what_was_typed_and_names_the_field(world: World, hook: int) -> None:
    owner = world.client("shenlingyi", "en")
    typed = {
        "name": "财务",
        "url": "https://b.example/",
        "client": "财务系统",
        "types": ["SaleReturned"],
        "begin": "now",
    }
    answer = owner.post("/programs/hooks/new", typed)
    text = answer.content.decode()
    assert answer.status_code == 409 and "There is a webhook called 财务." in text
    assert 'value="https://b.example/"' in text and 'aria-invalid="true"' in text
    assert 'value="SaleReturned" checked' in text and Subscription.objects.count() == 1


def test_a_secret_is_shown_once_and_the_page_sent_twice_makes_one(world: World, hook: int) -> None:
    owner = world.client("shenlingyi")
    typed = {"name": "二", "url": "https://b.example/", "client": "财务系统", "begin": "now", "key": "page-1"}
    assert "whsec_" in owner.post("/programs/hooks/new", typed).content.decode()
    assert "whsec_" not in owner.post("/programs/hooks/new", typed).content.decode()
    assert Subscription.objects.count() == 2
    assert "whsec_" not in owner.get(f"/programs/hooks/{hook}/").content.decode()
    assert "whsec_" in owner.post(f"/programs/hooks/{hook}/secret").content.decode()


def test_paused_and_going_on(world: World, hook: int) -> None:
    owner = world.client("shenlingyi")
    states: list[Any] = []
    for deed in ("pause", "resume", "pause", "resume-now"):
        assert owner.post(f"/programs/hooks/{hook}/{deed}").status_code == 302
        states.append(Subscription.objects.get().state)
    assert states == ["paused", "active", "paused", "active"]
    assert owner.post(f"/programs/hooks/{hook}/skip").status_code == 409
    assert owner.post(f"/programs/hooks/{hook}/dance").status_code == 404
    assert owner.get("/programs/hooks/999/").status_code == 404


def test_the_log_answers_only_where_there_is_more(world: World, hook: int) -> None:
    owner = world.client("shenlingyi")
    assert owner.get(f"/programs/hooks/{hook}/log?seen=0").status_code == 204
    assert owner.get(f"/programs/hooks/{hook}/log?seen=5").status_code == 200
    for query in ("before=x", "before=-1", "before=99999999999999999999", "seen=abc"):
        assert owner.get(f"/programs/hooks/{hook}/log?{query}").status_code == 200
