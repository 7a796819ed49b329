"""What is due, as journals: lots that died and holds that lapsed, each at its own moment. Pure.

Expiry takes what is left of its own lot and nothing else. When it is written down changes no answer: `lots.settled`
reads an account as if it had been.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from huiguan.ledger.lots import due
from huiguan.ledger.rows import utc
from huiguan.ledger.values import Account, HoldEvent, Journal, Movement, Sealed, house_address, member_address
from huiguan.rules.facts import LotKey

NIGHT = "system:0"  # who acts when nobody does
EXPIRY = "expiry"


@dataclass(frozen=True, slots=True)
class Stamp:
    """By which clause of which version a lot expires, as stamped when it was earned."""

    clause: str | None = None
    version: int | None = None


def lapses(account: Account, at: datetime, stamps: Mapping[LotKey, Stamp]) -> tuple[Journal, ...]:
    """The journals that write down what was due in `account` until `at`, earliest first.

    One per moment, clause and version. `stamps` names those of the lots; a lot it does not name expires by no clause.
    """
    journals = [*_dead_lots(account, at, stamps), *_lapsed_holds(account, at)]
    return tuple(sorted(journals, key=lambda journal: journal.at))


def _dead_lots(account: Account, at: datetime, stamps: Mapping[LotKey, Stamp]) -> list[Journal]:
    groups: dict[tuple[datetime, Stamp], dict[str, list[tuple[LotKey, int]]]] = {}
    for unit, lot in due(account, at):
        assert lot.expires_at is not None
        group = groups.setdefault((lot.expires_at, stamps.get(lot.key, Stamp())), {})
        group.setdefault(unit, []).append((lot.key, lot.left))
    return [
        Journal(
            at=moment,
            cause=(EXPIRY, moment_ref(moment)),
            actor=NIGHT,
            clause=stamp.clause,
            version=stamp.version,
            movements=tuple(_expired(account.membership, unit, uses, stamp) for unit, uses in units.items()),
        )
        for (moment, stamp), units in groups.items()
    ]


def _expired(membership: int, unit: str, uses: list[tuple[LotKey, int]], stamp: Stamp) -> Movement:
    amount = sum(left for _, left in uses)
    mine, theirs = member_address(membership, unit), house_address(unit, "expired")
    return Movement(unit, amount, mine, theirs, stamp.clause, uses=tuple(uses))


def _lapsed_holds(account: Account, at: datetime) -> list[Journal]:
    return [
        Journal(
            at=hold.lapses_at,
            cause=("hold", f"{hold.key[0]}.{hold.key[1]}"),
            actor=NIGHT,
            holds=(HoldEvent("lapsed", unit, hold.left, hold.key),),
        )
        for unit, state in account.units.items()
        for hold in state.holds
        if hold.lapses_at is not None and hold.lapses_at <= at
    ]


def moment_ref(at: datetime) -> str:
    """A moment as a cause's reference: '2026-12-31T16:00:00Z'."""
    return utc(at).isoformat().replace("+00:00", "Z")


def stamps_of(sealed: Sealed) -> dict[LotKey, Stamp]:
    """The stamps of the lots a journal opens."""
    return {(sealed.seq, row[0]): Stamp(row[6], sealed.journal.version) for row in sealed.rows.lots}
