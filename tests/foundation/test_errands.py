"""Errands: asked for, done by a worker, watched, and told how they ended."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import transaction

from huiguan.foundation import errands, jobs
from huiguan.foundation.errands import Errand, Report, ask_errand, errand, errand_job, run_errand
from huiguan.kernel.actors import system
from huiguan.kernel.refusals import Forbidden, NotFound
from huiguan.kernel.text import Text

AT = datetime(2026, 12, 12, tzinfo=UTC)
ACTOR = system(1, "贺知微")
seen: list[tuple[str, int, int]] = []


@errand_job("tests.count")
def count(asked: Errand, report: Report) -> dict[str, Any]:
    for i in range(asked.given["to"]):
        report(i + 1, asked.given["to"])
        now = errand(ACTOR, asked.id, "tests.count")
        seen.append((now.state, now.done, now.total))
    return {"counted": asked.given["to"]}


@pytest.mark.django_db(transaction=True)
def test_an_errand_is_done_and_watched() -> None:
    seen.clear()
    number = ask_errand("tests.count", actor=ACTOR, at=AT, given={"to": 2})
    assert errand(ACTOR, number, "tests.count").state == errands.WAITING
    jobs.work(wait=False)
    assert seen == [("working", 1, 2), ("working", 2, 2)]
    ended = errand(ACTOR, number, "tests.count")
    assert (ended.state, ended.answer, ended.ended, ended.actor_name) == ("done", {"counted": 2}, True, "贺知微")


@pytest.mark.django_db(transaction=True)
def test_asked_for_in_a_transaction_that_fails_it_never_was() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        ask_errand("tests.count", actor=ACTOR, at=AT, given={"to": 1})
        raise ZeroDivisionError
    assert errands.errands(ACTOR, "tests.count") == ()


@pytest.mark.django_db
def test_a_refusal_and_a_failure_are_told() -> None:
    def refuse(asked: Errand, report: Report) -> dict[str, Any]:
        raise Forbidden(power=Text(zh="导入", en="Importing"))

    def fail(asked: Errand, report: Report) -> dict[str, Any]:
        raise ZeroDivisionError

    first, second = (ask_errand("tests.count", actor=ACTOR, at=AT, given={"to": 1}) for _ in range(2))
    run_errand(first, refuse)
    run_errand(second, fail)
    refused, failed = (errand(ACTOR, number, "tests.count") for number in (first, second))
    assert (refused.state, (refused.answer or {})["code"]) == ("refused", "Forbidden")
    assert (failed.state, failed.answer) == ("failed", None)


@pytest.mark.django_db
def test_what_has_ended_is_not_done_again() -> None:
    number = ask_errand("tests.count", actor=ACTOR, at=AT, given={"to": 1})
    run_errand(number, lambda asked, report: {"n": 1})
    run_errand(number, lambda asked, report: {"n": 2})
    assert errand(ACTOR, number, "tests.count").answer == {"n": 1}


@pytest.mark.django_db
def test_errands_of_another_programme_are_not_seen() -> None:
    number = ask_errand("tests.count", actor=ACTOR, at=AT, given={"to": 1})
    assert [each.id for each in errands.errands(ACTOR, "tests.count")] == [number]
    with pytest.raises(NotFound):
        errand(system(2), number, "tests.count")
    assert errands.errands(system(2), "tests.count") == ()
