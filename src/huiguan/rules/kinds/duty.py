"""Duty: what members must do or leave undone, under a code that a report names, and what a breach may bring.

"Members keep the rules; officers who fail two examinations are warned; the same again within a year is judged harder." A
breach never punishes by itself: it names the measures that may follow and proposes the usual ones; people decide.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Literal

from huiguan.kernel.moments import add_months
from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Reason, Refuse
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.kinds import body as bodies
from huiguan.rules.kinds import measure_taken, member_type
from huiguan.rules.once import once
from huiguan.rules.parameters import Bilingual, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "conduct"
TITLE = Text(zh="义务", en="Duty")


class Demerits(Base):
    """So many `points` within so many `months`."""

    points: Positive
    months: Positive


class Parameters(Base):
    """The code `duty` and what it is `called`. It binds members of `types`, or those `seated` in one of these bodies; all
    where neither is named; or `who` works for the house, and then the holders of the posts `beside` at the same shop answer
    for it too. It is broken by itself where the `demerits` of a member reach so many points. `measures` that may follow, any where none is named; of them it `proposes` some. It takes so many
    occurrences (`count`) before anything follows; the same again within `repeat_months` proposes the next level."""

    duty: Slug
    called: Bilingual
    types: list[Slug] = []
    seated: list[Slug] = []
    measures: list[Slug] = []
    proposes: list[Slug] = []
    count: Positive = 1
    repeat_months: Positive | None = None
    who: Literal["member", "staff"] = "member"
    beside: list[Slug] = []
    demerits: Demerits | None = None


@record
class Bound:
    """Who is asked about: her sort, the bodies she has a seat in, what her breaches are called by; one of the `staff`, or a
    member."""

    name: str
    type: str = ""
    seats: frozenset[str] = frozenset()
    staff: bool = False


@record
class Proposal:
    """The measures proposed, by name, and why."""

    measures: tuple[str, ...]
    reason: Reason


SAYS = {
    "breach": Text(zh="涉嫌违反“{called}”。", en="A breach of “{called}” is reported."),
    "proposed": Text(zh="违反“{called}”，一般处以：{measures:list}。", en="“{called}” broken; usually followed by {measures:list}."),
    "open": Text(zh="违反“{called}”，由决定者从可用的措施中选。", en="“{called}” broken; which measure follows is for those who decide."),
    "repeated": Text(
        zh="{since:day}以来第 {times} 次违反“{called}”，建议从重：{measures:list}。",
        en="“{called}” broken for the {times}. time since {since:day}; harder than usual: {measures:list}.",
    ),
    "gathered": Text(
        zh="{months} 个月内记满 {points} 分（{most} 分为限）：“{called}”。",
        en="{points} {points:demerit|demerits} within {months} {months:month|months}, of {most} at most: “{called}”.",
    ),
    "too_few": Text(zh="“{called}”要有 {count} 次才处理，现有 {times} 次。", en="“{called}” takes {count} {count:occurrence|occurrences}; there are {times}."),
    "not_bound": Text(zh="“{called}”不约束 {name}。", en="“{called}” does not bind {name}."),
    "not_among": Text(
        zh="违反“{called}”不处“{measure}”，可以是：{measures:list}。",
        en="“{called}” is not followed by “{measure}”; it may be {measures:list}.",
    ),
}  # fmt: skip
_NO_MEASURE = Text(zh="没有“{name}”这项措施。{near}", en="There is no measure {name}.{near}")
_NOT_AMONG = Text(zh="建议的“{name}”不在可用的措施里。", en="{name} is proposed and not among the measures.")
_NO_TYPE = Text(zh="没有“{name}”这种会员。{near}", en="There is no sort of member {name}.{near}")
_NO_BODY = Text(zh="没有 {name} 这个机构。{near}", en="There is no body {name}.{near}")
_TWICE = Text(zh="义务 {name} 已由 {other} 规定。", en="The duty {name} is already stated by {other}.")


def rule(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


@once
def duties(programme: Programme) -> dict[str, Clause]:
    """Every duty by its code, in the order of the file."""
    found: dict[str, Clause] = {}
    for clause in programme.of("duty"):
        found.setdefault(rule(clause).duty, clause)
    return found


def decide(clause: Clause, who: Bound) -> Decision:
    """Whether a breach by somebody may be reported: a reason, or a refusal."""
    given = rule(clause)
    told = {"called": given.called.both(), "name": who.name}
    hers = who.staff == (given.who == "staff")
    bound = (
        hers and (not given.types or who.type in given.types) and (not given.seated or who.seats & set(given.seated))
    )
    reason = Reason(clause.id, "breach" if bound else "not_bound", bool(bound), told)
    if bound:
        return Decision(reasons=(reason,))
    return Decision((Refuse(clause.id, "DutyNotHers", "limit", "duty", {"reason": reason}),), (reason,))


def enough(clause: Clause, times: int) -> Decision:
    """Whether so many occurrences are enough for measures to be proposed."""
    given = rule(clause)
    told = {"called": given.called.both(), "count": given.count, "times": times}
    if times >= given.count:
        return Decision()
    reason = Reason(clause.id, "too_few", False, told)
    return Decision((Refuse(clause.id, "TooFewBreaches", "limit", "incidents", {"reason": reason}),), (reason,))


def admits(programme: Programme, clause: Clause, measure: str) -> Decision:
    """Whether a measure may follow a breach of this duty."""
    given = rule(clause)
    if not given.measures or measure in given.measures:
        return Decision()
    known = measure_taken.measures(programme)
    told = {
        "called": given.called.both(), "measure": measure_taken.called(programme, measure),
        "measures": [measure_taken.called(programme, name) for name in given.measures if name in known],
    }  # fmt: skip
    reason = Reason(clause.id, "not_among", False, told)
    return Decision((Refuse(clause.id, "MeasureNotAdmitted", "limit", "measures", {"reason": reason}),), (reason,))


def gathering(programme: Programme) -> tuple[Clause, ...]:
    """The duties that are broken by gathering demerits."""
    return tuple(clause for clause in duties(programme).values() if rule(clause).demerits is not None)


def gathered(clause: Clause, brought: Sequence[tuple[date, int]], day: date) -> Reason | None:
    """Why the duty is broken on `day` by the demerits `brought`, (day, points) each; None where they are too few. The
    months go back from `day`: what came on the day so many months before counts no more."""
    most = rule(clause).demerits
    if most is None:
        return None
    since = add_months(day, -most.months)
    points = sum(each for on, each in brought if since < on <= day)
    if points < most.points:
        return None
    told = {"points": points, "most": most.points, "months": most.months, "called": rule(clause).called.both()}
    return Reason(clause.id, "gathered", False, told)


def propose(programme: Programme, clause: Clause, earlier: Sequence[date], day: date) -> Proposal:
    """What is proposed for a breach of `day`, after `earlier` ones that were found to be so."""
    given = rule(clause)
    names, told = tuple(given.proposes), {"called": given.called.both()}
    if given.repeat_months is not None:
        since = add_months(day, -given.repeat_months)
        times = 1 + sum(1 for each in earlier if since < each <= day)
        if times > 1:
            names = _harder(programme, given, names)
            more = {"times": times, "since": since.isoformat(), "measures": _titles(programme, names)}
            return Proposal(names, Reason(clause.id, "repeated", True, {**told, **more}))
    if not names:
        return Proposal((), Reason(clause.id, "open", True, told))
    return Proposal(names, Reason(clause.id, "proposed", True, {**told, "measures": _titles(programme, names)}))


def _titles(programme: Programme, names: Collection[str]) -> list[Mapping[str, str]]:
    return [measure_taken.called(programme, name) for name in names]


def _harder(programme: Programme, given: Parameters, names: Sequence[str]) -> tuple[str, ...]:
    """The measures of the next level among those that may follow; the same where there is none harder."""
    known = measure_taken.measures(programme)
    levels = {name: measure_taken.rule(clause).level for name, clause in known.items()}
    now = max((levels[name] for name in names if name in levels), default=0)
    open_ones = [name for name in (given.measures or known) if levels.get(name, 0) > now]
    if not open_ones:
        return tuple(names)
    least = min(levels[name] for name in open_ones)
    return tuple(name for name in open_ones if levels[name] == least)


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Codes of their own; measures, sorts of members and bodies that are there."""
    seen: dict[str, str] = {}
    found: list[Finding] = []
    known = measure_taken.measures(programme)
    for clause in clauses:
        given = rule(clause)
        first = seen.setdefault(given.duty, clause.id)
        if first != clause.id:
            found.append(refused(programme, clause, "overlap", "duty", _TWICE, name=given.duty, other=first))
        found += _unknown(programme, clause, "measures", "unknown_measure", _NO_MEASURE, given.measures, known)
        found += _unknown(programme, clause, "proposes", "unknown_measure", _NO_MEASURE, given.proposes, known)
        sorts = member_type.types(programme)
        found += _unknown(programme, clause, "types", "unknown_type", _NO_TYPE, given.types, sorts)
        found += _unknown(programme, clause, "seated", "unknown_body", _NO_BODY, given.seated, bodies.bodies(programme))
        for name in given.proposes:
            if given.measures and name not in given.measures:
                found.append(refused(programme, clause, "not_admitted", "proposes", _NOT_AMONG, name=name))
    return found


def _unknown(
    programme: Programme, clause: Clause, path: str, code: str, text: Text, names: Sequence[str], known: Collection[str]
) -> list[Finding]:
    return [
        refused(programme, clause, code, path, text, name=name, near=suggestion(name, known))
        for name in names
        if name not in known
    ]
