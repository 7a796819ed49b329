"""Whose desk a matter lies on: the open tasks of a person, her posts and her bodies, and what she put off."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from huiguan.cases.ballots import seated_for
from huiguan.cases.deciders import posts_of
from huiguan.cases.models import Matter, Snooze, Task, Vote
from huiguan.cases.recusing import without_barred
from huiguan.cases.values import OPEN
from huiguan.kernel.actors import Actor


def owed(actor: Actor, at: datetime) -> QuerySet[Task]:
    """The open tasks of the asking person: her own, her posts', and her bodies' where she has not voted yet."""
    mine = Q(owed_by="body", name__in=seated_for(actor, at))
    if actor.kind == "staff":
        mine |= Q(owed_by="staff", name=str(actor.id)) | Q(owed_by="post", name__in=posts_of(actor, at))
    cast = Vote.objects.filter(by=actor.reference, ballot__outcome="").exclude(said="")
    found = Task.objects.filter(mine, programme_id=actor.programme, done_at=None).exclude(why="copy")
    return found.exclude(owed_by="body", matter__in=cast.values("ballot__matter"))


def on_desk(actor: Actor, at: datetime) -> QuerySet[Matter]:
    """Every matter the asking person owes something, put off or not; none she may not decide: that is no work of hers."""
    rows = Matter.objects.filter(programme_id=actor.programme, pk__in=owed(actor, at).values("matter_id"), state=OPEN)
    return without_barred(rows, actor)


def put_off(actor: Actor, at: datetime) -> Q:
    """Which matters she put off beyond `at`. What is late by then lies before her all the same."""
    asleep = Snooze.objects.filter(by=actor.reference, until__gt=at, programme_id=actor.programme)
    return Q(pk__in=asleep.values("matter_id")) & (Q(due_at=None) | Q(due_at__gt=at))
