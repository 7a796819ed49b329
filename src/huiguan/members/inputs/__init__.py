"""What is given to the operations of this room. Moments and days are ISO text, local where they name no offset."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.inputs import Input, Line, Money, Points, Word
from huiguan.members.inputs.life import ChangeType as ChangeType
from huiguan.members.inputs.life import ClearEncumbrance as ClearEncumbrance
from huiguan.members.inputs.life import EndMembership as EndMembership
from huiguan.members.inputs.life import FreezeMembership as FreezeMembership
from huiguan.members.inputs.life import IssueCertificate as IssueCertificate
from huiguan.members.inputs.life import ReadmitMember as ReadmitMember
from huiguan.members.inputs.life import RecordEncumbrance as RecordEncumbrance
from huiguan.members.inputs.life import ReissueCertificate as ReissueCertificate
from huiguan.members.inputs.life import RenewMembership as RenewMembership
from huiguan.members.inputs.life import RevokeCertificate as RevokeCertificate
from huiguan.members.inputs.life import ThawMembership as ThawMembership
from huiguan.members.inputs.life import WithdrawExit as WithdrawExit
from huiguan.members.inputs.related import AddRelation as AddRelation
from huiguan.members.inputs.related import EndRelation as EndRelation
from huiguan.members.inputs.words import Answer as Answer
from huiguan.members.inputs.words import Profile as Profile
from huiguan.members.inputs.words import When as When


class Receipt(Input):
    """A purchase by its bill's number, what was paid for it in yuan, and the day it is of where that is not the day of
    joining."""

    number: Word
    amount: Money
    day: Word | None = None


class EnrolMember(Input):
    """A new member. `name`, `phone` and `card` may stand here or in the `profile`; `at` is when she joined (now where
    None), `form_date` the day on her paper form (the day she joined where None), `number` only to keep an old one, `receipts` of purchases where joining takes one,
    `fee` what was paid for the card; `new_holder` where the phone was a member's who has long not been seen, and is
    another person's now; `type` of member where the rulebook knows several, the first that may apply where None."""

    name: Answer = None
    phone: Answer = None
    new_holder: bool = False
    profile: Profile = Field(default_factory=dict)
    shop: Word | None = None
    at: When | None = None
    form_date: When | None = None
    card: Answer = None
    number: Answer = None
    receipts: Annotated[list[Receipt], Field(max_length=20)] = []
    fee: Money = 0
    type: Word | None = None


class IssueCard(Input):
    """A member's first card. `at` is when it was handed out, `member` any of number, card number and phone; `receipts`
    and `fee` where a card costs something."""

    member: Word
    card: Word
    shop: Word | None = None
    at: When | None = None
    receipts: Annotated[list[Receipt], Field(max_length=20)] = []
    fee: Money = 0


class ActivateCard(Input):
    """The newest card is opened for use."""

    member: Word
    at: When | None = None


class ReportCardLost(Input):
    """`card` only where it is not the newest one that is lost."""

    member: Word
    card: Word | None = None
    at: When | None = None


class FreezeCard(Input):
    """The newest card opens nothing until somebody has looked; `reason` is kept."""

    member: Word
    reason: Word
    at: When | None = None


class ReleaseCard(Input):
    """A frozen card is let go, or a use that was only noted is found in order; `presented` what was shown for it."""

    member: Word
    reason: Word
    presented: Annotated[list[Literal["id"]], Field(max_length=1)] = []


class TransferCard(Input):
    """The new holder's form; the card and everything on it stays as it is."""

    member: Word
    name: Answer = None
    phone: Answer = None
    profile: Profile = Field(default_factory=dict)


class PrintCards(Input):
    """Cards by their numbers, taken away to be printed."""

    cards: Annotated[list[Word], Field(min_length=1, max_length=2000)]


class ConfirmReview(Input):
    """What was found is as it looks; a frozen card stays frozen."""

    member: Word
    reason: Word


class ReplaceCard(Input):
    """A new card (`card` its number) in the place of the one held, lost or not; `returned`: the old one was handed in,
    `fee` what was paid for the new one where it costs something."""

    member: Word
    card: Word
    returned: bool = False
    shop: Word | None = None
    at: When | None = None
    fee: Money = 0


class ChangeProfile(Input):
    """New values; None takes a value away where the rulebook does not require it."""

    member: Word
    name: Answer = None
    phone: Answer = None
    profile: Profile = Field(default_factory=dict)


class SuspendMember(Input):
    """`until`: the moment from which the suspension is over of itself; None: until somebody lifts it."""

    member: Word
    reason: Word
    until: When | None = None


class RestoreMember(Input):
    member: Word
    reason: Word


class MergeMembers(Input):
    """Two memberships of one person: `absorb` goes into `keep`. `fields` names, where both know a field, whose value
    stays; without a word that of `keep`."""

    keep: Word
    absorb: Word
    reason: Word
    fields: Annotated[Mapping[str, Literal["keep", "absorb"]], Field(max_length=100)] = Field(default_factory=dict)


class UnmergeMembers(Input):
    """`member` names the one that was absorbed."""

    member: Word
    reason: Word


class ReleasePhone(Input):
    """The member is found by her phone no more; the number is free for another."""

    member: Word
    reason: Word


class DeclareDistinct(Input):
    """Two members who look like one person and are not."""

    one: Word
    other: Word
    reason: Word


class AuthoriseUser(Input):
    """Somebody who may use the member's account, and what they are to her."""

    member: Word
    name: Annotated[Word, Field(max_length=60)]
    kin: Literal["colleague", "friend", "relative"]


class NameReferrer(Input):
    """Who brought the `member`: by code, number, card or phone."""

    member: Word
    referrer: Word


class WithdrawUser(Input):
    member: Word
    name: Annotated[Word, Field(max_length=60)]


class SpendDay(Input):
    """What was paid on one local day before this system, in yuan."""

    day: When
    amount: Money


class RecordOpening(Input):
    """What a member brings from before: points with the bill that proves them and the moment they were earned, and
    what she had spent, by day. `at` is when it counts from (now where None)."""

    member: Word
    bill: Annotated[Line, Field(max_length=80)] | None = None
    points: Points | None = None
    earned_at: When | None = None
    spend: Annotated[list[SpendDay], Field(max_length=1000)] = Field(default_factory=list)
    at: When | None = None


class SetPin(Input):
    """`pin`: six digits. `presented` the papers shown at the counter, or the `proof` of a one-time code."""

    member: Word
    pin: Annotated[str, Field(min_length=1, max_length=20)]
    presented: Annotated[list[Literal["card", "id"]], Field(max_length=2)] = []
    proof: Annotated[str, Field(max_length=100)] | None = None


class LeaveProgramme(Input):
    """A member leaves; `reason` only where she gives one."""

    member: Word
    reason: Annotated[Line, Field(max_length=200)] = ""


class VerifyMember(Input):
    """A finding about a member: her identity or her phone is verified, is being verified, or could not be."""

    member: Word
    what: Literal["identity", "phone"]
    state: Literal["verified", "pending", "failed"] = "verified"
    how: Literal["paper", "code", "register", "call"] = "paper"
    note: Annotated[Line, Field(max_length=200)] = ""
