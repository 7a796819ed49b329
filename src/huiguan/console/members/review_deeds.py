"""Freezing a card, and deciding about it."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, always
from huiguan.console.members.knowing import Member
from huiguan.design.values import Words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.members.inputs import ConfirmReview, FreezeCard, ReleaseCard
from huiguan.rules.kinds import watch

_REASON = Blank("reason", Text(zh="为什么，会留在账上", en="Why; it is kept"))
_ID = Blank(
    "presented", Text(zh="核对了本人证件", en="The holder's identity paper was checked"), tick=True, needed=False
)


def _freeze(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(FreezeCard, {"member": member.told.number, "reason": form["reason"]})
    made = operations.freeze_card(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"卡 {made.card} 已冻结，等复核", en=f"Card {made.card} is frozen until somebody has looked")


def _release(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    papers = ["id"] if form.get("presented") else []
    given = read(ReleaseCard, {"member": member.told.number, "reason": form["reason"], "presented": papers})
    made = operations.release_card(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"卡 {made.card} 已放行", en=f"Card {made.card} is released")


def _release_blanks(member: Member) -> Sequence[Blank]:
    frozen = any(card.frozen_at is not None for card in member.told.cards[:1])
    return (_REASON, _ID) if frozen and watch.release_papers(member.rulebook) else (_REASON,)


def _confirm(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(ConfirmReview, {"member": member.told.number, "reason": form["reason"]})
    made = operations.confirm_review(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已确认异常 · {made.member}", en=f"Confirmed · {made.member}")


def _freeze_explains(member: Member) -> Words:
    return Text(
        zh="从现在起不能用，也不能换卡，等有权限的人复核后放行。",
        en="It opens nothing from now on and cannot be replaced, until somebody with the power has looked and released it.",
    )


def _release_explains(member: Member) -> Words:
    return Text(
        zh="卡恢复原来的用处；同一天里不再因为同样的情形冻结。",
        en="The card opens again what it opened, and the same pattern does not freeze it again today.",
    )


def _confirm_explains(member: Member) -> Words:
    return Text(
        zh="复核到此为止；冻结的卡继续冻结，以后仍可放行。",
        en="The review is closed; a frozen card stays frozen and may be released later.",
    )


REVIEW_DEEDS: dict[str, Deed] = {
    "card/freeze": Deed(
        "cards",
        Text(zh="冻结会员卡", en="Freeze the card"),
        _freeze_explains,
        always(_REASON),
        Text(zh="冻结", en="Freeze"),
        _freeze,
    ),
    "card/release": Deed(
        "suspend",
        Text(zh="放行会员卡", en="Release the card"),
        _release_explains,
        _release_blanks,
        Text(zh="放行", en="Release"),
        _release,
    ),
    "card/confirmation": Deed(
        "suspend",
        Text(zh="确认异常用卡", en="Confirm what was found"),
        _confirm_explains,
        always(_REASON),
        Text(zh="确认", en="Confirm"),
        _confirm,
    ),
}
