"""Work that is done after the answer: asked for in the writer's own transaction, done at least once by a worker.

A job is registered under a name where it lives (`<room>/tasks.py`) and asked for by that name from anywhere. It is
committed or rolled back with what asked for it. A worker that is killed in the middle of a job loses nothing: the job
is done again, so a job does one `perform` and may be repeated.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Any

from procrastinate import exceptions, manager, retry, tasks
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from huiguan.foundation.clock import now

logger = logging.getLogger(__name__)

RESCUE = "foundation.rescue_jobs"
_SILENT_SECONDS = 30  # a worker that has not been heard of for so long is dead

_nightly: list[str] = []


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
    with app.replace_connector(DjangoConnector().get_worker_connector()):
        app.run_worker(
            wait=wait,
            concurrency=concurrency,
            delete_jobs="successful",
            fetch_job_polling_interval=5.0,
            shutdown_graceful_timeout=20.0,
            install_signal_handlers=wait,
        )
