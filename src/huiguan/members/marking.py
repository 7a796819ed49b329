"""Marks and encumbrances: what rooms above write down on a membership, and what is read of it.

The functions are called by rooms above inside their own transaction; they ask for no power.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q

from huiguan.members.clearing import hold_exit, let_out
from huiguan.members.life_refusals import EncumbranceOpen, NoEncumbrance
from huiguan.members.models import Encumbrance, Mark, Membership
from huiguan.members.values import EncumbranceTold, MarkTold


def put_mark(
    *,
    programme: int,
    membership: int,
    name: str,
    value: str | None,
    at: datetime,
    actor: str,
    clause: str = "",
    cause: str = "",
    until: datetime | None = None,
) -> None:
    """From `at` on the mark `name` says `value`, until just before `until` where that is named; None ends it. Saying the
    same again changes nothing."""
    then = Q(until=None) | Q(until__gt=at)
    held = Mark.objects.select_for_update().filter(then, membership_id=membership, name=name).first()
    if held is not None and (held.value, held.until) == (value, until):
        return
    if held is not None:
        held.until = max(at, held.since)
        held.save(update_fields=["until"])
    if value is not None:
        Mark.objects.create(
            programme_id=programme, membership_id=membership, name=name, value=value, since=at, until=until,
            actor=actor, clause=clause, cause=cause,
        )  # fmt: skip


def marks(membership: int, at: datetime) -> dict[str, str]:
    """The marks of a membership that hold at `at`, by name."""
    then = Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))
    return dict(Mark.objects.filter(then, membership_id=membership).values_list("name", "value"))


def marked(memberships: Iterable[int], name: str, at: datetime) -> frozenset[int]:
    """Those of the memberships on which the mark `name` holds at `at`, or on one merged into them."""
    then = Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))
    asked = list(memberships)
    into = dict(Membership.objects.filter(merged_into__in=asked).values_list("pk", "merged_into"))
    rows = Mark.objects.filter(then, membership_id__in=[*asked, *into], name=name)
    return frozenset(into.get(key) or key for key in rows.values_list("membership_id", flat=True))


def marks_told(membership: int) -> tuple[MarkTold, ...]:
    """Every mark there ever was, by name, the newest first."""
    rows = Mark.objects.filter(membership_id=membership).order_by("name", "-since", "-pk")
    return tuple(MarkTold(r.name, r.value, r.since, r.until, r.clause or None, r.cause) for r in rows)


def encumber(
    *,
    programme: int,
    membership: int,
    kind: str,
    ref: str,
    said: str,
    at: datetime,
    actor: str,
    amount: int | None = None,
    clause: str = "",
) -> None:
    """Something that must be cleared before the membership ends; a notice that is running waits for it. EncumbranceOpen where it is on record already."""
    if Encumbrance.objects.filter(membership_id=membership, kind=kind, ref=ref, cleared_at=None).exists():
        raise EncumbranceOpen(field="ref", ref=ref)
    Encumbrance.objects.create(
        programme_id=programme, membership_id=membership, kind=kind, ref=ref, said=said, amount=amount, opened_at=at,
        opened_by=actor, clause=clause,
    )  # fmt: skip
    hold_exit(programme, membership, at)


def clear(*, membership: int, kind: str, ref: str, at: datetime, actor: str, how: str = "") -> None:
    """It is settled; whoever waited for it to leave is out. NoEncumbrance where it is not on record, or cleared already."""
    row = Encumbrance.objects.select_for_update().filter(membership_id=membership, kind=kind, ref=ref, cleared_at=None)
    held = row.first()
    if held is None:
        raise NoEncumbrance(field="ref", ref=ref)
    held.cleared_at, held.cleared_by, held.how = max(at, held.opened_at), actor, how
    held.save(update_fields=["cleared_at", "cleared_by", "how"])
    let_out(held.programme_id, membership, at, actor)


def encumbrances(memberships: Iterable[int], *, cleared: bool = False) -> tuple[EncumbranceTold, ...]:
    """What ties these memberships to the house, the oldest first; those `cleared` too where asked for."""
    rows = Encumbrance.objects.filter(membership_id__in=list(memberships)).order_by("opened_at", "pk")
    rows = rows if cleared else rows.filter(cleared_at=None)
    return tuple(
        EncumbranceTold(r.kind, r.ref, r.said, r.amount, r.opened_at, r.clause or None, r.cleared_at, r.how)
        for r in rows
    )
