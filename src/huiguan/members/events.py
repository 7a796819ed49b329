"""What happened to members. A change of tier, standing or card, or a merge, is its own record; of an enrolment, a new card or a
profile the event carries what was true then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from huiguan.kernel.events import Event, Told
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberEnrolled(Told):
    """Somebody joined; `reference` is her number."""

    text: ClassVar[Text] = Text(zh="入会", en="A member joined")

    number: str
    name: str
    tier: str
    joined_at: datetime
    entered_late: bool
    profile_complete: bool
    card: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileChanged(Told):
    """Which fields of a profile changed, not their values: whoever needs them asks."""

    text: ClassVar[Text] = Text(zh="资料变更", en="A profile changed")

    changed: tuple[str, ...]
    profile_complete: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferralSettled(Told):
    """What came of a friend's being brought; `reference` is the friend's number. `state`: rewarded, lapsed, undone."""

    text: ClassVar[Text] = Text(zh="推荐结果", en="A referral was settled")

    referrer: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardIssued(Told):
    """A card was given out; `replaces` is the number of the one it came for."""

    text: ClassVar[Text] = Text(zh="发卡", en="A card was issued")

    card: str
    issued_at: datetime
    entered_late: bool
    replaces: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CardActivated(Told):
    """A card opens from now on what cards open."""

    text: ClassVar[Text] = Text(zh="开卡", en="A card was activated")

    card: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TierChanged(Event):
    """A member moved on the ladder; `reference` is the change's key."""

    text: ClassVar[Text] = Text(zh="等级变动", en="A tier changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingChanged(Event):
    """A member was suspended or restored."""

    text: ClassVar[Text] = Text(zh="资格变动", en="A standing changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeChanged(Event):
    """A member is of another type; `reference` is the change's key."""

    text: ClassVar[Text] = Text(zh="会员种类变动", en="A member's type changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLost(Event):
    """A card was reported lost."""

    text: ClassVar[Text] = Text(zh="挂失", en="A card was reported lost")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReplaced(Event):
    """Another card came in the place of this one."""

    text: ClassVar[Text] = Text(zh="旧卡换下", en="A card was replaced")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardVoided(Event):
    """A card opens nothing any more."""

    text: ClassVar[Text] = Text(zh="卡作废", en="A card was voided")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFrozen(Event):
    """A card opens nothing until a person has looked."""

    text: ClassVar[Text] = Text(zh="卡冻结", en="A card was frozen")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardReleased(Event):
    """A card opens again what it opened before."""

    text: ClassVar[Text] = Text(zh="卡恢复使用", en="A card was released")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardChanged(Event):
    """A card moved to a state that has no event of its own."""

    text: ClassVar[Text] = Text(zh="卡状态变动", en="A card's state changed")


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersMerged(Event):
    """A member took in another of the same person; the change of `reference` names both."""

    text: ClassVar[Text] = Text(zh="会员合并", en="Members were merged")


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersUnmerged(Event):
    """A merge was undone: the absorbed member is her own again."""

    text: ClassVar[Text] = Text(zh="撤销合并", en="A merge was undone")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpeningRecorded(Told):
    """What a member brought from before this system, under its bill. `spend` fen."""

    text: ClassVar[Text] = Text(zh="录入期初", en="An opening was recorded")

    bill: str
    points: int
    spend: int


_OF_CARDS: dict[str, type[Event]] = {
    "lost": CardLost,
    "replaced": CardReplaced,
    "void": CardVoided,
    "frozen": CardFrozen,
    "active": CardReleased,
}


def of_change(what: str, after: str) -> type[Event]:
    """The event of a change on record: what changed (tier, standing, card, merge) and to what."""
    if what == "card":
        return _OF_CARDS.get(after, CardChanged)
    if what == "merge":
        return MembersMerged if after else MembersUnmerged
    if what == "type":
        return TypeChanged
    return TierChanged if what == "tier" else StandingChanged
