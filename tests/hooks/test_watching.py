"""The worker's watch: soon after the commit, by one worker at a time, and again after a death."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.db import connections
from django.test.utils import CaptureQueriesContext

from huiguan.api.limits import limiter
from huiguan.foundation.jobs import keep_watch, wall_clock
from huiguan.foundation.models import OutboxRow
from huiguan.foundation.outward.sending import send
from huiguan.hooks import following, tasks
from huiguan.hooks.models import Attempt, Subscription
from tests.api.world import NOW, World, found_world, set_clock
from tests.hooks.receivers import Receiver, dripping

PATIENCE = 30.0

# A worker of its own: it watches until it is killed.
WORKER = """
import threading
from django.conf import settings
import django
django.setup()
from huiguan.foundation.databases import use_database
import sys
use_database(sys.argv[1])
settings.HUIGUAN_HOOK_NETWORKS = ["127.0.0.0/8"]
from huiguan.foundation.jobs import keep_watch
from huiguan.hooks import tasks
keep_watch("hooks.deliver", threading.Event())
"""


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    settings.HUIGUAN_HOOK_NETWORKS = ["127.0.0.0/8"]
    set_clock(NOW)
    limiter.forget()
    return found_world()


def until(what: Callable[[], bool]) -> None:
    ends = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < ends, "it did not happen"
        time.sleep(0.05)


@contextmanager
def watching(count: int = 1) -> Iterator[None]:
    stop = threading.Event()
    threads = [threading.Thread(target=keep_watch, args=("hooks.deliver", stop)) for _ in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)


def test_two_workers_tell_once_and_a_slow_receiver_holds_up_no_other(
    world: World, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "send", partial(send, seconds=3))  # a fifth of how long one is really waited for
    with Receiver() as slow:
        slow.replies = [dripping] * 9
        world.post("/hooks", {"name": "slow", "url": slow.url})
        world.post("/hooks", {"name": "quick", "url": receiver.url})
        with watching(2):
            first = world.sell(None)
            until(lambda: len(receiver.messages) == 1)
            assert receiver.messages[0].told["data"]["id"] == first["id"]
            until(lambda: Attempt.objects.filter(trouble="timeout").exists())
        assert len(receiver.messages) == 1


def worker() -> subprocess.Popen[bytes]:
    made = connections["default"].settings_dict
    parts = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    url = " ".join(f"{theirs}='{made[ours]}'" for theirs, ours in parts.items() if made[ours])
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "huiguan.config.settings"}
    return subprocess.Popen([sys.executable, "-W", "ignore", "-c", WORKER, url], env=environment)


def test_a_worker_killed_in_the_middle_of_telling_loses_nothing(world: World, receiver: Receiver) -> None:
    """Killed (-9) while the receiver has the message and has not answered: the next worker sends it again, same id."""
    held = threading.Event()
    receiver.replies = [lambda to: (held.wait(PATIENCE), None)[1]]
    world.post("/hooks", {"name": "accounts", "url": receiver.url})
    sales = [world.sell(None)["id"] for _ in range(2)]
    first = worker()
    try:
        until(lambda: len(receiver.messages) == 1)
    finally:
        first.send_signal(signal.SIGKILL)
        first.wait(PATIENCE)
    held.set()
    second = worker()
    try:
        until(lambda: len(receiver.messages) == 3)
    finally:
        second.terminate()
        second.wait(PATIENCE)
    assert [message.told["data"]["id"] for message in receiver.messages] == [sales[0], *sales]
    assert receiver.messages[0].id == receiver.messages[1].id


def test_a_look_with_nobody_subscribed_asks_one_question(world: World) -> None:
    world.sell(None)
    with CaptureQueriesContext(connections["default"]) as asked:
        assert tasks.look(wall_clock) is False
    assert len(asked) == 1
    assert OutboxRow.objects.filter(last=None).exists(), "where nobody reads nobody gives positions"


def test_old_attempts_and_events_are_let_go(world: World, receiver: Receiver) -> None:
    made = world.post("/hooks", {"name": "accounts", "url": receiver.url})
    world.sell(None)
    row = Subscription.objects.get(pk=made["id"])
    for days in (29, 31):
        Attempt.objects.create(
            programme_id=row.programme_id, subscription=row, message="m", kind="Ping", n=1, ms=1, trouble="", answer="",
            at=wall_clock() - timedelta(days=days),
        )  # fmt: skip
    tasks.forget(NOW + timedelta(days=89))
    assert Attempt.objects.count() == 1
    assert [each["type"] for each in world.get("/events")["items"]] == ["SaleCommitted"], "the rulebook's is older"
    tasks.forget(NOW + timedelta(days=91))
    assert world.get("/events")["items"] == []
