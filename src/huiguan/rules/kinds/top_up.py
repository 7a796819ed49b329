"""Top-up: value stored ahead, what comes on top of it, and what of it comes back.

"Pay in 500 and get 50" is a grade; a clause has a ladder of them, perhaps for certain days, tiers, or so many times. Of
several clauses that would give a bonus, the one that gives most does. Others say the least and the most that may be paid
in or held, for how long bonus lives, and what is refunded: the principal that is left, less what was bought with bonus
that must be given back. Bonus that was not spent goes back with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from pydantic import Field

from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.moments import add_months, at_day, month_end, month_start
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Earn, Reason, Refuse
from huiguan.rules.findings import Finding
from huiguan.rules.grading import faults
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Slug, Whole, Yuan
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.refunds import Back, Refunded, stopped, worked_out
from huiguan.rules.wallet import BONUS, PRINCIPAL

ROOM = "checkout"
TITLE = Text(zh="储值充值", en="Topping up")


class Grade(Base):
    """Who pays in `pay` or more gets `bonus`."""

    pay: Yuan
    bonus: Yuan


class Refund(Base):
    """Principal is refunded for `days` after it was paid in (absent: always), less `fee_percent`. Of the bonus `all` must
    come back, or the `share` that the principal not spent stands for; what of that is spent is deducted."""

    days: Positive | None = None
    bonus: Literal["all", "share"] = "all"
    fee_percent: Annotated[Whole, Field(le=100)] = 0


class Parameters(Base):
    """`minimum`, `maximum` of one top-up, `opening` the least of the first, `multiple_of`; `most_held` of principal
    afterwards. `grades`, each given once or, with `repeat`, for every full `pay`; `only_grades`: no other amounts. The
    grades hold from `since` to `until` (days, both included), for `tiers`, `times` in each `per`. `bonus_months` and
    `principal_months`: how long each lives, absent for ever. `refund`: what comes back."""

    minimum: Yuan | None = None
    maximum: Yuan | None = None
    opening: Yuan | None = None
    multiple_of: Yuan | None = None
    most_held: Yuan | None = None
    grades: list[Grade] = []
    repeat: bool = False
    only_grades: bool = False
    since: date | None = None
    until: date | None = None
    tiers: list[Slug] = []
    times: Positive | None = None
    per: Literal["day", "month", "year", "ever"] = "ever"
    bonus_months: Annotated[Positive, Field(le=1200)] | None = None
    principal_months: Annotated[Positive, Field(le=1200)] | None = None
    refund: Refund | None = None


SAYS = {
    "stored": Text(zh="充值 {amount:yuan}，记入本金。", en="{amount:yuan} paid in, stored as principal."),
    "bonus": Text(zh="充 {pay:yuan} 送 {bonus:yuan}。", en="{pay:yuan} paid in gives {bonus:yuan} of bonus."),
    "bonus_until": Text(
        zh="充 {pay:yuan} 送 {bonus:yuan}，赠送部分有效至 {until}。",
        en="{pay:yuan} paid in gives {bonus:yuan} of bonus, good until {until}.",
    ),
    "next": Text(zh="再充 {gap:yuan} 可送 {bonus:yuan}。", en="{gap:yuan} more would give {bonus:yuan} of bonus."),
    "used_up": Text(zh="这项赠送至多 {times} 次，已用完。", en="Given {times} {times:time|times}, all used up."),
    "too_little": Text(
        zh="一次至少充 {least:yuan}，这次 {amount:yuan}，差 {gap:yuan}。",
        en="{least:yuan} is the least of a top-up; {amount:yuan} is {gap:yuan} short.",
    ),
    "opening": Text(
        zh="首次至少充 {least:yuan}，这次 {amount:yuan}，差 {gap:yuan}。",
        en="The first top-up is {least:yuan} at least; {amount:yuan} is {gap:yuan} short.",
    ),
    "too_much": Text(zh="一次至多充 {most:yuan}。", en="A top-up is {most:yuan} at most."),
    "not_multiple": Text(zh="充值须为 {step:yuan} 的整数倍。", en="A top-up is a multiple of {step:yuan}."),
    "not_grade": Text(zh="只能充这些金额：{known:list}。", en="Only these amounts may be paid in: {known:list}."),
    "held": Text(
        zh="储值本金至多 {most:yuan}，现有 {has:yuan}，再充至多 {room:yuan}。",
        en="At most {most:yuan} may be stored; {has:yuan} is there, so {room:yuan} may be added.",
    ),
    "refunded": Text(
        zh="余下本金 {left:yuan} 退回 {money:yuan}。", en="Of {left:yuan} of principal left, {money:yuan} is refunded."
    ),
    "deducted": Text(
        zh="已用的赠送 {spent:yuan} 应收回，从本金扣 {off:yuan}。",
        en="{spent:yuan} of bonus was spent and is to come back: {off:yuan} is deducted from the principal.",
    ),
    "undeducted": Text(
        zh="此前为已用的赠送扣下的 {off:yuan} 归还：用它买的商品已退。",
        en="{off:yuan} deducted earlier for bonus spent is given back: the goods it bought were returned.",
    ),
    "bonus_back": Text(zh="未用的赠送 {bonus:yuan} 收回。", en="{bonus:yuan} of bonus not spent is taken back."),
    "fee": Text(zh="手续费 {percent}%：{fee:yuan}。", en="A fee of {percent}%: {fee:yuan}."),
    "no_refund": Text(zh="章程没有储值退款。", en="The rulebook has no refund of stored value."),
    "too_late": Text(
        zh="充值后 {days} 天内可退，到 {until:day}为止。", en="Refundable {days} {days:day|days}, until {until:day}."
    ),
    "nothing": Text(
        zh="余下本金 {left:yuan}，应扣 {off:yuan}，没有可退的。",
        en="{left:yuan} of principal is left and {off:yuan} is to be deducted; nothing remains to refund.",
    ),
}
REFUSALS = {
    "too_little": ("AmountOutside", "limit"),
    "opening": ("AmountOutside", "limit"),
    "too_much": ("AmountOutside", "limit"),
    "not_multiple": ("AmountOutside", "limit"),
    "not_grade": ("AmountOutside", "limit"),
    "held": ("LimitReached", "limit"),
    "no_refund": ("WayNotOffered", "window"),
    "too_late": ("OutsideWindow", "window"),
    "nothing": ("NothingToRefund", "balance"),
}


@record
class Earlier:
    """An earlier top-up: its local day, the clause that gave its bonus ('' for none), whether it was undone whole."""

    day: date
    bonus_clause: str
    undone: bool


@record
class Asked:
    """A top-up about to be made: `amount` fen by a member on `tier` who holds `held` fen of principal."""

    at: datetime
    day: date
    amount: int
    held: int
    tier: str
    earlier: tuple[Earlier, ...] = ()


def decide(programme: Programme, asked: Asked) -> Decision:
    """The lots a top-up opens (`Earn` of principal and bonus), or why it cannot be."""
    stops = list(_stops(programme, asked))
    if stops:
        refuses = (Refuse(each.clause, *REFUSALS[each.say], "amount", {"reason": each}) for each in stops)
        return Decision(tuple(refuses), tuple(stops))
    main = _first(programme, "principal_months") or programme.of("top_up")[0]
    months = _of(main).principal_months
    until = _ends(programme, asked.day, months)
    effects = [Earn(main.id, PRINCIPAL, asked.amount, until, main.id if until else None)]
    reasons = [Reason(main.id, "stored", True, {"amount": asked.amount})]
    found, left_out = _bonus(programme, asked)
    if found is not None:
        clause, grade, bonus = found
        lives = _of(clause).bonus_months or _value(programme, "bonus_months")
        until = _ends(programme, asked.day, lives)
        effects.append(Earn(clause.id, BONUS, bonus, until, clause.id if until else None))
        last = asked.day if until is None else (until.astimezone(programme.zone) - timedelta(days=1)).date()
        say = "bonus" if until is None else "bonus_until"
        pay = grade.pay * (bonus // grade.bonus)
        reasons.append(Reason(clause.id, say, True, {"pay": pay, "bonus": bonus, "until": last.isoformat()}))
    return Decision(tuple(effects), (*reasons, *left_out))


def _stops(programme: Programme, asked: Asked) -> Iterator[Reason]:
    amount = asked.amount
    opening, least = _first(programme, "opening"), _first(programme, "minimum")
    first = not any(not each.undone for each in asked.earlier)
    if opening is not None and first and amount < _of(opening).opening:  # type: ignore[operator]
        yield _short(opening, "opening", _of(opening).opening or 0, amount)
    elif least is not None and amount < _of(least).minimum:  # type: ignore[operator]
        yield _short(least, "too_little", _of(least).minimum or 0, amount)
    most = _first(programme, "maximum")
    if most is not None and amount > _of(most).maximum:  # type: ignore[operator]
        yield Reason(most.id, "too_much", False, {"most": _of(most).maximum})
    step = _first(programme, "multiple_of")
    if step is not None and amount % (_of(step).multiple_of or 1):
        yield Reason(step.id, "not_multiple", False, {"step": _of(step).multiple_of})
    yield from _not_a_grade(programme, asked)
    held = _first(programme, "most_held")
    if held is not None and asked.held + amount > _of(held).most_held:  # type: ignore[operator]
        most_held = _of(held).most_held or 0
        values = {"most": most_held, "has": asked.held, "room": max(0, most_held - asked.held)}
        yield Reason(held.id, "held", False, values)


def _short(clause: Clause, say: str, least: int, amount: int) -> Reason:
    return Reason(clause.id, say, False, {"least": least, "amount": amount, "gap": least - amount})


def _not_a_grade(programme: Programme, asked: Asked) -> Iterator[Reason]:
    only = [clause for clause in programme.of("top_up") if _of(clause).only_grades]
    if not only:
        return
    pays = sorted({grade.pay for clause in programme.of("top_up") for grade in _of(clause).grades})
    if asked.amount not in pays:
        known = [as_yuan(pay) for pay in pays]
        yield Reason(only[0].id, "not_grade", False, {"known": known})


Found = tuple[Clause, Grade, int]


def _bonus(programme: Programme, asked: Asked) -> tuple[Found | None, list[Reason]]:
    """The clause that gives most, its grade and what it gives; and what is said of those that give nothing."""
    best: Found | None = None
    left_out: list[Reason] = []
    for clause in programme.of("top_up"):
        rule = _of(clause)
        if not rule.grades or not _holds(rule, asked):
            continue
        if rule.times is not None and _times(rule, clause, asked) >= rule.times:
            left_out.append(Reason(clause.id, "used_up", False, {"times": rule.times}))
            continue
        left_out += _next(clause, asked.amount)
        grade = max((each for each in rule.grades if each.pay <= asked.amount), key=lambda g: g.pay, default=None)
        bonus = grade.bonus * (asked.amount // grade.pay if rule.repeat else 1) if grade else 0
        if grade is not None and bonus and (best is None or bonus > best[2]):
            best = (clause, grade, bonus)
    return best, left_out


def _next(clause: Clause, amount: int) -> list[Reason]:
    """The next rung of the ladder, and how far it is."""
    above = [grade for grade in _of(clause).grades if grade.pay > amount]
    if not above:
        return []
    grade = min(above, key=lambda each: each.pay)
    return [Reason(clause.id, "next", False, {"gap": grade.pay - amount, "bonus": grade.bonus})]


def _holds(rule: Parameters, asked: Asked) -> bool:
    begun = rule.since is None or rule.since <= asked.day
    return begun and (rule.until is None or asked.day <= rule.until) and (not rule.tiers or asked.tier in rule.tiers)


def _times(rule: Parameters, clause: Clause, asked: Asked) -> int:
    """How often this clause has given its bonus in the period of the day; what was undone whole counts not."""
    first, last = {
        "day": (asked.day, asked.day),
        "month": (month_start(asked.day), month_end(asked.day)),
        "year": (date(asked.day.year, 1, 1), date(asked.day.year, 12, 31)),
        "ever": (date.min, date.max),
    }[rule.per]
    return sum(e.bonus_clause == clause.id and not e.undone and first <= e.day <= last for e in asked.earlier)


def _ends(programme: Programme, day: date, months: int | None) -> datetime | None:
    """24:00 of the same day so many months later; None for never."""
    return at_day(add_months(day, months) + timedelta(days=1), programme.zone) if months else None


def refund(programme: Programme, back: Back) -> Refunded:
    """What refunding what is left of a top-up comes to."""
    clause = _first(programme, "refund")
    rule = _of(clause).refund if clause else None
    by = (clause or programme.of("top_up")[0]).id
    if rule is None and not back.free:
        return stopped(Reason(by, "no_refund", False), *REFUSALS["no_refund"])
    last = back.day + timedelta(days=rule.days) if rule and rule.days is not None else date.max
    if not back.free and rule is not None and back.today > last:
        values = {"days": rule.days, "until": last.isoformat()}
        return stopped(Reason(by, "too_late", False, values), *REFUSALS["too_late"])
    rule = rule or Refund()
    made = worked_out(by, back, by_share=rule.bonus == "share", fee_percent=0 if back.free else rule.fee_percent)
    if made.money:
        return made
    values = {"left": back.left, "off": made.off}
    return stopped(Reason(by, "nothing", False, values), *REFUSALS["nothing"])


def _first(programme: Programme, name: str) -> Clause | None:
    return next((c for c in programme.of("top_up") if getattr(_of(c), name) is not None), None)


def _value(programme: Programme, name: str) -> Any:
    clause = _first(programme, name)
    return getattr(_of(clause), name) if clause else None


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Limits are stated once, or alike; a ladder rises; a window has a day in it."""
    return [finding for i, clause in enumerate(clauses) for finding in faults(programme, clause, clauses[:i])]
