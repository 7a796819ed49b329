"""Exit: how a membership ends: on which grounds, with what notice, what must be cleared before, and the way back.

"A member leaves by applying in writing, thirty days ahead, once dues are settled and what was lent is returned." What a
member still owes or holds lies on record as encumbrances of a kind; leaving is complete when those of the kinds named are
cleared, in the order in which they are named: the custody fee before the margin comes back. Whoever was put out on a
grave ground may not come back for some years, under another name with the same credit code neither.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Literal, Self

from pydantic import model_validator

from huiguan.kernel.moments import add_months
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.findings import Fault, Finding
from huiguan.rules.kinds import member_type
from huiguan.rules.parameters import Bilingual, Positive, Slug
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "members"
TITLE = Text(zh="退会与重新入会", en="Leaving, and the way back")


class Ground(Base):
    """A `ground` of leaving and what it is called; whose doing it is, what the membership reads afterwards (`exited`, or
    `expelled`). Back: `open` as anybody, by the stricter procedure named, or `barred` for so many `years`. Who is not seen
    for `silent` months is taken as having left so. The paper `needs` goes with it. Where she asks herself, it goes `through` a procedure
    and never past it. Of the units it `voids` what is left is
    void with the membership: the house's doing alone, and never what was paid in."""

    ground: Slug
    called: Bilingual
    by: Literal["member", "house"] = "house"
    reads: Literal["exited", "expelled"] = "exited"
    back: Literal["open", "procedure", "barred"] = "open"
    years: Positive | None = None
    procedure: Slug | None = None
    silent: Positive | None = None
    needs: Slug | None = None
    through: Slug | None = None
    voids: list[Slug] = []

    @model_validator(mode="after")
    def _the_way_back(self) -> Self:
        if (self.back == "barred") != (self.years is not None):
            raise Fault("禁入（barred）与年数（years）须一起写", "barred and years go together")
        if (self.back == "procedure") != (self.procedure is not None):
            raise Fault("back: procedure 须写明程序的名字", "back: procedure names the procedure")
        if self.voids and (self.by != "house" or self.silent):
            raise Fault("作废积分（voids）只能由本会决定时", "voids goes with what the house decides alone")
        return self


class Cleared(Base):
    """What must be cleared: a `kind` of encumbrance and what it is called."""

    kind: Slug
    called: Bilingual


class Parameters(Base):
    """Of `types`, all where none is named: the `grounds`; `notice` whole days from the day of asking; what is `cleared`
    before it is complete, in this order. `same_by`: fields of the form by which somebody barred is known under another name."""

    types: list[Slug] = []
    grounds: list[Ground] = []
    notice: Positive | None = None
    cleared: list[Cleared] = []
    same_by: list[Slug] = []


SAYS = {
    "ground": Text(zh="{called}。", en="{called}."),
    "notice": Text(
        zh="{asked:day}提出，须提前 {days} 天，最早{on:day}零点退出。",
        en="Asked for on {asked:day}; with {days} {days:day|days} of notice out on {on:day} at the earliest.",
    ),
    "open": Text(zh="{called}还有 {count} 项没有了结：{refs:list}。", en="{called}: {count} not cleared: {refs:list}."),
    "earlier": Text(
        zh="须先了结{first}（{refs:list}），才轮到{called}。", en="{first} ({refs:list}) come before {called}."
    ),
    "clear": Text(zh="应了结的都已了结。", en="Everything that had to be cleared is."),
    "barred": Text(
        zh="{left:day}因“{called}”退出，{years} 年内（{until:day}之前）不得重新入会。",
        en="Left on {left:day} ({called}): no way back for {years} {years:year|years}, before {until:day}.",
    ),
    "strict": Text(
        zh="{left:day}因“{called}”退出，重新入会走“{procedure}”程序。",
        en="Left on {left:day} ({called}): the way back is the procedure {procedure}.",
    ),
    "free": Text(
        zh="{left:day}退出（{called}），可以按一般程序重新入会。", en="Left on {left:day} ({called}); may join again like anybody."
    ),
    "silent": Text(
        zh="{seen:day}以来 {months} 个月没有往来，按“{called}”处理。",
        en="Not seen for {months} {months:month|months} since {seen:day}: {called}.",
    ),
    "unknown": Text(zh="没有这个退会事由：{given}。可以是：{known:list}。", en="No such ground: {given}. There are: {known:list}."),
    "not_hers": Text(zh="“{called}”由本会决定，本人申请不得。", en="{called}: for the house to decide, not on one's own request."),
}  # fmt: skip
_NO_PROCEDURE = Text(
    zh="没有“{name}”这个退会（of: exit）程序。", en="There is no procedure {name} that is of leaving (of: exit)."
)
_TWICE = Text(zh="“{name}”写了两次。", en="{name} is written twice.")


