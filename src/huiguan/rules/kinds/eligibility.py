"""Eligibility: what a member must have before a grant is given.

"The entry gift only for a full profile" names the grant and what it needs. What is not met is told as a reason, not a
refusal: the card is issued, the gift waits.
"""

from __future__ import annotations

from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason
from huiguan.rules.facts import MemberFacts
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Slug
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "members"
TITLE = Text(zh="领取条件", en="Eligibility")


class Parameters(Base):
    """`grants` the names of the grants governed; `needs` what must be true of the member."""

    grants: list[Slug]
    needs: list[Literal["profile_complete"]]


SAYS = {
    "complete": Text(zh="资料已填齐，可以领取。", en="The profile is complete; the gift may be given."),
    "incomplete": Text(
        zh="资料还没填齐，补齐后才能领取。", en="The profile is incomplete; the gift comes once it is complete."
    ),
}
_UNKNOWN = Text(zh="没有名为 {name} 的赠券条款。{near}", en="No grant clause is named {name}.{near}")


def decide(programme: Programme, grant: str, facts: MemberFacts) -> Decision:
    """Whether `grant` may be given: a reason that is not `given` stands against it."""
    for clause in programme.of("eligibility"):
        parameters: Parameters = clause.parameters  # type: ignore[assignment]
        if grant in parameters.grants and "profile_complete" in parameters.needs:
            complete = facts.profile_complete
            return Decision(
                reasons=(Reason(clause.id, "complete" if complete else "incomplete", complete, {"grant": grant}),)
            )
    return NOTHING


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """Every grant named must exist."""
    names = {clause.parameters.name for clause in programme.of("grant")}  # type: ignore[attr-defined]
    return [
        refused(programme, clause, "unknown_grant", "grants", _UNKNOWN, name=name, near=suggestion(name, names))
        for clause in clauses
        for name in clause.parameters.grants  # type: ignore[attr-defined]
        if name not in names
    ]
