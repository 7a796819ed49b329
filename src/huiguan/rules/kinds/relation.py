"""Relation: who else may act for a member, and for whose account it counts.

"With the customer's consent colleagues, friends and relatives may share the account": the member names them, each with
what they are to her; at the till a person on the list may buy in her name, nobody else. What they buy earns for the
account's holder.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Programme

ROOM = "members"
TITLE = Text(zh="亲友共用", en="Who else may use it")
Kin = Literal["colleague", "friend", "relative"]


class Parameters(Base):
    """`role` somebody has; `who` may have it; `earns_for` whose account earns what they buy."""

    role: Literal["authorised_user"]
    who: list[Kin] = []
    earns_for: Literal["holder"] | None = None


SAYS = {
    "not_listed": Text(
        zh="{buyer}不在会员登记的共用人之列。", en="{buyer} is not on the member's list of authorised users."
    ),
    "not_named": Text(zh="他人使用会员账号，请写明是谁。", en="Where somebody else uses the account, name who it is."),
    "for_holder": Text(zh="{buyer}购买，积分记在会员账上。", en="Bought by {buyer}; the points go to the member."),
    "not_this": Text(zh="这种关系的人不能共用账号。", en="People so related cannot share the account."),
}


def admits(programme: Programme, kin: str) -> Decision:
    """Whether a member may put somebody so related on her list."""
    for clause in programme.of("relation"):
        who: list[str] = clause.parameters.who  # type: ignore[attr-defined]
        if who and kin not in who:
            reason = Reason(clause.id, "not_this", False, {"kin": kin, "who": who})
            return Decision((Refuse(clause.id, "RelationNotAdmitted", "limit", "kin", {"reason": reason}),), (reason,))
    return NOTHING


def shared(programme: Programme) -> bool:
    """Whether an account may be shared, so that a buyer who is somebody else must be on its list."""
    return any(clause.parameters.who for clause in programme.of("relation"))  # type: ignore[attr-defined]


def buying(programme: Programme, buyer: str | None, listed: Collection[str]) -> Decision:
    """Whether `buyer` may buy in the name of a member whose list is `listed`, and for whom it counts."""
    clauses = programme.of("relation")
    for clause in clauses:
        if clause.parameters.who and (buyer is None or buyer not in listed):  # type: ignore[attr-defined]
            say = "not_named" if buyer is None else "not_listed"
            reason = Reason(clause.id, say, False, {"buyer": buyer or ""})
            refuse = Refuse(clause.id, "BuyerNotListed", "credential", "buyer_name", {"reason": reason})
            return Decision((refuse,), (reason,))
    told = [clause for clause in clauses if clause.parameters.earns_for]  # type: ignore[attr-defined]
    return Decision(reasons=tuple(Reason(clause.id, "for_holder", True, {"buyer": buyer}) for clause in told))
