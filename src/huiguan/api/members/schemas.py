"""Members as programs read them. The internal key of a membership stays inside; `number` is what everybody uses."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiguan.api.schemas import Answer, Both, GivenRightAnswer, ReasonAnswer, Yuan


class EnrolledAnswer(Answer):
    """A member as enrolled, with the rights the card brought and why, or why not."""

    number: str
    name: str
    tier: str
    joined_at: datetime
    entered_late: bool
    profile_complete: bool
    missing: list[str]
    card: str | None
    rights: list[GivenRightAnswer]
    reasons: list[ReasonAnswer]


class IssuedCardAnswer(Answer):
    """A card as issued, or put in the place of `replaces`."""

    member: str
    card: str
    issued_at: datetime
    entered_late: bool
    replaces: str | None
    rights: list[GivenRightAnswer]
    reasons: list[ReasonAnswer]


class LostCardAnswer(Answer):
    member: str
    card: str
    lost_at: datetime


class ActivatedCardAnswer(Answer):
    """A card that was opened for use."""

    member: str
    card: str
    activated_at: datetime


class TransferredCardAnswer(Answer):
    """A card taken over by `name`; everything on it stays."""

    member: str
    card: str
    name: str
    at: datetime
    missing: list[str]
    reasons: list[ReasonAnswer]


class WaitingCardAnswer(Answer):
    """A card not opened for use yet; `due` is the last day for it, `overdue`: that day is over."""

    member: str
    card: str
    issued_at: datetime
    shop: str | None
    due: date
    overdue: bool


class WaitingCardsPage(Answer):
    """Cards that wait, the longest waiting first; all on one page."""

    items: list[WaitingCardAnswer]
    next: str | None


class UserAnswer(Answer):
    """Somebody who may use a member's account from `since` until just before `until`."""

    member: str
    name: str
    kin: str
    since: datetime
    until: datetime | None


class UsersPage(Answer):
    """Who may use it, by name; all on one page."""

    items: list[UserAnswer]
    next: str | None


class ChangedProfileAnswer(Answer):
    """Which fields changed, and what is still missing."""

    member: str
    changed: list[str]
    profile_complete: bool
    missing: list[str]
    rights: list[GivenRightAnswer]
    reasons: list[ReasonAnswer]


class ChangedStandingAnswer(Answer):
    member: str
    standing: str
    since: datetime


class OpeningAnswer(Answer):
    """What was brought in under `bill`; `tier` is where the member stands after it."""

    member: str
    bill: str
    points: int
    earned_at: datetime | None
    expires_at: datetime | None
    spend: Yuan
    tier: str
    reasons: list[ReasonAnswer]


class HitAnswer(Answer):
    """A member found. `how`: number, card, phone, id_number, name, pinyin, initials, tail; listed without a search."""

    number: str
    name: str
    phone_tail: str
    tier: str
    standing: str
    card: str | None
    shop: str | None
    how: str


class HitsPage(Answer):
    """Members found, the best first; without a search all of them, by number."""

    items: list[HitAnswer]
    next: str | None


class CardAnswer(Answer):
    number: str
    status: str
    issued_at: datetime
    entered_at: datetime
    entered_late: bool
    shop: str | None
    lost_at: datetime | None
    replaced_at: datetime | None
    replaced_by: str | None
    clause: str | None
    activated_at: datetime | None
    frozen_at: datetime | None
    valid_until: datetime | None
    why: str


class CardsPage(Answer):
    """Cards, newest first; all on one page."""

    items: list[CardAnswer]
    next: str | None


class ChangeAnswer(Answer):
    """A tier, standing or card that changed, or a merge. `clause` is null where a person decided; `cause` then says why."""

    what: str
    before: str
    after: str
    at: datetime
    written_at: datetime
    clause: str | None
    cause: str
    actor: str


class FieldAnswer(Answer):
    """A field of the profile. `value` is null where it is sealed or not given; `shown` is what a reader sees; of a list
    `rows`, sealed parts hidden, and null of anything else."""

    name: str
    title: Both
    required: bool
    sensitive: bool
    value: str | None
    shown: str
    since: datetime | None
    rows: list[dict[str, str]] | None = None


class MemberAnswer(Answer):
    """A member: who she is, where she stands and why, what her profile lacks, what changed. A number that was merged
    answers with the member she is now, among whose former numbers (`formerly`) it is."""

    number: str
    name: str
    pinyin: str
    phone_tail: str
    standing: str
    standing_since: datetime
    standing_reason: str
    tier: str
    tier_title: Both
    tier_since: datetime
    joined_at: datetime
    joined_shop: str | None
    form_date: date
    entered_at: datetime
    entered_late: bool
    birthday: date | None
    profile_complete: bool
    missing: list[str]
    formerly: list[str]
    profile: list[FieldAnswer]
    cards: list[CardAnswer]
    changes: list[ChangeAnswer]


class StandingAnswer(Answer):
    """Standing and tier at a moment; empty before she joined."""

    number: str
    at: datetime
    standing: str
    standing_since: datetime | None
    tier: str
    tier_title: Both
    tier_since: datetime | None


class RightAnswer(Answer):
    """A right held. `state`: ready, waiting (not yet valid), used, expired."""

    code: str
    name: str
    clause: str
    worth: Yuan
    granted_at: datetime
    valid_from: datetime
    valid_until: datetime | None
    used_at: datetime | None
    state: str


class RightsPage(Answer):
    """Rights, newest first; all on one page."""

    items: list[RightAnswer]
    next: str | None


class FaultAnswer(Answer):
    """A member whose data lacks fields (`missing`) or was entered `late`."""

    number: str
    name: str
    shop: str | None
    missing: list[str]
    late: list[str]


class FaultsPage(Answer):
    """By shop and number; at most 500."""

    items: list[FaultAnswer]
    next: str | None


class SegmentPage(Answer):
    """The numbers of the members inside a segment, in order."""

    items: list[str]
    next: str | None


class InSegmentAnswer(Answer):
    """Whether a member is inside a segment, and if not how far off."""

    inside: bool
    clause: str
    values: dict[str, Any]
    text: Both


class ShownMemberAnswer(Answer):
    """Who showed the code; `card` empty where none is in use; `presented` as a sale takes it; `until` the code is good."""

    number: str
    name: str
    card: str
    presented: str
    until: datetime
