"""Partner: another house with points of its own, against which points go both ways.

Points out: so many of its units for each of ours, in whole blocks, with a fee of ours beside. Points in: so many of ours for
each of its. What is bought there may earn points here. Rates are exact fractions, rounded once for each exchange, down
unless the clause says otherwise. What each owes the other is said as a price for a hundred units, rounded half up once for
each exchange. Several clauses may share one partner.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal

from huiguan.kernel.amounts import share
from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Effect, Reason, Refuse, Tally
from huiguan.rules.facts import MemberFacts
from huiguan.rules.findings import Finding
from huiguan.rules.kinds import limit, transfer
from huiguan.rules.once import once
from huiguan.rules.parameters import Bilingual, Positive, Rate, Slug, Whole, Yuan, as_number
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "rewards"
TITLE = Text(zh="合作伙伴", en="Partners")
OUT, IN, EARNED = "out", "in", "earned"
_SAID_BY = {OUT: "gives", IN: "takes", EARNED: "earns"}  # the parameter that is the direction's rate


class Parameters(Base):
    """A `partner` by name, with what it is `called` and what its `units` are called; our `unit`. `gives` of its units for one of
    ours, ours in multiples of `block`; `takes` of ours for one of its, its in multiples of `takes_block`; `earns` of ours
    for a yuan spent there. `round` down or up. `fee` of ours for each exchange out. A member sends `least` or more, at
    most `a_day` and `a_year`, and receives at most `in_a_year`, counted in ours. `needs` verified of her. `we_pay` for a
    hundred of its units, `they_pay` for a hundred of ours."""

    partner: Slug
    called: Bilingual | None = None
    units: Bilingual | None = None
    unit: Slug | None = None
    gives: Rate | None = None
    block: Positive | None = None
    takes: Rate | None = None
    takes_block: Positive | None = None
    earns: Rate | None = None
    round: Literal["down", "up"] = "down"
    fee: Whole = 0
    least: Positive | None = None
    a_day: Positive | None = None
    a_year: Positive | None = None
    in_a_year: Positive | None = None
    needs: list[transfer.Verified] = []
    we_pay: Yuan | None = None
    they_pay: Yuan | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What the clauses of one partner say together; `by` names the clause that says a parameter, `clause` the first."""

    clause: Clause
    said: Parameters
    by: dict[str, str]

    @property
    def partner(self) -> str:
        return self.said.partner

    @property
    def title(self) -> Text:
        return self.said.called or Text(zh=self.said.partner, en=self.said.partner)

    @property
    def units(self) -> Text:
        return self.said.units or Text(zh="分", en="units")

    @property
    def unit(self) -> str:
        return self.said.unit or "points"

    def who(self, *names: str) -> str:
        """The clause that says one of these, the first one where none does."""
        return next((self.by[name] for name in names if name in self.by), self.clause.id)

    def rate(self, direction: str) -> Fraction | None:
        return {OUT: self.said.gives, IN: self.said.takes, EARNED: self.said.earns}[direction]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What an exchange comes to: `ours` the member gives or gets, `theirs` on the other side (fen where she spent there),
    `fee` of ours beside, `owed` fen: by us for points out, by the partner for points in."""

    ours: int
    theirs: int
    fee: int
    owed: int


SAYS = {
    "out": Text(
        zh="{ours:points} 分换 {theirs:count} {units}，比例 {rate}，{round}。",
        en="{ours:points} {ours:point|points} for {theirs:count} {units}, at {rate}, {round}.",
    ),
    "in": Text(
        zh="{theirs:count} {units}换 {ours:points} 分，比例 {rate}，{round}。",
        en="{theirs:count} {units} for {ours:points} {ours:point|points}, at {rate}, {round}.",
    ),
    "earned": Text(
        zh="在合作方消费 {theirs:yuan}，得 {ours:points} 分。",
        en="{theirs:yuan} spent at the partner earns {ours:points} {ours:point|points}.",
    ),
    "fee": Text(zh="另收 {fee:points} 分。", en="{fee:points} {fee:point is|points are} taken beside."),
    "none": Text(zh="不能这样兑换。", en="It is not exchanged in this direction."),
    "block": Text(zh="须为 {block:count} 的整数倍。", en="It is exchanged in multiples of {block:count}."),
    "nothing": Text(zh="太少了，换不到一个整数。", en="It is too little to bring one whole unit."),
    "too_few": transfer.SAYS["too_few"],
    "day": Text(
        zh="每天至多换出 {most:points} 分，今天已换出 {had:points} 分。",
        en="At most {most:points} {most:point|points} a day; {had:points} went out today.",
    ),
    "year": Text(
        zh="每年至多换出 {most:points} 分，今年已换出 {had:points} 分。",
        en="At most {most:points} {most:point|points} a year; {had:points} went out this year.",
    ),
    "in_year": Text(
        zh="每年至多换入 {most:points} 分，今年已换入 {had:points} 分。",
        en="At most {most:points} {most:point|points} a year come in; {had:points} did this year.",
    ),
    "short": Text(
        zh="可用 {has:points} 分，要用 {needs:points} 分，差 {gap:points} 分。",
        en="{gap:points} {gap:point|points} short: {has:points} may be used, this takes {needs:points}.",
    ),
    "unverified": transfer.SAYS["unverified"],
}
ROUNDED = {
    "down": Text(zh="尾数舍去", en="rounded down"),
    "up": Text(zh="尾数进一", en="rounded up"),
}
HERSELF = Text(zh="会员", en="the member")


@once
def partners(programme: Programme) -> dict[str, Terms]:
    """{partner: what its clauses say together}, in the order of the rulebook."""
    found: dict[str, list[Clause]] = {}
    for clause in programme.of("partner"):
        found.setdefault(clause.parameters.partner, []).append(clause)  # type: ignore[attr-defined]
    return {name: _together(clauses) for name, clauses in found.items()}


def _together(clauses: list[Clause]) -> Terms:
    values: dict[str, Any] = {}
    by: dict[str, str] = {}
    for clause in clauses:
        for name in clause.parameters.model_fields_set - {"partner"}:
            if name not in values:
                values[name], by[name] = getattr(clause.parameters, name), clause.id
    first: Parameters = clauses[0].parameters  # type: ignore[assignment]
    return Terms(clauses[0], first.model_copy(update=values), by)


def measure(direction: str, partner: str) -> str:
    """What a local day of the member counts: units of ours that went out to, or came in from, a partner."""
    return f"{OUT if direction == OUT else IN}:{partner}"


def exchanged(terms: Terms, direction: str, amount: int) -> Exchanged:
    """What `amount` comes to: of ours where it goes out, of the partner's where it comes in, fen where it was spent."""
    said, rate = terms.said, terms.rate(direction) or Fraction(0)
    rounding = "floor" if said.round == "down" else "ceiling"
    if direction == OUT:
        theirs = share(amount, rate, rounding)
        return Exchanged(amount, theirs, said.fee, paid_for(terms, theirs))
    per = rate / 100 if direction == EARNED else rate  # `earns` is for a yuan, the amount is fen
    ours = share(amount, per, rounding)
    return Exchanged(ours, amount, 0, share(ours, Fraction(said.they_pay or 0, 100)))


