"""Words that cross the border of the room."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text

MEMBER, STRANGER, FACT = "member", "stranger", "fact"
TERMS, PRIVACY, SENSITIVE, MARKETING = "terms", "privacy", "sensitive", "marketing"
SHARE = "share"  # that somebody outside is told of her
# What every member is known by, where the rulebook's form gives it no title of its own.
FIELDS = {"name": Text(zh="姓名", en="Name"), "phone": Text(zh="手机", en="Phone")}
BASES = {"consent": Text(zh="本人同意", en="the member's consent"), "law": Text(zh="法律要求", en="the law")}


@dataclass(frozen=True, slots=True)
class OpenVisit:
    """Somebody at a device whose phone is proved. `stage`: member, stranger (may join), fact (must show more first);
    `membership` and `number` only of a member, `phone_tail` of the others; `token` is told once, to the browser."""

    id: int
    programme: int
    stage: str
    membership: int | None
    number: str
    name: str
    phone_tail: str
    device: str
    address: str
    began_at: datetime
    seen_at: datetime
    ends_at: datetime
    token: str = ""

    def with_token(self, token: str) -> OpenVisit:
        """The same visit, as the browser that holds `token` has it."""
        return replace(self, token=token)


@dataclass(frozen=True, slots=True)
class FreshCode:
    """A code to be shown: its text, from when and until just before when it is good, on wall time."""

    text: str
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class ShownMember:
    """Who showed a code: member number, name, the card that is in use ('' where none is)."""

    membership: int
    number: str
    name: str
    card: str
    until: datetime

    @property
    def presented(self) -> str:
        """What a sale says was presented: the code stands for her card where she has one in use, else for her phone."""
        return "card" if self.card else "phone"


@dataclass(frozen=True, slots=True)
class ConsentAsked:
    """Something one may agree to: its version, its words, whether one cannot join without."""

    what: str
    title: Text
    words: Text
    version: str
    required: bool


@dataclass(frozen=True, slots=True)
class ConsentTold:
    """Where a member stands with it; `at` None where she was never asked."""

    asked: ConsentAsked
    given: bool
    at: datetime | None
    version: str


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One line of the history, in the words it was agreed to."""

    what: str
    given: bool
    version: str
    words: Text
    at: datetime


@dataclass(frozen=True, slots=True)
class GivenConsent:
    membership: int
    what: str
    given: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Joined:
    """A visitor who is a member now."""

    membership: int
    number: str
    name: str
    joined_at: datetime


def joining_actor(actor: Actor, shops: frozenset[int] | None = None) -> Actor:
    """The visitor `actor` as who enters her own form: she may enrol, herself, and nothing else."""
    return Actor("guest", 0, actor.name, actor.programme, frozenset({"enrol"}), shops)


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked at `what` of a member lies sealed; `herself` where it was she."""

    at: datetime
    by: str
    what: Text
    herself: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """Whether a member agrees that `recipient` is told of her, in which words, by which paper."""

    recipient: str
    given: bool
    words: Text
    paper: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DisclosureTold:
    """Somebody outside was told `fields` of a member; `basis`: consent or law, with the `ground` named."""

    id: int
    recipient: str
    purpose: str
    fields: tuple[str, ...]
    basis: str
    ground: str
    at: datetime
    by: str

    @classmethod
    def of(cls, row: Any) -> DisclosureTold:
        return cls(row.pk, row.recipient, row.purpose, tuple(row.fields), row.basis, row.ground, row.at, row.actor_name)


@dataclass(frozen=True, slots=True)
class ErasedMember:
    """What was erased of a former member: so many values, files of papers, devices."""

    number: str
    at: datetime
    values: int
    papers: int
    devices: int


@dataclass(frozen=True, slots=True)
class ErasedApplication:
    """What was erased of an applicant who is no member: of which matters, so many files of papers."""

    numbers: list[str]
    at: datetime
    papers: int


@dataclass(frozen=True, slots=True)
class ApplicantData:
    """What an applicant may know of her data in a matter: to what she agreed, who opened her papers, until when it is kept
    without her (None: the rulebook says no end, or the matter is not over), whether she may have it erased now."""

    agreed: tuple[ConsentLine, ...]
    looks: tuple[Look, ...]
    kept_until: datetime | None
    clause: str
    under_way: bool
    members: bool


@dataclass(frozen=True, slots=True)
class ErasureLine:
    """An erasure as it is on record; `clause` where the rulebook's time was over, else the `reason`."""

    number: str
    at: datetime
    by: str
    clause: str
    reason: str
    values: int
    papers: int
