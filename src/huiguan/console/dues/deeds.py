"""What can be done with a member's dues, a charge and a receipt: each deed with its form and its operation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiguan.billing import inputs as given_of
from huiguan.billing import operations as billing
from huiguan.billing import queries
from huiguan.billing.values import ChargeView
from huiguan.console.acting import Acting, refused_field
from huiguan.console.dues.pages import DeedForm, Field
from huiguan.console.keys import new_key
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

Typed = Mapping[str, str]
_MEANS = (
    ("transfer", Text(zh="银行转账", en="Bank transfer")),
    ("cash", Text(zh="现金", en="Cash")),
    ("terminal", Text(zh="收款终端", en="Terminal")),
)
_REASON = Field("reason", Text(zh="原因", en="Why"))
_REFERENCE = Field("reference", Text(zh="流水号或小票号", en="Bank's or slip's number"), needed=False)
_AMOUNT = Field("amount", Text(zh="金额（元）", en="Amount (yuan)"), "decimal")
_NAMES = {
    "amount": Text(zh="金额", en="Amount"), "reason": Text(zh="原因", en="Why"), "base": Text(zh="基数", en="Figure"),
    "day": Text(zh="到账日", en="Day"), "key": Text(zh="记作", en="Known as"), "part": Text(zh="比例", en="Part"),
    "quantity": Text(zh="数量", en="Quantity"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Deed:
    """`done`: what is said once it is done, with what the operation answered."""

    title: Words
    act: Words
    fields: Callable[[Acting, str], Sequence[Field]]
    do: Callable[[Acting, str, Typed, str | None], Text]
    says: Words = ""
    power: str = "bill"


def form_of(
    deed: Deed,
    name: str,
    now: Acting,
    number: str,
    href: str,
    typed: Typed | None = None,
    refusal: Refusal | None = None,
) -> DeedForm:
    values = typed or {}
    fields = [
        Field(f.name, f.label, f.kind, f.choices, values.get(f.name, f.value), f.needed, f.hint)
        for f in deed.fields(now, number)
    ]
    return DeedForm(
        name=name, title=deed.title, act=deed.act, fields=fields, href=href, key=new_key(), says=deed.says,
        open=refusal is not None, wrong=(refusal.field or "").partition(".")[0] if refusal else "",
        refused=refused_field(refusal, now, _NAMES) if refusal else None,
    )  # fmt: skip


def _asked(typed: Typed, *names: str) -> dict[str, Any]:
    """What was filled in; a blank left empty says nothing. Money may be written with ¥ and commas."""
    told = {name: typed.get(name, "").strip() for name in names}
    for name in ("amount", "base"):
        if told.get(name):
            told[name] = told[name].replace(",", "").lstrip("¥￥")
    return {name: value for name, value in told.items() if value}


# ---- a member's ------------------------------------------------------------------------------------------------------


def _charge(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**_asked(typed, "fee", "note"), "member": number}
    if typed.get("quantity", "1").isdecimal():
        asked["quantity"] = int(typed.get("quantity", "1"))
    made = billing.raise_charge(actor=now.actor, at=now.at, given=read(given_of.RaiseCharge, asked), key=key)
    total = words.yuan(sum(each.amount for each in made))
    return Text(zh=f"已开单 {made[0].number}，{total}", en=f"Charged: {made[0].number}, {total}")


def _fee_fields(now: Acting, number: str) -> Sequence[Field]:
    fees = tuple((each.name, each.title) for each in queries.fees(now.actor, now.at))
    return (
        Field("fee", Text(zh="哪一项", en="Which fee"), choices=fees),
        Field("quantity", Text(zh="数量", en="Quantity"), "numeric", value="1"),
        Field("note", Text(zh="备注", en="What for"), needed=False),
    )


def _receive(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    target = typed.get("for", "")
    asked = {**_asked(typed, "amount", "means", "reference", "payer", "day"), "member": number}
    if target.startswith("deposit:"):
        asked["deposit"] = target.removeprefix("deposit:")
    elif target:
        asked["charges"] = [target]
    made = billing.receive_money(actor=now.actor, at=now.at, given=read(given_of.ReceiveMoney, asked), key=key)
    over = words.yuan(made.over)
    zh, en = f"已收 {words.yuan(made.amount)}，收据 {made.number}", f"{words.yuan(made.amount)} received: {made.number}"
    return Text(zh=f"{zh}，{over} 记为预存", en=f"{en}; {over} stays on account") if made.over else Text(zh=zh, en=en)


def _receive_fields(now: Acting, number: str) -> Sequence[Field]:
    book = queries.dues_of(now.actor, number, now.at)
    is_open = [each for each in book.charges if each.owed]
    choices: list[tuple[str, Words]] = [("", Text(zh="先到期的先付", en="What was due longest"))]
    choices += [
        (
            each.number,
            Text(
                zh=f"{each.title.zh} {each.number} · {words.yuan(each.owed)}",
                en=f"{each.title.en} {each.number} · {words.yuan(each.owed)}",
            ),
        )
        for each in is_open
    ]
    choices += [
        (f"deposit:{name}", Text(zh=f"存入{title.zh}", en=f"Into: {title.en}"))
        for name, title, _ in queries.deposit_names(now.actor, now.at)
    ]
    owed = f"{book.owed // 100}.{book.owed % 100:02d}" if book.owed else ""
    return (
        Field("amount", _AMOUNT.label, "decimal", value=owed), Field("means", Text(zh="方式", en="By"), choices=_MEANS),
        Field("for", Text(zh="用于", en="For"), choices=choices, needed=False), _REFERENCE,
        Field("day", Text(zh="到账日（不填为今天）", en="Day it came (today)"), "date", needed=False),
        Field("payer", Text(zh="付款人（他人代付时）", en="Payer, if another"), needed=False),
    )  # fmt: skip


def _pay_out(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**_asked(typed, "amount", "of", "means", "reference", "note"), "member": number}
    made = billing.pay_out(actor=now.actor, at=now.at, given=read(given_of.PayOut, asked), key=key)
    return Text(
        zh=f"已付出 {words.yuan(made.amount)}，{made.number}", en=f"{words.yuan(made.amount)} paid out: {made.number}"
    )


def _pay_out_fields(now: Acting, number: str) -> Sequence[Field]:
    book = queries.dues_of(now.actor, number, now.at)
    choices: list[tuple[str, Words]] = []
    for name, amount, zh, en in (
        ("credit", book.credit, "预存款", "On account"),
        ("shares", book.payable, "应付分配", "Shares"),
    ):
        if amount:
            choices.append((name, Text(zh=f"{zh} {words.yuan(amount)}", en=f"{en} {words.yuan(amount)}")))
    if not choices:
        return ()
    return (
        Field("of", Text(zh="从哪里", en="Out of"), choices=choices),
        Field("amount", Text(zh="金额（不填为全部）", en="Amount (all)"), "decimal", needed=False),
        Field("means", Text(zh="方式", en="By"), choices=_MEANS[:2]), _REFERENCE,
    )  # fmt: skip


def _deposits(now: Acting) -> tuple[tuple[str, Words], ...]:
    return tuple((name, title) for name, title, _ in queries.deposit_names(now.actor, now.at))


def _assess(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**_asked(typed, "deposit", "base", "note"), "member": number}
    made = billing.assess_deposit(actor=now.actor, at=now.at, given=read(given_of.AssessDeposit, asked), key=key)
    if not made.short:
        return Text(zh="已核定，足额", en="Assessed; held in full")
    return Text(zh=f"已核定，差 {words.yuan(made.short)}", en=f"Assessed: {words.yuan(made.short)} short")


def _assess_fields(now: Acting, number: str) -> Sequence[Field]:
    known = _deposits(now)
    if not known:
        return ()
    base = Field(
        "base", Text(zh="基数（元，固定金额的不填）", en="The figure (yuan; none where fixed)"), "decimal", needed=False
    )
    return (
        Field("deposit", Text(zh="哪一项", en="Which"), choices=known),
        base,
        Field("note", Text(zh="依据", en="By"), needed=False),
    )


def _return(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**_asked(typed, "deposit", "means", "reference", "reason"), "member": number}
    made = billing.return_deposit(actor=now.actor, at=now.at, given=read(given_of.ReturnDeposit, asked), key=key)
    settled, back = words.yuan(made.settles), words.yuan(made.back)
    return Text(
        zh=f"抵欠款 {settled}，退 {back} {made.voucher}", en=f"{settled} paid debts, {back} returned {made.voucher}"
    )


def _held_fields(now: Acting, number: str) -> Sequence[Field]:
    book = queries.dues_of(now.actor, number, now.at)
    held: tuple[tuple[str, Words], ...] = tuple(
        (
            each.deposit,
            Text(zh=f"{each.title.zh} {words.yuan(each.held)}", en=f"{each.title.en} {words.yuan(each.held)}"),
        )
        for each in book.deposits
        if each.held
    )
    if not held:
        return ()
    means = Field("means", Text(zh="方式", en="By"), choices=_MEANS[:2])
    return (Field("deposit", Text(zh="哪一项", en="Which"), choices=held), means, _REFERENCE, _REASON)


def _forfeit(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**_asked(typed, "deposit", "amount", "reason"), "member": number}
    made = billing.forfeit_deposit(actor=now.actor, at=now.at, given=read(given_of.ForfeitDeposit, asked), key=key)
    return Text(zh=f"已罚没，余 {words.yuan(made.held)}", en=f"Forfeited; {words.yuan(made.held)} is left")


def _forfeit_fields(now: Acting, number: str) -> Sequence[Field]:
    held = _held_fields(now, number)
    return (held[0], _AMOUNT, _REASON) if held else ()


MEMBER: dict[str, Deed] = {
    "receive": Deed(Text(zh="收款", en="Receive money"), Text(zh="收下", en="Receive"), _receive_fields, _receive),
    "charge": Deed(Text(zh="开缴费单", en="Charge a fee"), Text(zh="开单", en="Charge"), _fee_fields, _charge),
    "pay-out": Deed(Text(zh="付出", en="Pay out"), Text(zh="付出", en="Pay out"), _pay_out_fields, _pay_out),
    "assess": Deed(Text(zh="核定保证金", en="Assess a deposit"), Text(zh="核定", en="Assess"), _assess_fields, _assess),
    "return": Deed(
        Text(zh="退保证金", en="Return a deposit"), Text(zh="退还", en="Return"), _held_fields, _return,
        Text(zh="欠款先从里面付清，余下的退还。", en="What is owed is paid from it first; the rest goes back."),
    ),
    "forfeit": Deed(
        Text(zh="罚没保证金", en="Forfeit a deposit"), Text(zh="罚没", en="Forfeit"), _forfeit_fields, _forfeit, power="correct"
    ),
}  # fmt: skip

# ---- a charge's ------------------------------------------------------------------------------------------------------


def _cancel(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.OneCharge, {"charge": number, **_asked(typed, "reason")})
    billing.cancel_charge(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="已撤销；收过的记为预存", en="Taken back; what was paid is on account")


def _refund(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.RefundCharge, {"charge": number, **_asked(typed, "reason")})
    billing.refund_charge(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="已退，记为预存，可以付出", en="Given back: it is on account and can be paid out")


def _waive(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.WaiveCharge, {"charge": number, **_asked(typed, "portion", "amount", "reason")})
    billing.waive_charge(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="已提请核销，由另一个人决定", en="Asked for; another person decides")


def _view(now: Acting, number: str) -> ChargeView:
    return queries.charge(now.actor, number, now.at)


def _if(state: Callable[[ChargeView], bool], *fields: Field) -> Callable[[Acting, str], Sequence[Field]]:
    return lambda now, number: fields if state(_view(now, number)) else ()


def _waive_fields(now: Acting, number: str) -> Sequence[Field]:
    view = _view(now, number)
    parts = (("principal", view.left, "费用", "The amount"), ("fine", view.fine, "滞纳金", "The fine"))
    choices: list[tuple[str, Words]] = [
        (name, Text(zh=f"{zh} {words.yuan(open_)}", en=f"{en} {words.yuan(open_)}"))
        for name, open_, zh, en in parts
        if open_
    ]
    if not choices:
        return ()
    amount = Field("amount", Text(zh="金额（不填为全部）", en="Amount (all)"), "decimal", needed=False)
    return (Field("portion", Text(zh="核销什么", en="What"), choices=choices), amount, _REASON)


CHARGE: dict[str, Deed] = {
    "refund": Deed(
        Text(zh="按章程退费", en="Refund by the rulebook"), Text(zh="退费", en="Refund"),
        _if(lambda view: view.state == "paid" and view.paid > 0, _REASON), _refund,
    ),
    "waive": Deed(Text(zh="提请核销", en="Ask to write off"), Text(zh="提请", en="Ask"), _waive_fields, _waive),
    "cancel": Deed(
        Text(zh="撤销（开错了）", en="Take back (charged in error)"), Text(zh="撤销", en="Take back"),
        _if(lambda view: view.state != "cancelled", _REASON), _cancel,
    ),
}  # fmt: skip


def _undo(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.UndoMoney, {"money": number, **_asked(typed, "reason")})
    made = billing.undo_money(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已冲销：{made.number}", en=f"Taken back: {made.number}")


def _undo_fields(now: Acting, number: str) -> Sequence[Field]:
    view = queries.money(now.actor, number)
    return () if view.way == "out" or view.undone_by else (_REASON,)


MONEY: dict[str, Deed] = {
    "undo": Deed(
        Text(zh="冲销这笔收款", en="Take this receipt back"), Text(zh="冲销", en="Take back"), _undo_fields, _undo,
        Text(zh="收错了，或银行退回：付过的重新欠着，如同没有收过。", en="Entered wrongly or gone back at the bank: what it paid is owed again."),
    )
}  # fmt: skip

# ---- shares ----------------------------------------------------------------------------------------------------------


def _divide(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.DivideIncome, _asked(typed, "share", "key", "amount"))
    made = billing.divide_income(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已分给 {len(made.parts)} 人", en=f"Divided among {len(made.parts)}")


def _divide_fields(now: Acting, number: str) -> Sequence[Field]:
    known = tuple(queries.share_names(now.actor, now.at))
    month = Field("key", Text(zh="哪一期（如 2026-06）", en="Which period (2026-06)"))
    return (Field("share", Text(zh="哪一项", en="Which"), choices=known), month, _AMOUNT) if known else ()


def _agree(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.AgreeShare, _asked(typed, "member", "share", "part", "since"))
    billing.agree_share(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="已记下约定", en="Agreed")


def _agree_fields(now: Acting, number: str) -> Sequence[Field]:
    known = tuple(queries.share_names(now.actor, now.at))
    who = Field("member", Text(zh="会员号", en="Member number"))
    part = Field("part", Text(zh="比例（如 10% 或 1/3）", en="Part (10% or 1/3)"))
    return (Field("share", Text(zh="哪一项", en="Which"), choices=known), who, part) if known else ()


SHARES: dict[str, Deed] = {
    "divide": Deed(
        Text(zh="分配一笔收入", en="Divide an income"), Text(zh="分配", en="Divide"), _divide_fields, _divide
    ),
    "agree": Deed(Text(zh="约定比例", en="Agree on a part"), Text(zh="记下", en="Agree"), _agree_fields, _agree),
}


def forms(
    deeds: Mapping[str, Deed], now: Acting, number: str, base: str, typed: Typed | None = None,
    refusal: Refusal | None = None, tried: str = "",
) -> list[DeedForm]:  # fmt: skip
    """The deeds that can be done now; `tried` with what was typed and why it was refused."""
    told = []
    for name, deed in deeds.items():
        if now.actor.may(deed.power) and deed.fields(now, number):
            mine = name == tried
            told.append(
                form_of(deed, name, now, number, f"{base}{name}", typed if mine else None, refusal if mine else None)
            )
    return told
