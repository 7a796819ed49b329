"""What was written in the matters of somebody whose data is erased. That there was a matter, who decided it and how, stays, and
so do the rounds: nobody can edit them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from huiguan.cases.models import AccessCode, Compared, Invitation, Matter
from huiguan.cases.values import LAPSED, LIVING, REFUSED, WITHDRAWN
from huiguan.documents.values import MATTER, holder_of
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Traces:
    """What the matters of somebody lead to: their keys and numbers, the parties they are of, under which words papers lie with
    them; `open` the numbers of those that are not over."""

    matters: tuple[int, ...]
    numbers: tuple[str, ...]
    parties: tuple[int, ...]
    holders: tuple[str, ...]
    open: tuple[str, ...]


def traces(programme: int, memberships: Collection[int]) -> Traces:
    """The matters of these memberships, with those before which she came by as nobody's member yet."""
    found: dict[int, Matter] = {}
    for row in Matter.objects.filter(programme_id=programme, membership_id__in=memberships).order_by("pk"):
        found |= {each.pk: each for each in _with_before(row)}
    return _told(found.values())


def application_traces(programme: int, number: str) -> Traces | None:
    """The same of an application: the matters it follows and those that follow it. None where there is none such, one of
    them is a member's, or they are forgotten already."""
    row = Matter.objects.filter(programme_id=programme, number=number, forgotten_at=None).first()
    if row is None:
        return None
    found, left = {row.pk: row}, [row]
    while left:
        each = left.pop()
        beside = [*Matter.objects.filter(follows=each), *([each.follows] if each.follows is not None else [])]
        left += [other for other in beside if other.pk not in found]
        found |= {other.pk: other for other in beside}
    return None if any(each.membership_id for each in found.values()) else _told(found.values())


def over_by(programme: int, last: datetime) -> tuple[str, ...]:
    """Applications of nobody's member that ended before a moment without being passed, by number, the first first; those
    that belong to a member, and what is forgotten, left out."""
    rows = Matter.objects.filter(
        programme_id=programme, membership_id=None, state__in=[REFUSED, LAPSED, WITHDRAWN], ended_at__lt=last,
        forgotten_at=None, opened_by__startswith="applicant",
    )  # fmt: skip
    return tuple(rows.order_by("seq").values_list("number", flat=True))


def any_kept(programme: int, matters: Collection[int], last: datetime) -> bool:
    """Whether one of these matters was passed, or ended at this moment or later."""
    rows = Matter.objects.filter(programme_id=programme, pk__in=matters)
    return rows.filter(Q(state="passed") | Q(ended_at__gte=last) | Q(ended_at=None)).exists()


def forgotten(programme: int) -> tuple[str, ...]:
    """The numbers of matters that were emptied."""
    found = hot_rows(
        "SELECT number FROM cases_matter WHERE programme_id = %s AND forgotten_at IS NOT NULL", [programme]
    )
    return tuple(number for (number,) in found)


def _told(rows: Collection[Matter]) -> Traces:
    parties = dict.fromkeys(row.party_id for row in rows if row.party_id is not None)
    return Traces(
        tuple(row.pk for row in rows), tuple(row.number for row in rows), tuple(parties),
        tuple(holder_of(MATTER, row.seq) for row in rows),
        tuple(row.number for row in rows if row.state in LIVING),
    )  # fmt: skip


def _with_before(row: Matter) -> Iterator[Matter]:
    yield row
    seen, before = {row.pk}, row.follows
    while before is not None and before.pk not in seen and before.membership_id is None:
        yield before
        seen.add(before.pk)
        before = before.follows


def forget_matters(*, actor: Actor, at: datetime, matters: Collection[int], called: str) -> int:
    """Empty the answers of matters that are over, by their keys, and what they are found, compared and opened by; they are
    `called` this from now on; how many. Called by the room above inside its own transaction."""
    rows = Matter.objects.filter(programme_id=actor.programme, pk__in=matters).exclude(state__in=LIVING)
    keys = list(rows.values_list("pk", flat=True))
    Compared.objects.filter(matter__in=keys).delete()
    Invitation.objects.filter(matter__in=keys).update(sealed=None, masked="")
    AccessCode.objects.filter(matter__in=keys, replaced_at=None).update(replaced_at=at)
    return Matter.objects.filter(pk__in=keys).update(form={}, sealed=None, name=called, forgotten_at=at)
