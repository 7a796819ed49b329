"""`huiguan serve` from outside: an address that answers, children that come back, an end that leaves nothing."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from huiguan.foundation.embedded import database
from huiguan.foundation.embedded.homes import home_of

COMMAND = [sys.executable, "-m", "huiguan.cli.main"]


class Serving:
    """One `huiguan serve` on a data folder."""

    def __init__(self, data: Path, *arguments: str, **environment: str) -> None:
        self.data = data
        plain = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
        self.process = subprocess.Popen(
            [*COMMAND, "serve", *arguments],
            env={**plain, "HUIGUAN_DATA": str(data), "LC_ALL": "C.UTF-8", **environment},
            stdout=subprocess.PIPE,
            stderr=(data.parent / "stderr").open("ab"),
            text=True,
        )

    def address(self) -> str:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        found = re.search(r"http://\S+", line)
        assert found, (self.data.parent / "stderr").read_text(encoding="utf-8")
        return found.group()

    def children(self) -> dict[str, int]:
        """The processes it looks after, by what they are."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,args=", "--ppid", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        words = {"serving.answering": "web", "main work": "worker", "postgres": "database"}
        return {
            name: int(line.split()[0])
            for line in listed.stdout.splitlines()
            for word, name in words.items()
            if word in line and "defunct" not in line
        }


def status(address: str, path: str = "readyz") -> int:
    try:
        with urllib.request.urlopen(f"{address}{path}", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as refused:
        return refused.code
    except OSError:
        return 0


def eventually(holds: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def lives(pid: int) -> bool:
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")


@pytest.fixture(scope="module")
def prepared() -> Iterator[Path]:
    """A data folder that has been served once, so that each test starts warm."""
    folder = Path(tempfile.mkdtemp(prefix="huiguan-serve-"))
    folder.chmod(0o755)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


Serve = Callable[..., Serving]


@pytest.fixture(scope="module")
def serve(prepared: Path) -> Iterator[Serve]:
    started: list[Serving] = []

    def start(*arguments: str, **environment: str) -> Serving:
        started.append(Serving(prepared, *arguments, **environment))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.process.send_signal(signal.SIGTERM)
            each.process.wait(60)


@pytest.fixture(scope="module")
def ended(serve: Serve) -> str:
    """The address of the first start, which Ctrl-C has ended: where it answered, and what it left, is looked at here."""
    serving = serve(HUIGUAN_WEB_PROCESSES="2")
    address = serving.address()
    told = [serving.process.stdout.readline() for _ in range(2)]  # type: ignore[union-attr]
    assert f"{address}setup/?code=" in told[0] and re.search(r": (\w{4}-){3}\w{4}$", told[1].strip()), told
    assert status(address, "setup/") == status(address, "healthz") == 200
    assert status(address, "readyz") == 200
    assert status(address, "no/such/page") == 404
    assert status(address, "static/design/tokens.css") == 200
    children = serving.children()
    assert set(children) == {"web", "worker", "database"}
    serving.process.send_signal(signal.SIGINT)
    assert serving.process.wait(60) == 0
    assert not any(map(lives, children.values()))
    return address


@pytest.fixture(scope="module")
def serving(serve: Serve, ended: str) -> Serving:
    """The second start, which the tests below share: it answers at the address of the first. They run in the order in which
    they stand, and the last of them kills it."""
    started = serve()
    assert started.address() == ended
    return started


def test_it_answers_at_the_same_address_after_ctrl_c_ended_everything(serving: Serving, ended: str) -> None:
    assert status(ended) == 200


def test_a_second_one_on_the_same_folder_is_refused_by_name(serving: Serving, serve: Serve) -> None:
    second = serve()
    assert second.process.wait(60) == 1
    told = (second.data.parent / "stderr").read_text(encoding="utf-8")
    assert f"is in use by huiguan serve (pid {serving.process.pid})" in told
    assert serving.process.poll() is None


def test_commands_use_the_server_that_runs(serving: Serving) -> None:
    environment = {**os.environ, "HUIGUAN_DATA": str(serving.data), "LC_ALL": "C.UTF-8"}
    environment.pop("DATABASE_URL", None)
    answer = subprocess.run([*COMMAND, "doctor", "--json"], env=environment, capture_output=True, text=True, check=True)
    found = {line["check"]: line["state"] for line in json.loads(answer.stdout)}
    assert found["server"] == "ok"
    assert found["schema"] == "ok"
    assert found["durability"] == "ok"
    assert serving.children()["database"]


@pytest.mark.parametrize("name", ["web", "worker", "database"])
def test_a_child_that_is_killed_comes_back(serving: Serving, ended: str, name: str) -> None:
    with psycopg.connect(home_of(serving.data).url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (name text)")
        connection.execute("INSERT INTO kept VALUES (%s)", [name])
    victim = serving.children()[name]
    os.kill(victim, signal.SIGKILL)
    assert eventually(lambda: serving.children().get(name, victim) != victim)
    assert eventually(lambda: status(ended) == 200)
    with psycopg.connect(home_of(serving.data).url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept WHERE name = %s", [name]).fetchone() == (1,)


def test_killing_it_ends_its_children_and_the_next_start_recovers(serving: Serving, serve: Serve) -> None:
    with psycopg.connect(home_of(serving.data).url(), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (name text)")
        connection.execute("INSERT INTO kept VALUES ('before the kill')")
    children = serving.children()
    serving.process.kill()
    serving.process.wait()
    assert eventually(lambda: not any(map(lives, children.values())))
    again = started_behind_a_script(serve)
    assert status(again.address()) == 200
    with psycopg.connect(home_of(again.data).url()) as connection:
        assert connection.execute("SELECT count(*) FROM kept WHERE name = 'before the kill'").fetchone() == (1,)
    # Ctrl-C reaches it all the same.
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(60) == 0


def started_behind_a_script(serve: Serve) -> Serving:
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)  # as a shell does for a command with `&`
    try:
        return serve()
    finally:
        signal.signal(signal.SIGINT, before)


def test_a_taken_port_is_refused_by_name(serve: Serve) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        serving = serve("--port", str(port))
        assert serving.process.wait(60) == 1
    told = (serving.data.parent / "stderr").read_text(encoding="utf-8")
    assert f"Port {port} of 127.0.0.1 is taken." in told


def test_it_runs_on_another_postgresql(serve: Serve, prepared: Path) -> None:
    elsewhere = prepared.parent / "elsewhere"
    with database(elsewhere) as url:
        serving = serve(DATABASE_URL=url)
        assert status(serving.address()) == 200
        assert set(serving.children()) == {"web", "worker"}
        serving.process.send_signal(signal.SIGTERM)
        assert serving.process.wait(60) == 0
