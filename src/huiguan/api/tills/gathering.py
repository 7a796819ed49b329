"""Gathering: sales that arrive while the last batch is being written form the next one.

One thread with a database connection of its own commits batch after batch; nothing waits for a batch to fill. An answer
is given after its commit, never before.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import InterfaceError, connection
from django.db.utils import OperationalError

from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.operations import commit_sales
from huiguan.checkout.values import SaleView
from huiguan.foundation.clock import now
from huiguan.foundation.jobs import wall_clock
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

MOST = 64  # sales in a batch; a request of more is a batch of its own
# Seconds a batch waits for requests that are expected, and for each of them; a lonely request never waits.
PATIENCE, PATIENCE_EACH = 0.001, 0.0001
Answer = SaleView | Exception
Tell = Callable[[list[Answer], Mapping[int, Programme]], bytes]
# How the tills' connection plans: once, and by key alone.
_PLANS = {
    "plan_cache_mode": "force_generic_plan",
    "enable_seqscan": "off",
    "enable_hashjoin": "off",
    "enable_mergejoin": "off",
}
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request's sales, by one actor; `answered` gets what `tell` makes of the answers, in the order of the sales."""

    actor: Actor
    sales: Sequence[SaleInput]
    tell: Tell
    answered: asyncio.Future[bytes]


