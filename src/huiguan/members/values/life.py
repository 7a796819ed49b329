"""Terms, ends, marks and encumbrances, as they are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiguan.rules.effects import Reason


@dataclass(frozen=True, slots=True)
class TermTold:
    """How long a membership runs. `ends_at`: the first moment after the term, None: it has no end; `lapses_at` after the
    grace; `since`: since when she is a member without a break."""

    membership: int
    member: str
    standing: str
    since: datetime
    opens_at: datetime | None
    ends_at: datetime | None
    lapses_at: datetime | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class ExitTold:
    """A membership that ends or has ended: from `exits_at` on, by `ground`; no way back before `barred_until`."""

    membership: int
    member: str
    standing: str
    ground: str
    exits_at: datetime | None
    barred_until: datetime | None
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class MarkTold:
    """A dated fact of a membership: it holds from `since` until just before `until`."""

    name: str
    value: str
    since: datetime
    until: datetime | None
    clause: str | None
    cause: str


@dataclass(frozen=True, slots=True)
class EncumbranceTold:
    """Something that ties a member to the house; `amount` fen where it is money."""

    kind: str
    ref: str
    said: str
    amount: int | None
    opened_at: datetime
    clause: str | None
    cleared_at: datetime | None
    how: str


@dataclass(frozen=True, slots=True)
class StandingWhy:
    """Where a membership stands and why. `next`: the standing it turns to of itself at `next_at`; `opens` the rights
    open now; `stands_against` what must be cleared before it may end."""

    standing: str
    title: Mapping[str, str]
    since: datetime
    clause: str | None
    why: Mapping[str, str]
    type: str
    type_title: Mapping[str, str]
    member_since: datetime
    ends_at: datetime | None
    lapses_at: datetime | None
    next: str | None
    next_at: datetime | None
    opens: tuple[str, ...]
    stands_against: tuple[Reason, ...] = ()
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateTold:
    """A certificate. `state`: good, revoked, replaced, expired, over, suspended; `code` opens the public page."""

    number: str
    certificate: str
    called: Mapping[str, str]
    code: str
    state: str
    issued_at: datetime
    until: datetime | None
    ended_at: datetime | None
    why: str
    replaced_by: str | None
    clause: str


@dataclass(frozen=True, slots=True)
class VerifiedCertificate:
    """What anybody may know who has the code: whether it is good, and what the clause shows. A person's name is masked."""

    programme: int
    number: str
    called: Mapping[str, str]
    state: str
    issued_at: datetime
    ended_at: datetime | None
    name: str
    type: Mapping[str, str] | None
    tier: Mapping[str, str] | None
    since: datetime | None
    until: datetime | None
