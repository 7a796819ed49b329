"""Memberships that were merged, as one: who goes on for whom, and all that count together."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from huiguan.kernel.actors import FormerSelf
from huiguan.members.models import Card, Membership, Merge
from huiguan.members.register import numbers_of
from huiguan.members.standings import demand_active
from huiguan.members.values import LEFT
from huiguan.parties.names import plain


def holder_of(membership: int) -> int:
    """The membership that goes on for this one: itself, or the one it was merged into."""
    return Membership.objects.filter(pk=membership).values_list("merged_into", flat=True).first() or membership


def absorbed_by(membership: int) -> tuple[int, ...]:
    """The memberships merged into this one, in order."""
    return tuple(Membership.objects.filter(merged_into=membership).order_by("pk").values_list("pk", flat=True))


def former_selves(programme: int, membership: int) -> tuple[FormerSelf, ...]:
    """Whom she acted as before: those merged into her, with the numbers of then and now."""
    before = absorbed_by(membership)
    numbers = numbers_of(programme, [membership, *before]) if before else {}
    return tuple(FormerSelf(each, numbers[each], numbers[membership]) for each in before)


def lives_of(membership: int) -> tuple[int, ...]:
    """All memberships that are one with this one: the one that goes on first, then those merged into it. What a rule
    counts by person is counted over them."""
    kept = holder_of(membership)
    return kept, *absorbed_by(kept)


def number_as_named(programme: int, membership: int, word: str) -> str:
    """The number under which audit and keys know a member: her own, or that of one merged into her whose number or card
    `word` is, so that a request answered before the merge is answered again and not done twice."""
    said = plain(word).replace(" ", "").upper()
    cards = Card.objects.filter(programme_id=programme, number=said).values("membership_id")
    merged = Membership.objects.filter(merged_into=membership)
    found = merged.filter(Q(number=said) | Q(pk__in=cards)).values_list("number", flat=True).first() if said else None
    return found or Membership.objects.values_list("number", flat=True).get(pk=membership)


def has_left(membership: int) -> bool:
    """Whether the membership is given up, by the member herself or by the house."""
    return Membership.objects.filter(pk=membership, standing=LEFT).exists()


def lots_elsewhere(membership: int, seq: int) -> list[tuple[int, int, int]]:
    """Where what a journal of this membership brought went with a merge, undone ones included: the lots (membership,
    seq, n) of those it was merged into."""
    merges = Merge.objects.filter(absorb=membership).values_list("keep_id", "document")
    return [
        (keep, there, n)
        for keep, document in merges
        for _, origin, _, there, n, _ in document.get("lots", ())
        if origin == seq
    ]


def demand_in_force(programme: int, membership: int, at: datetime) -> None:
    """MemberSuspended, NotInForce unless the membership is active at `at`."""
    demand_active(Membership.objects.get(programme_id=programme, pk=membership), at)
