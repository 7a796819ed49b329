"""Points that go on, as programs read them."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.api.schemas import Answer, Both, ReasonAnswer, Yuan


class GiftAnswer(Answer):
    """Points passed on. `way`: gift, or pool where they were gathered; `clause` by which."""

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
    reasons: list[ReasonAnswer]


class GiftsPage(Answer):
    items: list[GiftAnswer]
    next: str | None


class GivingAnswer(Answer):
    """What a member may pass on now. `left_today`, `left_this_year`: null is no bound; `missing` is not verified yet;
    `life` keep or new."""

    clause: str
    unit: str
    least: int
    left_today: int | None
    left_this_year: int | None
    travels: int
    missing: list[str]
    life: str


class ShareAnswer(Answer):
    member: str
    points: int


class PoolAnswer(Answer):
    """Who shares, and what of each may be gathered."""

    keeper: str
    unit: str
    people: list[ShareAnswer]
    since: datetime
    clause: str


class LinkAnswer(Answer):
    """A member's account at a partner, by its last figures."""

    member: str
    partner: str
    account: str
    since: datetime


class LinksPage(Answer):
    items: list[LinkAnswer]
    next: str | None


class WordAnswer(Answer):
    """A word on an exchange. `via`: answer, notice, query, person."""

    n: int
    via: str
    state: str
    units: int | None
    told: str
    at: datetime
    by: str


class ExchangeAnswer(Answer):
    """An exchange. `state`: asked, sent, disputed, done, refused; `ours` and `fee_points` in our units, `theirs` in the
    partner's (fen where something was spent there); `odd`: a word contradicts what was settled."""

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
    owed: Yuan
    state: str
    asked_at: datetime
    ended_at: datetime | None
    clause: str
    why: str
    told: str
    odd: bool
    words: list[WordAnswer]
    reasons: list[ReasonAnswer]


class ExchangesPage(Answer):
    items: list[ExchangeAnswer]
    next: str | None


class PartnerAnswer(Answer):
    """A partner of the rulebook: rates as numbers, empty where there is none; `open` exchanges, `disputed` and `odd` of
    which a person decides."""

    partner: str
    title: Both
    units: Both
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
    needs: list[str]
    we_pay: Yuan | None
    they_pay: Yuan | None
    clause: str
    url: str
    connected: bool
    stopped: bool
    open: int
    disputed: int
    odd: int


class PartnersPage(Answer):
    items: list[PartnerAnswer]
    next: str | None


class PartnerLineAnswer(Answer):
    """A partner's line. `secret` is told once, when it was made."""

    partner: str
    url: str
    secret: str | None


class StatementDayAnswer(Answer):
    """A local day: our units `out`, `fees` beside, `came` in; the partner's it `gave` and `took`; what each owes."""

    day: date
    out: int
    fees: int
    gave: int
    came: int
    took: int
    we_owe: Yuan
    they_owe: Yuan
    exchanges: int


class StatementAnswer(Answer):
    """A month by day and in all. `net`: above nought we pay; `ties`: the books say the same."""

    partner: str
    month: date
    days: list[StatementDayAnswer]
    total: StatementDayAnswer
    net: Yuan
    points_net: int
    ledger_out: int
    ledger_in: int
    ties: bool
    closed_at: datetime | None
    closed_by: str
    paid_at: datetime | None
    paper: str


class VerificationAnswer(Answer):
    """How a member's identity or phone stands: unverified, pending, verified, failed, or changed since it was."""

    member: str
    what: str
    state: str
    how: str
    note: str
    at: datetime | None
    by: str


class VerificationsPage(Answer):
    items: list[VerificationAnswer]
    next: str | None


class ProgressAnswer(Answer):
    """`part`: tenths of a percent verified, rounded down."""

    what: str
    members: int
    verified: int
    pending: int
    failed: int
    part: int


class ProgressPage(Answer):
    items: list[ProgressAnswer]
    next: str | None
