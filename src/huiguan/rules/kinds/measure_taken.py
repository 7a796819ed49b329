"""Measure taken: what may follow a breach, from a spoken warning to expulsion, and what each of them does.

"Criticism, warning, suspension up to half a year, expulsion." A measure says what it does to the membership and for how
long, what the member has to do, whether it is made known, whether she is heard first, and how she may appeal. Who decides
it, by which majority and within which time, is its procedure's. What stands at a moment follows from the measures that
stand then: one that was overturned or is over does nothing any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from fractions import Fraction
from typing import Literal
from zoneinfo import ZoneInfo

from huiguan.kernel.moments import local_day
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.lengths import when_over
from huiguan.rules.once import once
from huiguan.rules.parameters import Bilingual, Lasting, Positive, Rate, Slug, Yuan
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise
from huiguan.rules.standing import RIGHTS

ROOM = "conduct"
TITLE = Text(zh="处分", en="Measure taken")
# What may be closed to a member who stays one; the rest ends with the standing.
CLOSABLE = ("activities", "services", "business", "vote", "suggest", "document")
Right = Literal["activities", "services", "business", "vote", "suggest", "document"]


class Also(Base):
    """What it does besides, for as long as it stands: the `card` is frozen, or void; the member is so many `tiers` lower.
    Its fine is charged as the `fee` of this name."""

    card: Literal["frozen", "void"] | None = None
    tiers: Positive | None = None
    fee: Slug | None = None


class Parameters(Base):
    """The `measure`, what it is `called` and its `level` of gravity. It is decided by the `procedure` named. It sets a
    `standing` or closes `rights`, for as long as it `lasts` (else until lifted); brings `demerits`; a `fine` in yuan, or so
    many times (`fine_times`) the amount the breach was about, at least `fine_least`; something to be put right or learnt
    (`tasks`) `within` so long. The member is `heard` within so long before it is decided. It acts `at_once`, before the
    decision, or not; what it does `also`. It is `published` to members or to everybody. `appeal`: the procedure, `appeal_within` so long of
    the decision; it `waits` until the appeal is decided, or not."""

    measure: Slug
    called: Bilingual
    level: Positive = 1
    procedure: Slug | None = None
    standing: Literal["suspended", "expelled"] | None = None
    rights: list[Right] = []
    lasts: Lasting | None = None
    demerits: Positive | None = None
    fine: Yuan | None = None
    fine_times: Rate | None = None
    fine_least: Yuan | None = None
    tasks: list[Literal["rectify", "training", "apology", "dismissal"]] = []
    within: Lasting | None = None
    heard: Lasting | None = None
    at_once: bool = False
    also: Also = Also()
    published: Literal["no", "members", "public"] = "no"
    appeal: Slug | None = None
    appeal_within: Lasting | None = None
    waits: bool = False


@record
class Standing:
    """A measure that was decided: by its `name`, from `since` until just before `until` (None: until lifted)."""

    name: str
    since: datetime
    until: datetime | None = None

    def stands(self, at: datetime) -> bool:
        return self.since <= at and (self.until is None or at < self.until)


SAYS = {
    "taken": Text(zh="处以“{called}”。", en="Followed by “{called}”."),
    "suspends": Text(zh="“{called}”：会籍暂停到 {until:day} 零点。", en="“{called}”: the membership is suspended until {until:day}, 0:00."),
    "suspends_open": Text(zh="“{called}”：会籍暂停，直到解除。", en="“{called}”: the membership is suspended until that is lifted."),
    "expels": Text(zh="“{called}”：会籍取消。", en="“{called}”: the membership is cancelled."),
    "closes": Text(zh="“{called}”期间停止：{rights:list}。", en="“{called}” closes {rights:list}."),
    "freezes": Text(zh="“{called}”期间会员卡冻结。", en="“{called}” freezes the card."),
    "voids": Text(zh="“{called}”：收缴会员卡。", en="“{called}”: the card is confiscated."),
    "lowers": Text(zh="“{called}”：等级降 {tiers} 级。", en="“{called}”: {tiers} {tiers:tier|tiers} lower."),
    "fined": Text(zh="“{called}”：{amount:yuan}。", en="“{called}”: {amount:yuan}."),
    "heard": Text(zh="本人可以在 {until:day} 前陈述。", en="The member may be heard up to {until:day}."),
    "over": Text(zh="“{called}”已到期。", en="“{called}” is over."),
    "lifted": Text(zh="“{called}”已撤销。", en="“{called}” was taken back."),
}  # fmt: skip
_TWICE = Text(zh="措施 {name} 已由 {other} 规定。", en="The measure {name} is already stated by {other}.")
_NO_PROCEDURE = Text(zh="没有“{name}”这个程序。{near}", en="There is no procedure {name}.{near}")
_NOT_OF = Text(zh="程序 {name} 办的不是 {of}。", en="The procedure {name} is not of {of}.")
_NOBODY = Text(zh="没有写明由哪个程序决定（procedure）。", en="It does not say which procedure decides it.")
_HALF = Text(zh="{one} 与 {other} 须一起写。", en="{one} and {other} go together.")
_LASTS = Text(
    zh="只对暂停会籍、停止权利、冻结卡和降级有期限。",
    en="Only a suspension, closed rights, a frozen card or a lower tier last for a time.",
)
_NO_FEE = Text(zh="没有“{name}”这项费用。", en="There is no fee {name}.")
_NO_FINE = Text(zh="写了收费项目（fee），却没有罚款。", en="It names a fee and brings no fine.")
_NO_TIERS = Text(zh="章程没有等级，无级可降。", en="The rulebook has no tiers to step down.")
_TWO_FINES = Text(
    zh="罚款只写一种：定额，或涉及金额的倍数。", en="A fine is an amount or so many times the sum in question."
)


def rule(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


@once
def measures(programme: Programme) -> dict[str, Clause]:
    """Every measure by its name, in the order of the file."""
    found: dict[str, Clause] = {}
    for clause in programme.of("measure_taken"):
        found.setdefault(rule(clause).measure, clause)
    return found


def called(programme: Programme, name: str) -> Mapping[str, str]:
    """What a measure is called; its name where the rulebook has none of it."""
    clause = measures(programme).get(name)
    return rule(clause).called.both() if clause is not None else {"zh": name, "en": name}


def decided(clause: Clause, at: datetime, zone: ZoneInfo) -> tuple[Standing, tuple[Reason, ...]]:
    """A measure from the moment it takes effect on, and what it does, in words."""
    given = rule(clause)
    until = when_over(given.lasts, at, zone) if given.lasts is not None else None
    told = {"called": given.called.both()}
    reasons = [Reason(clause.id, "taken", False, told)]
    if given.standing == "expelled":
        reasons.append(Reason(clause.id, "expels", False, told))
    elif given.standing == "suspended":
        day = {"until": local_day(until, zone).isoformat()} if until is not None else {}
        reasons.append(Reason(clause.id, "suspends" if until is not None else "suspends_open", False, {**told, **day}))
    if given.rights:
        reasons.append(
            Reason(clause.id, "closes", False, {**told, "rights": [RIGHTS[right].both() for right in given.rights]})
        )
    if given.also.card is not None:
        reasons.append(Reason(clause.id, "freezes" if given.also.card == "frozen" else "voids", False, told))
    if given.also.tiers is not None:
        reasons.append(Reason(clause.id, "lowers", False, {**told, "tiers": given.also.tiers}))
    return Standing(given.measure, at, until), tuple(reasons)


def fine(clause: Clause, amount: int | None) -> int | None:
    """What is to be paid, in fen; `amount`: what the breach was about. None where the measure is no fine."""
    given = rule(clause)
    if given.fine is not None:
        return given.fine
    if given.fine_times is None:
        return None
    exact: Fraction = given.fine_times * (amount or 0)
    return max(-(-exact.numerator // exact.denominator), given.fine_least or 0)


def standing(programme: Programme, taken: Iterable[Standing], at: datetime) -> tuple[str | None, datetime | None]:
    """What the measures that stand at `at` make of the membership: expelled before suspended; until when the latest
    suspension holds (None: open, or none at all)."""
    known = measures(programme)
    held = [each for each in taken if each.stands(at) and each.name in known]
    words = {each: rule(known[each.name]).standing for each in held}
    if "expelled" in words.values():
        return "expelled", None
    ends = [each.until for each, word in words.items() if word == "suspended"]
    if not ends:
        return None, None
    return "suspended", None if None in ends else max(end for end in ends if end is not None)


def card(programme: Programme, taken: Iterable[Standing], at: datetime) -> str | None:
    """What the measures that stand at `at` make of the card: void before frozen; None: nothing."""
    known = measures(programme)
    said = {rule(known[each.name]).also.card for each in taken if each.stands(at) and each.name in known}
    return next((word for word in ("void", "frozen") if word in said), None)


def lower(programme: Programme, tier: str, taken: Iterable[Standing], at: datetime) -> str:
    """The tier so many rungs below `tier` as the measures that stand at `at` say together; the lowest at least. A tier the
    rulebook does not know stays."""
    known = measures(programme)
    held = [each for each in taken if each.stands(at) and each.name in known]
    steps = sum(rule(known[each.name]).also.tiers or 0 for each in held)
    names = [rung.tier for rung in tier_ladder.rungs(programme)]
    return names[max(0, names.index(tier) - steps)] if tier in names else tier


def closed(programme: Programme, taken: Iterable[Standing], at: datetime) -> tuple[str, ...]:
    """The rights that are closed at `at`, in the order rights are told."""
    known = measures(programme)
    shut = {
        right for each in taken if each.stands(at) and each.name in known for right in rule(known[each.name]).rights
    }
    return tuple(right for right in CLOSABLE if right in shut)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Names of their own, procedures that are there and about measures and appeals, parameters that belong together."""
    heads = {
        clause.parameters.name: clause.parameters.of  # type: ignore[attr-defined]
        for clause in programme.of("procedure")
        if clause.parameters.of is not None  # type: ignore[attr-defined]
    }
    seen: dict[str, str] = {}
    found: list[Finding] = []
    for clause in clauses:
        given = rule(clause)
        first = seen.setdefault(given.measure, clause.id)
        if first != clause.id:
            found.append(refused(programme, clause, "overlap", "measure", _TWICE, name=given.measure, other=first))
        if given.procedure is None:
            found.append(unwise(programme, clause, "nobody_decides", "procedure", _NOBODY))
        for path, name, of in (("procedure", given.procedure, "measure"), ("appeal", given.appeal, "appeal")):
            if name is not None and name not in heads:
                near = suggestion(name, heads)
                found.append(refused(programme, clause, "unknown_procedure", path, _NO_PROCEDURE, name=name, near=near))
            elif name is not None and heads[name] != of:
                found.append(refused(programme, clause, "wrong_procedure", path, _NOT_OF, name=name, of=of))
        found += _together(programme, clause) + _also(programme, clause)
    return found


