"""Credential: what a member holds to be known by, how it is come by, what it opens, and how long.

"The card is entered on the day it is handed out": a card entered on a later day than it was issued is marked late. It
still counts; the mark is for the head office. "The mobile number is the account": no card is issued, and the account
never ends. "The card must be shown, quoting its number gives nothing": what is not presented opens neither discounts
nor points.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Warn
from huiguan.rules.facts import Sale
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme

ROOM = "members"
TITLE = Text(zh="会员凭证", en="Cards and accounts")
What = Literal["card", "phone"]
Opened = Literal["discount", "points"]


class Parameters(Base):
    """`what` is held; `entered: same_day` marks an entry on a later local day as late; `shown` what must be presented
    and what it `opens`; `valid: always` it never ends."""

    what: What
    entered: Literal["same_day"] | None = None
    shown: list[What] = []
    opens: list[Opened] = []
    valid: Literal["always"] | None = None


SAYS = {
    "late": Text(
        zh="{issued:day}发卡，{entered:day}才录入，晚了 {days} 天。",
        en="Issued on {issued:day}, entered only on {entered:day} (days late: {days}).",
    ),
    "on_time": Text(zh="发卡当天录入。", en="Entered on the day of issue."),
    "not_shown": Text(
        zh="须出示会员卡；只报卡号不算。", en="The card must be shown; quoting its number does not count."
    ),
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


@once
def _opened(programme: Programme) -> dict[str, tuple[tuple[str, ...], Clause]]:
    """What takes showing something: discount or points -> what must be shown, and who says so."""
    return {
        what: (tuple(clause.parameters.shown), clause)  # type: ignore[attr-defined]
        for clause in reversed(programme.of("credential"))
        for what in clause.parameters.opens  # type: ignore[attr-defined]
    }


def not_shown(programme: Programme, what: Opened, sale: Sale) -> Reason | None:
    """Why `what` stays shut on this sale; None where nothing need be shown, or it was."""
    shown, clause = _opened(programme).get(what, ((), None))
    if clause is None or sale.shown in shown:
        return None
    return Reason(clause.id, "not_shown", False, {"what": what})


def account_clause(programme: Programme) -> Clause | None:
    """The clause by which the phone is the account, so that no card is issued."""
    return programme.first_of("credential", what="phone")
