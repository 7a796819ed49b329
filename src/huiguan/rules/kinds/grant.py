"""Grant: on an occasion, give a right once.

A coupon worth so much when the card is issued; another at the end of each month for those whose birthday falls in the
next. The same occasion never gives twice.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from huiguan.kernel.amounts import allocate
from huiguan.kernel.moments import at_day, month_end
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, GrantRight, PriceLine, Reason, Refuse, UseRight
from huiguan.rules.exchange import Presence
from huiguan.rules.facts import Bill, MemberFacts, RightFact, Step
from huiguan.rules.kinds import eligibility
from huiguan.rules.kinds.multiplier import birthday_in
from huiguan.rules.once import once
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Slug, Yuan
from huiguan.rules.programme import Clause, Programme

ROOM = "entitlements"
TITLE = Text(zh="赠券与赠礼", en="Grants")
Paper = Literal["card", "id"]


class Title(Base):
    zh: str
    en: str


class Parameters(Base):
    """`on` the occasion; `name`, `title` and `worth` of the coupon, or a `gift` that is handed over; `to` whom at a
    month's end; `valid` for how long; `opening` false: not on the purchase at which the card was opened; `in_person` and
    `shown`: who must come for it, with which papers."""

    on: Literal["card_issued", "month_end", "birthday"]
    name: Slug
    title: Title
    gives: Literal["coupon", "gift"] = "coupon"
    worth: Yuan = 0
    in_person: bool = False
    shown: list[Paper] = []
    to: Literal["everyone", "birthday_next_month"] = "everyone"
    valid: Literal["always", "birthday_month"] = "always"
    opening: bool = True


SAYS = {
    "handed_over": Text(zh="{title}已领取。", en="Handed over: {title}."),
    "not_today": Text(
        zh="{title}在生日当天领取，下一次是 {on:day}。", en="{title} is handed over on the birthday, next on {on:day}."
    ),
    "no_birthday": Text(
        zh="资料里没有生日，不能领取{title}。", en="No birthday is on record; {title} cannot be given."
    ),
    "had": Text(zh="{year} 年的{title}已经领过。", en="{title} of {year} has been handed over already."),
    "not_in_person": Text(zh="{title}须会员本人领取。", en="The member must come for it in person: {title}."),
    "no_card": Text(zh="领取{title}须出示会员卡。", en="The card must be shown: {title}."),
    "no_id": Text(zh="领取{title}须出示有效证件。", en="An identity paper must be shown: {title}."),
    "granted": Text(zh="赠{title}一张，抵 {worth:yuan}。", en="{title} given, worth {worth:yuan}."),
    "incomplete": Text(zh="资料不全，暂不赠券。", en="The profile is incomplete; no coupon yet."),
    "used": Text(zh="{title}抵 {off:yuan}。", en="{title} pays {off:yuan}."),
    "ready": Text(
        zh="{title}（{code}）可抵 {worth:yuan}，本单未用。",
        en="{title} ({code}), worth {worth:yuan}, was not asked for.",
    ),
    "opening": Text(zh="{title}不能用在办卡当次。", en="{title} is not for the purchase that opens the card."),
    "unknown": Text(zh="没有这张券：{code}。", en="The member holds no coupon {code}."),
    "spent": Text(zh="{title}（{code}）已在 {on} 用过。", en="{title} ({code}) was used on {on}."),
    "not_valid": Text(zh="{title}（{code}）不在有效期内。", en="{title} ({code}) is not valid at this time."),
}
COUPON = "coupon_"  # before a sentence about a coupon that a clause of another kind gave
REFUSALS = {
    "not_today": ("OutsideWindow", "window"),
    "no_birthday": ("OutsideWindow", "window"),
    "had": ("LimitReached", "limit"),
    "not_in_person": ("NotInPerson", "credential"),
    "no_card": ("CardNotShown", "credential"),
    "no_id": ("IdNotShown", "credential"),
    "opening": ("NotOnOpeningSale", "window"),
    "unknown": ("RightNotHeld", "existence"),
    "spent": ("RightUsed", "limit"),
    "not_valid": ("OutsideWindow", "window"),
}


def on_card_issued(programme: Programme, facts: MemberFacts, at: datetime) -> Decision:
    """The coupons a new card brings: one for each clause, kept back while an eligibility clause is not met."""
    effects: list[GrantRight] = []
    reasons: list[Reason] = []
    for clause in programme.of("grant"):
        parameters: Parameters = clause.parameters  # type: ignore[assignment]
        if parameters.on != "card_issued":
            continue
        stop = _not_eligible(programme, parameters.name, facts)
        if stop is not None:
            reasons.append(stop)
            continue
        effects.append(GrantRight(clause.id, parameters.name, parameters.worth, at, None, "card"))
        reasons.append(Reason(clause.id, "granted", True, _told(parameters)))
    return Decision(tuple(effects), tuple(reasons))


def on_month_end(programme: Programme, day: date) -> list[tuple[int, GrantRight]]:
    """What the end of `day`'s month gives: (birthday month entitled, grant). Only on a month's last day.

    The grant is valid from the first to the last moment of the birthday month.
    """
    if day != month_end(day):
        return []
    first = day + timedelta(days=1)
    until = at_day(month_end(first) + timedelta(days=1), programme.zone)
    due = []
    for clause in programme.of("grant"):
        parameters: Parameters = clause.parameters  # type: ignore[assignment]
        if parameters.on == "month_end":
            start = at_day(first, programme.zone)
            occasion = first.strftime("%Y-%m")
            due.append((first.month, GrantRight(clause.id, parameters.name, parameters.worth, start, until, occasion)))
    return due


def on_birthday(
    programme: Programme, facts: MemberFacts, name: str, *, at: datetime, day: date, presence: Presence
) -> Decision:
    """The gift `name` handed over on the member's birthday, once a year; NOTHING where no clause gives it."""
    clause = programme.first_of("grant", on="birthday", name=name)
    if clause is None:
        return NOTHING
    stop = _stop_at_counter(clause, presence) or _stop_on_day(programme, clause, facts, day)
    if stop is not None:
        code, rank = REFUSALS[stop.say]
        return Decision((Refuse(stop.clause, code, rank, "gift", {"reason": stop}),), (stop,))
    parameters: Parameters = clause.parameters  # type: ignore[assignment]
    effect = GrantRight(clause.id, name, parameters.worth, at, None, str(day.year))
    return Decision((effect,), (Reason(clause.id, "handed_over", True, _told(parameters)),))


