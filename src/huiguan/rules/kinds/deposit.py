"""Deposit: money a member leaves with the house as a security, and gets back.

"A margin of ten in a hundred of what the member's clients have invested; when it falls short the member makes it up within
five workdays; on leaving it is returned once every fee is settled, less what is owed." The amount is fixed or a rate of a
figure that is assessed from time to time. What is held stays the member's money: it is taken only against what is owed,
or where somebody decides that it is forfeited.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Literal

from huiguan.kernel.amounts import share
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules import owing
from huiguan.rules.effects import Reason
from huiguan.rules.findings import Finding
from huiguan.rules.parameters import Bilingual, Positive, Rate, Slug, Whole, Yuan, as_number
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "billing"
TITLE = Text(zh="保证金", en="Deposits")


class Call(Base):
    """What is short is made up within so many `workdays` or `days`; `then` what follows."""

    workdays: Positive | None = None
    days: Whole | None = None
    then: Literal["note", "suspend"] = "note"


class Parameters(Base):
    """`name`; a fixed `amount`, or a `part` `of` a figure that is assessed; `call`: how what is short is made up;
    `returned` net of what is owed, or only when nothing is owed (`debts_first`); `paid_first`: fees that must be paid
    before it is returned; `forfeit`: whether it can be taken by decision."""

    name: Slug
    amount: Yuan | None = None
    part: Rate | None = None
    of: Bilingual | None = None
    call: Call = Call(days=30)
    returned: Literal["net", "debts_first"] = "net"
    paid_first: list[Slug] = []
    forfeit: Literal["never", "decided"] = "never"

    @classmethod
    def calls_for(cls, given: Mapping[str, Any]) -> list[str]:
        """An amount, or a rate of something."""
        if "part" in given:
            return ["of"]
        return [] if "amount" in given else ["amount"]


SAYS = {
    "fixed": Text(zh="应存 {required:yuan}，已存 {held:yuan}。", en="{required:yuan} is to be held; {held:yuan} is."),
    "rated": Text(
        zh="{of} {base:yuan} 的 {rate}，应存 {required:yuan}，已存 {held:yuan}。",
        en="{rate} of {base:yuan} ({of}): {required:yuan} is to be held; {held:yuan} is.",
    ),
    "not_assessed": Text(zh="还没有核定基数。", en="The figure it is a rate of has not been assessed."),
    "called": Text(zh="差 {short:yuan}，{due:day} 前补足。", en="{short:yuan} short, to be made up by {due:day}."),
    "overdue": Text(zh="差 {short:yuan}，已过 {due:day}。", en="{short:yuan} short; it was due on {due:day}."),
    "debts": Text(zh="还欠 {owed:yuan}，交清后才退。", en="{owed:yuan} is owed and must be paid first."),
    "first": Text(zh="{fees} 要先交清。", en="{fees} must be paid first."),
    "returns": Text(
        zh="存 {held:yuan}，抵欠款 {owed:yuan}，退 {back:yuan}。",
        en="{held:yuan} held, less {owed:yuan} owed: {back:yuan} is returned.",
    ),
    "not_forfeited": Text(zh="保证金不罚没。", en="The deposit is never forfeited."),
}


@record
class Held:
    """A member's deposit on a day: `base` assessed (None: never), `held` fen, `called` the last day of the call that is
    open."""

    held: int
    base: int | None = None
    called: date | None = None


@record
class Asked:
    """What a deposit should be: `required` fen, `short` of it, why."""

    required: int
    short: int
    reasons: tuple[Reason, ...]


def named(programme: Programme, name: str) -> Clause | None:
    """The clause of the deposit of this name."""
    return programme.first_of("deposit", name=name)


def unit_of(name: str) -> str:
    """The ledger's unit in which a deposit is held, in fen."""
    return f"deposit_{name}"


def required(clause: Clause, base: int | None) -> int | None:
    """What must be held; None where it depends on a figure nobody has assessed."""
    rule = _of(clause)
    if rule.part is None:
        return rule.amount or 0
    return None if base is None else share(base, rule.part)


def asked(clause: Clause, known: Held, today: date) -> Asked:
    """What a deposit should be on a day, and how it stands."""
    rule, needs = _of(clause), required(clause, known.base)
    if needs is None:
        return Asked(0, 0, (Reason(clause.id, "not_assessed", False),))
    short = max(0, needs - known.held)
    values: dict[str, Any] = {"required": needs, "held": known.held}
    if rule.part is None:
        reasons = [Reason(clause.id, "fixed", not short, values)]
    else:
        of = {"zh": rule.of.zh, "en": rule.of.en} if rule.of else {"zh": "", "en": ""}
        rated = {**values, "base": known.base, "rate": percent(rule), "of": of}
        reasons = [Reason(clause.id, "rated", not short, rated)]
    if short and known.called is not None:
        say = "overdue" if today > known.called else "called"
        reasons.append(Reason(clause.id, say, False, {"short": short, "due": known.called.isoformat()}))
    return Asked(needs, short, tuple(reasons))


def percent(rule: Parameters) -> str:
    """The part as people read it: 10%, 12.5%."""
    assert rule.part is not None
    return f"{as_number(rule.part * 100)}%"


def call_ends(clause: Clause, day: date, workdays: owing.Workdays = owing.plain_workdays) -> date:
    """The last day on which what is short on `day` is made up in time."""
    call = _of(clause).call
    if call.workdays is not None:
        return workdays(day, call.workdays)
    return owing.days_after(day, 30 if call.days is None else call.days)


@record
class Returned:
    """What of a deposit pays debts and what goes `back`; `why` is not given where it cannot be returned yet."""

    settles: int
    back: int
    why: Reason


def returning(clause: Clause, held: int, owed: int, unpaid: Collection[str]) -> Returned:
    """How a deposit is returned to a member who owes `owed` fen, with the names of `unpaid` fees."""
    rule = _of(clause)
    first = [name for name in rule.paid_first if name in unpaid]
    if first:
        return Returned(0, 0, Reason(clause.id, "first", False, {"fees": ", ".join(first)}))
    if owed and rule.returned == "debts_first":
        return Returned(0, 0, Reason(clause.id, "debts", False, {"owed": owed}))
    settles = min(held, owed)
    values = {"held": held, "owed": settles, "back": held - settles}
    return Returned(settles, held - settles, Reason(clause.id, "returns", True, values))


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_TWICE = Text(zh="{other} 已有同名的保证金 {name}。", en="{other} already names a deposit {name}.")
_BOTH = Text(zh="金额和比例只能写一个。", en="Either an amount or a rate is said.")
_NO_FEE = Text(zh="没有叫 {name} 的费用。", en="No fee is named {name}.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A name once; an amount one way; fees that there are."""
    found: list[Finding] = []
    seen: dict[str, Clause] = {}
    fees = {each.parameters.name for each in programme.of("fee")}  # type: ignore[attr-defined]
    for clause in clauses:
        rule = _of(clause)
        if rule.name in seen:
            told = {"other": seen[rule.name].id, "name": rule.name}
            found.append(refused(programme, clause, "deposit_twice", "name", _TWICE, **told))
        seen.setdefault(rule.name, clause)
        if rule.amount is not None and rule.part is not None:
            found.append(refused(programme, clause, "two_amounts", "part", _BOTH))
        found += [
            refused(programme, clause, "unknown_fee", "paid_first", _NO_FEE, name=name)
            for name in rule.paid_first
            if name not in fees
        ]
    return found
