"""Work that is done after the answer: asked for in the writer's own transaction, done at least once by a worker.

A job is registered under a name where it lives (`<room>/tasks.py`) and asked for by that name from anywhere. It is
committed or rolled back with what asked for it. A worker that is killed in the middle of a job loses nothing: the job
is done again, so a job does one `perform` and may be repeated.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any

from django.db import connection, connections
from procrastinate import exceptions, manager, retry, tasks
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from huiguan.foundation.clock import now

logger = logging.getLogger(__name__)

RESCUE = "foundation.rescue_jobs"
_SILENT_SECONDS = 30  # a worker that has not been heard of for so long is dead

_LOOK_EVERY = 1.0  # seconds

_nightly: list[str] = []
Clock = Callable[[], datetime]
Look = Callable[[Clock], bool]
_watches: dict[str, Look] = {}


def enqueue(name: str, *, once: str | None = None, not_before: datetime | None = None, **arguments: Any) -> int | None:
    """Ask for the job `name`; its number, or None where `once` names one that waits already.

    `arguments` are plain JSON values. `not_before` is a moment of the wall clock.
    """
    deferrer = tasks.configure_task(
        name=name,
        job_manager=manager.JobManager(DjangoConnector()),  # Django's connection, also inside a worker: one commit
        queueing_lock=once,
        schedule_at=not_before,
    )
    try:
        return deferrer.defer(**arguments)
    except exceptions.AlreadyEnqueued:
        return None


def job(name: str, *, attempts: int = 8) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a function as the job `name`. One that fails is tried again, later each time, `attempts` times."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        strategy = retry.RetryStrategy(max_attempts=attempts, exponential_wait=3)
        app.task(name=name, retry=strategy)(function)
        return function

    return register


def nightly(
    name: str, *, cron: str = "10 * * * *"
) -> Callable[[Callable[[datetime], None]], Callable[[datetime], None]]:
    """Register a function of the domain's moment that writes down what fell due.

    What is due is true when read, so how often it runs changes no answer; it runs every hour (`cron`, UTC), and when a
    worker starts, for machines that are switched off at night.
    """

    def register(function: Callable[[datetime], None]) -> Callable[[datetime], None]:
        def run(timestamp: int = 0) -> None:
            function(now())

        _nightly.append(name)
        app.periodic(cron=cron, periodic_id=name)(app.task(name=name, queueing_lock=name, lock=name)(run))
        return function

    return register


def nightly_jobs() -> tuple[str, ...]:
    """The names of what is written down at night, in the order of registration."""
    return tuple(_nightly)


def wall_clock() -> datetime:
    """The moment on the wall, UTC, for what lives there: deliveries, sessions, waiting jobs."""
    return datetime.now(UTC)


def watch(name: str) -> Callable[[Look], Look]:
    """Register `look(clock)`, called every second by one worker at a time as long as it runs, beside its jobs; with the
    wall's clock. It says whether there was anything to do: then it is called again at once."""

    def register(look: Look) -> Look:
        _watches[name] = look
        return look

    return register


def keep_watch(name: str, stop: threading.Event) -> None:
    """Look until told to stop. Where another worker watches, wait for its place. What goes wrong is logged and looked at
    again, later each time."""
    pause = _LOOK_EVERY
    while not stop.wait(pause):
        try:
            with _alone_at(name) as mine:
                while mine and not stop.is_set():
                    if not _watches[name](wall_clock):
                        stop.wait(_LOOK_EVERY)
            pause = 5 * _LOOK_EVERY
        except Exception:
            logger.exception("watch %s", name)
            pause = min(60.0, 2 * pause)
        finally:
            connections.close_all()


@contextmanager
def _alone_at(name: str) -> Iterator[bool]:
    """Whether this is the one who watches; the place is given up with the connection, however the process ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 29))", [f"watch|{name}"])
        (mine,) = cursor.fetchone()
    try:
        yield bool(mine)
    finally:
        if mine and connection.connection is not None:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 29))", [f"watch|{name}"])


@contextmanager
def _watching() -> Iterator[None]:
    """All watches, each in a thread of its own that ends with the process."""
    stop = threading.Event()
    for name in _watches:
        threading.Thread(target=keep_watch, args=(name, stop), name=name, daemon=True).start()
    try:
        yield
    finally:
        stop.set()


def look_once() -> None:
    """Every watch, until none has anything to do."""
    for look in _watches.values():
        while look(wall_clock):
            pass


@app.periodic(cron="* * * * *", periodic_id=RESCUE)
@app.task(name=RESCUE, queueing_lock=RESCUE, pass_context=True)
async def rescue_jobs(context: Any, timestamp: int) -> None:
    """Put back the jobs of workers that died."""
    jobs = context.app.job_manager
    for stalled in await jobs.get_stalled_jobs(seconds_since_heartbeat=_SILENT_SECONDS):
        logger.warning("job %s (%s) was left by a worker that died; it is done again", stalled.id, stalled.task_name)
        await jobs.retry_job(stalled)


def work(*, concurrency: int = 2, wait: bool = True) -> None:
    """Do jobs until told to stop (SIGINT, SIGTERM), or with `wait=False` until none is left."""
    app.perform_import_paths()
    if wait:
        for name in nightly_jobs():
            enqueue(name, once=name)
    with (
        _watching() if wait else nullcontext(),
        app.replace_connector(DjangoConnector().get_worker_connector()),
    ):
        app.run_worker(
            wait=wait,
            concurrency=concurrency,
            delete_jobs="successful",
            fetch_job_polling_interval=5.0,
            shutdown_graceful_timeout=20.0,
            install_signal_handlers=wait,
        )
    if not wait:
        look_once()
