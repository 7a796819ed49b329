"""Which memberships are one member now, and where what they had went."""

from __future__ import annotations

from huiguan.members.models import Membership, Merge


def holder_of(membership: int) -> int:
    """The membership that goes on for this one: itself, or the one it was merged into."""
    return Membership.objects.filter(pk=membership).values_list("merged_into", flat=True).first() or membership


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


def absorbed_by(membership: int) -> tuple[int, ...]:
    """The memberships merged into this one, in order."""
    return tuple(Membership.objects.filter(merged_into=membership).order_by("pk").values_list("pk", flat=True))


def one_with(membership: int) -> tuple[int, ...]:
    """All memberships that are one member with this one now: the one who goes on first."""
    holder = holder_of(membership)
    return (holder, *absorbed_by(holder))
