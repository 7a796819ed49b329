"""What was written in the matters of somebody whose data is erased. That there was a matter, who decided it and how, stays, and
so do the rounds: nobody can edit them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from huiguan.cases.models import AccessCode, Compared, Invitation, Matter
from huiguan.cases.values import LIVING
from huiguan.documents.values import MATTER, holder_of
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
    rows = found.values()
    parties = dict.fromkeys(row.party_id for row in rows if row.party_id is not None)
    return Traces(
        tuple(found), tuple(row.number for row in rows), tuple(parties),
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
    return Matter.objects.filter(pk__in=keys).update(form={}, sealed=None, name=called)
