"""The words of the ledger that cross its border: accounts, movements, journals, holds, and its one refusal.

Amounts are whole units, moments aware. Everything is frozen; a change is a new value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiguan.kernel.records import record
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.facts import LotFact, LotKey

HoldKey = tuple[int, int]  # the journal that placed it and its position there, within one membership
JournalKey = tuple[int, int]  # membership and seq

HOUSE = (
    "issued",
    "redeemed",
    "expired",
    "clawed",
    "opening",
    "restored",
    "claimed",
    "merged",
    "refunded",
    "passed",
    "exchanged",
)


def member_address(membership: int, unit: str) -> str:
    """Where a membership's holdings of a unit are: 'member:382:points'."""
    return f"member:{membership}:{unit}"


def house_address(unit: str, purpose: str) -> str:
    """The other side of a member's movement: 'house:points:issued'. `purpose` is one of HOUSE."""
    if purpose not in HOUSE:
        raise ValueError(f"no such house account: {purpose}")
    return f"house:{unit}:{purpose}"


class BalanceTooLow(Refusal):
    """More was asked than may be spent. `values`: unit, has, needs, short (whole units)."""

    text = Text(
        zh="可用 {has:points}，需 {needs:points}，差 {short:points}。",
        en="{short:points} short: {has:points} may be used, this takes {needs:points}.",
    )
    rank = "balance"

    def __init__(self, *, unit: str, has: int, needs: int, **more: Any) -> None:
        super().__init__(unit=unit, has=has, needs=needs, short=needs - has, **more)


class DaySealed(Refusal):
    """What was written on that day has been sealed; nothing more may be written into it."""

    text = Text(zh="{written_at} 那一天的账已封存。", en="The books of {written_at} are sealed.")


@dataclass(frozen=True, slots=True)
class HoldFact:
    """A hold still open: `left` units set aside until `lapses_at` (None: until ended)."""

    key: HoldKey
    left: int
    placed_at: datetime
    lapses_at: datetime | None = None


@record
class UnitState:
    """A membership's holdings of one unit. `balance` is the sum of the lots, `held` that of the holds."""

    balance: int = 0
    held: int = 0
    lots: tuple[LotFact, ...] = ()
    holds: tuple[HoldFact, ...] = ()


NOTHING_HELD = UnitState()


@record
class Account:
    """All a membership holds, as written: the fold of its journals up to `seq`.

    `head` is the hash of the last journal, `next_due` the earliest moment at which a lot dies or a hold lapses. What
    was due before a moment is still in here until written down; `settled` tells how it reads at that moment.
    """

    membership: int
    programme: int
    seq: int = 0
    head: bytes = b""
    units: Mapping[str, UnitState] = field(default_factory=dict)
    next_due: datetime | None = None
    written_at: datetime | None = None

    def unit(self, name: str) -> UnitState:
        return self.units.get(name, NOTHING_HELD)


@record
class LotTerms:
    """The life a new lot gets. `clause` is the one by which it will expire."""

    earned_at: datetime
    usable_from: datetime | None = None
    expires_at: datetime | None = None
    clause: str | None = None


@record
class Movement:
    """One transfer: `amount` units of `unit` from `debit` to `credit`, by `clause`.

    Value that reaches the member opens a lot (`opens`) or goes back to lots it came from (`restores`); value that
    leaves the member names the lots it takes (`uses`). Uses and restores add up to `amount`.
    """

    unit: str
    amount: int
    debit: str
    credit: str
    clause: str | None = None
    opens: LotTerms | None = None
    uses: tuple[tuple[LotKey, int], ...] = ()
    restores: tuple[tuple[LotFact, int], ...] = ()


@dataclass(frozen=True, slots=True)
class HoldEvent:
    """A step of a hold's life. `what`: placed, posted, released, lapsed. `hold` is None for the placing itself."""

    what: str
    unit: str
    amount: int
    hold: HoldKey | None = None
    lapses_at: datetime | None = None


@record
class Journal:
    """Movements, holds and tallies that stand or fall together.

    `at` is when it happened; `cause` an opaque reference (kind, ref) such as ("sale", "HB2-1212-0047"); `actor` the
    reference of who acted; `version` the key of the rulebook's version; `tallies` what the local days are to count
    more or less of (day, measure, delta); `reverses` the seq of the journal this one undoes, in whole or in part.
    """

    at: datetime
    cause: tuple[str, str]
    actor: str
    clause: str | None = None
    version: int | None = None
    movements: tuple[Movement, ...] = ()
    tallies: tuple[tuple[date, str, int], ...] = ()
    reverses: int | None = None
    holds: tuple[HoldEvent, ...] = ()


TransferTuple = tuple[int, str, str, str, int, str | None]  # n, unit, debit, credit, amount, clause
# n, unit, amount, earned_at, usable_from, expires_at, clause
LotTuple = tuple[int, str, int, datetime, datetime | None, datetime | None, str | None]
UseTuple = tuple[int, int, int, int, int]  # n, transfer, lot_seq, lot_n, amount
HoldTuple = tuple[int, int, int, str, str, int, datetime | None]  # n, hold_seq, hold_n, what, unit, amount, lapses_at


@record
class Rows:
    """A journal's rows without their key (membership, seq), moments in UTC. The chain hashes exactly these."""

    transfers: tuple[TransferTuple, ...] = ()
    lots: tuple[LotTuple, ...] = ()
    uses: tuple[UseTuple, ...] = ()
    holds: tuple[HoldTuple, ...] = ()


@record
class Sealed:
    """A journal in its place in the chain, ready to be written. `seq` is its number within the membership."""

    membership: int
    programme: int
    seq: int
    previous: bytes
    hash: bytes
    written_at: datetime
    journal: Journal
    rows: Rows


@dataclass(frozen=True, slots=True)
class SpentLot:
    """What one journal took from one lot, and how much of that later journals gave back."""

    unit: str
    lot: LotFact
    amount: int
    returned: int


@dataclass(frozen=True, slots=True)
class LotUse:
    """One lot in an entry: how much of it was used (negative: given back), and its terms."""

    key: LotKey
    amount: int
    earned_at: datetime
    expires_at: datetime | None


@dataclass(frozen=True, slots=True)
class OpenedLot:
    """The lot an entry opened: `used` of `amount` is gone, of which `expired` by expiry."""

    key: LotKey
    amount: int
    used: int
    expired: int
    earned_at: datetime
    usable_from: datetime | None
    expires_at: datetime | None
    clause: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a member's ledger. `delta` is signed, `balance` what was held after it, both whole units.

    `purpose` names the house account on the other side (issued, redeemed, expired…). `intact` is whether the chain
    still proves it: its content has its hash and its hash follows from the one before.
    """

    seq: int
    n: int
    unit: str
    delta: int
    balance: int
    purpose: str
    cause: tuple[str, str]
    clause: str | None
    version: int | None
    actor: str
    at: datetime
    written_at: datetime
    reverses: int | None
    lot: OpenedLot | None
    uses: tuple[LotUse, ...]
    intact: bool
