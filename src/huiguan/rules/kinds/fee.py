"""Fee: what a member owes the house for belonging to it or for a service, by when, and what follows when it is late.

"Dues are 1,000 yuan a year, 500 for juniors, by 31 March; honorary members pay nothing; after ten days of grace a fine of
one in a thousand a day, never above a tenth; what was paid is not refunded." One clause names one fee. The amount is the
first of its rows that fits the member on the day; a year begun late may be shared by month or day; one payment may serve
several purposes and may come in instalments. Being late goes by the local day on which the money came, not by the day
somebody entered it: until 24:00 of the due day it is in time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import Field

from huiguan.kernel.amounts import allocate, share
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules import owing
from huiguan.rules.charged import Amount, Due, Fine, Instalment, Late, Part, Raised, Refund, Term, charged_wrongly
from huiguan.rules.conditions import MemberCondition
from huiguan.rules.effects import Reason
from huiguan.rules.findings import Finding
from huiguan.rules.holding import holds
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Slug, Whole, Yuan
from huiguan.rules.periods import Period, period_of
from huiguan.rules.programme import Clause, Programme

ROOM = "billing"
TITLE = Text(zh="费用", en="Fees")
Every = Literal["asked", "once", "month", "quarter", "half_year", "year"]
Means = Literal["cash", "terminal", "transfer", "online"]


class Parameters(Base):
    """`name`; `amount`, or rows of `amounts` of which the first that fits counts; who is `exempt`; charged `every` year, …,
    `once` or when `asked`, `counts_from` the calendar or the joining; a `first` period begun late; `due`, `grace` days
    without fine, `remind` so many days after the due day (before: negative); `fine`; what `late` means; `refund`; `parts`
    it is made of; `instalments`; the term it `gives`; the stage of a matter at which it is `raised` by itself; by which `means` it is paid."""

    name: Slug
    amount: Yuan | None = None
    amounts: list[Amount] = []
    exempt: MemberCondition | None = None
    every: Every = "asked"
    counts_from: Literal["calendar", "joining"] = "calendar"
    first: Literal["full", "by_month", "by_day", "none"] = "full"
    due: Due = Due(days=0)
    grace: Annotated[Whole, Field(le=366)] = 0
    remind: list[Annotated[int, Field(ge=-366, le=366)]] = []
    fine: Fine | None = None
    late: Late | None = None
    refund: Refund | None = None
    parts: list[Part] = []
    instalments: list[Instalment] = []
    gives: Term | None = None
    raised: Raised | None = None
    means: list[Means] = []

    @classmethod
    def calls_for(cls, given: Mapping[str, Any]) -> list[str]:
        """An amount, one way or the other."""
        return [] if "amounts" in given else ["amount"]


SAYS = {
    "charged": Text(zh="应交 {amount:yuan}，{due:day} 前交清。", en="{amount:yuan}, due by {due:day}."),
    "exempt": Text(zh="免交。", en="Exempt."),
    "not_meant": Text(zh="没有适用的金额，不收。", en="No amount applies; nothing is charged."),
    "shared": Text(
        zh="{since:day} 加入，本期从 {full:yuan} 折为 {amount:yuan}。",
        en="Joined on {since:day}: {amount:yuan} of {full:yuan} for this period.",
    ),
    "not_first": Text(zh="加入的这一期不收。", en="Nothing is charged for the period of joining."),
    "known": Text(zh="这一期已经收过：{number}。", en="Charged for this period already: {number}."),
    "after_end": Text(zh="已不是会员，不再收。", en="No longer a member; nothing more is charged."),
    "before": Text(zh="这一期还没有加入。", en="Not yet a member in this period."),
    "fine": Text(zh="逾期 {days} 天，滞纳金 {fine:yuan}。", en="{days} {days:day|days} late: a fine of {fine:yuan}."),
    "fine_capped": Text(
        zh="逾期 {days} 天，滞纳金已到上限 {fine:yuan}。",
        en="{days} {days:day|days} late: the fine is at its limit of {fine:yuan}.",
    ),
    "late": Text(zh="{due:day} 到期未交，欠 {left:yuan}。", en="Due on {due:day} and unpaid: {left:yuan}."),
    "no_refund": Text(zh="已交的不退。", en="What was paid is not refunded."),
    "too_late": Text(
        zh="交费后 {days} 天内可退，已过 {until:day}。",
        en="Refunds are for {days} {days:day|days} after payment, which ended on {until:day}.",
    ),
    "refunds": Text(zh="可退 {amount:yuan}。", en="{amount:yuan} is refunded."),
    "months_left": Text(
        zh="还有 {months} 个整月没有开始，可退 {amount:yuan}。",
        en="{months} whole {months:month has|months have} not begun: {amount:yuan} is refunded.",
    ),
}


@record
class Payer:
    """Who is charged, as the clause sees her: her facts by name on the day, when she joined, whether she still belongs; `waived`:
    members of her sort owe no dues, or an honour frees her of it."""

    facts: Mapping[str, Any]
    joined: date
    belongs: bool = True
    waived: bool = False


@record
class Planned:
    """One charge to be raised: `key` once per member and fee, `due` its last day, what it covers."""

    key: str
    amount: int
    due: date
    covers: Period | None


@record
class Plan:
    """What is charged, in instalments; empty where nothing is, with the reason why."""

    charges: tuple[Planned, ...]
    reason: Reason


def named(programme: Programme, name: str) -> Clause | None:
    """The clause of the fee of this name."""
    return programme.first_of("fee", name=name)


def plan(
    clause: Clause,
    payer: Payer,
    day: date,
    workdays: owing.Workdays = owing.plain_workdays,
    *,
    key: str = "",
    until: date | None = None,
) -> Plan:
    """What this fee charges a member on the local `day`, for the period the day lies in. `key` names a charge that was
    asked for; `until`: the last day paid for already, behind which a given term begins."""
    rule = _of(clause)
    period = period_of(rule.every, rule.counts_from, payer.joined, day)
    if not payer.belongs:
        return _nothing(clause, "after_end")
    if period is not None and period.last < payer.joined:
        return _nothing(clause, "before")
    if (payer.waived and rule.every != "asked") or (rule.exempt is not None and holds(rule.exempt, payer.facts)):
        return _nothing(clause, "exempt")
    full = _amount(rule, payer.facts, day)
    if full is None:
        return _nothing(clause, "not_meant")
    amount = _first(rule, full, period, payer.joined)
    if amount is None:
        return _nothing(clause, "not_first")
    if not amount:
        return _nothing(clause, "not_meant")
    covers = period or owing.term_from(day, until, rule.gives.months if rule.gives else None)
    due = owing.due_on(rule.due, day, period, workdays)
    own = key or (period.first.isoformat() if period else "once")
    values = {"amount": amount, "due": due.isoformat()}
    said = Reason(clause.id, "charged", True, values)
    if amount != full:
        said = Reason(clause.id, "shared", True, {**values, "full": full, "since": payer.joined.isoformat()})
    return Plan(tuple(_planned(rule, own, amount, due, covers)), said)


def _nothing(clause: Clause, say: str) -> Plan:
    return Plan((), Reason(clause.id, say, False))


def known(clause: Clause, number: str) -> Reason:
    """Why nothing is charged where it was before."""
    return Reason(clause.id, "known", False, {"number": number})


def _amount(rule: Parameters, facts: Mapping[str, Any], day: date) -> int | None:
    """The first row that fits; of rows alike the one that began last."""
    rows = [row for row in rule.amounts if row.since is None or row.since <= day]
    rows.sort(key=lambda row: row.since or date.min, reverse=True)
    found = next((row.amount for row in rows if row.where is None or holds(row.where, facts)), None)
    return rule.amount if found is None else found


def _first(rule: Parameters, full: int, period: Period | None, joined: date) -> int | None:
    """The amount for the period she joined in; None where nothing is charged for it."""
    if period is None or rule.counts_from == "joining" or not period.first < joined <= period.last:
        return full
    if rule.first == "none":
        return None
    if rule.first == "full":
        return full
    if rule.first == "by_day":
        return share(full, Fraction((period.last - joined).days + 1, (period.last - period.first).days + 1))
    months = owing.months_between(period.first, period.last)
    return share(full, Fraction(owing.months_between(joined, period.last), months))


def _planned(rule: Parameters, key: str, amount: int, due: date, covers: Period | None) -> list[Planned]:
    if not rule.instalments:
        return [Planned(key, amount, due, covers)]
    whole = sum((each.part for each in rule.instalments), Fraction(0))
    weights = [int(each.part / whole * 10**9) for each in rule.instalments]
    return [
        Planned(f"{key}#{n}", part, owing.months_after(due, each.months), covers)
        for n, (each, part) in enumerate(zip(rule.instalments, allocate(amount, weights), strict=True), 1)
    ]


def stands(clause: Clause, amount: int, due: date, moved: Sequence[owing.Moved], today: date) -> owing.Standing:
    """What is open of a charge on the local day `today`, its fine included."""
    rule = _of(clause)
    fine = rule.fine
    return owing.standing(
        amount, due, moved, today,
        grace=rule.grace, rate=fine.a_day if fine else None, most=fine.most if fine else None,
    )  # fmt: skip


def lateness(clause: Clause, due: date, now: owing.Standing) -> tuple[Reason, ...]:
    """Why more is owed than was charged, or nothing."""
    if not now.late_days or not (now.left or now.fine):
        return ()
    said = [Reason(clause.id, "late", False, {"due": due.isoformat(), "left": now.left})] if now.left else []
    if now.fine:
        say = "fine_capped" if now.capped else "fine"
        said.append(Reason(clause.id, say, True, {"days": now.fined_days, "fine": now.fine}))
    return tuple(said)


def part_amounts(clause: Clause, paid: int) -> list[tuple[Part, int]]:
    """What `paid` fen of a charge are for: its parts are filled in their order."""
    told, rest = [], paid
    for part in _of(clause).parts:
        into = min(part.amount, rest)
        told.append((part, into))
        rest -= into
    return told


def refundable(clause: Clause, paid: int, paid_on: date, covers: Period | None, today: date) -> tuple[int, Reason]:
    """How much of what was paid on `paid_on` comes back today, and why."""
    rule = _of(clause).refund
    if rule is None or rule.what == "nothing":
        return 0, Reason(clause.id, "no_refund", False)
    if rule.days is not None:
        until = owing.days_after(paid_on, rule.days)
        if today > until:
            return 0, Reason(clause.id, "too_late", False, {"days": rule.days, "until": until.isoformat()})
    if rule.what == "all" or covers is None:
        return paid, Reason(clause.id, "refunds", True, {"amount": paid})
    left, all_of_it = owing.months_not_begun(covers, today), owing.months_between(covers.first, covers.last)
    amount = share(paid, Fraction(left, all_of_it), "floor")
    return amount, Reason(clause.id, "months_left", amount > 0, {"months": left, "amount": amount})


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A name once; parts and instalments come to the whole; dues say all that dues must."""
    return [finding for i, clause in enumerate(clauses) for finding in charged_wrongly(programme, clause, clauses[:i])]
