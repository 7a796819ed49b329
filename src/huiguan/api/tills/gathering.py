"""Gathering: sales that arrive while the last batch is being written form the next one.

One thread with a database connection of its own commits batch after batch; nothing waits for a batch to fill. An answer
is given after its commit, never before.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import InterfaceError, connection
from django.db.utils import OperationalError

from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.operations import commit_sales
from huiguan.checkout.values import SaleView
from huiguan.foundation.clock import now
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
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request's sales, by one actor; `answered` gets what `tell` makes of the answers, in the order of the sales."""

    actor: Actor
    sales: Sequence[SaleInput]
    tell: Tell
    answered: asyncio.Future[bytes]


class Gatherer:
    """Commits what it is handed, and tells the answers in its own thread, so that the other is free to listen."""

    def __init__(self) -> None:
        self._rulebooks: dict[int, Programme] = {}
        self._waiting: queue.SimpleQueue[Asked | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def start(self) -> None:
        """Begin, on the running loop. Beginning twice changes nothing."""
        if self._thread is None:
            self._loop = asyncio.get_running_loop()
            self._thread = threading.Thread(target=self._work, name="huiguan-tills", daemon=True)
            self._thread.start()

    async def stop(self) -> None:
        """Commit and answer what was handed in, then end."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._waiting.put(None)
            await asyncio.to_thread(thread.join)

    def commit(self, actor: Actor, sales: Sequence[SaleInput], tell: Tell) -> asyncio.Future[bytes]:
        """What `tell` makes of the answers to `sales` (the sale, or what refused it) and the rulebooks that judged
        them, once they are durable. What it raises, the future raises."""
        assert self._loop is not None, "the gatherer has not been started"
        answered: asyncio.Future[bytes] = self._loop.create_future()
        self._waiting.put(Asked(actor, sales, tell, answered))
        return answered

    def _work(self) -> None:
        going, expected = True, 1
        while going:
            batch = self._gather(expected)
            asked = [each for each in batch if each is not None]
            going = len(asked) == len(batch)
            if asked:
                self._answer(asked)
            # Whoever was just answered is likely to ask again at once, beside those who came meanwhile.
            expected = len(asked) + self._waiting.qsize()
        connection.close()

    def _gather(self, expected: int) -> list[Asked | None]:
        """What waits, up to MOST sales; a moment longer for as many requests as were under way a moment ago."""
        batch = [self._waiting.get()]
        sales = len(batch[0].sales) if batch[0] else 0
        until = time.monotonic() + PATIENCE + PATIENCE_EACH * expected
        while batch[-1] is not None and sales < MOST:
            patience = until - time.monotonic() if len(batch) < expected else 0.0
            try:
                each = self._waiting.get(timeout=patience) if patience > 0 else self._waiting.get_nowait()
            except queue.Empty:
                break
            batch.append(each)
            sales += len(each.sales) if each else 0
        return batch

    def _answer(self, asked: list[Asked]) -> None:
        told: list[bytes | Exception] = []
        for each, answers in zip(asked, self._answers(asked), strict=True):
            try:
                told.append(each.tell(answers, self._rulebooks))
            except Exception as trouble:
                told.append(trouble)
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(_deliver, asked, told)
        except RuntimeError:  # the loop is closed: nobody is left to be told
            logger.warning("%s requests were committed but not answered", len(asked))

    def _answers(self, asked: list[Asked]) -> list[list[Answer]]:
        """The whole batch at once; where that fails as a whole, each sale for itself."""
        try:
            answers = _together(asked)
        except Exception as trouble:
            if isinstance(trouble, OperationalError | InterfaceError):
                connection.close()
            logger.info("a batch of %s was divided: %r", len(asked), trouble)
            answers = [[_alone(each.actor, sale) for sale in each.sales] for each in asked]
        for view in (view for each in answers for view in each if isinstance(view, SaleView)):
            if view.version not in self._rulebooks:
                self._rulebooks[view.version] = programmes.version(view.version)
        return answers


def _together(asked: list[Asked]) -> list[list[Answer]]:
    """One transaction; the sales of one actor in one call, in the order they came."""
    actors = {each.actor.id: each.actor for each in asked}
    at = now()

    def commit() -> dict[int, list[Answer]]:
        return {
            key: list(commit_sales(actor=actor, at=at, sales=[sale for each in asked if each.actor.id == key for sale in each.sales]))
            for key, actor in actors.items()
        }  # fmt: skip

    done = {key: iter(answers) for key, answers in (commit() if len(actors) == 1 else in_transaction(commit)).items()}
    return [[next(done[each.actor.id]) for _ in each.sales] for each in asked]


def _alone(actor: Actor, sale: SaleInput) -> Answer:
    try:
        (answer,) = commit_sales(actor=actor, at=now(), sales=[sale])
    except Refusal as refusal:
        return refusal
    except Exception as trouble:
        if isinstance(trouble, OperationalError | InterfaceError):
            connection.close()
        return trouble
    return answer


def _deliver(asked: list[Asked], told: list[bytes | Exception]) -> None:
    for each, answer in zip(asked, told, strict=True):
        if each.answered.done():  # the caller went away
            continue
        if isinstance(answer, Exception):
            each.answered.set_exception(answer)
        else:
            each.answered.set_result(answer)