class Gatherer:
    """Commits what it is handed, batch after batch, in a thread that also tells the answers.

    All but that work happens on the loop, so nothing here is locked, and the thread wakes once for each batch.
    """

    def __init__(self) -> None:
        self._rulebooks: dict[int, Programme] = {}
        self._batches: queue.SimpleQueue[list[Asked] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._waiting: list[Asked] = []
        self._expected = 1  # requests worth waiting for a moment
        self._patience: asyncio.TimerHandle | None = None
        self._free = asyncio.Event()  # no batch is under way
        self._ready: object = None  # the connection that has been told how to plan

    def start(self) -> None:
        """Begin, on the running loop. Beginning twice changes nothing."""
        if self._thread is None:
            self._loop = asyncio.get_running_loop()
            self._free.set()
            self._thread = threading.Thread(target=self._work, name="huiguan-tills", daemon=True)
            self._thread.start()

    async def stop(self) -> None:
        """Commit and answer what was handed in, then end."""
        while self._waiting or not self._free.is_set():
            await self._free.wait()
            if self._waiting:
                self._send()
        thread, self._thread = self._thread, None
        if thread is not None:
            self._batches.put(None)
            await asyncio.to_thread(thread.join)

    def commit(self, actor: Actor, sales: Sequence[SaleInput], tell: Tell) -> asyncio.Future[bytes]:
        """What `tell` makes of the answers to `sales` (the sale, or what refused it) and the rulebooks that judged
        them, once they are durable. What it raises, the future raises."""
        assert self._loop is not None, "the gatherer has not been started"
        answered: asyncio.Future[bytes] = self._loop.create_future()
        self._waiting.append(Asked(actor, sales, tell, answered))
        self._consider()
        return answered

    def _consider(self) -> None:
        """Send a batch off, unless one is under way or as many requests as a moment ago may still come."""
        if not self._waiting or not self._free.is_set():
            return
        if len(self._waiting) >= min(self._expected, MOST):
            self._send()
        elif self._patience is None:
            assert self._loop is not None
            self._patience = self._loop.call_later(PATIENCE + PATIENCE_EACH * self._expected, self._send)

    def _send(self) -> None:
        """The next batch: in the order they came, up to MOST sales, and at least one request."""
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None
        taken = sales = 0
        while taken < len(self._waiting) and sales < MOST:
            sales += len(self._waiting[taken].sales)
            taken += 1
        batch, self._waiting = self._waiting[:taken], self._waiting[taken:]
        self._free.clear()
        self._batches.put(batch)

    def _answered(self, asked: list[Asked], told: list[bytes | Exception]) -> None:
        """A batch is durable: answer it. Whoever was answered is likely to ask again at once."""
        for each, answer in zip(asked, told, strict=True):
            if each.answered.done():  # the caller went away
                continue
            if isinstance(answer, Exception):
                each.answered.set_exception(answer)
            else:
                each.answered.set_result(answer)
        self._free.set()
        self._expected = len(asked) + len(self._waiting)
        self._consider()

    def _work(self) -> None:
        while (batch := self._batches.get()) is not None:
            self._answer(batch)
        connection.close()

    def _make_ready(self) -> None:
        """A till's statements look things up by key, however many: to plan them anew for each batch takes longer than to
        execute them. And a plan kept since the tables were small would read them whole, so none may."""
        connection.ensure_connection()
        if connection.connection is not self._ready:
            with connection.cursor() as cursor:
                for setting, value in _PLANS.items():
                    cursor.execute(f"SET {setting} = {value}")
            self._ready = connection.connection

    def _answer(self, asked: list[Asked]) -> None:
        ready: list[bytes | Exception] = []
        answers = self._answers(asked, ready)
        told = ready or self._told(asked, answers)
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(self._answered, asked, told)
        except RuntimeError:  # the loop is closed: nobody is left to be told
            logger.warning("%s requests were committed but not answered", len(asked))

    def _told(self, asked: list[Asked], answers: list[list[Answer]]) -> list[bytes | Exception]:
        told: list[bytes | Exception] = []
        for each, mine in zip(asked, answers, strict=True):
            try:
                told.append(each.tell(mine, self._rulebooks))
            except Exception as trouble:
                told.append(trouble)
        return told

    def _answers(self, asked: list[Asked], ready: list[bytes | Exception]) -> list[list[Answer]]:
        """The whole batch at once, put into words (`ready`) while it is written, where every rulebook is known already;
        where that fails as a whole, each sale for itself."""

        def meanwhile(answers: list[list[Answer]]) -> None:
            versions = {view.version for each in answers for view in each if isinstance(view, SaleView)}
            told = self._told(asked, answers) if versions <= self._rulebooks.keys() else []
            unwell = any(isinstance(each, Exception) and not isinstance(each, Refusal) for each in told)
            ready[:] = [] if unwell else told  # then it is tried again when the database may be asked

        try:
            self._make_ready()
            answers = _together(asked, meanwhile)
        except Exception as trouble:
            ready.clear()
            if isinstance(trouble, OperationalError | InterfaceError):
                connection.close()
            logger.info("a batch of %s was divided: %r", len(asked), trouble)
            answers = [[_alone(each.actor, sale) for sale in each.sales] for each in asked]
        for view in (view for each in answers for view in each if isinstance(view, SaleView)):
            if view.version not in self._rulebooks:
                self._rulebooks[view.version] = programmes.version(view.version)
        return answers


def _together(asked: list[Asked], meanwhile: Callable[[list[list[Answer]]], None]) -> list[list[Answer]]:
    """One transaction; the sales of one actor in one call, in the order they came. Those of one actor alone are also
    handed to `meanwhile` while they are written."""
    actors = {each.actor.id: each.actor for each in asked}
    at, wall = now(), wall_clock()

    def commit(actor: Actor, while_written: Callable[[Sequence[Answer]], None] | None = None) -> Sequence[Answer]:
        sales = [sale for each in asked if each.actor.id == actor.id for sale in each.sales]
        return commit_sales(actor=actor, at=at, sales=sales, wall=wall, meanwhile=while_written)

    def dealt(done: Mapping[int, Sequence[Answer]]) -> list[list[Answer]]:
        left = {key: iter(answers) for key, answers in done.items()}
        return [[next(left[each.actor.id]) for _ in each.sales] for each in asked]

    if len(actors) == 1:
        ((key, actor),) = actors.items()
        return dealt({key: commit(actor, lambda answers: meanwhile(dealt({key: answers})))})
    return dealt(in_transaction(lambda: {key: commit(actor) for key, actor in actors.items()}))


def _alone(actor: Actor, sale: SaleInput) -> Answer:
    try:
        (answer,) = commit_sales(actor=actor, at=now(), sales=[sale], wall=wall_clock())
    except Refusal as refusal:
        return refusal
    except Exception as trouble:
        if isinstance(trouble, OperationalError | InterfaceError):
            connection.close()
        return trouble
    return answer
