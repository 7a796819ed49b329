"""Scope: the shops a rulebook covers.

"All counters in the country" is `shops: all`; otherwise the shops are named by their codes. A sale or an enrolment at
a shop outside is refused.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.findings import Finding
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import unwise

ROOM = "programme"
TITLE = Text(zh="适用门店", en="Shops covered")


class Parameters(Base):
    """`shops`: all, or a list of shop codes."""

    shops: Literal["all"] | list[str] = Field(default="all")


SAYS = {
    "outside": Text(zh="门店 {shop} 不在适用范围内。", en="Shop {shop} is not covered."),
}


def covers(parameters: Parameters, shop: str) -> bool:
    """Whether the shop with this code is covered."""
    return parameters.shops == "all" or shop in parameters.shops


def decide(programme: Programme, shop: str) -> Decision:
    """Refuse a happening at a shop that a scope clause leaves out; a rulebook without one covers every shop."""
    for clause in programme.of("scope"):
        parameters: Parameters = clause.parameters  # type: ignore[assignment]
        if not covers(parameters, shop):
            reason = Reason(clause.id, "outside", False, {"shop": shop})
            return Decision(
                (Refuse(clause.id, "ShopOutsideScope", "permission", "shop", {"reason": reason}),), (reason,)
            )
    return NOTHING


_NOWHERE = Text(zh="一家门店也没有，什么都不会发生。", en="Not a single shop is covered; nothing would ever happen.")


def check(clauses: tuple[Clause, ...], programme: Programme) -> list[Finding]:
    """A scope without a single shop never lets anything happen."""
    empty = [clause for clause in clauses if clause.parameters.shops == []]  # type: ignore[attr-defined]
    return [unwise(programme, clause, "covers_nothing", "shops", _NOWHERE) for clause in empty]
