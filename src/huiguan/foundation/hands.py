"""Several hands at one long work: while one waits for the database, the other thinks."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from queue import SimpleQueue
from threading import Thread
from typing import TypeVar

from django.db import connection

Part = TypeVar("Part")
Done = TypeVar("Done")
HANDS = 2  # more would wait for each other at the interpreter
_SELDOM = 50_000  # records made and not dropped between two looks of the collector


def by_hands(parts: Iterable[Part], do: Callable[[Part], Done], *, hands: int = HANDS) -> Iterator[Done]:
    """`do` with every part, in the order of the parts; no more than `hands` at a time, each on a connection of its own.

    Parts must not touch each other's rows. Inside a transaction there is one hand, since others would not see what it
    has done. The first trouble is raised; parts under way are finished, no further one is begun.
    """
    if connection.in_atomic_block or hands < 2:
        yield from map(do, parts)
        return
    asked: SimpleQueue[tuple[Part, Future[Done]] | None] = SimpleQueue()
    threads = [Thread(target=_hand, args=(asked, do), name=f"huiguan-hand-{n}") for n in range(hands)]
    under_way: deque[Future[Done]] = deque()
    for thread in threads:
        thread.start()
    try:
        for part in parts:
            under_way.append(Future())
            asked.put((part, under_way[-1]))
            if len(under_way) > hands:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        for waiting in under_way:
            waiting.cancel()
        for _ in threads:
            asked.put(None)
        for thread in threads:
            thread.join()


def _hand(asked: SimpleQueue[tuple[Part, Future[Done]] | None], do: Callable[[Part], Done]) -> None:
    try:
        while (given := asked.get()) is not None:
            part, done = given
            if done.set_running_or_notify_cancel():
                try:
                    done.set_result(do(part))
                except BaseException as trouble:
                    done.set_exception(trouble)
    finally:
        connection.close()  # a thread's connection ends with it


def settle_memory() -> None:
    """What is there when a process begins its work is there for good: the collector looks at it no more. It would go
    through all of it again and again, and take half of the time of a long work."""
    gc.collect()
    gc.freeze()


def collect_seldom() -> None:
    """For a process that makes many records and drops them all again, as tills and simulations do: what is dropped is
    gone without the collector, which would take up to a seventh of the time looking for circles there are hardly any of.
    """
    settle_memory()
    gc.set_threshold(_SELDOM)