def rule(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def clauses_for(programme: Programme, type: str) -> tuple[Clause, ...]:
    """The clauses about leaving that are for members of the type."""
    return tuple(c for c in programme.of("exit") if not rule(c).types or type in rule(c).types)


def grounds(programme: Programme, type: str) -> dict[str, tuple[Clause, Ground]]:
    """Every ground by its name, with the clause that knows it."""
    return {g.ground: (c, g) for c in clauses_for(programme, type) for g in rule(c).grounds}


def decide(programme: Programme, type: str, ground: str, *, itself: bool) -> Decision:
    """Whether a member may go on this ground; `itself`: by her own wish."""
    known = grounds(programme, type)
    if not known:
        return NOTHING
    if ground not in known:
        clause = next(iter(known.values()))[0]
        return _refused(clause, "unknown", "NoSuchGround", "ground", given=ground, known=list(known))
    clause, given = known[ground]
    said = given.called.both()
    if itself and given.by == "house":
        return _refused(clause, "not_hers", "NoSuchGround", "ground", called=said)
    return Decision(reasons=(Reason(clause.id, "ground", True, {"called": said}),))


def _refused(clause: Clause, say: str, code: str, field: str, **values: object) -> Decision:
    reason = Reason(clause.id, say, False, values)
    return Decision((Refuse(clause.id, code, "limit", field, {"reason": reason}),), (reason,))


def earliest(programme: Programme, type: str, asked: date) -> tuple[date, Reason | None]:
    """The local day from whose first moment somebody who asks on `asked` is out, and the reason where it is later."""
    for clause in clauses_for(programme, type):
        days = rule(clause).notice
        if days:
            on = asked + timedelta(days=days + 1)
            told = {"asked": asked.isoformat(), "days": days, "on": on.isoformat()}
            return on, Reason(clause.id, "notice", True, told)
    return asked, None


def order(programme: Programme, type: str) -> tuple[tuple[Clause, Cleared], ...]:
    """What must be cleared, in its order, with the clause that says so."""
    return tuple((clause, each) for clause in clauses_for(programme, type) for each in rule(clause).cleared)


def unmet(programme: Programme, type: str, standing: Collection[tuple[str, str]]) -> tuple[Reason, ...]:
    """What still stands in the way, of the encumbrances open: (kind, reference) each; in the order of settling."""
    found = []
    for clause, each in order(programme, type):
        refs = sorted(ref for kind, ref in standing if kind == each.kind)
        if refs:
            told = {"called": each.called.both(), "count": len(refs), "refs": refs}
            found.append(Reason(clause.id, "open", False, told))
    return tuple(found)


def too_soon(programme: Programme, type: str, kind: str, standing: Collection[tuple[str, str]]) -> Reason | None:
    """What comes before an encumbrance of this kind and is still open."""
    listed = order(programme, type)
    own = next((place for place, (_, each) in enumerate(listed) if each.kind == kind), None)
    for clause, each in listed[: own or 0]:
        refs = sorted(ref for name, ref in standing if name == each.kind)
        if refs and own is not None:
            told = {"first": each.called.both(), "called": listed[own][1].called.both(), "refs": refs}
            return Reason(clause.id, "earlier", False, told)
    return None


def back(programme: Programme, type: str, ground: str, left: date, day: date) -> Decision:
    """Whether somebody who left on `left` by `ground` may come back on `day`, and by which way."""
    known = grounds(programme, type).get(ground)
    if known is None:
        return NOTHING
    clause, given = known
    told: dict[str, object] = {"called": given.called.both(), "left": left.isoformat()}
    if given.back == "barred":
        years = given.years or 0
        until = add_months(left, 12 * years)
        if day < until:
            return _refused(clause, "barred", "Barred", "member", years=years, until=until.isoformat(), **told)
    if given.back == "procedure":
        return Decision(reasons=(Reason(clause.id, "strict", True, {**told, "procedure": given.procedure}),))
    return Decision(reasons=(Reason(clause.id, "free", True, told),))


def barred_until(programme: Programme, type: str, ground: str, left: date) -> date | None:
    """The first day on which somebody who left so may come back; None: no bar."""
    known = grounds(programme, type).get(ground)
    return add_months(left, 12 * known[1].years) if known is not None and known[1].years else None


def way_back(programme: Programme, type: str, ground: str) -> str:
    """The procedure by which whoever left so comes back; '' where it is the common one."""
    known = grounds(programme, type).get(ground)
    return known[1].procedure or "" if known is not None else ""


def silent_ground(programme: Programme, type: str) -> tuple[Clause, Ground] | None:
    """The ground on which members of the type leave by silence; None: they never do."""
    return next((known for known in grounds(programme, type).values() if known[1].silent), None)


def silence(known: tuple[Clause, Ground], seen: date) -> tuple[date, Reason]:
    """The day from which somebody last seen on `seen` is taken as gone, and why."""
    clause, given = known
    told = {"seen": seen.isoformat(), "months": given.silent, "called": given.called.both()}
    return add_months(seen, given.silent or 0), Reason(clause.id, "silent", False, told)


def same_by(programme: Programme) -> tuple[str, ...]:
    """The fields by which somebody is known again under another name."""
    return tuple(dict.fromkeys(name for clause in programme.of("exit") for name in rule(clause).same_by))


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Types and procedures named are there; each ground and each thing to be cleared once for a type."""
    leaving = {c.parameters.name for c in programme.of("procedure") if c.parameters.of == "exit"}  # type: ignore[attr-defined]
    found = [
        refused(programme, clause, "unknown_procedure", "grounds", _NO_PROCEDURE, name=each.through)
        for clause in clauses
        for each in rule(clause).grounds
        if each.through is not None and each.through not in leaving
    ]
    for clause in clauses:
        found += member_type.strangers(programme, clause, rule(clause).types)
        names = [each.ground for each in rule(clause).grounds]
        kinds = [each.kind for each in rule(clause).cleared]
        for path, listed in (("grounds", names), ("cleared", kinds)):
            for name in sorted({name for name in listed if listed.count(name) > 1}):
                found.append(refused(programme, clause, "exit_twice", path, _TWICE, name=name))
    return found
