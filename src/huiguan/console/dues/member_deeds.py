"""What can be done with a member's dues: charged, received, paid out, her deposits."""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.billing import inputs as given_of
from huiguan.billing import operations as billing
from huiguan.billing import queries
from huiguan.console.acting import Acting
from huiguan.console.dues.deeds import AMOUNT, MEANS, REASON, REFERENCE, Deed, Typed, asked_of
from huiguan.console.dues.pages import Field
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text


def _charge(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**asked_of(typed, "fee", "note"), "member": number}
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
    asked = {**asked_of(typed, "amount", "means", "reference", "payer", "day"), "member": number}
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
        Field("amount", AMOUNT.label, "decimal", value=owed), Field("means", Text(zh="方式", en="By"), choices=MEANS),
        Field("for", Text(zh="用于", en="For"), choices=choices, needed=False), REFERENCE,
        Field("day", Text(zh="到账日（不填为今天）", en="Day it came (today)"), "date", needed=False),
        Field("payer", Text(zh="付款人（他人代付时）", en="Payer, if another"), needed=False),
    )  # fmt: skip


def _pay_out(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**asked_of(typed, "amount", "of", "means", "reference", "note"), "member": number}
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
        Field("means", Text(zh="方式", en="By"), choices=MEANS[:2]), REFERENCE,
    )  # fmt: skip


def _deposits(now: Acting) -> tuple[tuple[str, Words], ...]:
    return tuple((name, title) for name, title, _ in queries.deposit_names(now.actor, now.at))


def _assess(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**asked_of(typed, "deposit", "base", "note"), "member": number}
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
    asked = {**asked_of(typed, "deposit", "means", "reference", "reason"), "member": number}
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
    means = Field("means", Text(zh="方式", en="By"), choices=MEANS[:2])
    return (Field("deposit", Text(zh="哪一项", en="Which"), choices=held), means, REFERENCE, REASON)


def _forfeit(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    asked = {**asked_of(typed, "deposit", "amount", "reason"), "member": number}
    made = billing.forfeit_deposit(actor=now.actor, at=now.at, given=read(given_of.ForfeitDeposit, asked), key=key)
    return Text(zh=f"已罚没，余 {words.yuan(made.held)}", en=f"Forfeited; {words.yuan(made.held)} is left")


def _forfeit_fields(now: Acting, number: str) -> Sequence[Field]:
    held = _held_fields(now, number)
    return (held[0], AMOUNT, REASON) if held else ()


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
