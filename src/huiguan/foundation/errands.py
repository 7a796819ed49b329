"""Long jobs somebody asked for and watches: an import, the demo's clock, a proof of the books.

`ask_errand` writes the errand and its job in one transaction; the worker tells how far it is; the asker's page reads it.
A worker that is killed begins the errand again, so what it does may be repeated. The errand says how it ended: `done`
with an answer, `refused` with the refusal as a problem, or `failed`, which the log explains.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from huiguan.foundation.jobs import enqueue, job
from huiguan.foundation.models import ErrandRow
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

WAITING, WORKING, DONE, REFUSED, FAILED = "waiting", "working", "done", "refused", "failed"
_ERRAND = Text(zh="任务", en="job")

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Errand:
    """`given` as asked; `done` of `total` steps (0: not known yet); `answer` once it has ended."""

    id: int
    kind: str
    programme: int
    actor: str
    actor_name: str
    given: dict[str, Any]
    state: str
    done: int
    total: int
    answer: dict[str, Any] | None
    asked_at: datetime

    @property
    def ended(self) -> bool:
        return self.state in (DONE, REFUSED, FAILED)


Report = Callable[[int, int], None]
Work = Callable[[Errand, Report], dict[str, Any]]


def ask_errand(kind: str, *, actor: Actor, at: datetime, given: dict[str, Any]) -> int:
    """Have `kind` done by the worker with `given` (plain JSON); the errand's number."""
    with transaction.atomic():
        row = ErrandRow.objects.create(
            programme=actor.programme,
            kind=kind,
            actor=actor.reference,
            actor_name=actor.name,
            given=given,
            asked_at=at,
        )
        enqueue(kind, errand=row.pk)
    return int(row.pk)


def errand(actor: Actor, number: int, kind: str) -> Errand:
    """An errand of the actor's programme; NotFound otherwise."""
    row = ErrandRow.objects.filter(pk=number, programme=actor.programme, kind=kind).first()
    if row is None:
        raise NotFound(what=_ERRAND, given=str(number))
    return _told(row)


def errands(actor: Actor, *kinds: str, limit: int = 10) -> tuple[Errand, ...]:
    """The latest errands of these kinds in the actor's programme, newest first."""
    rows = ErrandRow.objects.filter(programme=actor.programme, kind__in=kinds).order_by("-id")[:limit]
    return tuple(map(_told, rows))


def errand_job(kind: str) -> Callable[[Work], Work]:
    """Register `work(errand, report)` as what is done for errands of `kind`; it returns the answer, plain JSON."""

    def register(work: Work) -> Work:
        def run(errand: int) -> None:
            run_errand(errand, work)

        job(kind, attempts=1)(run)
        return work

    return register


def run_errand(number: int, work: Work) -> None:
    """Do one errand and note how it ended. Run again, an errand that has ended stays as it is."""
    rows = ErrandRow.objects.filter(pk=number)
    if not rows.filter(state__in=(WAITING, WORKING)).update(state=WORKING):
        return
    asked = _told(rows.get())

    def report(done: int, total: int) -> None:
        rows.update(done=done, total=total)

    try:
        rows.update(answer=work(asked, report), state=DONE)
    except Refusal as refusal:
        rows.update(answer=refusal.as_problem(), state=REFUSED)
    except Exception:
        logger.exception("errand %s (%s) failed", number, asked.kind)
        rows.update(state=FAILED)


def _told(row: ErrandRow) -> Errand:
    return Errand(
        id=row.pk,
        kind=row.kind,
        programme=row.programme,
        actor=row.actor,
        actor_name=row.actor_name,
        given=row.given,
        state=row.state,
        done=row.done,
        total=row.total,
        answer=row.answer,
        asked_at=row.asked_at,
    )
