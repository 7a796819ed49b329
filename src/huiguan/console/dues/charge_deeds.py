"""What can be done with a charge, a receipt and a share."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from huiguan.billing import inputs as given_of
from huiguan.billing import operations as billing
from huiguan.billing import queries
from huiguan.billing.values import ChargeView
from huiguan.console.acting import Acting
from huiguan.console.dues.deeds import AMOUNT, REASON, Deed, Typed, asked_of
from huiguan.console.dues.pages import Field
from huiguan.design.values import Words
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text


def _cancel(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.OneCharge, {"charge": number, **asked_of(typed, "reason")})
    billing.cancel_charge(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="已撤销；收过的记为预存", en="Taken back; what was paid is on account")


def _refund(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.RefundCharge, {"charge": number, **asked_of(typed, "reason")})
    billing.refund_charge(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh="已退，记为预存，可以付出", en="Given back: it is on account and can be paid out")


def _waive(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.WaiveCharge, {"charge": number, **asked_of(typed, "portion", "amount", "reason")})
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
    return (Field("portion", Text(zh="核销什么", en="What"), choices=choices), amount, REASON)


CHARGE: dict[str, Deed] = {
    "refund": Deed(
        Text(zh="按章程退费", en="Refund by the rulebook"), Text(zh="退费", en="Refund"),
        _if(lambda view: view.state == "paid" and view.paid > 0, REASON), _refund,
    ),
    "waive": Deed(Text(zh="提请核销", en="Ask to write off"), Text(zh="提请", en="Ask"), _waive_fields, _waive),
    "cancel": Deed(
        Text(zh="撤销（开错了）", en="Take back (charged in error)"), Text(zh="撤销", en="Take back"),
        _if(lambda view: view.state != "cancelled", REASON), _cancel,
    ),
}  # fmt: skip


def _undo(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.UndoMoney, {"money": number, **asked_of(typed, "reason")})
    made = billing.undo_money(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已冲销：{made.number}", en=f"Taken back: {made.number}")


def _undo_fields(now: Acting, number: str) -> Sequence[Field]:
    view = queries.money(now.actor, number)
    return () if view.way == "out" or view.undone_by else (REASON,)


MONEY: dict[str, Deed] = {
    "undo": Deed(
        Text(zh="冲销这笔收款", en="Take this receipt back"), Text(zh="冲销", en="Take back"), _undo_fields, _undo,
        Text(zh="收错了，或银行退回：付过的重新欠着，如同没有收过。", en="Entered wrongly or gone back at the bank: what it paid is owed again."),
    )
}  # fmt: skip

# ---- shares ----------------------------------------------------------------------------------------------------------


def _divide(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.DivideIncome, asked_of(typed, "share", "key", "amount"))
    made = billing.divide_income(actor=now.actor, at=now.at, given=given, key=key)
    return Text(zh=f"已分给 {len(made.parts)} 人", en=f"Divided among {len(made.parts)}")


def _divide_fields(now: Acting, number: str) -> Sequence[Field]:
    known = tuple(queries.share_names(now.actor, now.at))
    month = Field("key", Text(zh="哪一期（如 2026-06）", en="Which period (2026-06)"))
    return (Field("share", Text(zh="哪一项", en="Which"), choices=known), month, AMOUNT) if known else ()


def _agree(now: Acting, number: str, typed: Typed, key: str | None) -> Text:
    given = read(given_of.AgreeShare, asked_of(typed, "member", "share", "part", "since"))
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
