"""Stored value at the counter: topped up, refunded, and the PIN that protects it."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import RefundTopUpInput, TopUpInput
from huiguan.checkout.values import MEANS, TopUpView
from huiguan.console.acting import Acting
from huiguan.console.members.asking import Blank, Deed, Form, place_of
from huiguan.console.members.knowing import Member
from huiguan.console.pages import Act
from huiguan.design.values import Said, Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import operations as members
from huiguan.members.inputs import SetPin
from huiguan.rules.kinds import tender

BOOK = "wallet"
_AMOUNT = Blank("amount", Text(zh="充多少（元）", en="How much (yuan)"), "decimal")
_PAID = Blank("means", Text(zh="怎么付的", en="Paid by"), choices=tuple(MEANS.items()), field="tenders")
_SHOWN = Blank("shown_id", Text(zh="核对了证件", en="The identity paper was checked"), tick=True, needed=False)
_SAME_WAY = "same"
_BACK = Blank(
    "means",
    Text(zh="怎么退", en="Paid back by"),
    choices=((_SAME_WAY, Text(zh="原路退回", en="the way it came")), *MEANS.items()),
    needed=False,
)
_PIN = Blank("pin", Text(zh="请会员输入 6 位数字", en="The member types six digits"), "numeric")


def stores(member: Member) -> bool:
    """Whether this rulebook stores value at all."""
    return bool(member.rulebook.of("top_up"))


def _presented(form: Form) -> dict[str, list[str]]:
    return {"presented": ["id"] if form.get("shown_id") else []}


def _top_up(now: Acting, member: Member, form: Form, key: str | None) -> Said:
    amount = form["amount"].replace(",", "").lstrip("¥￥")
    asked = {"member": member.told.number, "amount": amount, **place_of(now), **_presented(form)}
    given = read(TopUpInput, {**asked, "tenders": [{"means": form["means"] or "cash", "amount": amount}]})
    made = checkout.store_value(actor=now.actor, at=now.at, given=given, key=key)
    paid, bonus, left = words.yuan(made.paid), words.yuan(made.bonus), words.yuan(sum(made.wallet.values()))
    zh, en = [f"已充 {paid}"], [f"{paid} stored"]
    if made.bonus:
        zh.append(f"送 {bonus}")
        en.append(f"{bonus} on top")
    zh.append(f"余额 {left}")
    en.append(f"{left} there now")
    if "named_identity" in made.warnings:
        zh.append("请登记证件")
        en.append("please check an identity paper")
    text = Text(zh=" · ".join(zh), en=" · ".join(en))
    return Said(text, Text(zh="小票", en="Receipt"), f"/sales/top-ups/{made.id}/receipt")


def _top_up_explains(member: Member) -> Words:
    """What is there, and what each grade brings today."""
    wallet = queries.wallet(member.now.actor, member.told.number, member.now.at)
    grades = [
        (grade.pay, grade.bonus)
        for clause in member.rulebook.of("top_up")
        for grade in clause.parameters.grades  # type: ignore[attr-defined]
        if _holds(clause.parameters, member)
    ]
    told = [(words.yuan(pay), words.yuan(bonus)) for pay, bonus in sorted(grades)]
    zh = "；".join(f"充 {pay} 送 {bonus}" for pay, bonus in told)
    en = "; ".join(f"{pay} brings {bonus}" for pay, bonus in told)
    has = words.yuan(wallet.total)
    return Text(zh=f"现有 {has}。{zh + '。' if zh else ''}", en=f"{has} is there. {en + '.' if en else ''}")


def _holds(rule: object, member: Member) -> bool:
    since, until = getattr(rule, "since", None), getattr(rule, "until", None)
    return (since is None or since <= member.day) and (until is None or member.day <= until)


# ---- refunds ---------------------------------------------------------------------------------------------------------


def _refund(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(
        RefundTopUpInput,
        {
            "top_up": form["top_up"],
            "means": None if form["means"] == _SAME_WAY else form["means"],
            **place_of(now),
            **_presented(form),
        },
    )
    made = checkout.refund_top_up(actor=now.actor, at=now.at, given=given, key=key)
    money, off, bonus = words.yuan(made.refund), words.yuan(made.deducted + made.fee), words.yuan(made.bonus_back)
    zh, en = [f"已退 {money}"], [f"{money} refunded"]
    if made.payment:
        zh.append("原路退回网上支付")
        en.append("by the way it was paid from afar")
    if made.deducted + made.fee:
        zh.append(f"扣 {off}")
        en.append(f"{off} deducted")
    if made.bonus_back:
        zh.append(f"收回赠送 {bonus}")
        en.append(f"{bonus} of bonus taken back")
    return Text(zh=" · ".join(zh), en=" · ".join(en))


def _refund_blanks(member: Member) -> Sequence[Blank]:
    """The top-ups of which something may come back, each with what that is."""
    choices = tuple(
        (each.id, said)
        for each in queries.top_ups(member.now.actor, member.told.number)
        if (said := _refundable(member, each)) is not None
    )
    which = Blank("top_up", Text(zh="哪一笔", en="Which one"), choices=choices)
    return (which, _BACK, _SHOWN) if choices else ()


def _refundable(member: Member, made: TopUpView) -> Text | None:
    """A top-up with what refunding it brings, worked out as the refund itself would be; None where nothing does."""
    asked = read(RefundTopUpInput, {"top_up": made.id, "presented": ["id"], "means": "wechat"})
    try:
        seen = checkout.preview_top_up_refund(actor=member.now.actor, at=member.now.at, given=asked)
    except Refusal:
        return None
    on, paid, money = f"{member.local(made.at):%Y-%m-%d}", words.yuan(made.paid), words.yuan(seen.refund)
    off, bonus = words.yuan(seen.deducted + seen.fee), words.yuan(seen.bonus_back)
    zh, en = f"{on} 充 {paid}：可退 {money}", f"{paid} of {on}: {money} comes back"
    if seen.deducted + seen.fee:
        zh, en = f"{zh}，已扣 {off}", f"{en}, {off} deducted"
    if seen.bonus_back:
        zh, en = f"{zh}，收回赠送 {bonus}", f"{en}, {bonus} of bonus goes"
    return Text(zh=zh, en=en)


def _refund_explains(member: Member) -> Words:
    if not _refund_blanks(member):
        return Text(zh="没有可退的充值。", en="No top-up has anything left to refund.")
    return Text(
        zh="退的是余下的本金；送的一并收回，已用掉的从本金里扣。钱从你的钱箱出；会员自己在网上充的，原路退回。",
        en="The principal left is refunded. Its bonus goes back, and what of that was spent is deducted. The money leaves your drawer; what the member paid from afar goes back the way it came.",
    )


# ---- the PIN ---------------------------------------------------------------------------------------------------------


def _set_pin(now: Acting, member: Member, form: Form, key: str | None) -> Text:
    given = read(SetPin, {"member": member.told.number, "pin": form["pin"], **_presented(form)})
    members.set_pin(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="支付密码已设置", en="The PIN is set")


def _pin_explains(member: Member) -> Words:
    state = queries.wallet(member.now.actor, member.told.number, member.now.at).pin
    rule = tender.terms(member.rulebook)
    above = rule.value("proof_above") if rule else None
    said = {
        "none": Text(zh="还没有支付密码。", en="There is no PIN yet."),
        "set": Text(zh="已有支付密码，设新的就换掉旧的。", en="There is a PIN; a new one takes its place."),
        "locked": Text(
            zh="支付密码输错太多，已锁住；设新的就解开。", en="The PIN is shut after wrong tries; a new one opens it."
        ),
    }[state]
    when = Text(zh="", en="")
    if above is not None:
        when = Text(
            zh=f"一单用储值超过 {words.yuan(above)} 时要输。", en=f" It is asked above {words.yuan(above)} a sale."
        )
    return Text(
        zh=f"{said.zh}{when.zh}须核对证件；不能全是同一个数，也不能连着数。",
        en=f"{said.en}{when.en} Check an identity paper; digits all alike or in a row will not do.",
    )


def wallet_acts(member: Member) -> list[Act]:
    """What is done with her stored value beside topping up."""
    actor, page = member.now.actor, member.page
    active = member.told.standing == "active" and not member.told.merged_into
    acts = []
    if actor.may("sell") and active:
        acts.append(Act(Text(zh="充值", en="Top up"), f"{page}top-up", ask=True))
    if actor.may("return"):
        acts.append(Act(Text(zh="退储值", en="Refund"), f"{page}top-up-refund", ask=True))
    if actor.may("cards"):
        acts.append(Act(Text(zh="支付密码", en="PIN"), f"{page}pin", ask=True))
    return acts


WALLET_DEEDS: dict[str, Deed] = {
    "top-up": Deed(
        "sell",
        Text(zh="储值充值", en="Top up"),
        _top_up_explains,
        lambda member: (_AMOUNT, _PAID, _SHOWN),
        Text(zh="收款充值", en="Take the money and store it"),
        _top_up,
        book=BOOK,
    ),
    "top-up-refund": Deed(
        "return",
        Text(zh="退储值", en="Refund stored value"),
        _refund_explains,
        _refund_blanks,
        Text(zh="退款", en="Refund"),
        _refund,
        book=BOOK,
    ),
    "pin": Deed(
        "cards",
        Text(zh="支付密码", en="PIN"),
        _pin_explains,
        lambda member: (_PIN, _SHOWN),
        Text(zh="设置", en="Set it"),
        _set_pin,
        book=BOOK,
    ),
}