def paid_for(terms: Terms, theirs: int) -> int:
    """Fen we pay the partner for so many of its units."""
    return share(theirs, Fraction(terms.said.we_pay or 0, 100))


_Stop = tuple[Reason, str, str, str]


def decide(
    terms: Terms, facts: MemberFacts, direction: str, amount: int, *, has: int, day: date, verified: Collection[str]
) -> tuple[Exchanged, Decision]:
    """An exchange asked of the clauses: what it comes to, what it tallies, why, and everything against it. `has`: units
    of ours she may use."""
    what = exchanged(terms, direction, amount)
    stops = [
        *transfer.stops_verified(terms.clause, terms.said.needs, ((HERSELF, verified),)),
        *_stops(terms, direction, amount, what),
        *_bounds(terms, facts, direction, what, day),
    ]
    if direction == OUT and what.ours + what.fee > has:
        needs = what.ours + what.fee
        stops.append(_stop(terms, "short", "BalanceTooLow", "balance", has=has, needs=needs, gap=needs - has))
    effects: list[Effect] = [Refuse(stop.clause, code, rank, at, {"reason": stop}) for stop, code, rank, at in stops]
    effects.append(Tally(terms.clause.id, measure(direction, terms.partner), what.ours))
    return what, Decision(tuple(effects), (*(stop for stop, *_ in stops), *_told(terms, direction, what, not stops)))


