"""Credential: what a member holds to be known by, and when it must be entered.

"The card is entered on the day it is handed out": a card entered on a later day than it was issued is marked late. It
still counts; the mark is for the head office.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Warn
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Programme

ROOM = "members"
TITLE = Text(zh="会员卡", en="Cards")


class Parameters(Base):
    """`what` is held; `entered: same_day` marks an entry on a later local day as late."""

    what: Literal["card"]
    entered: Literal["same_day"] | None = None


SAYS = {
    "late": Text(
        zh="{issued:day}发卡，{entered:day}才录入，晚了 {days} 天。",
        en="Issued on {issued:day}, entered only on {entered:day} (days late: {days}).",
    ),
    "on_time": Text(zh="发卡当天录入。", en="Entered on the day of issue."),
}


def decide(programme: Programme, *, issued: date, entered: date) -> Decision:
    """Whether a card issued on local day `issued` was entered in time; late is a warning, never a refusal."""
    clause = programme.first_of("credential", what="card", entered="same_day")
    if clause is None:
        return NOTHING
    if entered <= issued:
        return Decision(reasons=(Reason(clause.id, "on_time", True, {}),))
    values = {"issued": issued.isoformat(), "entered": entered.isoformat(), "days": (entered - issued).days}
    return Decision((Warn(clause.id, "EnteredLate", values),), (Reason(clause.id, "late", False, values),))
