"""Jobs: asked for in the asker's transaction, done once it is committed, done again where a worker died."""

from __future__ import annotations

import json

import pytest
from django.db import connection, transaction
from procrastinate.contrib.django import app

from huiguan.foundation import jobs

done: list[tuple[str, int]] = []


@jobs.job("tests.remember", attempts=2)
def remember(word: str, number: int) -> None:
    done.append((word, number))


def _waiting() -> list[tuple[str, dict[str, object]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [(name, json.loads(args)) for name, args in cursor.fetchall()]


@pytest.mark.django_db(transaction=True)
def test_a_job_asked_for_is_done_by_a_worker() -> None:
    done.clear()
    jobs.enqueue("tests.remember", word="雨", number=3)
    jobs.work(wait=False)
    assert done == [("雨", 3)]
    assert _waiting() == []


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_was_never_asked_for() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("tests.remember", word="雨", number=1)
        raise ZeroDivisionError
    assert _waiting() == []


@pytest.mark.django_db(transaction=True)
def test_a_job_wanted_once_waits_once() -> None:
    first = jobs.enqueue("tests.remember", once="rain", word="雨", number=1)
    second = jobs.enqueue("tests.remember", once="rain", word="雨", number=2)
    assert isinstance(first, int)
    assert second is None
    assert [args["number"] for _, args in _waiting()] == [1]


@pytest.mark.django_db(transaction=True)
def test_a_job_of_a_dead_worker_is_put_back() -> None:
    done.clear()
    number = jobs.enqueue("tests.remember", word="雪", number=7)
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        worker = cursor.fetchone()[0]
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [worker, number])
    jobs.enqueue(jobs.RESCUE, timestamp=0)
    jobs.work(wait=False)
    jobs.work(wait=False)
    assert done == [("雪", 7)]


def test_every_registered_job_is_known_by_its_name() -> None:
    assert {"tests.remember", jobs.RESCUE} <= set(app.tasks)
