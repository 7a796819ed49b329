"""What two memberships of one person come to: found, previewed, made one, and two again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiguan.rules.effects import Reason


@dataclass(frozen=True, slots=True)
class MergedMembers:
    """`absorb` has gone into `keep`: whole units `moved` by unit, how many `rights`, the `cards` that count for `keep`
    now and those `voided`, her tier before and after with the reasons."""

    membership: int
    keep: str
    absorb: str
    at: datetime
    moved: Mapping[str, int]
    rights: int
    cards: tuple[str, ...]
    voided: tuple[str, ...]
    tier_before: str
    tier: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class UnmergedMembers:
    """`absorb` is her own again: whole units that came `back` by unit, and what of hers was spent or cleared meanwhile
    (`gone`); `tier` is that of `keep`, `absorb_tier` hers."""

    membership: int
    keep: str
    absorb: str
    at: datetime
    back: Mapping[str, int]
    gone: Mapping[str, int]
    tier: str
    absorb_tier: str


@dataclass(frozen=True, slots=True)
class TakenLot:
    """A lot that would move: whole units left of it, when earned, when it dies."""

    unit: str
    left: int
    earned_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One field of two members; sealed values masked, '' not known. `choose`: both know it, and differ; `stays` says
    whose value stays without a word: keep or absorb."""

    name: str
    title: Mapping[str, str]
    keep: str
    absorb: str
    choose: bool
    stays: str


@dataclass(frozen=True, slots=True)
class MergePreview:
    """What a merge would do, with nothing done: the answer it would give, the lots that would move, the fields side by
    side, and where each of the two stands now."""

    done: MergedMembers
    lots: tuple[TakenLot, ...]
    fields: tuple[SideBySide, ...]
    names: tuple[str, str]
    joined: tuple[datetime, datetime]
    units: tuple[Mapping[str, int], Mapping[str, int]]
    spend: tuple[int, int]
    tiers: tuple[str, str]
    rights: tuple[int, int]
    cards: tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class MergeTold:
    """A merge a member took part in, and whether it was undone."""

    keep: str
    absorb: str
    at: datetime
    reason: str
    actor: str
    undone_at: datetime | None
    undo_reason: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two members who may be one person: numbers, the earlier first, names, and why: phone, id_number, birthday (with the
    name), pinyin (with the phone's tail)."""

    one: str
    other: str
    names: tuple[str, str]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DeclaredDistinct:
    one: str
    other: str
    at: datetime
