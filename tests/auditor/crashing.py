"""Crashes: tills sell over HTTP while web processes and PostgreSQL are killed, and ask again until they are answered.

Every till has a house and a model of its own. What is asked again bears its first key, so whatever a crash left half
done must come out once: at the end all books are what the model says, and prove.
"""

from __future__ import annotations

import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, connection, connections

from huiguan.foundation.databases import migrate, use_database
from huiguan.foundation.embedded import kept_server
from huiguan.foundation.models import DemoClock
from huiguan.identity import operations as identity
from huiguan.identity.inputs import CreateClient
from huiguan.kernel.inputs import read
from tests.auditor.comparing import unproved
from tests.auditor.house import Given, House, fen, here, there
from tests.auditor.machine import Command, Machine
from tests.auditor.model.answers import Expected
from tests.auditor.running import PRODUCTS, Audit, Beside, Disagreement, Machinery, said, slips_of

WEIGHTS = {"sell": 40, "batch": 12, "again": 6, "give_back": 14, "redeem": 8, "return_gift": 3}
SIZES = {(2, 6): 4, (7, 64): 3, (65, 300): 2}
HISTORY = 60  # commands of a house's past, in the open
PATIENCE_SECONDS = 180  # for one answer, through any number of crashes
_WRITES = ("sell", "give_back", "redeem", "return_gift")


class Till(Machine):
    """The machine at the till of a running installation: everything bears its own moment, that of the clock there."""

    def __init__(self, seed: int, audit: Audit, clock: Callable[[], datetime]) -> None:
        super().__init__(seed, audit.books, tuple(PRODUCTS))
        self.clock, self.weights, self.sizes = clock, WEIGHTS, SIZES
        self.now = clock()
        self.count = 100_000  # labels of its own

    def next(self) -> Command:
        command = super().next()
        for each in command["given"]["sales"] if command["do"] == "batch" else [command]:
            if each["do"] in _WRITES and each not in self.past[:-1]:
                each["given"] = {"at": self.now, **each["given"]}
        return command

    def _later(self) -> datetime:
        return self.clock()


class Wire:
    """A house reached over HTTP. A lost answer is asked for again under the same key."""

    def __init__(self, house: Any, address: str, key: str) -> None:
        self.__dict__ = house.__dict__  # the same labels and numbers
        self.address, self.key = address, key
        self.asked_again = 0
        self.before: list[Command] = []
        self.cut = 0  # batches of which sales had come in before they were answered

    def do(self, command: Given) -> Any:
        raise NotImplementedError

    def post(self, path: str, body: Given, key: str | None) -> tuple[int, Given]:
        headers = {"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"}
        headers |= {"Idempotency-Key": key} if key else {}
        request = urllib.request.Request(
            f"{self.address}api/v1/{path}", json.dumps(body, default=str).encode(), headers, method="POST"
        )
        end = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with urllib.request.urlopen(request, timeout=15) as answer:
                    return answer.status, json.loads(answer.read())
            except urllib.error.HTTPError as refused:
                if refused.code < 500:
                    return refused.code, json.loads(refused.read())
                last = f"{refused.code} {refused.read()[:300]!r}"
            except (OSError, ValueError) as trouble:  # no connection, cut off, half an answer
                last = repr(trouble)
            if time.monotonic() > end:
                raise Disagreement(f"no answer to {path} under {key}: {last}")
            self.asked_again += 1
            time.sleep(0.05)

    def post_batch(self, command: Command, rows: list[Given]) -> list[tuple[int, Given]]:
        """Status, and sale or problem, of each sale. Where some were not answered for themselves, all are asked again.
        `before` then has those that an earlier asking had brought in, each member's in the order they came in."""
        sales = [{**row, "key": slip["key"]} for row, slip in zip(rows, command["given"]["sales"], strict=True)]
        asked, end = self.asked_again, time.monotonic() + PATIENCE_SECONDS
        while True:
            _, told = self.post("sales/batch", {"sales": sales}, None)
            answers = [(each["status"], each["sale"] or each["problem"]) for each in told["answers"]]
            if all(status < 500 for status, _ in answers):
                break
            if time.monotonic() > end:
                raise Disagreement(f"no answer to some of a batch: {answers}")
            self.asked_again += 1
            time.sleep(0.05)
        self.before = _came_before(command, answers) if self.asked_again > asked else []
        self.cut += bool(self.before)
        return answers


