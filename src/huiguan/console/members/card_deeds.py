"""What is done to a member's cards: handed out, opened for use, lost, replaced."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, nothing, place_of
from huiguan.console.members.joining import AMOUNT, RECEIPT, asked_beside, given_beside
from huiguan.console.members.knowing import Member
from huiguan.console.wording import coupon_title
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.members.inputs import ActivateCard, IssueCard, ReplaceCard, ReportCardLost
from huiguan.members.values import IssuedCard
from huiguan.rules.kinds import credential

_CARD = Blank("card", Text(zh="新卡号，可扫", en="New card number; scan it"))
_RETURNED = Blank("returned", Text(zh="原卡已收回", en="The old card was handed in"), tick=True, needed=False)
_FEE = Blank("fee", Text(zh="已收补卡费（元）", en="Paid for the replacement (yuan)"), "decimal", needed=False)
_FIELDS = {RECEIPT: "receipts.0.number", AMOUNT: "receipts.0.amount"}


def _issue(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    asked: dict[str, Any] = {"member": member.told.number, "card": form["card"], **place_of(now)}
    given = read(IssueCard, asked | given_beside(member.rulebook, form))
    return _issued(member, operations.issue_card(actor=now.actor, at=now.at, given=given, key=key))


def _issue_blanks(member: Member) -> Sequence[Blank]:
    """The card's number, and what a card costs under this rulebook."""
    beside = asked_beside(member.rulebook)
    more = [
        Blank(name, title, "decimal" if name != RECEIPT else "text", field=_FIELDS.get(name, name), needed=False)
        for name, title in beside.items()
    ]
    return (_CARD, *more)


def _replace(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    asked: dict[str, Any] = {"member": member.told.number, "card": form["card"], **place_of(now)}
    asked["returned"] = bool(form.get("returned"))
    if form.get("fee"):
        asked["fee"] = form["fee"].replace(",", "")
    given = read(ReplaceCard, asked)
    return _issued(member, operations.replace_card(actor=now.actor, at=now.at, given=given, key=key))


def _replace_blanks(member: Member) -> Sequence[Blank]:
    returned = (_RETURNED,) if credential.swap_clause(member.rulebook) else ()
    return (_CARD, *returned, *((_FEE,) if _replacement_costs(member) else ()))


def _replacement_costs(member: Member) -> bool:
    clauses = member.rulebook.of("credential")
    return any(clause.parameters.replacement_fee is not None for clause in clauses)  # type: ignore[attr-defined]


def _issued(member: Member, made: IssuedCard) -> Text:
    zh, en = [f"新卡 {made.card}"], [f"New card {made.card}"]
    if made.replaces:
        zh.append(f"旧卡 {made.replaces} 不再能用")
        en.append(f"{made.replaces} opens nothing any more")
    for right in made.rights:
        title, worth = coupon_title(member.rulebook, right.name, right.clause), words.yuan(right.worth)
        zh.append(f"赠{title.zh} {worth}")
        en.append(f"{title.en} {worth}")
    return Text(zh=" · ".join(zh), en=" · ".join(en))


def _activate(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(ActivateCard, {"member": member.told.number})
    made = operations.activate_card(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"卡 {made.card} 已开通", en=f"Card {made.card} is open for use")


def _lose(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(ReportCardLost, {"member": member.told.number})
    made = operations.report_card_lost(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"卡 {made.card} 已挂失", en=f"Card {made.card} is reported lost")


def card_now(member: Member) -> str:
    """The number of the card she holds."""
    return member.told.cards[0].number if member.told.cards else "—"


def _issue_explains(member: Member) -> Words:
    return Text(zh="第一张卡；开卡赠券随卡发出。", en="The first card; what it brings comes with it.")


def _activate_explains(member: Member) -> Words:
    return Text(
        zh=f"卡 {card_now(member)} 从现在起可以用。", en=f"Card {card_now(member)} opens what cards open from now on."
    )


def _lose_explains(member: Member) -> Words:
    return Text(
        zh=f"卡 {card_now(member)} 从现在起不能再用。找到了也不能恢复，只能换卡。",
        en=f"Card {card_now(member)} opens nothing from now on. It cannot be revived, only replaced.",
    )


def _replace_explains(member: Member) -> Words:
    return Text(
        zh=f"现在的卡 {card_now(member)} 从此不能再用；不再赠券。",
        en=f"The present card {card_now(member)} opens nothing from then on; there is no further gift.",
    )


CARD_DEEDS: dict[str, Deed] = {
    "card": Deed(
        "cards",
        Text(zh="发卡", en="Issue a card"),
        _issue_explains,
        _issue_blanks,
        Text(zh="发卡", en="Issue"),
        _issue,
    ),
    "card/activation": Deed(
        "cards",
        Text(zh="开通会员卡", en="Open the card for use"),
        _activate_explains,
        nothing,
        Text(zh="开通", en="Open"),
        _activate,
    ),
    "card/replacement": Deed(
        "cards",
        Text(zh="换卡", en="Replace the card"),
        _replace_explains,
        _replace_blanks,
        Text(zh="换卡", en="Replace"),
        _replace,
    ),
    "card/loss": Deed(
        "cards",
        Text(zh="挂失", en="Report the card lost"),
        _lose_explains,
        nothing,
        Text(zh="挂失", en="Report lost"),
        _lose,
    ),
}
