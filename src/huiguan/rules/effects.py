"""The closed list of what a clause may cause. Each carries the clause it comes from; rooms apply them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field as made
from datetime import datetime
from typing import Any

from huiguan.kernel.records import record
from huiguan.rules.facts import LotKey, Step
from huiguan.rules.passes import Allowance, Use


@record
class PriceLine:
    """Take `step.offs` off the lines."""

    clause: str
    step: Step


@record
class Earn:
    """`post` to the member: whole units of `unit`, a lot earned at the happening, spendable until `expires_at`."""

    clause: str
    unit: str
    amount: int
    expires_at: datetime | None = None
    expiry_clause: str | None = None


@record
class Spend:
    """`post` from the member: whole units of `unit`, taken from the lots the rulebook's order names."""

    clause: str
    unit: str
    amount: int
    purpose: str  # offset, redemption
    prefer: tuple[LotKey, ...] = ()


@record
class Tally:
    """Count `amount` under a measure on the happening's local day."""

    clause: str | None
    measure: str
    amount: int


@record
class Refuse:
    """The happening is refused: `code` is the refusal's name, `values` fill its text."""

    clause: str
    code: str
    rank: str
    field: str | None = None
    values: Mapping[str, Any] = made(default_factory=dict)


@record
class Warn:
    clause: str
    code: str
    values: Mapping[str, Any] = made(default_factory=dict)


@record
class GrantRight:
    """Give a right: a coupon by its name in the rulebook; `worth` fen; valid as stated."""

    clause: str
    name: str
    worth: int
    valid_from: datetime
    valid_until: datetime | None
    once_for: str  # the occasion ("card", "2026-06"): the same occasion never gives twice


@record
class UseRight:
    clause: str
    right: int


@record
class OpenPackage:
    """A package begins: `price` fen, what it gives, what of it is used already (`uses`, carried from the package `swaps`
    handed in for it). `line` of the sale, so many `copies`."""

    clause: str
    name: str
    price: int
    allowances: tuple[Allowance, ...]
    valid_from: datetime
    valid_until: datetime | None
    line: int
    copies: int = 1
    uses: tuple[Use, ...] = ()
    swaps: int | None = None
    agreement: str = ""


@record
class UsePackage:
    """`quantity` uses of `item` under the allowance at `place` of a package."""

    clause: str
    package: int
    place: int
    item: str
    quantity: int


@record
class SetTier:
    """The membership stands on `tier` from `at` on. `values` are the figures that made it so."""

    clause: str
    tier: str
    at: datetime
    values: Mapping[str, Any] = made(default_factory=dict)


@record
class Require:
    """Something must be settled before the happening may stand: a shortfall, with the ways to settle it."""

    clause: str
    what: str
    amount: int
    worth: int
    ways: tuple[str, ...]


@record
class Reason:
    """Why, or why not and how far off. `given` false means not given.

    `say` is the key of the sentence in the clause's kind (`SAYS`), `values` its arguments as plain JSON: fen, whole
    units, ISO days, fractions as "19/20". `headline` values name what is given: +94, 9.5 折.
    """

    clause: str
    say: str
    given: bool
    values: Mapping[str, Any] = made(default_factory=dict)


@record
class OpenReview:
    """A person looks at it: the card that was used is frozen until then, or the use only noted."""

    clause: str
    freeze: bool
    reason: Reason


@record
class Send:
    """Tell the member: `channel` sms or email, the finished text, the mail's `subject` or '', not before `at`."""

    clause: str
    channel: str
    text: str
    subject: str
    at: datetime


@record
class MoveMatter:
    """A matter goes on: `state` (open, returned, passed, refused, lapsed), the `stage` it is in or ended in, who has the
    `ball` (house, applicant, nobody), the `standing` its subject takes, '' for none."""

    clause: str
    state: str
    stage: str
    ball: str
    standing: str = ""


@record
class RaiseTask:
    """Somebody owes the stage: whoever is in `post`, sits in `body`, or `who` (applicant, recommender)."""

    clause: str
    stage: str
    post: str = ""
    body: str = ""
    who: str = ""


@record
class SetClock:
    """The stage is to be done within `count` `unit`s ("workday") counted from `since` (stage, complete_file, posting_day);
    it is brought up `warn` before, a length as written, '' for not at all."""

    clause: str
    count: int
    unit: str
    since: str
    warn: str = ""


@record
class PostNotice:
    """Shown to the public for `count` `unit`s after the posting day: the fields `shows` of the form, masked."""

    clause: str
    stage: str
    count: int
    unit: str
    shows: tuple[str, ...] = ()


Effect = (
    PriceLine
    | Earn
    | Spend
    | Tally
    | Refuse
    | Warn
    | GrantRight
    | UseRight
    | OpenPackage
    | UsePackage
    | SetTier
    | Require
    | OpenReview
    | Send
    | MoveMatter
    | RaiseTask
    | SetClock
    | PostNotice
)


@record
class Decision:
    """What one clause decided."""

    effects: tuple[Effect, ...] = ()
    reasons: tuple[Reason, ...] = ()


NOTHING = Decision()