class Served(Wire, House):
    """A house of the designer-wear rulebook."""

    def do(self, command: Given) -> Any:
        given = command["given"]
        if command["do"] == "batch":
            answers = self.post_batch(command, [self._asked(each["given"]) for each in given["sales"]])
            return [self._sold_over(*each) for each in zip(given["sales"], *zip(*answers, strict=True), strict=True)]
        path, body = self._request(command["do"], given)
        status, told = self.post(path, body, command["key"])
        if command["do"] == "sell":
            return self._sold_over(command, status, told)
        if status >= 300:
            return refused_over(told)
        if command["do"] == "redeem":
            self.gifts.setdefault(command["as"], told["id"])
        return Expected({"done": True})

    def _request(self, do: str, given: Given) -> tuple[str, Given]:
        if do == "sell":
            return "sales", self._asked(given)
        moment = {"at": given["at"].isoformat()} if "at" in given else {}
        if do == "give_back":
            asked = self._returning(given)
            return f"sales/{asked.pop('sale')}/returns", asked
        if do == "redeem":
            return "redemptions", {**given, "member": self.numbers[given["member"]], **moment}
        return f"redemptions/{self.gifts[given['redemption']]}/return", moment

    def _sold_over(self, command: Command, status: int, told: Given) -> Expected:
        if status >= 300:
            return refused_over(told)
        self.sales.setdefault(command["as"], told["id"])
        return Expected({"paid": fen(told["paid"])})

    def _voucher(self, label: str, name: str, occasion: str) -> str:
        """Read beside the till: a crash takes this connection too."""
        while True:
            try:
                return super()._voucher(label, name, occasion)
            except (OperationalError, InterfaceError):
                connection.close()
                time.sleep(0.1)


def _came_before(command: Command, answers: list[tuple[int, Given]]) -> list[Command]:
    """The sales of a batch that were known under their keys when it was asked last, in the order of their ids."""
    first: dict[str, tuple[tuple[int, ...], Command]] = {}
    for slip, (status, told) in zip(command["given"]["sales"], answers, strict=True):
        came = status < 300 and told["replayed"]
        first.setdefault(slip["key"], (tuple(map(int, told["id"].split("-"))) if came else (), slip))
    return [slip for place, slip in sorted(first.values(), key=lambda each: each[0]) if place]


def refused_over(problem: Given) -> Expected:
    return Expected(refusals=frozenset({(problem["code"], problem["clause"])}))


@dataclass
class Run:
    """One crash run: what was asked, killed, asked again; the first trouble."""

    commands: int = 0
    batched: int = 0  # sales in batches
    again: int = 0
    cut: int = 0  # batches of which sales had come in before they were answered
    killed: dict[str, int] = field(default_factory=dict)
    trouble: list[Disagreement] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)


@dataclass(frozen=True)
class Side:
    """What is run: a house with some past, by seed; the till that draws for it; how it is reached."""

    lived: Callable[[int], Beside]
    till: Callable[[int, Any, Callable[[], datetime]], Machinery]
    served: type[Wire]


def crash(folder: Path, seed: int, commands: int, *, side: Side | None = None, tills: int = 4) -> Run:
    """`tills` houses with some history, then `commands` commands each over HTTP while processes are killed; raises
    Disagreement where model and books part."""
    data, side = folder / "data", side or CARDS
    with _on(data):
        migrate()
        audits = [side.lived(seed * 100 + n) for n in range(tills)]
        keys = [_key(audit) for audit in audits]
        begins = max(audit.log[-1]["now"] for audit in audits) + timedelta(hours=1)
        ahead = there(begins) - datetime.now(UTC)
        DemoClock.objects.create(pk=1, offset_seconds=round(ahead.total_seconds()))
    run = Run()
    with _serving(data) as (process, address):
        threads = [
            threading.Thread(target=_sell, args=(run, side, audit, seed * 100 + n, commands, address, key, ahead))
            for n, (audit, key) in enumerate(zip(audits, keys, strict=True))
        ]
        killer = threading.Thread(target=_kill, args=(run, process.pid, address, random.Random(seed)))
        for thread in (*threads, killer):
            thread.start()
        for thread in threads:
            thread.join()
        run.over.set()
        killer.join()
    if run.trouble:
        raise run.trouble[0]
    with _on(data):
        for audit in audits:
            now = here(datetime.now(UTC) + ahead)
            assert now is not None
            audit.step({"do": "night", "now": now})  # the worker over there had its own, the model none
            found = [*audit.differences(now), *unproved(audit.house)]
            if found:
                raise Disagreement("\n".join(found[:10]), audit.log)
    return run


def _lived(seed: int) -> Audit:
    """A house with members and a past, all of it in the open."""
    audit = Audit()
    machine = Machine(seed, audit.books, tuple(PRODUCTS), crowd=4)
    while len(audit.log) < HISTORY or machine.now.month not in (6, 12):
        audit.step(machine.next())
    return audit


