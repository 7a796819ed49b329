"""Grant: on an occasion, give a right once.

A coupon worth so much when the card is issued; another at the end of each month for those whose birthday falls in the
next. The same occasion never gives twice.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal

from huiguan.kernel.moments import at_day, month_end
from huiguan.kernel.text import Text
from huiguan.rules.effects import NOTHING, Decision, GrantRight, Reason, Refuse
from huiguan.rules.exchange import Presence
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import coupon, eligibility
from huiguan.rules.kinds.multiplier import birthday_in
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

    on: Literal["card_issued", "month_end", "birthday", "referral"]
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
    "not_free": Text(
        zh="{title}（{code}）已锁定、转赠或收回，现在不能用。",
        en="{title} ({code}) is locked, given away or revoked; it cannot be used now.",
    ),
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
    "not_free": ("RightNotFree", "limit"),
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
        effects.append(given(programme, clause.id, parameters.name, parameters.worth, at, None, "card"))
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
            described = parameters.name in coupon.products(programme) and parameters.valid == "always"
            end = None if described else until
            due.append(
                (first.month, given(programme, clause.id, parameters.name, parameters.worth, start, end, occasion))
            )
    return due


def given(
    programme: Programme, clause: str, name: str, worth: int, at: datetime, until: datetime | None, occasion: str
) -> GrantRight:
    """A coupon given by `clause` at `at`. Where a coupon clause describes `name`, worth and validity are that clause's;
    the earlier end holds."""
    product = coupon.products(programme).get(name)
    if product is None:
        return GrantRight(clause, name, worth, at, until, occasion)
    begins, ends = coupon.life(programme, product, at)
    return GrantRight(
        clause, name, coupon.worth(product), begins, min((e for e in (ends, until) if e), default=None), occasion
    )


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


def _not_eligible(programme: Programme, name: str, facts: MemberFacts) -> Reason | None:
    told = eligibility.decide(programme, name, facts).reasons
    return next((reason for reason in told if not reason.given), None)


def _told(parameters: Parameters) -> dict[str, object]:
    return {"title": {"zh": parameters.title.zh, "en": parameters.title.en}, "worth": parameters.worth}