def _stop_at_counter(clause: Clause, presence: Presence) -> Reason | None:
    parameters: Parameters = clause.parameters  # type: ignore[assignment]
    if parameters.in_person and not presence.in_person:
        return Reason(clause.id, "not_in_person", False, _told(parameters))
    for paper in parameters.shown:
        if paper not in presence.shown:
            return Reason(clause.id, f"no_{paper}", False, _told(parameters))
    return None


def _stop_on_day(programme: Programme, clause: Clause, facts: MemberFacts, day: date) -> Reason | None:
    told = _told(clause.parameters)  # type: ignore[arg-type]
    if facts.birthday is None:
        return Reason(clause.id, "no_birthday", False, told)
    this = birthday_in(day.year, facts.birthday)
    if this != day:
        coming = this if this > day else birthday_in(day.year + 1, facts.birthday)
        return Reason(clause.id, "not_today", False, {**told, "on": coming.isoformat()})
    years = [right.granted_at.astimezone(programme.zone).year for right in facts.rights if right.clause == clause.id]
    if day.year in years:
        return Reason(clause.id, "had", False, {**told, "year": day.year})
    return None


def use(programme: Programme, facts: MemberFacts, bill: Bill) -> Decision:
    """The vouchers a sale asks for come off what is due, each up to its worth; held ones not asked for are offered."""
    effects: list[PriceLine | UseRight | Refuse] = []
    reasons: list[Reason] = []
    for code in bill.sale.vouchers:
        right = next((held for held in facts.rights if held.code == code), None)
        stop = _stop(programme, right, code, bill)
        if stop is not None or right is None:
            assert stop is not None
            name, rank = REFUSALS[stop.say.removeprefix(COUPON)]
            effects.append(Refuse(stop.clause, name, rank, "vouchers", {"reason": stop}))
            reasons.append(stop)
            continue
        step = voucher_step(bill, right.clause, right.id, right.worth)
        bill = bill.after(step)
        effects += [PriceLine(right.clause, step), UseRight(right.clause, right.id)]
        told = {**_of(programme, right), "off": step.off}
        reasons.append(Reason(right.clause, _say(programme, right.clause, "used"), True, told))
    asked = set(bill.sale.vouchers)
    reasons += [
        _offer(programme, right, bill)
        for right in facts.rights
        if right.code not in asked and _open(right, bill.sale.at)
    ]
    return Decision(tuple(effects), tuple(reasons))


