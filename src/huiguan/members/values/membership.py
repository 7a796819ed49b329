"""Members, their standing and history, and what came of an import."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiguan.kernel.refusals import Refusal
from huiguan.members.values.cards import CardTold, GivenRight
from huiguan.rules.effects import Reason

ACTIVE, SUSPENDED, MERGED = "active", "suspended", "merged"
LEFT = "left"


@dataclass(frozen=True, slots=True)
class EnrolledMember:
    """A member as enrolled. `membership` is the key other rooms use, `number` what people use."""

    membership: int
    number: str
    name: str
    tier: str
    joined_at: datetime
    entered_late: bool
    profile_complete: bool
    missing: tuple[str, ...]
    card: str | None
    rights: tuple[GivenRight, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ReferralTold:
    """`friend` was brought by `referrer` at `at`. `state`: waiting, rewarded, lapsed, undone; `sale` her first purchase that
    counted; `given` what each got ({friend|referrer: {points, coupon, taken}})."""

    friend: str
    referrer: str
    clause: str
    at: datetime
    state: str
    settled_at: datetime | None
    undone_at: datetime | None
    sale: str
    given: Mapping[str, Mapping[str, Any]]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OpenReferral:
    """A friend whose first purchase is still waited for."""

    friend: int
    referrer: int
    clause: str
    version: int
    joined_at: datetime


@dataclass(frozen=True, slots=True)
class ListedUser:
    """Somebody who may use a member's account from `since` until just before `until`."""

    member: str
    name: str
    kin: str
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class ChangedProfile:
    """Which fields changed, and what is still missing."""

    membership: int
    member: str
    changed: tuple[str, ...]
    profile_complete: bool
    missing: tuple[str, ...]
    rights: tuple[GivenRight, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ChangedStanding:
    membership: int
    member: str
    standing: str
    since: datetime


@dataclass(frozen=True, slots=True)
class RecordedOpening:
    """What was brought in under `bill`. `tier` is where the member stands after it."""

    membership: int
    member: str
    bill: str
    points: int
    earned_at: datetime | None
    expires_at: datetime | None
    spend: int
    tier: str
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class NewChange:
    """A tier, standing or card change to be written. `what`: tier, standing, card; `values` plain JSON, `actor` a reference."""

    membership: int
    what: str
    before: str
    after: str
    at: datetime
    clause: str | None
    cause: str
    values: Mapping[str, Any] = field(default_factory=dict)
    actor: str = "system:0"


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """One line of a member's history, the person who entered it as a reference."""

    what: str
    before: str
    after: str
    at: datetime
    written_at: datetime
    clause: str | None
    cause: str
    values: Mapping[str, Any]
    actor: str


@dataclass(frozen=True, slots=True)
class FieldTold:
    """One profile field. `value` is None where it is sealed or not given; `shown` is what a reader sees; of a list `rows`,
    sealed parts hidden."""

    name: str
    title: Mapping[str, str]
    required: bool
    sensitive: bool
    value: str | None
    shown: str
    since: datetime | None
    rows: tuple[Mapping[str, str], ...] | None = None


@dataclass(frozen=True, slots=True)
class OpeningTold:
    bill: str
    points: tuple[tuple[int, str], ...]
    spend: tuple[tuple[str, int], ...]
    at: datetime
    written_at: datetime
    actor: str
    clause: str | None


@dataclass(frozen=True, slots=True)
class MemberTold:
    """A member's page: who she is, where she stands and why, her cards, rights, profile and flags."""

    membership: int
    number: str
    name: str
    pinyin: str
    phone_tail: str
    standing: str
    standing_since: datetime
    standing_reason: str
    tier: str
    tier_title: Mapping[str, str]
    tier_since: datetime
    joined_at: datetime
    joined_shop: int | None
    form_date: date
    entered_at: datetime
    entered_late: bool
    birthday: date | None
    profile_complete: bool
    missing: tuple[str, ...]
    changes: tuple[ChangeTold, ...]
    cards: tuple[CardTold, ...]
    rights: tuple[Any, ...]
    profile: tuple[FieldTold, ...]
    openings: tuple[OpeningTold, ...]
    formerly: tuple[str, ...]  # the numbers merged into hers
    merged_into: str | None  # the number of the one she was merged into
    type: str = ""


@dataclass(frozen=True, slots=True)
class MemberHit:
    """A member found. `how`: number, card, phone, name, pinyin, initials, tail; `shop` the key of where she joined."""

    membership: int
    number: str
    name: str
    phone_tail: str
    tier: str
    standing: str
    card: str | None
    how: str
    shop: int | None = None
    type: str = ""


@dataclass(frozen=True, slots=True)
class StandingTold:
    """Standing and tier at one moment."""

    membership: int
    number: str
    at: datetime
    standing: str
    standing_since: datetime | None
    tier: str
    tier_title: Mapping[str, str]
    tier_since: datetime | None


@dataclass(frozen=True, slots=True)
class RowTold:
    """What became of a row of a list. `outcome`: done, again (she was here already), refused; `member` her number."""

    row: int
    outcome: str
    member: str | None = None
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class ProfileFault:
    """A member whose data is missing or was entered late: `missing` names fields, `late` what was late."""

    membership: int
    number: str
    name: str
    shop: int | None
    missing: tuple[str, ...]
    late: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PinSet:
    """A PIN was set."""

    member: str
    set_at: datetime
