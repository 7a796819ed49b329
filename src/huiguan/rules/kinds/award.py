"""Award: an honour a member may be proposed for, who decides it, how many a year, and what it brings.

"Ten best members are chosen every school year; the departments recommend, chair and vice-chair agree." A proposal gives
nothing by itself: its procedure decides. An award brings a title for as long as it lasts, and may bring points, a tier, a
year without dues, a certificate and a line on the roll of honour. Where the ground falls away it is taken back, with what
it brought.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Reason, Refuse
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.kinds import body as bodies
from huiguan.rules.kinds import certificate, fee, measure_taken, member_type, tier_ladder
from huiguan.rules.lengths import when_over
from huiguan.rules.once import once
from huiguan.rules.parameters import Bilingual, DayOfYear, Lasting, MonthDay, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused, unwise

ROOM = "conduct"
TITLE = Text(zh="表彰", en="Award")
_DAY = timedelta(days=1)


class Category(Base):
    """One sort of the award, called so."""

    category: Slug
    called: Bilingual


class Parameters(Base):
    """The `award` and what it is `called`, in one of its `categories` where there are any. It is decided by the `procedure`
    named. Members of `types`, those `seated` in one of these bodies, those of the segment `only` may be proposed, once a
    year each; of all together so many (`most`) a year that begins on `year_from`. The title is borne for as long as it
    `lasts`, else for good. It brings `points` (of a `unit`), so many `tiers` up, fees of a period it `waives` while it is borne, a
    `certificate`; it is `published` to members or to everybody. A measure of `falls_with` takes it back."""

    award: Slug
    called: Bilingual
    categories: list[Category] = []
    procedure: Slug | None = None
    types: list[Slug] = []
    seated: list[Slug] = []
    only: Slug | None = None
    most: Positive | None = None
    year_from: DayOfYear = MonthDay((1, 1))
    lasts: Lasting | None = None
    points: Positive | None = None
    unit: Slug = "points"
    tiers: Positive | None = None
    waives: list[Slug] = []
    certificate: Slug | None = None
    published: Literal["no", "members", "public"] = "no"
    falls_with: list[Slug] = []


@record
class Proposed:
    """Whom it is about, as the clause asks: her sort, the bodies she sits in, whether she is `inside` the segment (None
    where nobody looked), the `category` named; whether she is proposed or has it `already` this year, and how many have been
    `given` in it."""

    name: str
    type: str = ""
    seats: frozenset[str] = frozenset()
    inside: bool | None = None
    category: str = ""
    already: bool = False
    given: int = 0


SAYS = {
    "proposed": Text(zh="{name} 可以推荐为“{called}”。", en="{name} may be proposed for “{called}”."),
    "not_hers": Text(zh="“{called}”不评给 {name}。", en="“{called}” is not for {name}."),
    "outside": Text(zh="“{called}”只从“{segment}”中评选。", en="“{called}” is for these members only: {segment}."),
    "category": Text(zh="“{called}”须写明是哪一类：{names:list}。", en="“{called}” is given in one of: {names:list}."),
    "already": Text(
        zh="{name} 在{since:day}起的年度里已推荐或已获“{called}”。",
        en="{name} is proposed for “{called}” or has it already, in the year from {since:day}.",
    ),
    "used_up": Text(
        zh="“{called}”一年至多 {most} 名，{since:day}起的年度已评出 {given} 名。",
        en="“{called}” is given to {most} a year at most; in the year from {since:day} there are {given}.",
    ),
    "title": Text(zh="称号“{called}”，到{until:day}零点。", en="The title “{called}”, until {until:day}, 0:00."),
    "for_good": Text(zh="称号“{called}”。", en="The title “{called}”."),
    "points": Text(zh="奖励 {points:points} 分。", en="{points:points} {points:point is|points are} given."),
    "raises": Text(zh="等级升 {tiers} 级。", en="{tiers} {tiers:tier|tiers} up."),
    "waives": Text(zh="称号期间免交：{fees:list}。", en="While it is borne these are not charged: {fees:list}."),
    "certifies": Text(zh="颁发{certificate}。", en="With it comes: {certificate}."),
    "taken_back": Text(zh="“{called}”已收回。", en="“{called}” was taken back."),
}
_RANKS = {"not_hers": "limit", "outside": "standing", "category": "input", "already": "limit", "used_up": "limit"}
REFUSALS = {
    "not_hers": "AwardNotHers", "outside": "AwardNotHers", "category": "AwardCategoryNeeded", "already": "AwardedAlready",
    "used_up": "AwardsUsedUp",
}  # fmt: skip
_TWICE = Text(zh="表彰 {name} 已由 {other} 规定。", en="The award {name} is already stated by {other}.")
_NOBODY = Text(zh="没有写明由哪个程序决定（procedure）。", en="It does not say which procedure decides it.")
_NO_PROCEDURE = Text(zh="没有“{name}”这个程序。{near}", en="There is no procedure {name}.{near}")
_NOT_OF = Text(zh="程序 {name} 办的不是 award。", en="The procedure {name} is not of award.")
_UNKNOWN = Text(zh="没有“{name}”。{near}", en="There is no {name}.{near}")
_ASKED = Text(
    zh="费用 {name} 是临时收取的，不能按期免。",
    en="The fee {name} is charged when asked for and has no period to waive.",
)
_NO_TIERS = Text(zh="章程没有等级，无级可升。", en="The rulebook has no tiers to step up.")
_CATEGORY_TWICE = Text(zh="{name} 写了两次。", en="{name} is listed twice.")
_ENDLESS = Text(zh="称号没有期限，费用就一直免下去。", en="The title has no end, so the fee is waived for good.")


def rule(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


@once
def awards(programme: Programme) -> dict[str, Clause]:
    """Every award by its name, in the order of the file."""
    found: dict[str, Clause] = {}
    for clause in programme.of("award"):
        found.setdefault(rule(clause).award, clause)
    return found


def called(programme: Programme, name: str) -> Mapping[str, str]:
    """What an award is called; its name where the rulebook has none of it."""
    clause = awards(programme).get(name)
    return rule(clause).called.both() if clause is not None else {"zh": name, "en": name}


def category(clause: Clause, name: str) -> Mapping[str, str] | None:
    """What a category is called; None where there is none of the name."""
    return next((each.called.both() for each in rule(clause).categories if each.category == name), None)


def year_of(clause: Clause, day: date) -> tuple[date, date]:
    """The first and the last local day of the year of awards that `day` lies in."""
    begins = rule(clause).year_from
    since = begins.of(day.year) if begins.of(day.year) <= day else begins.of(day.year - 1)
    return since, begins.of(since.year + 1) - _DAY


def decide(programme: Programme, clause: Clause, who: Proposed, day: date) -> Decision:
    """Whether a member may be proposed on the local `day`: a reason, or a refusal of the first thing that stands in the
    way."""
    return _judged(programme, clause, who, day, next(_against(rule(clause), who), None))


def room(programme: Programme, clause: Clause, given: int, day: date) -> Decision:
    """Whether one more may be given in the year of the local `day`, where so many (`given`) are."""
    most = rule(clause).most
    full = most is not None and given >= most
    return _judged(programme, clause, Proposed("", given=given), day, "used_up" if full else None)


def _judged(programme: Programme, clause: Clause, who: Proposed, day: date, against: str | None) -> Decision:
    given = rule(clause)
    told: dict[str, Any] = {
        "called": given.called.both(), "name": who.name, "since": year_of(clause, day)[0].isoformat(),
        "most": given.most, "given": who.given, "names": [each.called.both() for each in given.categories],
    }  # fmt: skip
    if given.only is not None:
        told["segment"] = _segment(programme, given.only)
    reason = Reason(clause.id, against or "proposed", against is None, told)
    if against is None:
        return Decision(reasons=(reason,))
    field = "category" if against == "category" else "member"
    return Decision((Refuse(clause.id, REFUSALS[against], _RANKS[against], field, {"reason": reason}),), (reason,))


def _against(given: Parameters, who: Proposed) -> Iterator[str]:
    if (given.types and who.type not in given.types) or (given.seated and not who.seats & set(given.seated)):
        yield "not_hers"
    if given.only is not None and who.inside is False:
        yield "outside"
    known = {each.category for each in given.categories}
    if (known or who.category) and who.category not in known:
        yield "category"
    if who.already:
        yield "already"
    if given.most is not None and who.given >= given.most:
        yield "used_up"


def granted(
    programme: Programme, clause: Clause, at: datetime, zone: ZoneInfo
) -> tuple[datetime | None, tuple[Reason, ...]]:
    """Until when the title is borne that is given at `at` (None: for good), and what the award brings, in words."""
    given = rule(clause)
    until = when_over(given.lasts, at, zone) if given.lasts is not None else None
    told: dict[str, Any] = {"called": given.called.both()}
    if until is None:
        reasons = [Reason(clause.id, "for_good", True, told)]
    else:
        reasons = [Reason(clause.id, "title", True, {**told, "until": until.astimezone(zone).date().isoformat()})]
    if given.points is not None:
        reasons.append(Reason(clause.id, "points", True, {"points": given.points}))
    if given.tiers is not None:
        reasons.append(Reason(clause.id, "raises", True, {"tiers": given.tiers}))
    if given.waives:
        fees = [_fee(programme, name) for name in given.waives]
        reasons.append(Reason(clause.id, "waives", True, {"fees": fees}))
    papers = certificate.certificates(programme)
    if given.certificate in papers:
        paper = certificate.rule(papers[given.certificate]).called.both()
        reasons.append(Reason(clause.id, "certifies", True, {"certificate": paper}))
    return until, tuple(reasons)


def raised(programme: Programme, tier: str, steps: int) -> str:
    """The tier so many rungs above `tier`; the highest at most. A tier the rulebook does not know stays."""
    names = [rung.tier for rung in tier_ladder.rungs(programme)]
    return names[min(len(names) - 1, names.index(tier) + steps)] if tier in names else tier


def falls(programme: Programme, award: str, measures: Collection[str]) -> bool:
    """Whether one of these measures takes the award back."""
    clause = awards(programme).get(award)
    return clause is not None and bool(set(rule(clause).falls_with) & set(measures))


def _segment(programme: Programme, name: str) -> dict[str, str]:
    found = programme.first_of("segment", name=name)
    return {"zh": found.title.zh, "en": found.title.en} if found is not None else {"zh": name, "en": name}


def _fee(programme: Programme, name: str) -> dict[str, str]:
    found = fee.named(programme, name)
    return {"zh": found.title.zh, "en": found.title.en} if found is not None else {"zh": name, "en": name}


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Names of their own; a procedure that is there and about awards; whatever is named is there."""
    seen: dict[str, str] = {}
    found: list[Finding] = []
    for clause in clauses:
        given = rule(clause)
        first = seen.setdefault(given.award, clause.id)
        if first != clause.id:
            found.append(refused(programme, clause, "overlap", "award", _TWICE, name=given.award, other=first))
        names = [each.category for each in given.categories]
        for name in sorted({name for name in names if names.count(name) > 1}):
            found.append(refused(programme, clause, "category_twice", "categories", _CATEGORY_TWICE, name=name))
        found += member_type.strangers(programme, clause, given.types)
        found += [*_decided(programme, clause), *_unknown(programme, clause), *_brings(programme, clause)]
    return found


