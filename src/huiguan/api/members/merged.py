"""Merges as programs read them. Amounts are yuan, units whole."""

from __future__ import annotations

from datetime import datetime

from huiguan.api.schemas import Answer, Both, ReasonAnswer, Whole, Yuan


class MergedAnswer(Answer):
    """`absorb` has gone into `keep`: units `moved`, how many `rights`, the `cards` that count for `keep` now, those
    `voided`, her tier before and after and why."""

    keep: str
    absorb: str
    at: datetime
    moved: Whole
    rights: int
    cards: list[str]
    voided: list[str]
    tier_before: str
    tier: str
    reasons: list[ReasonAnswer]


class UnmergedAnswer(Answer):
    """`absorb` is her own again: units that came `back`, and what of hers was spent or cleared meanwhile (`gone`)."""

    keep: str
    absorb: str
    at: datetime
    back: Whole
    gone: Whole
    tier: str
    absorb_tier: str


class MovingLotAnswer(Answer):
    unit: str
    left: int
    earned_at: datetime
    expires_at: datetime | None


class SideAnswer(Answer):
    """One field of both, sealed values masked. `choose`: both know it and differ; `stays` says whose value stays."""

    name: str
    title: Both
    keep: str
    absorb: str
    choose: bool
    stays: str


class MergePreviewAnswer(Answer):
    """What a merge would do: its answer, the lots that would move, the fields side by side; of each two values the first
    is of `keep`. `spend` is that of the months the tiers look back on."""

    done: MergedAnswer
    lots: list[MovingLotAnswer]
    fields: list[SideAnswer]
    names: list[str]
    joined: list[datetime]
    units: list[Whole]
    spend: list[Yuan]
    tiers: list[str]
    rights: list[int]
    cards: list[list[str]]


class DuplicateAnswer(Answer):
    """Two members who may be one person, the earlier first. `reasons`: id_number, phone, birthday (with the name),
    pinyin (with the phone's tail)."""

    one: str
    other: str
    names: list[str]
    reasons: list[str]


class DuplicatesPage(Answer):
    """The surest first; all on one page."""

    items: list[DuplicateAnswer]
    next: str | None


class DistinctAnswer(Answer):
    one: str
    other: str
    at: datetime
