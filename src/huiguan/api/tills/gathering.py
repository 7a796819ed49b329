"""Gathering: sales that arrive while the last batch is being written form the next one.

One thread with a database connection of its own commits batch after batch; nothing waits for a batch to fill. An answer
is given after its commit, never before.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import threading
from collections.abc import Sequence
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
Answer = SaleView | BaseException
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request's sales, by one actor; `answered` gets the answers in their order."""

    actor: Actor
    sales: Sequence[SaleInput]
    answered: asyncio.Future[list[Answer]]


class Gatherer:
    """Commits what it is handed. `rulebooks` are those the answers were judged by, by version."""

    def __init__(self) -> None:
        self.rulebooks: dict[int, Programme] = {}
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

    def commit(self, actor: Actor, sales: Sequence[SaleInput]) -> asyncio.Future[list[Answer]]:
        """The answers to `sales`, once they are durable: for each the sale, or what refused it."""
        assert self._loop is not None, "the gatherer has not been started"
        answered: asyncio.Future[list[Answer]] = self._loop.create_future()
        self._waiting.put(Asked(actor, sales, answered))
        return answered

    def _work(self) -> None:
        going = True
        while going:
            batch = [self._waiting.get()]
            while None not in batch and sum(len(each.sales) for each in batch if each) < MOST:
                try:
                    batch.append(self._waiting.get_nowait())
                except queue.Empty:
                    break
            asked = [each for each in batch if each is not None]
            going = len(asked) == len(batch)
            if asked:
                self._tell(asked, self._answers(asked))
        connection.close()

    def _tell(self, asked: list[Asked], answers: list[list[Answer]]) -> None:
        assert self._loop is not None
        try:
            self._loop.call_soon_threadsafe(_deliver, asked, answers)
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
        self._keep_rulebooks(answers)
        return answers

    def _keep_rulebooks(self, answers: list[list[Answer]]) -> None:
        for each in answers:
            for view in each:
                if isinstance(view, SaleView) and view.version not in self.rulebooks:
                    self.rulebooks[view.version] = programmes.version(view.version)


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


def _deliver(asked: list[Asked], answers: list[list[Answer]]) -> None:
    for each, told in zip(asked, answers, strict=True):
        if not each.answered.done():
            each.answered.set_result(told)