def _decided(programme: Programme, clause: Clause) -> Iterator[Finding]:
    name = rule(clause).procedure
    heads = {each.parameters.name: each.parameters.of for each in programme.of("procedure") if each.parameters.of}  # type: ignore[attr-defined]
    if name is None:
        yield unwise(programme, clause, "nobody_decides", "procedure", _NOBODY)
    elif name not in heads:
        near = suggestion(name, heads)
        yield refused(programme, clause, "unknown_procedure", "procedure", _NO_PROCEDURE, name=name, near=near)
    elif heads[name] != "award":
        yield refused(programme, clause, "wrong_procedure", "procedure", _NOT_OF, name=name)


def _unknown(programme: Programme, clause: Clause) -> Iterator[Finding]:
    given = rule(clause)
    segments = {each.parameters.name for each in programme.of("segment")}  # type: ignore[attr-defined]
    asked: tuple[tuple[str, list[str], Collection[str]], ...] = (
        ("seated", given.seated, bodies.bodies(programme)),
        ("only", [given.only] if given.only else [], segments),
        ("waives", given.waives, {each.parameters.name for each in programme.of("fee")}),  # type: ignore[attr-defined]
        ("certificate", [given.certificate] if given.certificate else [], certificate.certificates(programme)),
        ("falls_with", given.falls_with, measure_taken.measures(programme)),
    )
    for path, names, known in asked:
        for name in names:
            if name not in known:
                near = suggestion(name, known)
                yield refused(programme, clause, f"unknown_{path}", path, _UNKNOWN, name=name, near=near)


def _brings(programme: Programme, clause: Clause) -> Iterator[Finding]:
    given = rule(clause)
    if given.tiers is not None and not tier_ladder.rungs(programme):
        yield refused(programme, clause, "no_tiers", "tiers", _NO_TIERS)
    for name in given.waives:
        found = fee.named(programme, name)
        if found is not None and found.parameters.every == "asked":  # type: ignore[attr-defined]
            yield refused(programme, clause, "no_period", "waives", _ASKED, name=name)
    if given.waives and given.lasts is None:
        yield unwise(programme, clause, "endless", "lasts", _ENDLESS)
