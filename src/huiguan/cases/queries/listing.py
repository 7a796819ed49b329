"""Matters in lists: all of them, and what each person has to do, did, was shown, began."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet

from huiguan.cases import desks, viewing
from huiguan.cases.holding import handling
from huiguan.cases.models import Decision, Matter, Task, Vote
from huiguan.cases.values import BOXES, LATER, MatterLine, Worklist
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

LIMIT = 200
_BOX = Text(zh="只能是 todo、done、copied、mine", en="must be one of todo, done, copied, mine")


def matters(
    actor: Actor,
    at: datetime,
    *,
    procedure: str | None = None,
    state: str | None = None,
    subject_ref: str | None = None,
    membership: int | None = None,
    search: str = "",
    limit: int = LIMIT,
) -> tuple[MatterLine, ...]:
    """Matters, the newest first. All of them take `matters` or `audit`; a member sees her own, an applicant hers."""

    def ask() -> tuple[MatterLine, ...]:
        rows = _readable(actor)
        rows = rows.filter(procedure=procedure) if procedure else rows
        rows = rows.filter(state=state) if state else rows
        rows = rows.filter(subject_ref=subject_ref) if subject_ref else rows
        rows = rows.filter(membership_id=membership) if membership else rows
        rows = rows.filter(Q(number__iexact=search) | Q(name__icontains=search)) if search else rows
        return _lines(actor, at, rows.order_by("-seq")[:limit])

    return viewing.true_at(actor.programme, at, ask)


def worklist(actor: Actor, at: datetime, box: str = "todo") -> Worklist:
    """One of the four boxes of the asking person (BOXES), and how many lie in each; `later` what she put off. `todo` has
    what is due first at the top, with the reason it lies there."""
    if box not in (*BOXES, LATER):
        raise InvalidInput(field="box", rule=_BOX)

    def ask() -> Worklist:
        boxes = {name: _in_box(actor, at, name) for name in BOXES}
        later = _in_box(actor, at, LATER)
        chosen = later if box == LATER else boxes[box]
        rows = chosen.order_by("due_at" if box in ("todo", LATER) else "-seq", "seq")[:LIMIT]
        counts = {name: found.count() for name, found in boxes.items()}
        why = _why(actor, at) if box == "todo" else {}
        return Worklist(box, counts, _lines(actor, at, rows, why), later.count())

    return viewing.true_at(actor.programme, at, ask)


def _in_box(actor: Actor, at: datetime, box: str) -> QuerySet[Matter]:
    rows = Matter.objects.filter(programme_id=actor.programme)
    if box in ("todo", LATER):
        aside = desks.put_off(actor, at)
        return desks.on_desk(actor, at).filter(aside if box == LATER else ~aside)
    if box == "done":
        decided = Q(pk__in=Decision.objects.filter(by=actor.reference).values("matter_id"))
        return rows.filter(decided | Q(pk__in=Vote.objects.filter(by=actor.reference).values("ballot__matter_id")))
    if actor.kind != "staff":
        return rows.filter(opened_by=actor.reference) if box == "mine" else rows.none()
    if box == "copied":
        copies = Task.objects.filter(programme_id=actor.programme, owed_by="staff", name=str(actor.id), why="copy")
        return rows.filter(pk__in=copies.values("matter_id"))
    return rows.filter(opened_by=actor.reference)


def _why(actor: Actor, at: datetime) -> dict[int, str]:
    return dict(desks.owed(actor, at).values_list("matter_id", "why"))


def _readable(actor: Actor) -> QuerySet[Matter]:
    rows = Matter.objects.filter(programme_id=actor.programme)
    if actor.kind == "member":
        return rows.filter(membership_id=actor.membership)
    if actor.kind == "applicant":
        return rows.filter(pk=actor.id)
    if not actor.may("audit"):
        actor.demand("matters")
    return rows if actor.shops is None else rows.filter(Q(shop_id=None) | Q(shop_id__in=list(actor.shops)))


def _lines(
    actor: Actor, at: datetime, rows: Iterable[Matter], why: dict[int, str] | None = None
) -> tuple[MatterLine, ...]:
    told: list[MatterLine] = []
    for row in rows:
        held = handling(actor, at, row)
        told.append(viewing.line(row, held.rulebook, held.course, held.days, at, (why or {}).get(row.pk, "")))
    return tuple(told)
