"""Credential: what a member holds to be known by, how it is come by, what it opens, and how long.

"The card is entered on the day it is handed out": a card entered on a later day than it was issued is marked late. It
still counts; the mark is for the head office. "The mobile number is the account": no card is issued, and the account
never ends. "The card must be shown, quoting its number gives nothing": what is not presented opens neither discounts
nor points. "The card costs five yuan, or nothing with a receipt of fifty; it is opened within a week": until then it
opens nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, Reason, Refuse, Warn
from huiguan.rules.facts import Sale
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Yuan
from huiguan.rules.programme import Clause, Programme

ROOM = "members"
TITLE = Text(zh="会员凭证", en="Cards and accounts")
What = Literal["card", "phone"]
Opened = Literal["discount", "points", "offset"]


class Parameters(Base):
    """`what` is held; `makes_member`: who joins gets one. It costs `fee`, nothing from one receipt of `free_from` on or
    before the shop opens (`free_before_opening`). `active_within` days it is opened for use. `entered: same_day` marks
    an entry on a later local day as late; `shown` what must be presented and what it `opens`; to the holder
    `in_person`, its number `named`. `valid: always` it never ends; `valid_years` from the day of issue. One `per_person`;
    `lost: stopped`, the new one runs on for what the old one had left; `swap` for a higher tier's card. A lost or
    damaged one is replaced for `replacement_fee`, `replaced_within` days of the report, `replacements` times a calendar
    year. `transfer`: another person may take it over once she is registered, or nobody ever."""

    what: What
    makes_member: bool = False
    fee: Yuan | None = None
    free_from: Yuan | None = None
    free_before_opening: bool = False
    active_within: Positive | None = None
    entered: Literal["same_day"] | None = None
    shown: list[What] = []
    opens: list[Opened] = []
    in_person: bool = False
    named: bool = False
    valid: Literal["always"] | None = None
    valid_years: Positive | None = None
    per_person: Literal[1] | None = None
    lost: Literal["stopped"] | None = None
    swap: Literal["old_card_returned"] | None = None
    replacement_fee: Yuan | None = None
    replaced_within: Positive | None = None
    replacements: Positive | None = None
    transfer: Literal["re_registered", "never"] | None = None


SAYS = {
    "late": Text(
        zh="{issued:day}发卡，{entered:day}才录入，晚了 {days} 天。",
        en="Issued on {issued:day}, entered only on {entered:day} (days late: {days}).",
    ),
    "on_time": Text(zh="发卡当天录入。", en="Entered on the day of issue."),
    "before_opening": Text(zh="门店开业之前办卡免费。", en="Before the shop opens the card is free."),
    "bought": Text(
        zh="单张小票 {most:yuan}，满 {least:yuan}，免收工本费。",
        en="One receipt of {most:yuan} reaches {least:yuan}: the card is free.",
    ),
    "paid": Text(zh="已收工本费 {fee:yuan}。", en="The card's cost of {fee:yuan} was paid."),
    "fee_due": Text(
        zh="单张小票未满 {least:yuan}（最大的一张 {most:yuan}），须交工本费 {fee:yuan}，已交 {paid:yuan}。",
        en="No receipt reaches {least:yuan} (the largest is {most:yuan}): the card costs {fee:yuan}, and {paid:yuan} was paid.",
    ),
    "nothing_due": Text(zh="免收工本费，不必交 {paid:yuan}。", en="The card is free; {paid:yuan} need not be paid."),
    "no_card": Text(
        zh="持卡才是会员：请写明所发的卡号。", en="Holding the card makes the member: name the card handed out."
    ),
    "opens_later": Text(
        zh="卡在填表后 {days} 天内开通，最迟 {until:day}。",
        en="The card is opened for use within {days} {days:day|days}, by {until:day} at the latest.",
    ),
    "not_holder": Text(zh="会员卡限本人使用。", en="The card is for its holder only."),
    "not_named": Text(zh="出示会员卡时须记下卡号。", en="Where the card is shown, its number is written on the slip."),
    "not_shown": Text(
        zh="须出示会员卡；只报卡号不算。", en="The card must be shown; quoting its number does not count."
    ),
}
SAYS |= {
    "replacement_paid": Text(zh="已收补卡费 {fee:yuan}。", en="The replacement's cost of {fee:yuan} was paid."),
    "replacement_due": Text(
        zh="补卡须交 {fee:yuan}，已交 {paid:yuan}。", en="A replacement costs {fee:yuan}; {paid:yuan} was paid."
    ),
    "too_late": Text(
        zh="{lost:day}挂失，{within} 天之内（{until:day}为止）可以补卡，现已过期。",
        en="Reported lost on {lost:day}: it could be replaced within {within} {within:day|days}, until {until:day}.",
    ),
    "used_up": Text(
        zh="{year} 年已补卡 {before} 次，一年至多 {most} 次。",
        en="Replaced {before} {before:time|times} in {year} already; {most} a year are allowed.",
    ),
    "transferred": Text(zh="重新登记后由新持卡人使用。", en="Used by the new holder from their registration on."),
    "not_transferable": Text(
        zh="会员卡只归持卡人，不能转让。", en="The card is its holder's alone and cannot be passed on."
    ),
}


# What is refused where it was asked for and stays shut, and the rank in the published precedence.
REFUSALS = {"not_shown": ("CardNotShown", "credential"), "not_holder": ("NotInPerson", "credential")}


def decide(programme: Programme, *, issued: date, entered: date) -> Decision:
    """Whether a card issued on local day `issued` was entered in time; late is a warning, never a refusal."""
    clause = programme.first_of("credential", what="card", entered="same_day")
    if clause is None:
        return NOTHING
    if entered <= issued:
        return Decision(reasons=(Reason(clause.id, "on_time", True, {}),))
    values = {"issued": issued.isoformat(), "entered": entered.isoformat(), "days": (entered - issued).days}
    return Decision((Warn(clause.id, "EnteredLate", values),), (Reason(clause.id, "late", False, values),))


def membership(programme: Programme, card: str | None) -> Decision:
    """Whether somebody who is handed `card` becomes a member."""
    clause = programme.first_of("credential", what="card", makes_member=True)
    if clause is None or card:
        return NOTHING
    reason = Reason(clause.id, "no_card", False, {})
    return Decision((Refuse(clause.id, "CardNeeded", "input", "card", {"reason": reason}),), (reason,))


def cost(programme: Programme, *, purchases: Iterable[int], paid: int, before_opening: bool) -> Decision:
    """What a first card costs, with receipts of these amounts, of which `paid` fen was paid: a reason or a refusal."""
    clauses = programme.of("credential")
    charging = next((clause for clause in clauses if _of(clause).fee is not None), None)
    if charging is None:
        return NOTHING
    rule, most = _of(charging), max(purchases, default=0)
    opening = next((clause for clause in clauses if _of(clause).free_before_opening), None)
    figures = {"fee": rule.fee, "least": rule.free_from or 0, "most": most, "paid": paid}
    if before_opening and opening is not None:
        stands = Reason(opening.id, "before_opening", True, figures)
    elif rule.free_from is not None and most >= rule.free_from:
        stands = Reason(charging.id, "bought", True, figures)
    elif paid == rule.fee:
        return Decision(reasons=(Reason(charging.id, "paid", True, figures),))
    else:
        stands = Reason(charging.id, "fee_due", False, figures)
    if stands.given and not paid:
        return Decision(reasons=(stands,))
    why = Reason(stands.clause, "nothing_due", False, figures) if stands.given else stands
    return Decision((Refuse(why.clause, "CardFeeDiffers", "limit", "fee", {"reason": why}),), (why,))


def replacement(programme: Programme, *, issued: date, lost: date | None, before: int, paid: int) -> Decision:
    """Whether a lost or damaged card is replaced on local day `issued`, reported lost on `lost`, replaced `before` times
    in that calendar year, for `paid` fen: reasons, or the first refusal."""
    for clause in programme.of("credential"):
        rule = _of(clause)
        until = lost + timedelta(days=rule.replaced_within) if lost and rule.replaced_within else None
        if lost is not None and until is not None and issued > until:
            told = {"lost": lost.isoformat(), "until": until.isoformat(), "within": rule.replaced_within}
            return _refused(clause, "ReplacementTooLate", "window", "member", "too_late", told)
        if rule.replacements is not None and before >= rule.replacements:
            told = {"year": issued.year, "before": before, "most": rule.replacements}
            return _refused(clause, "ReplacementsUsedUp", "limit", "member", "used_up", told)
    charging = next((clause for clause in programme.of("credential") if _of(clause).replacement_fee is not None), None)
    if charging is None:
        return free_of_charge(programme, paid=paid)
    figures = {"fee": _of(charging).replacement_fee, "paid": paid}
    if paid == _of(charging).replacement_fee:
        return Decision(reasons=(Reason(charging.id, "replacement_paid", True, figures),))
    return _refused(charging, "CardFeeDiffers", "limit", "fee", "replacement_due", figures)


def free_of_charge(programme: Programme, *, paid: int) -> Decision:
    """A further card that costs nothing: what was paid for it is refused."""
    clauses = programme.of("credential")
    if not paid or not clauses:
        return NOTHING
    return _refused(clauses[0], "CardFeeDiffers", "limit", "fee", "nothing_due", {"paid": paid})


def _refused(clause: Clause, code: str, rank: str, field: str, say: str, values: Mapping[str, object]) -> Decision:
    reason = Reason(clause.id, say, False, values)
    return Decision((Refuse(clause.id, code, rank, field, {"reason": reason}),), (reason,))


def transfer(programme: Programme) -> Decision:
    """Whether a card may be taken over by somebody else: a reason, or a refusal; NOTHING where no clause speaks of it."""
    for clause in programme.of("credential"):
        if _of(clause).transfer == "never":
            return _refused(clause, "CardNotTransferable", "limit", "member", "not_transferable", {})
    for clause in programme.of("credential"):
        if _of(clause).transfer == "re_registered":
            return Decision(reasons=(Reason(clause.id, "transferred", True, {}),))
    return NOTHING


def waiting(programme: Programme, issued: date) -> Reason | None:
    """Until when a card issued on local day `issued` waits to be opened for use; None where it is at once."""
    for clause in programme.of("credential"):
        days = _of(clause).active_within
        if days is not None:
            until = issued + timedelta(days=days)
            return Reason(clause.id, "opens_later", False, {"days": days, "until": until.isoformat()})
    return None


def opens_by(programme: Programme, issued: date) -> date:
    """The last local day by which a card issued on `issued` is opened for use."""
    late = waiting(programme, issued)
    return date.fromisoformat(late.values["until"]) if late else issued


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
    if clause is None:
        return None
    if sale.shown not in shown:
        return Reason(clause.id, "not_shown", False, {"what": what})
    holder = _holder_only(programme)
    return Reason(holder.id, "not_holder", False, {"what": what}) if holder and not sale.by_member else None


@once
def _holder_only(programme: Programme) -> Clause | None:
    return programme.first_of("credential", in_person=True)


def slip(programme: Programme, sale: Sale) -> Decision:
    """Whether the card's number is on the slip, where a clause wants it there."""
    clause = programme.first_of("credential", named=True)
    if clause is None or sale.shown != "card" or sale.card_named:
        return NOTHING
    reason = Reason(clause.id, "not_named", False, {})
    return Decision((Refuse(clause.id, "CardNotNamed", "input", "presented", {"reason": reason}),), (reason,))


@once
def validity(programme: Programme) -> tuple[Clause, int] | None:
    """The clause that says for how many years a card is good; None: it has no end."""
    for clause in programme.of("credential"):
        years = _of(clause).valid_years
        if years is not None:
            return clause, years
    return None


def swap_clause(programme: Programme) -> Clause | None:
    """The clause by which the old card comes back before that of a higher tier is handed out."""
    return programme.first_of("credential", swap="old_card_returned")


def one_each(programme: Programme) -> Clause | None:
    """The clause by which a person has one card."""
    return programme.first_of("credential", per_person=1)


def _of(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


def account_clause(programme: Programme) -> Clause | None:
    """The clause by which the phone is the account, so that no card is issued."""
    return programme.first_of("credential", what="phone")
