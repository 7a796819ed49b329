"""What a fee's clause is made of, and what is wrong or unwise in one. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Literal

from huiguan.kernel.text import Text
from huiguan.rules.conditions import MemberCondition
from huiguan.rules.findings import Finding
from huiguan.rules.parameters import Bilingual, Day, DayOfYear, Positive, Rate, Slug, Whole, Yuan
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise


class Amount(Base):
    """What it costs those who fit `where`, from `since` on."""

    amount: Yuan
    where: MemberCondition | None = None
    since: Day | None = None


class Due(Base):
    """The due day: a fixed day `on` of the year, or so many `days`, `workdays` or `months` after it was charged; `days`
    beside `on` is for who is charged after that day."""

    on: DayOfYear | None = None
    days: Whole | None = None
    workdays: Positive | None = None
    months: Positive | None = None


class Part(Base):
    """A part of one payment and what it is for; with `unit` it becomes the member's, as units of the ledger in fen."""

    purpose: Slug
    amount: Yuan
    title: Bilingual | None = None
    unit: Literal["principal"] | None = None


class Instalment(Base):
    """A part of the amount, due so many months after the due day."""

    part: Rate
    months: Whole = 0


class Fine(Base):
    """For every local day late the part `a_day` of what is unpaid, `most` of the amount altogether."""

    a_day: Rate
    most: Rate | None = None


class Late(Base):
    """What follows `days` after the due day while anything is unpaid, and `reminders` were sent."""

    days: Whole = 0
    then: Literal["note", "suspend"] = "note"
    reminders: Whole = 0


class Refund(Base):
    """What comes back: nothing, all within `days` of payment, or the whole months not begun."""

    what: Literal["nothing", "all", "unused_months"]
    days: Positive | None = None


class Term(Base):
    """How long it pays for, where no period says so."""

    months: Positive


class Raised(Base):
    """The stage of a procedure at which it is charged by itself."""

    procedure: Slug
    stage: Slug


_TWICE = Text(zh="{other} 已有同名的费用 {name}。", en="{other} already names a fee {name}.")
_PARTS = Text(
    zh="各部分合计 {parts:yuan}，费用是 {amount:yuan}。", en="The parts come to {parts:yuan}, the fee is {amount:yuan}."
)
_SHARES = Text(zh="各期合计不是全额。", en="The instalments do not come to the whole.")
_DUE = Text(zh="到期日只能有一种写法。", en="A due day is said in one way only.")
_OPEN = Text(
    zh="会费应写明缴费方式、周期和逾期后果，缺：{missing}。",
    en="Dues should say how they are paid, how often, and what being late means; not said: {missing}.",
)
_STEEP = Text(zh="滞纳金没有上限。", en="The fine has no limit.")
_WORDS = {"means": Text(zh="方式", en="how"), "late": Text(zh="后果", en="what follows")}


def charged_wrongly(programme: Programme, clause: Clause, earlier: Sequence[Clause]) -> list[Finding]:
    """All of it for one clause; `earlier` clauses of the kind may bear its name."""
    rule: Any = clause.parameters
    same = [other for other in earlier if other.parameters.name == rule.name]  # type: ignore[attr-defined]
    twice = [
        refused(programme, clause, "fee_twice", "name", _TWICE, other=other.id, name=rule.name) for other in same[:1]
    ]
    return [*twice, *_faults(programme, clause, rule), *_remarks(programme, clause, rule)]


def _faults(programme: Programme, clause: Clause, rule: Any) -> list[Finding]:
    found = []
    parts = sum(part.amount for part in rule.parts)
    if rule.parts and (rule.amounts or parts != rule.amount):
        values = {"parts": parts, "amount": rule.amount or 0}
        found.append(refused(programme, clause, "parts_differ", "parts", _PARTS, **values))
    if rule.instalments and sum((each.part for each in rule.instalments), Fraction(0)) != 1:
        found.append(refused(programme, clause, "shares_differ", "instalments", _SHARES))
    ways = [rule.due.on, rule.due.workdays, rule.due.months]
    if sum(way is not None for way in ways) + (rule.due.days is not None and rule.due.on is None) > 1:
        found.append(refused(programme, clause, "due_twice", "due", _DUE))
    return found


def _remarks(programme: Programme, clause: Clause, rule: Any) -> list[Finding]:
    found = []
    missing = [word for name, word in _WORDS.items() if not getattr(rule, name)]
    if rule.every not in ("asked", "once") and missing:
        told = {"zh": "、".join(word.zh for word in missing), "en": ", ".join(word.en for word in missing)}
        found.append(unwise(programme, clause, "dues_unsaid", "name", _OPEN, missing=told))
    if rule.fine is not None and rule.fine.most is None:
        found.append(unwise(programme, clause, "endless_fine", "fine", _STEEP))
    return found
