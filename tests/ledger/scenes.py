"""Short words for what the ledger's tests do: a membership earns, spends, returns, at moments given as local text."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from huiguan.kernel.actors import Actor, system
from huiguan.kernel.moments import moment_of
from huiguan.ledger.lots import choose
from huiguan.ledger.operations import lock_accounts, open_accounts, post_journal
from huiguan.ledger.values import Account, Journal, LotTerms, Movement, house_address, member_address
from huiguan.rules.facts import LotFact, LotKey

SHANGHAI = ZoneInfo("Asia/Shanghai")
PROGRAMME = 7
LI = 382
ACTOR: Actor = system(PROGRAMME)
POINTS = "points"


def when(text: str) -> datetime:
    return moment_of(text, "at", SHANGHAI)


def account(membership: int = LI) -> Account:
    return Account(membership, PROGRAMME)


def opened(*memberships: int) -> None:
    open_accounts(PROGRAMME, memberships or (LI,))


def earning(
    amount: int,
    at: datetime,
    *,
    until: datetime | None = None,
    usable: datetime | None = None,
    membership: int = LI,
    ref: str = "S1",
    tallies: Sequence[tuple[date, str, int]] = (),
) -> Journal:
    mine = member_address(membership, POINTS)
    terms = LotTerms(at, usable, until, "B55-14")
    move = Movement(POINTS, amount, house_address(POINTS, "issued"), mine, "B55-13", opens=terms)
    return Journal(at, ("sale", ref), "staff:1", "B55-13", 3, (move,), tuple(tallies))


def spending(
    uses: Sequence[tuple[LotKey, int]], at: datetime, *, membership: int = LI, ref: str = "R1", to: str = "redeemed"
) -> Journal:
    amount = sum(part for _, part in uses)
    mine = member_address(membership, POINTS)
    move = Movement(POINTS, amount, mine, house_address(POINTS, to), "B55-20", uses=tuple(uses))
    return Journal(at, ("redemption", ref), "staff:1", "B55-20", 3, (move,))


def restoring(
    restores: Sequence[tuple[LotFact, int]], at: datetime, *, reverses: int, membership: int = LI, ref: str = "T1"
) -> Journal:
    amount = sum(part for _, part in restores)
    mine = member_address(membership, POINTS)
    move = Movement(POINTS, amount, house_address(POINTS, "restored"), mine, "B55-23", restores=tuple(restores))
    return Journal(at, ("return", ref), "staff:1", "B55-23", 3, (move,), reverses=reverses)


def earn(amount: int, at: str, *, until: str | None = None, membership: int = LI, **more: object) -> Account:
    """Post an earning at `at`, written then."""
    moment = when(at)
    end = when(until) if until else None
    journal = earning(amount, moment, until=end, membership=membership, **more)  # type: ignore[arg-type]
    return post_journal(membership=membership, journal=journal, written_at=moment)


def spend(amount: int, at: str, *, membership: int = LI) -> Account:
    """Post a spend of the oldest live lots."""
    moment = when(at)
    lots = lock_accounts([membership])[membership].unit(POINTS).lots
    journal = spending(choose(lots, amount, moment), moment, membership=membership)
    return post_journal(membership=membership, journal=journal, written_at=moment)
