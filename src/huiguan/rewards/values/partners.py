"""What is told of points that go on: gifts, partners, exchanges, statements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiguan.kernel.text import Text

ASKED, SENT, DISPUTED, DONE, REFUSED = "asked", "sent", "disputed", "done", "refused"
OPEN_STATES = (ASKED, SENT, DISPUTED)
EXCHANGE_STATES: dict[str, Text] = {
    ASKED: Text(zh="待发出", en="To be sent"),
    SENT: Text(zh="等对方答复", en="Waiting for its word"),
    DISPUTED: Text(zh="对不上，待人裁定", en="Differs; a person decides"),
    DONE: Text(zh="成了", en="Done"),
    REFUSED: Text(zh="没成，已退回", en="Not done, given back"),
}
DIRECTIONS: dict[str, Text] = {
    "out": Text(zh="换出", en="Out"),
    "in": Text(zh="换入", en="In"),
    "earned": Text(zh="消费得分", en="Earned there"),
}
VIAS: dict[str, Text] = {
    "answer": Text(zh="当场答复", en="its answer"),
    "notice": Text(zh="来的通知", en="its notice"),
    "query": Text(zh="查询所得", en="asked about"),
    "silence": Text(zh="没有答复", en="no answer"),
    "person": Text(zh="由人裁定", en="decided by a person"),
}


@dataclass(frozen=True, slots=True)
class GiftTold:
    """Points passed on from one member to another. `way`: gift, or pool."""

    number: str
    way: str
    giver: str
    taker: str
    unit: str
    points: int
    at: datetime
    clause: str
    note: str
    by: str
    reasons: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class GivingTold:
    """What a member may pass on now: `least`, what is `left` of the day and year (None: no bound), how much may `travel`,
    and what is not verified yet."""

    clause: str
    unit: str
    least: int
    left_today: int | None
    left_this_year: int | None
    travels: int
    missing: tuple[str, ...]
    life: str


@dataclass(frozen=True, slots=True)
class PartnerKept:
    """A partner's line; `secret` is shown this once, None where it was not renewed."""

    partner: str
    url: str
    secret: str | None


@dataclass(frozen=True, slots=True)
class LinkTold:
    """A member's account at a partner: its last figures."""

    member: str
    partner: str
    account: str
    since: datetime


@dataclass(frozen=True, slots=True)
class WordTold:
    """A word on an exchange: through which way, what it said."""

    n: int
    via: str
    state: str
    units: int | None
    told: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ExchangeTold:
    """An exchange: `ours` and `fee_points` in our units, `theirs` in the partner's (fen for `earned`), `owed` fen."""

    number: str
    partner: str
    member: str
    direction: str
    account: str
    reference: str
    begun_by: str
    unit: str
    ours: int
    theirs: int
    fee_points: int
    owed: int
    state: str
    asked_at: datetime
    ended_at: datetime | None
    clause: str
    why: str
    told: str
    odd: bool
    words: tuple[WordTold, ...] = ()
    reasons: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class PartnerTold:
    """A partner of the rulebook and how things stand with it. Rates as people write them, empty where there is none."""

    partner: str
    title: Text
    units: Text
    unit: str
    gives: str
    takes: str
    earns: str
    block: int
    takes_block: int
    fee_points: int
    least: int
    a_day: int | None
    a_year: int | None
    in_a_year: int | None
    needs: tuple[str, ...]
    we_pay: int | None
    they_pay: int | None
    clause: str
    url: str
    connected: bool
    stopped: bool
    open: int
    disputed: int
    odd: int


@dataclass(frozen=True, slots=True)
class StatementDay:
    """What was settled with a partner on a local day: our units `out` (fees beside) and `in`, its units `gave` and
    `took`, fen owed by each, and how many exchanges."""

    day: date
    out: int
    fees: int
    gave: int
    came: int
    took: int
    we_owe: int
    they_owe: int
    exchanges: int


@dataclass(frozen=True, slots=True)
class Statement:
    """A month with a partner, by day and in all. `ledger_out`, `ledger_in`: what the books say left and reached members
    over it in these exchanges, `waiting` of which is not settled; `ties` whether they agree. `net` fen: above nought we
    pay, below it they do. `points_net`: ours that came in less those that went out."""

    partner: str
    month: date
    days: tuple[StatementDay, ...]
    total: StatementDay
    net: int
    points_net: int
    ledger_out: int
    ledger_in: int
    ties: bool
    closed_at: datetime | None
    closed_by: str
    paid_at: datetime | None
    paper: str


@dataclass(frozen=True, slots=True)
class PoolTold:
    """A pool: its keeper, who shares, and how much each has that may be gathered."""

    keeper: str
    unit: str
    people: tuple[tuple[str, int], ...]
    since: datetime
    clause: str