def _also(programme: Programme, clause: Clause) -> list[Finding]:
    given = rule(clause)
    found: list[Finding] = []
    if given.also.fee is not None and programme.first_of("fee", name=given.also.fee) is None:
        found.append(refused(programme, clause, "unknown_fee", "also.fee", _NO_FEE, name=given.also.fee))
    if given.also.fee is not None and given.fine is None and given.fine_times is None:
        found.append(refused(programme, clause, "no_fine", "also.fee", _NO_FINE))
    if given.also.tiers is not None and not tier_ladder.rungs(programme):
        found.append(refused(programme, clause, "no_tiers", "also.tiers", _NO_TIERS))
    return found


def _together(programme: Programme, clause: Clause) -> list[Finding]:
    given = rule(clause)
    found: list[Finding] = []
    for one, other in (("appeal", "appeal_within"), ("tasks", "within")):
        if bool(getattr(given, one)) != (getattr(given, other) is not None):
            found.append(refused(programme, clause, "half", one, _HALF, one=one, other=other))
    lasting = given.rights or given.standing == "suspended" or given.also.tiers or given.also.card == "frozen"
    if given.lasts is not None and not lasting:
        found.append(refused(programme, clause, "nothing_lasts", "lasts", _LASTS))
    if given.fine is not None and given.fine_times is not None:
        found.append(refused(programme, clause, "two_fines", "fine", _TWO_FINES))
    return found
