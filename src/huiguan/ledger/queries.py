"""Questions about the books. An actor sees the memberships of her programme; a member her own.

What is due is true when read: at any `at`, a dead lot counts nothing, written down or not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.ledger import facts
from huiguan.ledger.entries import entries_of
from huiguan.ledger.flows import Movement, cohort_flows, movements
from huiguan.ledger.history import History, history_of
from huiguan.ledger.models import SealRow
from huiguan.ledger.replaying import standing_at
from huiguan.ledger.totals import Expired, UnitTotal, ending, expired_between, expiries, held_at, totals
from huiguan.ledger.values import Account, Entry
from huiguan.rules.facts import LotFact

__all__ = [
    "Expired",
    "Movement",
    "UnitTotal",
    "accounts",
    "balance_history_at",
    "balances_at",
    "cohort_flows",
    "ending",
    "entries",
    "entry_count",
    "expired_between",
    "expiries",
    "held_at",
    "lots_at",
    "measure_days",
    "movements",
    "seals",
    "totals",
]

ACCOUNT = Text(zh="账户", en="account")


def accounts(*, actor: Actor, memberships: Iterable[int]) -> dict[int, Account]:
    """The accounts of `memberships` as written, not locked; those the actor may not see are not among them."""
    found = facts.accounts(memberships)
    return {membership: account for membership, account in found.items() if _sees(actor, membership, account.programme)}


def measure_days(*, actor: Actor, memberships: Iterable[int], since: date) -> dict[int, dict[date, dict[str, int]]]:
    """What each membership did per local day since `since` (included): {membership: {day: {measure: value}}}."""
    seen = accounts(actor=actor, memberships=memberships)
    return facts.days(seen, since)


def balances_at(*, actor: Actor, membership: int, at: datetime, as_written: datetime | None = None) -> dict[str, int]:
    """What the membership held of each unit at `at`, in whole units; a unit once held and gone reads 0."""
    history = _history(actor, membership)
    standing = standing_at(history.links, at=at, as_written=as_written)
    balances = {row[1]: 0 for row in standing.terms.values()}
    for unit, lot in standing.open_lots(at=at):
        balances[unit] += lot.left
    return balances


def lots_at(*, actor: Actor, membership: int, unit: str, at: datetime) -> tuple[LotFact, ...]:
    """The lots of a unit that had something left at `at`, oldest first. Those not usable yet are among them."""
    standing = standing_at(_history(actor, membership).links, at=at)
    lots = (lot for _, lot in standing.open_lots(unit, at))
    return tuple(sorted(lots, key=lambda lot: (lot.earned_at, lot.key)))


def balance_history_at(*, actor: Actor, membership: int, unit: str, at: datetime, as_written: datetime) -> int:
    """What the books said at `as_written` that the membership held at `at`: late entries not yet known count not."""
    return balances_at(actor=actor, membership=membership, at=at, as_written=as_written).get(unit, 0)


def entries(
    *, actor: Actor, membership: int, unit: str, after: tuple[int, int] | None = None, limit: int = 50
) -> tuple[Entry, ...]:
    """The membership's ledger of a unit, newest first in the order of writing, from beyond `after` (seq, n) on."""
    found = entries_of(_history(actor, membership), unit)
    return tuple(each for each in found if after is None or (each.seq, each.n) < after)[:limit]


def entry_count(*, actor: Actor, membership: int, unit: str) -> int:
    """How many entries the membership's ledger of a unit has."""
    links = _history(actor, membership).links
    return sum(1 for link in links for row in link.rows.transfers if row[1] == unit)


def seals(*, actor: Actor, limit: int = 31) -> tuple[SealRow, ...]:
    """The programme's daily seals, newest first."""
    return tuple(SealRow.objects.filter(programme_id=actor.programme).order_by("-day")[:limit])


def _sees(actor: Actor, membership: int, programme: int) -> bool:
    return actor.programme == programme and actor.membership in (None, membership)


def _history(actor: Actor, membership: int) -> History:
    if not _sees(actor, membership, actor.programme):
        raise NotFound(field="membership", what=ACCOUNT, given=membership)
    return history_of(membership, actor.programme)