def _told(terms: Terms, direction: str, what: Exchanged, given: bool) -> list[Reason]:
    rounded, units = ROUNDED[terms.said.round], terms.units
    values = {
        "ours": what.ours, "theirs": what.theirs, "units": {"zh": units.zh, "en": units.en},
        "rate": as_number(terms.rate(direction) or Fraction(0)), "round": {"zh": rounded.zh, "en": rounded.en},
    }  # fmt: skip
    told = [Reason(terms.who(_SAID_BY[direction]), direction, given, values)]
    return [*told, Reason(terms.who("fee"), "fee", given, {"fee": what.fee})] if what.fee else told


def _stops(terms: Terms, direction: str, amount: int, what: Exchanged) -> list[_Stop]:
    """The direction, the block, the least, and what is too little."""
    said, found = terms.said, []
    if terms.rate(direction) is None:
        return [_stop(terms, "none", "WayNotOffered", "window", on="partner")]
    block = {OUT: said.block, IN: said.takes_block, EARNED: None}[direction]
    if block and amount % block:
        found.append(_stop(terms, "block", "BlockWrong", "limit", by=("block", "takes_block"), block=block))
    if direction == OUT and said.least and amount < said.least:
        found.append(_stop(terms, "too_few", "AmountTooSmall", "limit", by=("least",), least=said.least, units=amount))
    if not what.ours or (direction == OUT and not what.theirs):
        found.append(_stop(terms, "nothing", "AmountTooSmall", "limit", by=(_SAID_BY[direction],)))
    return found


def _bounds(terms: Terms, facts: MemberFacts, direction: str, what: Exchanged, day: date) -> list[_Stop]:
    said, name = terms.said, measure(direction, terms.partner)
    bounds = {
        OUT: (("day", "day", said.a_day, "a_day"), ("year", "year", said.a_year, "a_year")),
        IN: (("in_year", "year", said.in_a_year, "in_a_year"),),
    }.get(direction, ())
    found = []
    for say, per, most, key in bounds:
        had = facts.sum(name, *limit.period(per, day))
        if most is not None and had + what.ours > most:
            found.append(_stop(terms, say, "LimitReached", "limit", by=(key,), most=most, had=had))
    return found


def _stop(
    terms: Terms, say: str, code: str, rank: str, *, on: str = "units", by: tuple[str, ...] = (), **values: int
) -> _Stop:
    return Reason(terms.who(*by), say, False, values), code, rank, on


_NO_RATE = Text(
    zh="没有写明兑换比例（gives、takes）或消费积分（earns）。",
    en="Neither a rate of exchange (gives, takes) nor what is earned there (earns) is said.",
)
_NO_TITLE = Text(zh="没有写明合作方叫什么（called）。", en="It is not said what the partner is called (called).")
_TWICE = Text(zh="“{key}”在这个合作方的两条里写得不同。", en="{key} differs in two clauses of this partner.")
_MACHINE = Text(
    zh="1 分换出再换回得 {back}，来回一趟积分会变多。",
    en="A point sent out and brought back is {back}: going round makes points out of nothing.",
)
_UNPAID = Text(zh="换出的积分没有写明向合作方付多少（we_pay）。", en="It is not said what we pay the partner (we_pay).")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Each partner has a title and a rate, says nothing twice, and no round trip makes points."""
    found: list[Finding] = []
    for terms in partners(programme).values():
        own = [clause for clause in clauses if clause.parameters.partner == terms.partner]  # type: ignore[attr-defined]
        found += [
            refused(programme, clause, "disagreement", name, _TWICE, key=name)
            for clause in own
            for name in clause.parameters.model_fields_set - {"partner"}
            if getattr(clause.parameters, name) != getattr(terms.said, name)
        ]
        said = terms.said
        if said.gives is None and said.takes is None and said.earns is None:
            found.append(refused(programme, terms.clause, "gives_nothing", "gives", _NO_RATE))
        if said.called is None:
            found.append(refused(programme, terms.clause, "missing_key", "called", _NO_TITLE))
        if said.gives and said.takes and said.gives * said.takes > 1:
            back = str(said.gives * said.takes)
            found.append(unwise(programme, terms.clause, "gives_away", "takes", _MACHINE, back=back))
        if said.gives and said.we_pay is None:
            found.append(unwise(programme, terms.clause, "worthless", "we_pay", _UNPAID))
    return found
