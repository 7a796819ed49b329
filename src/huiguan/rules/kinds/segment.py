"""Segment: a named set of members, by a condition over their facts.

"Sticky members buy at least once a quarter" is a name and a condition. Who is inside is computed when asked, never
kept: a member enters with the purchase and leaves with the quarter.
"""

from __future__ import annotations

from datetime import date

from huiguan.kernel.text import Text
from huiguan.rules.conditions import Compare, MemberCondition
from huiguan.rules.effects import Decision, Reason
from huiguan.rules.facts import MemberFacts
from huiguan.rules.findings import Finding
from huiguan.rules.holding import holds
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Slug
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused
from huiguan.rules.vocabulary import member_values

ROOM = "members"
TITLE = Text(zh="会员分群", en="Segment")


class Parameters(Base):
    """`name` of the segment, and `where`, the condition its members fulfil."""

    name: Slug
    where: MemberCondition


SAYS = {
    "inside": Text(zh="属于{segment}。", en="Belongs to: {segment}."),
    "outside": Text(zh="不属于{segment}。", en="Does not belong to: {segment}."),
    "short": Text(
        zh="{fact}为 {has:points}，满 {needs:points} 即属于{segment}，还差 {gap:points}。",
        en="{fact}: {has:points}; from {needs:points} the member belongs to: {segment}. {gap:points} missing.",
    ),
}


def decide(programme: Programme, clause: Clause, member: MemberFacts, day: date) -> Decision:
    """Whether the member is inside on local `day`, and how far off where a single number decides."""
    parameters: Parameters = clause.parameters  # type: ignore[assignment]
    values = member_values(member, day, programme.zone)
    told: dict[str, object] = {"segment": {"zh": clause.title.zh, "en": clause.title.en}}
    where = parameters.where
    if holds(where, values):
        return Decision(reasons=(Reason(clause.id, "inside", True, told),))
    if isinstance(where, Compare) and where.operator == "from" and where.fact.type == "whole":
        has = values[where.fact.name]
        if has is not None:
            fact = {"zh": where.fact.title.zh, "en": where.fact.title.en}
            gap = {"fact": fact, "has": has, "needs": where.value, "gap": where.value - has}
            return Decision(reasons=(Reason(clause.id, "short", False, {**told, **gap}),))
    return Decision(reasons=(Reason(clause.id, "outside", False, told),))


_TWICE = Text(zh="分群 {name} 已由 {first} 定义。", en="The segment {name} is already defined by {first}.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A name means one segment."""
    first: dict[str, Clause] = {}
    found = []
    for clause in clauses:
        name = clause.parameters.name  # type: ignore[attr-defined]
        if name in first:
            told = {"name": name, "first": first[name].id}
            found.append(refused(programme, clause, "segment_twice", "name", _TWICE, **told))
        first.setdefault(name, clause)
    return found
