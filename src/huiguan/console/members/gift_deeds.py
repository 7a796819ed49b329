"""Gifts at the counter: points turned into one, and that of the member's birthday; each with the papers it takes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import ClaimInput, RedeemInput
from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, place_of
from huiguan.console.members.knowing import Member
from huiguan.console.wording import coupon_title
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text, either
from huiguan.rules.kinds import grant, redemption
from huiguan.rules.windows import Months

_PAPERS = {
    "card": Text(zh="出示了会员卡", en="The card was shown"),
    "id": Text(zh="核对了证件", en="The identity paper was checked"),
}
_IN_PERSON = Text(zh="会员本人来的", en="The member came in person")
_GIFT = Blank("gift", Text(zh="什么礼品", en="Which gift"))
_POINTS = Blank("points", Text(zh="用多少分", en="How many points"), "numeric")


def _presence_blanks(shown: Collection[str], *, in_person: bool) -> list[Blank]:
    """A box for each paper that must be shown, and one for coming in person."""
    mine = [Blank("in_person", _IN_PERSON, tick=True, field="buyer", needed=False)] if in_person else []
    papers = [Blank(f"shown_{paper}", _PAPERS[paper], tick=True, needed=False) for paper in _PAPERS if paper in shown]
    return [*mine, *papers]


def _presence(form: Form) -> dict[str, Any]:
    """Who came with what, as the operations take it. Where nobody asks who came, it is the member."""
    papers = [paper for paper in _PAPERS if form.get(f"shown_{paper}")]
    other = "in_person" in form and not form["in_person"]
    return {"presented": papers, "buyer": "other" if other else "member"}


# ---- points ----------------------------------------------------------------------------------------------------------


def _redeem(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    points = form["points"].replace(",", "")
    asked: dict[str, Any] = {"member": member.told.number, **place_of(now), **_presence(form)}
    asked["points"] = int(points) if points.isdecimal() and len(points) < 15 else 0
    if "gift" in form:
        asked["gift"] = form["gift"]
    made = checkout.redeem_points(actor=now.actor, at=now.at, given=read(RedeemInput, asked), key=key)
    left = words.grouped(made.balance.get(made.unit, 0))
    title = _reward_title(member, made.units) if made.coupon else Text(zh=made.gift, en=made.gift)
    code = f" {made.coupon}" if made.coupon else ""
    return Text(
        zh=f"已兑 {title.zh}{code} · 用 {made.units} 分，余 {left}",
        en=f"{title.en}{code} for {made.units} {either(made.units, 'point', 'points')}, {left} left",
    )


def _redeem_blanks(member: Member) -> Sequence[Blank]:
    """What is wanted and for how many points; where the rulebook names rewards, one of them."""
    rule = redemption.terms(member.rulebook)
    if rule is None:
        return (_GIFT, _POINTS)
    choices = tuple((str(units), _reward(units, member)) for units in rule.rewards)
    wanted = (Blank("points", Text(zh="换什么", en="For what"), choices=choices),) if choices else (_GIFT, _POINTS)
    return (*wanted, *_presence_blanks(rule.shown, in_person=bool(rule.value("in_person"))))


def _reward(units: int, member: Member) -> Text:
    title, many = _reward_title(member, units), words.grouped(units)
    return Text(zh=f"{many} 分换{title.zh}", en=f"{title.en} for {many} {either(many, 'point', 'points')}")


def _reward_title(member: Member, units: int) -> Text:
    rule = redemption.terms(member.rulebook)
    assert rule is not None, "asked only where points may be redeemed"
    clause, reward = rule.rewards[units]
    return coupon_title(member.rulebook, reward.name, clause.id)


def _redeem_explains(member: Member) -> Words:
    unit = member.unit
    has = words.grouped(max(0, member.facts.available(unit, member.now.at))) if unit else "0"
    rule = redemption.terms(member.rulebook)
    window = _window(member, rule) if rule else Text(zh="", en="")
    return Text(
        zh=f"{window.zh}现有 {has} 分，先用最早得到的。",
        en=f"{window.en}{has} {either(has, 'point is', 'points are')} there; the oldest go first.",
    )


def _window(member: Member, rule: redemption.Terms) -> Text:
    """When points may be turned into something."""
    if isinstance(rule.window, Months):
        months = list(rule.window.months)
        zh, en = (words.say_value(months, "months", lang) for lang in ("zh", "en"))
        return Text(zh=f"{zh}可兑。", en=f"Redeemable in {en}. ")
    if rule.window is not None:
        first, last = rule.window.around(member.day)
        return Text(
            zh=f"{words.monthday(first, 'zh')}至{words.monthday(last, 'zh')}可兑。",
            en=f"Redeemable from {words.monthday(first, 'en')} to {words.monthday(last, 'en')}. ",
        )
    return Text(zh="", en="")


# ---- the gift of the day ---------------------------------------------------------------------------------------------


def birthday_gifts(member: Member) -> tuple[tuple[str, Text], ...]:
    """The gifts that are handed over on a birthday: name and title."""
    given = [clause.parameters for clause in member.rulebook.of("grant")]
    return tuple(
        (each.name, Text(zh=each.title.zh, en=each.title.en))  # type: ignore[attr-defined]
        for each in given
        if each.on == "birthday"  # type: ignore[attr-defined]
    )


def _claim(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    asked = {"member": member.told.number, "gift": form["gift"], **place_of(now), **_presence(form)}
    made = checkout.claim_gift(actor=now.actor, at=now.at, given=read(ClaimInput, asked), key=key)
    title = dict(birthday_gifts(member))[made.gift]
    return Text(zh=f"已领{title.zh} · {made.code}", en=f"{title.en} handed over · {made.code}")


def _claim_blanks(member: Member) -> Sequence[Blank]:
    rules: list[grant.Parameters] = [
        clause.parameters  # type: ignore[misc]
        for clause in member.rulebook.of("grant")
        if clause.parameters.on == "birthday"  # type: ignore[attr-defined]
    ]
    shown = {paper for rule in rules for paper in rule.shown}
    which = Blank("gift", Text(zh="哪一份", en="Which one"), choices=birthday_gifts(member))
    return (which, *_presence_blanks(shown, in_person=any(rule.in_person for rule in rules)))


def _claim_explains(member: Member) -> Words:
    born = member.told.birthday
    if born is None:
        return Text(zh="资料里没有生日。", en="No birthday is on record.")
    return Text(
        zh=f"生日 {words.monthday(born, 'zh')}，当天领，一年一次。",
        en=f"Born on {words.monthday(born, 'en')}: handed over on the day, once a year.",
    )


GIFT_DEEDS: dict[str, Deed] = {
    "gift": Deed(
        "sell",
        Text(zh="积分兑礼品", en="Points for a gift"),
        _redeem_explains,
        _redeem_blanks,
        Text(zh="兑换", en="Redeem"),
        _redeem,
    ),
    "birthday-gift": Deed(
        "sell",
        Text(zh="领生日礼物", en="Hand over the birthday gift"),
        _claim_explains,
        _claim_blanks,
        Text(zh="领取", en="Hand over"),
        _claim,
    ),
}
