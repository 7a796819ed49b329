"""What was handed in: for rooms above that wait for it."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Min

from huiguan.cases import forms
from huiguan.cases.models import Matter
from huiguan.cases.values import DRAFT, LAPSED, LIVING, REFUSED, WITHDRAWN, HandedIn, UnderWay

_NEVER_WAS = (DRAFT, REFUSED, LAPSED, WITHDRAWN)


def all_handed_in(
    programme: int, procedures: Collection[str], memberships: Collection[int] | None = None
) -> tuple[HandedIn, ...]:
    """The matters of these procedures members handed in, by number: under way, given back or passed; of `memberships`
    alone where they are named."""
    rows = Matter.objects.filter(programme_id=programme, procedure__in=list(procedures)).exclude(state__in=_NEVER_WAS)
    rows = rows.exclude(membership_id=None, submitted_at=None)
    rows = rows if memberships is None else rows.filter(membership_id__in=list(memberships))
    return tuple(
        HandedIn(
            row.number,
            row.procedure,
            row.membership_id,
            row.first or row.submitted_at,
            row.ended_at if row.state == "passed" else None,
            forms.answers_of(row),
        )
        for row in rows.annotate(first=Min("rounds__at")).order_by("seq")
        if row.membership_id is not None and row.submitted_at is not None
    )


def under_way(programme: int, procedures: Collection[str], memberships: Collection[int]) -> tuple[UnderWay, ...]:
    """The matters of these procedures that members of these have begun and that are not over, the newest first."""
    of = {"procedure__in": list(procedures), "membership_id__in": list(memberships), "state__in": LIVING}
    rows = Matter.objects.filter(programme_id=programme, **of).order_by("-seq")
    return tuple(
        UnderWay(row.number, row.procedure, row.membership_id or 0, row.opened_at, forms.answers_of(row))
        for row in rows
    )
