"""Points that go on, at the counter: given to another member, exchanged with a partner; and who was verified."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, always
from huiguan.console.members.knowing import Member
from huiguan.console.pages import Act
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text, either
from huiguan.members import operations as members
from huiguan.members import queries as member_queries
from huiguan.members.inputs import VerifyMember
from huiguan.members.values.verifying import HOWS, VERIFIED, WHATS
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs.partners import ExchangePoints, GivePoints
from huiguan.rules.kinds import partner, transfer

_TO = Blank("to", Text(zh="给谁（会员号、手机或卡号）", en="For whom (number, phone or card)"))
_POINTS = Blank("points", Text(zh="多少分", en="How many points"), "numeric")
_NOTE = Blank("note", Text(zh="留言（可空）", en="A word (optional)"), needed=False)
_STATES = {
    VERIFIED: Text(zh="已核验", en="Verified"),
    "pending": Text(zh="核验中", en="Being verified"),
    "failed": Text(zh="没有通过", en="Could not be verified"),
}


def _number(text: str) -> int | str:
    """What was typed as a whole number; as it was where it is none, so that the field is refused by name."""
    plain = text.replace(",", "").strip()
    return int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 14 else text


def _may_give(member: Member) -> Words:
    told = queries.giving(member.now.actor, member.now.at, member=member.told.number)
    if told is None:
        return Text(zh="", en="")
    zh, en = (
        [f"现在可转 {words.grouped(told.travels)} 分"],
        [f"{words.grouped(told.travels)} {either(told.travels, 'point', 'points')} may go now"],
    )
    if told.left_today is not None:
        zh.append(f"今天还可转 {words.grouped(told.left_today)} 分")
        en.append(f"{words.grouped(told.left_today)} more today")
    if told.left_this_year is not None:
        zh.append(f"今年还可转 {words.grouped(told.left_this_year)} 分")
        en.append(f"{words.grouped(told.left_this_year)} more this year")
    if told.missing:
        zh.append(f"还没有核验：{'、'.join(WHATS[each].zh for each in told.missing)}")
        en.append(f"not verified yet: {', '.join(WHATS[each].en.lower() for each in told.missing)}")
    return Text(zh="；".join(zh) + "。", en="; ".join(en) + ".")


def _give(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    asked = {"member": member.told.number, "to": form["to"], "points": _number(form["points"]), "note": form["note"]}
    made = operations.give_points(actor=now.actor, at=now.at, given=read(GivePoints, asked), key=key)
    count = words.grouped(made.points)
    return Text(
        zh=f"已把 {count} 分转给 {made.taker}",
        en=f"{count} {either(count, 'point went', 'points went')} to {made.taker}",
    )


def _terms(member: Member) -> dict[str, partner.Terms]:
    return {
        name: each for name, each in partner.partners(member.rulebook).items() if each.said.gives or each.said.takes
    }


def _exchange_blanks(member: Member) -> Sequence[Blank]:
    choices = []
    for name, each in _terms(member).items():
        if each.said.gives:
            choices.append(
                (
                    f"out:{name}",
                    Text(zh=f"换成{each.title.zh}的{each.units.zh}", en=f"Into {each.units.en} of {each.title.en}"),
                )
            )
        if each.said.takes:
            choices.append(
                (
                    f"in:{name}",
                    Text(zh=f"把{each.title.zh}的{each.units.zh}换进来", en=f"From {each.units.en} of {each.title.en}"),
                )
            )
    linked = {each.partner for each in queries.links(member.now.actor, member=member.told.number)}
    account = Blank("account", Text(zh="在对方的账号", en="Account at the partner"), needed=False)
    more = () if linked >= set(_terms(member)) else (account,)
    return (
        Blank("way", Text(zh="怎么换", en="Which way"), choices=tuple(choices), field="partner"),
        Blank("units", Text(zh="换多少（换进来填对方的数）", en="How many (the partner’s, for what comes in)"), "numeric"),
        *more,
    )  # fmt: skip


def _explain_exchange(member: Member) -> Words:
    return Text(
        zh="换出的积分立刻离开余额，对方拒绝就退回原处；换入的等对方答复才到账。",
        en="What goes out leaves the balance now, and comes back where the partner refuses. What comes in arrives with its word.",
    )


def _exchange(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    direction, _, name = form["way"].partition(":")
    asked = {"member": member.told.number, "partner": name, "direction": direction, "units": _number(form["units"])}
    account = {"account": form["account"]} if form.get("account") else {}
    given = read(ExchangePoints, {**asked, **account})
    made = operations.exchange_points(actor=now.actor, at=now.at, given=given, key=key)
    return Text(
        zh=f"通兑 {made.number} 已提出，等对方答复", en=f"{made.number} is asked; the partner’s word is waited for"
    )


def _verify(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(VerifyMember, {"member": member.told.number, **{k: v for k, v in form.items() if v}})
    made = members.verify_member(actor=now.actor, at=now.at, given=given, key=key)
    what, state = WHATS[made.what], _STATES[made.state]
    return Text(zh=f"{what.zh}：{state.zh}", en=f"{what.en}: {state.en.lower()}")


PASSING_DEEDS: dict[str, Deed] = {
    "points/gift": Deed(
        "sell", Text(zh="转赠积分", en="Pass points on"), _may_give, always(_TO, _POINTS, _NOTE),
        Text(zh="转赠", en="Pass on"), _give, book="points",
    ),
    "points/exchange": Deed(
        "sell", Text(zh="积分通兑", en="Exchange points"), _explain_exchange, _exchange_blanks,
        Text(zh="通兑", en="Exchange"), _exchange, book="points",
    ),
    "verification": Deed(
        "edit_members", Text(zh="登记核验", en="Write down what was verified"),
        lambda member: Text(
            zh="姓名、证件或手机一变，核验就失效。", en="It holds until the name, the paper or the phone changes."
        ),
        always(
            Blank("what", Text(zh="核验什么", en="What"), choices=tuple(WHATS.items())),
            Blank("state", Text(zh="结果", en="Finding"), choices=tuple(_STATES.items())),
            Blank("how", Text(zh="怎样核验的", en="How"), choices=tuple(HOWS.items())),
            Blank("note", Text(zh="备注（可空）", en="Note (optional)"), needed=False),
        ),
        Text(zh="登记", en="Write down"), _verify,
    ),
}  # fmt: skip


def passing_acts(member: Member) -> list[Act]:
    """What of this the rulebook knows, and whoever stands here may do."""
    actor, page, rulebook = member.now.actor, member.page, member.rulebook
    acts: list[Act] = []
    gift = transfer.rule(rulebook, "gift")
    if actor.may("sell") and gift is not None:
        acts.append(Act(Text(zh="转赠", en="Pass on"), f"{page}points/gift", ask=True))
    if actor.may("sell") and _terms(member):
        acts.append(Act(Text(zh="通兑", en="Exchange"), f"{page}points/exchange", ask=True))
    if actor.may("edit_members") and _needed(member):
        acts.append(Act(Text(zh="核验", en="Verify"), f"{page}verification", ask=True))
    return acts


def _needed(member: Member) -> bool:
    """Whether something a clause asks of her is not verified yet."""
    asked = {need for clause in member.rulebook.of("transfer") for need in transfer.said(clause).needs}
    asked |= {need for terms in partner.partners(member.rulebook).values() for need in terms.said.needs}
    if not asked:
        return False
    told = member_queries.verifications(member.now.actor, member.told.number, member.now.at)
    return bool(asked - {each.what for each in told if each.state == VERIFIED})
