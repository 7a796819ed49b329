"""One matter at a time: for the same thing, or for the same person."""

from __future__ import annotations

from django.db import connection

from huiguan.cases import forms
from huiguan.cases.holding import Handling
from huiguan.cases.models import Matter
from huiguan.cases.refusals import AlreadyOpen, AppliedAlready
from huiguan.cases.values import LIVING


def demand_single(programme: int, procedure: str, ref: str) -> None:
    """AlreadyOpen: one living matter of a procedure for the same thing."""
    rows = Matter.objects.filter(programme_id=programme, procedure=procedure, subject_ref=ref, state__in=list(LIVING))
    other = rows.values_list("number", flat=True).first()
    if other is not None:
        raise AlreadyOpen(field="subject_ref", matter=other)


def demand_alone(held: Handling) -> None:
    """AppliedAlready where somebody with the same identity number or credit code has such a matter under way. Whoever
    hands one in waits for whoever is about to."""
    row = held.row
    if not held.subject.alone:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 41))", [f"alone|{row.programme_id}|{row.subject}"]
        )
    field = forms.same_identity(row, held.course)
    if field is not None:
        raise AppliedAlready(field=f"form.{field}")
