"""Memberships that were merged, as one: who goes on for whom, and all that count together."""

from __future__ import annotations

from huiguan.members.models import Membership


def holder_of(membership: int) -> int:
    """The membership that goes on for this one: itself, or the one it was merged into."""
    return Membership.objects.filter(pk=membership).values_list("merged_into", flat=True).first() or membership


def absorbed_by(membership: int) -> tuple[int, ...]:
    """The memberships merged into this one, in order."""
    return tuple(Membership.objects.filter(merged_into=membership).order_by("pk").values_list("pk", flat=True))


def lives_of(membership: int) -> tuple[int, ...]:
    """All memberships that are one with this one: the one that goes on first, then those merged into it. What a rule
    counts by person is counted over them."""
    kept = holder_of(membership)
    return kept, *absorbed_by(kept)
