"""The web process is killed while a sale is under way: nothing is half done, and the same key finds out."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from huiguan.checkout.models import Sale
from huiguan.cli.serving.children import Child, web
from huiguan.cli.serving.ports import choose_port
from huiguan.ledger.proof import prove
from tests.api.test_tills import Other
from tests.api.world import NOW, World, found_world, sale, set_clock

HOST = "127.0.0.1"
SLEEPS_AT_COMMIT = """
CREATE FUNCTION tests_slow_commit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number = 'SLOW' THEN PERFORM pg_sleep(2); END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER tests_slow AFTER INSERT ON checkout_sale DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION tests_slow_commit()
"""
AS_BEFORE = "DROP TRIGGER IF EXISTS tests_slow ON checkout_sale; DROP FUNCTION IF EXISTS tests_slow_commit()"


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    return found_world()


@pytest.fixture
def slow_commit(world: World) -> Iterator[None]:
    """A sale with the bill number SLOW takes two seconds to commit."""
    with connection.cursor() as cursor:
        cursor.execute(SLEEPS_AT_COMMIT)
    yield
    with connection.cursor() as cursor:
        cursor.execute(AS_BEFORE)


class Web:
    """The web process as `huiguan serve` starts it, on the tests' database."""

    def __init__(self, folder: Path) -> None:
        self.port = choose_port(host=HOST, port=0, remembered=folder / "port")
        told = connection.settings_dict
        url = f"postgresql://{told['USER']}@/{told['NAME']}?host={quote(str(told['HOST']), safe='')}"
        if told["PORT"]:
            url += f"&port={told['PORT']}"
        environment = {"HUIGUAN_DATA": str(folder), "DATABASE_URL": url, "HUIGUAN_DEMO": "1", "HUIGUAN_POOL": "4"}
        self._children: tuple[Child, ...] = web(host=HOST, port=self.port, environment=environment)

    def start(self) -> None:
        for child in self._children:
            child.start()
        assert eventually(lambda: self._answers())

    def _answers(self) -> bool:
        link = http.client.HTTPConnection(HOST, self.port, timeout=5)
        try:
            link.request("GET", "/readyz")
            return link.getresponse().status == 200
        except OSError:
            return False
        finally:
            link.close()

    def kill(self) -> None:
        """As the machine's killer would: at once, with everything it started."""
        for child in self._children:
            assert child.pid is not None
            os.killpg(child.pid, signal.SIGKILL)
        self.stop()

    def stop(self) -> None:
        for child in self._children:
            child.stop()

    def post(self, key: str, body: dict[str, Any], idem: str) -> tuple[int, Any]:
        link = http.client.HTTPConnection(HOST, self.port, timeout=30)
        headers = {"Authorization": f"Bearer {key}", "Idempotency-Key": idem, "Content-Type": "application/json"}
        try:
            link.request("POST", "/api/v1/sales", json.dumps(body), headers)
            answer = link.getresponse()
            return answer.status, json.loads(answer.read())
        finally:
            link.close()


@pytest.fixture
def served(world: World, tmp_path: Path) -> Iterator[Web]:
    served = Web(tmp_path)
    served.start()
    yield served
    served.stop()


def eventually(holds: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.02)
    return False


@contextmanager
def under_way(served: Web, key: str, body: dict[str, Any], idem: str) -> Iterator[list[Any]]:
    """The request in a thread; at the block's end it has failed or been answered."""
    answers: list[Any] = []

    def ask() -> None:
        try:
            answers.append(served.post(key, body, idem))
        except (OSError, http.client.HTTPException) as lost:
            answers.append(lost)

    thread = threading.Thread(target=ask)
    thread.start()
    yield answers
    thread.join()


def sessions(what: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE wait_event = %s", [what])
        return int(cursor.fetchone()[0])


def test_a_sale_committed_but_not_answered_is_found_by_its_key(world: World, served: Web, slow_commit: None) -> None:
    member = world.enrol()
    body = sale(member, ("COAT", 1), number="SLOW")
    with under_way(served, world.key, body, "once") as answers:
        assert eventually(lambda: sessions("PgSleep") == 1)
        served.kill()
    assert isinstance(answers[0], OSError | http.client.HTTPException)
    assert eventually(lambda: Sale.objects.count() == 1)
    served.start()
    status, told = served.post(world.key, body, "once")
    assert (status, told["replayed"], told["number"]) == (201, True, "SLOW")
    assert Sale.objects.count() == 1
    assert world.get(f"/members/{member}/balances")["balances"] == {"points": 18}
    assert not prove(programme=world.actor.programme).findings


def test_a_sale_not_yet_committed_is_as_if_never_asked(world: World, served: Web) -> None:
    member = world.enrol()
    other = Other()
    other.hold(member)
    with under_way(served, world.key, sale(member), "once") as answers:
        assert eventually(lambda: sessions("transactionid") + sessions("tuple") >= 1)
        served.kill()
        other.let_go()
    assert isinstance(answers[0], OSError | http.client.HTTPException)
    served.start()
    status, told = served.post(world.key, sale(member), "once")
    assert (status, told["replayed"]) == (201, False)
    assert Sale.objects.count() == 1
    assert not prove(programme=world.actor.programme).findings