CARDS = Side(_lived, Till, Served)


def _key(audit: Beside) -> str:
    asked = {
        "name": "tills", "powers": ["sell", "return", "import", "correct", "read_members"],
        "rate_per_minute": 100_000,
    }  # fmt: skip
    made = identity.create_client(actor=audit.house.actor, at=datetime.now(UTC), given=read(CreateClient, asked))
    assert made.key is not None
    return made.key


def _sell(
    run: Run, side: Side, audit: Beside, seed: int, commands: int, address: str, key: str, ahead: timedelta
) -> None:
    house = side.served(audit.house, address, key)

    def clock() -> datetime:
        now = here(datetime.now(UTC) + ahead - timedelta(seconds=1))  # never ahead of the clock over there
        assert now is not None
        return now.replace(microsecond=0)

    machine = side.till(seed, audit, clock)
    try:
        for _ in range(commands):
            if run.trouble:
                return
            command = machine.next()
            _step(audit, house, command)
            run.commands += 1
            run.batched += len(slips_of(command)) if command["do"] == "batch" else 0
        run.again += house.asked_again
        run.cut += house.cut
    except Disagreement as found:
        run.trouble.append(found)
    except Exception as trouble:
        run.trouble.append(Disagreement(f"{type(trouble).__name__}: {trouble}", audit.log))
        raise
    finally:
        connection.close()


def _step(audit: Beside, house: Wire, command: Command) -> None:
    """A batch that a crash cut is asked again. A refusal leaves its key free, so what was refused before is judged anew,
    after the sales that had come in: the model is told of those first."""
    audit.log.append(command)
    theirs = house.do(command)
    if isinstance(theirs, list):
        for slip in house.before:
            audit.books.do({**slip, "now": command["now"]})
    ours = audit.books.do(command)
    pairs = zip(ours, theirs, strict=True) if isinstance(ours, list) and isinstance(theirs, list) else [(ours, theirs)]
    for place, (expected, got) in enumerate(pairs):
        if not _alike(expected, got):
            slip = slips_of(command)[place]
            raise Disagreement(f"{slip}\nthe model says {said(expected)}\nthe product says {said(got)}", audit.log)


def _alike(expected: Expected, got: Expected) -> bool:
    if expected.values is None or got.values is None:
        return expected.values is None and got.values is None and got.refusals <= expected.refusals
    return all(expected.values.get(name, value) == value for name, value in got.values.items())


# ── what is killed ──


def _kill(run: Run, serve: int, address: str, dice: random.Random) -> None:
    """Every other second or so, one of the installation's processes, without warning. What is being brought back is
    left in peace: a database killed in every recovery never comes back, and proves nothing."""
    while not run.over.wait(dice.uniform(0.3, 2)):
        victims = list(_victims(serve)) if _ready(address) else []
        if not victims:
            continue
        kinds = sorted({kind for kind, _ in victims})
        kind = dice.choice(kinds)
        pid = dice.choice([each for named, each in victims if named == kind])
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
        run.killed[kind] = run.killed.get(kind, 0) + 1


def _ready(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}readyz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def _victims(serve: int) -> Iterator[tuple[str, int]]:
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    rows = [
        (int(pid), int(parent), args) for pid, parent, args in (line.split(None, 2) for line in listed.splitlines())
    ]
    children = {pid: args for pid, parent, args in rows if parent == serve and "defunct" not in args}
    for pid, parent, args in rows:
        above = children.get(parent, "")
        if pid in children and "postgres" in args:
            yield "PostgreSQL", pid
        elif "postgres" in above and "huiguan" in args and "defunct" not in args:
            yield "a session of PostgreSQL", pid
        elif pid in children and "serving.answering" in args:
            yield "a web process", pid


@contextmanager
def _on(data: Path) -> Iterator[None]:
    with kept_server(data, name="auditor", tell=lambda text, **values: None) as server:
        use_database(server.home.url())
        try:
            yield
        finally:
            connections.close_all()


@contextmanager
def _serving(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    environment |= {"HUIGUAN_DATA": str(data), "HUIGUAN_DEMO": "1", "HUIGUAN_WEB_PROCESSES": "2", "LC_ALL": "C.UTF-8"}
    process = subprocess.Popen(
        [sys.executable, "-m", "huiguan.cli.main", "serve", "--port", "0"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=(data.parent / "serve.log").open("ab"),
        text=True,
    )
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, (data.parent / "serve.log").read_text(encoding="utf-8")
        yield process, found.group()
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(150)
        except subprocess.TimeoutExpired:
            process.kill()
            raise AssertionError((data.parent / "serve.log").read_text(encoding="utf-8")[-3000:]) from None