@once
def any_given(programme: Programme) -> bool:
    """Whether a member may hold a coupon at all: one that is granted, or one that units were turned into."""
    rewards = (clause.parameters.rewards for clause in programme.of("redemption"))  # type: ignore[attr-defined]
    return bool(programme.of("grant")) or any(rewards) or bool(programme.of("catalogue"))


def voucher_step(bill: Bill, clause: str, right: int, worth: int) -> Step:
    """A voucher's worth, at most what is due, spread over the lines. No change is given."""
    return Step("voucher", clause, tuple(allocate(min(worth, bill.due), bill.due_lines)), right=right, worth=worth)


def _not_eligible(programme: Programme, name: str, facts: MemberFacts) -> Reason | None:
    told = eligibility.decide(programme, name, facts).reasons
    return next((reason for reason in told if not reason.given), None)


def _clause_of(programme: Programme, right: RightFact) -> Clause | None:
    return programme.first_of("grant", name=right.name)


def _open(right: RightFact, at: datetime) -> bool:
    return right.used_at is None and _valid(right, at)


def _valid(right: RightFact, at: datetime) -> bool:
    return right.valid_from <= at and (right.valid_until is None or at < right.valid_until)


def _offer(programme: Programme, right: RightFact, bill: Bill) -> Reason:
    say = "opening" if _barred_on_opening(programme, right) and bill.sale.opening else "ready"
    return Reason(right.clause, _say(programme, right.clause, say), False, _of(programme, right))


def _say(programme: Programme, clause: str, say: str) -> str:
    """The sentence's key in the kind of the clause that gave the coupon."""
    return say if programme.clauses[clause].kind == "grant" else f"{COUPON}{say}"


def _barred_on_opening(programme: Programme, right: RightFact) -> bool:
    clause = _clause_of(programme, right)
    return clause is not None and not clause.parameters.opening  # type: ignore[attr-defined]


def _stop(programme: Programme, right: RightFact | None, code: str, bill: Bill) -> Reason | None:
    if right is None:
        giver = programme.one("grant") or (*programme.of("redemption"), *programme.of("catalogue"))[0]
        return Reason(giver.id, _say(programme, giver.id, "unknown"), False, {"code": code})
    told = _of(programme, right)
    if not _valid(right, bill.sale.at):
        return Reason(right.clause, _say(programme, right.clause, "not_valid"), False, told)
    if bill.sale.opening and _barred_on_opening(programme, right):
        return Reason(right.clause, "opening", False, told)
    if right.used_at is not None:
        on = right.used_at.astimezone(programme.zone).date().isoformat()
        return Reason(right.clause, _say(programme, right.clause, "spent"), False, {**told, "on": on})
    return None


def _of(programme: Programme, right: RightFact) -> dict[str, object]:
    title = programme.clauses[right.clause].title
    return {"title": {"zh": title.zh, "en": title.en}, "code": right.code, "worth": right.worth, "right": right.id}


def _told(parameters: Parameters) -> dict[str, object]:
    return {"title": {"zh": parameters.title.zh, "en": parameters.title.en}, "worth": parameters.worth}
