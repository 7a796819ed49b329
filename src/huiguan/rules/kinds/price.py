"""Price: prices of the catalogue that are for members.

"Show the card before the goods are scanned and you get the member price on specified goods": the catalogue says which
goods have one, the clause who gets it. What was scanned before the card was shown keeps its ordinary price. Goods with
an exclusive price are sold to members only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.facts import Line, Sale
from huiguan.rules.findings import Finding
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

ROOM = "checkout"
TITLE = Text(zh="会员价", en="Members' prices")
Held = Literal["member", "exclusive"]


class Parameters(Base):
    """`holds`: which prices of the catalogue hold, `member` beside the ordinary one or `exclusive` for members only.
    `shown` what must be presented, `before` what: goods scanned earlier keep their ordinary price."""

    holds: list[Held]
    shown: list[Literal["card", "phone"]] = []
    before: Literal["scanning"] | None = None


SAYS = {
    "given": Text(zh="按会员价，少付 {off:yuan}。", en="At the member price: {off:yuan} less."),
    "not_shown": Text(
        zh="扫描商品之前出示会员卡，可按会员价少付 {off:yuan}。",
        en="With the card shown before the goods are scanned, the member price would be {off:yuan} less.",
    ),
    "members_only": Text(zh="{sku} 只卖给会员。", en="{sku} is sold to members only."),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The clauses read together: price -> who says that it holds, what must be shown, and whether before scanning."""

    holds: dict[str, Clause]
    shown: frozenset[str]
    before_scanning: bool


@once
def terms(programme: Programme) -> Terms | None:
    """The rules of members' prices; None where the rulebook has none, and the catalogue's are not looked at."""
    clauses = programme.of("price")
    if not clauses:
        return None
    return Terms(
        {held: clause for clause in reversed(clauses) for held in _of(clause).holds},
        frozenset(paper for clause in clauses for paper in _of(clause).shown),
        any(_of(clause).before == "scanning" for clause in clauses),
    )


def entitled(rule: Terms, *, member: bool, shown: str, shown_at: int, line: int) -> bool:
    """Whether the `line`th line (from 0) of a sale is a member's: what must be shown was, after `shown_at` lines."""
    if not member or (rule.shown and shown not in rule.shown):
        return False
    return line >= shown_at or not rule.before_scanning


def decide(programme: Programme, sale: Sale) -> Decision:
    """What members' prices saved or would have saved, and what may not be sold to this buyer at all."""
    rule = terms(programme)
    lines = [line for line in sale.lines if line.member_price is not None] if rule else []
    if rule is None or not lines:
        return NOTHING
    effects = []
    reasons = []
    for i, line in enumerate(sale.lines):
        if line.members_only and not line.for_member:
            why = Reason(rule.holds["exclusive"].id, "members_only", False, {"sku": line.sku})
            effects.append(Refuse(why.clause, "MembersOnly", "permission", f"lines.{i}.sku", {"reason": why}))
            reasons.append(why)
    for held, clause in rule.holds.items():
        mine = [line for line in lines if line.members_only == (held == "exclusive")]
        for say, given in (("given", True), ("not_shown", False)):
            off = sum(_saved(line) for line in mine if line.for_member == given)
            if off > 0 and (given or held == "member"):
                reasons.append(Reason(clause.id, say, given, {"off": off}))
    return Decision(tuple(effects), tuple(reasons))


def _saved(line: Line) -> int:
    """What the member price makes less of the ordinary one."""
    return max(0, line.ordinary_price - (line.member_price or 0))


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


_TWICE = Text(zh="{held} 价已由 {other} 规定。", en="The {held} price is already governed by {other}.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """One clause says of a price that it holds."""
    found: list[Finding] = []
    first: dict[str, Clause] = {}
    for clause in clauses:
        for held in _of(clause).holds:
            if held in first:
                told = {"held": held, "other": first[held].id}
                found.append(refused(programme, clause, "overlap", "holds", _TWICE, **told))
            first.setdefault(held, clause)
    return found
