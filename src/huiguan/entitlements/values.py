"""Words that cross the border of the room."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.entitlements.codes import spaced, typed, typed_claim
from huiguan.entitlements.refusals import (
    BatchEnded,
    BatchUnknown,
    CodeOver,
    CodesKnown,
    CodeTurnedIn,
    CodeUnknown,
    CouponUnknown,
    GiftCodeUnknown,
)
from huiguan.entitlements.validity import state_at
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.effects import GrantRight, OpenPackage
from huiguan.rules.facts import PackageFact, RightFact
from huiguan.rules.passes import Remaining

__all__ = [
    "BatchEnded",
    "BatchUnknown",
    "BatchView",
    "CodeOver",
    "CodeTurnedIn",
    "CodeUnknown",
    "CodesKnown",
    "CouponUnknown",
    "FoundCode",
    "GiftCodeUnknown",
    "GiftView",
    "GrantedRight",
    "HeldRight",
    "NewRight",
    "PastRight",
    "RightMove",
    "RightNotHeld",
    "RightNotUsed",
    "RightStep",
    "RightUsed",
    "spaced",
    "state_at",
    "typed",
    "typed_claim",
]


class RightUsed(Refusal):
    """The right was used, perhaps a moment ago at another till."""

    text = Text(zh="券 {code} 已用过。", en="Coupon {code} has been used.")
    rank = "limit"


class RightNotHeld(Refusal):
    text = Text(zh="没有这张券：{code}。", en="The member holds no coupon {code}.")
    status = 404
    rank = "existence"


class RightNotUsed(Refusal):
    """A use that never was cannot be given back."""

    text = Text(zh="券 {code} 未用过，无从退回。", en="Coupon {code} was not used; there is nothing to give back.")


@dataclass(frozen=True, slots=True)
class BatchView:
    """A batch of codes of `coupon`. `made` of `size` are there, `claimed` of them turned in or handed out; `each` one
    member may turn in; `outside`: another house's codes."""

    id: int
    coupon: str
    outside: bool
    note: str
    size: int
    made: int
    claimed: int
    each: int
    at: datetime
    by: str
    ends_at: datetime | None = None
    stopped_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code and its batch."""

    id: int
    code: str
    batch: BatchView


@dataclass(frozen=True, slots=True)
class GiftView:
    """A right offered to a friend, who accepts it by `code` before `until`."""

    code: str
    membership: int
    right: int
    until: datetime


@dataclass(frozen=True, slots=True)
class NewRight:
    """A right to be given. `worth` fen; good from `valid_from` until just before `valid_until` (None: no end).

    The same `clause` and `occasion` never give to one membership twice.
    """

    membership: int
    name: str
    clause: str
    worth: int
    granted_at: datetime
    valid_from: datetime
    valid_until: datetime | None
    occasion: str
    cause: str

    @classmethod
    def granted(cls, membership: int, effect: GrantRight, cause: str, *, occasion: str | None = None) -> NewRight:
        """What a clause gives, on the effect's own occasion where no other is named."""
        return cls(
            membership=membership,
            name=effect.name,
            clause=effect.clause,
            worth=effect.worth,
            granted_at=effect.valid_from,
            valid_from=effect.valid_from,
            valid_until=effect.valid_until,
            occasion=effect.once_for if occasion is None else occasion,
            cause=cause,
        )


@dataclass(frozen=True, slots=True)
class RightMove:
    """A right used, or a use given back, at `at` because of `cause` ("sale:HB2-0047")."""

    membership: int
    right: int
    at: datetime
    cause: str


@dataclass(frozen=True, slots=True)
class RightStep:
    """One line of a right's history. `what`: granted, used, restored, or a mark: reserved, locked, released, given,
    returned, taken, lapsed, revoked."""

    what: str
    at: datetime
    written_at: datetime
    cause: str
    until: datetime | None = None


RIGHT_STATES: dict[str, Text] = {
    "ready": Text(zh="可用", en="Ready"),
    "waiting": Text(zh="未到期", en="Not yet"),
    "used": Text(zh="已用", en="Used"),
    "expired": Text(zh="过期", en="Run out"),
    "reserved": Text(zh="待领", en="Reserved"),
    "locked": Text(zh="已锁定", en="Locked"),
    "given": Text(zh="转赠中", en="Being given"),
    "taken": Text(zh="已转赠", en="Given away"),
    "lapsed": Text(zh="逾期未领", en="Not claimed"),
    "revoked": Text(zh="已收回", en="Revoked"),
}


@dataclass(frozen=True, slots=True)
class HeldRight:
    """A right as it reads at a moment. `state`: ready, waiting (not yet valid), reserved, locked, given (a friend may
    accept it), taken (she did), used, expired, lapsed (not claimed while it was reserved), revoked. `outside`: the code
    another house takes for it."""

    right: RightFact
    state: str
    steps: tuple[RightStep, ...]
    outside: str = ""


@dataclass(frozen=True, slots=True)
class GrantedRight:
    """A right as it was given. `worth` fen."""

    code: str
    name: str
    clause: str
    worth: int
    granted_at: datetime
    valid_from: datetime
    valid_until: datetime | None
    cause: str


@dataclass(frozen=True, slots=True)
class PastRight:
    """A right with its occasion and cause, and what was done with it, in order: (at, cause, whether given back)."""

    right: RightFact
    occasion: str
    cause: str
    written_at: datetime
    uses: tuple[tuple[datetime, str, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class NewPackage:
    """A package that begins, as the clauses decided it; `cause` the sale ("sale:382-5"). `code` where it had one before."""

    membership: int
    effect: OpenPackage
    sold_at: datetime
    cause: str
    code: str | None = None


@dataclass(frozen=True, slots=True)
class PackageMove:
    """One step of a package: `what` used (`item` under the allowance at `place`), undone (the step `undoes`), swapped,
    refunded, transferred, moved, reopened."""

    membership: int
    package: int
    what: str
    at: datetime
    actor: str
    cause: str = ""
    shop: int | None = None
    item: str = ""
    place: int | None = None
    quantity: int | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True)
class PackageLine:
    """One line of a package's history, by `n`; `undone` where a use was taken back."""

    n: int
    what: str
    at: datetime
    written_at: datetime
    item: str
    quantity: int | None
    shop: int | None
    actor: str
    cause: str
    undone: bool


@dataclass(frozen=True, slots=True)
class HeldPackage:
    """A package as it reads at a moment. `state`: open, waiting (not begun), spent (nothing left), expired, swapped,
    refunded, transferred, moved. `remaining` allowance by allowance."""

    package: PackageFact
    state: str
    remaining: tuple[Remaining, ...]
    lines: tuple[PackageLine, ...]
    agreement: str
