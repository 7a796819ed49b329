"""Payments as their pages show them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from huiguan.billing import queries
from huiguan.billing.values import MEANS, RECORDED, STATES, DifferenceView, PaymentView
from huiguan.console.acting import Acting, refused_field
from huiguan.console.keys import new_key
from huiguan.console.payments.pages import (
    DifferenceRow,
    PaymentListPage,
    PaymentPage,
    PaymentRow,
    StatementPage,
    StepRow,
)
from huiguan.design.values import Cursor, Mark, Words
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members

PAGE = 40
_TONES = {"paid": "ok", "part_refunded": "ok", "refunded": "plain", "open": "warn", "disputed": "stop", "failed": "plain", "closed": "plain"}  # fmt: skip
STEPS = {
    "asked": Text(zh="请付", en="Asked for"),
    "paid": Text(zh="已付", en="Paid"),
    "paid_late": Text(zh="关闭之后才付", en="Paid after it was closed"),
    "failed": Text(zh="未付成", en="Not paid"),
    "closed": Text(zh="到时关闭", en="Closed, its time was over"),
    "disputed": Text(zh="金额对不上", en="Another amount"),
    "cleared": Text(zh="已核实", en="Settled by hand"),
    "refund_asked": Text(zh="要求退款", en="Refund asked for"),
    "refunded": Text(zh="已退", en="Refunded"),
    "refund_failed": Text(zh="退款被拒", en="Refund refused"),
}
HOW = {
    "notice": Text(zh="对方通知", en="by notice"),
    "query": Text(zh="我方查询", en="by asking"),
    "counter": Text(zh="柜台", en="at the counter"),
    "operation": Text(zh="操作", en="by us"),
}
NAMES = {
    "amount": Text(zh="金额", en="Amount"),
    "reason": Text(zh="原因", en="Reason"),
    "day": Text(zh="日期", en="Day"),
    "lines": Text(zh="对账单", en="Statement"),
}
PURPOSES = {
    "top_up": Text(zh="充值", en="Top-up"),
    "order": Text(zh="商城订单", en="Order"),
    "sale": Text(zh="销售单", en="Sale"),
}
KINDS = {"paid": Text(zh="收款", en="Paid"), "refund": Text(zh="退款", en="Refund")}


def row_of(view: PaymentView) -> PaymentRow:
    tone = _TONES[view.state]
    return PaymentRow(
        view.number, f"/payments/{view.number}/", view.title, MEANS[view.means], view.asked_at, view.amount,
        Mark(STATES[view.state], tone),
    )  # fmt: skip


def list_page(now: Acting, unsettled: bool, before: int | None) -> PaymentListPage:
    found = queries.payments(now.actor, unsettled=unsettled, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    kept = "unsettled=1&" if unsettled else ""
    more = f"/payments/?{kept}after={shown[-1][0]}" if len(found) > PAGE else ""
    audits = now.actor.may("audit")
    return PaymentListPage(
        rows=[row_of(view) for _, view in shown],
        unsettled=unsettled,
        open_differences=len(queries.differences(now.actor)) if audits else 0,
        may_reconcile=audits and now.actor.may("correct"),
        sandbox=queries.enabled() and now.actor.may("sell"),
        cursor=Cursor(len(shown), None, f"/payments/?{kept}" if before else "", more) if shown else None,
    )


def payment_page(
    now: Acting, number: str, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
) -> PaymentPage:
    view = queries.payment(now.actor, number)
    return PaymentPage(
        row=row_of(view),
        facts=_facts(now, view),
        steps=[StepRow(STEPS[s.what], HOW[s.told], s.at, s.amount, s.reference, s.reason) for s in view.steps],
        paid=view.paid, refunded=view.refunded, waiting=view.waiting, left=view.left, disputed=view.disputed,
        pay_href=view.pay_href,
        until=view.expires_at if view.state == "open" else None,
        may_refund=view.left > 0 and now.actor.may("return"),
        may_clear=view.disputed is not None and now.actor.may("correct"),
        key=new_key(),
        typed=typed or {},
        wrong=refusal.field or "" if refusal else "",
        refused=refused_field(refusal, now, NAMES) if refusal else None,
    )  # fmt: skip


def _facts(now: Acting, view: PaymentView) -> list[tuple[Words, Words]]:
    told: list[tuple[Words, Words]] = [
        (Text(zh="用途", en="For"), _purpose(view)),
        (Text(zh="方式", en="By"), MEANS[view.means]),
    ]
    if view.membership is not None and now.actor.may("read_members"):
        number, name = members.number_and_name(now.actor.programme, view.membership)
        told.append((Text(zh="会员", en="Member"), f"{name} {number}"))
    return told


def _purpose(view: PaymentView) -> Words:
    """What for, in words where the house knows them."""
    known = PURPOSES.get(view.purpose, Text(zh=view.purpose, en=view.purpose))
    return Text(zh=f"{known.zh} · {view.subject}", en=f"{known.en} · {view.subject}")


def statement_page(
    now: Acting, means: str, day: date, typed: Mapping[str, str] | None = None, told: Words = "",
    refusal: Refusal | None = None,
) -> StatementPage:  # fmt: skip
    names = [name for name in MEANS if name not in RECORDED or name == "terminal"]
    return StatementPage(
        means=[(name, MEANS[name], name == means) for name in names],
        day=day.isoformat(),
        rows=[_difference(each) for each in queries.differences(now.actor)],
        key=new_key(),
        told=told,
        typed=typed or {},
        refused=refused_field(refusal, now, NAMES) if refusal else None,
    )


def _difference(view: DifferenceView) -> DifferenceRow:
    if view.ours is None:
        said = Text(
            zh=f"对账单有 {as_yuan(view.theirs or 0)}，我方没有",
            en=f"the statement has {as_yuan(view.theirs or 0)}, our books nothing",
        )
    elif view.theirs is None:
        said = Text(
            zh=f"我方有 {as_yuan(view.ours)}，对账单没有",
            en=f"our books have {as_yuan(view.ours)}, the statement nothing",
        )
    else:
        said = Text(
            zh=f"我方 {as_yuan(view.ours)}，对账单 {as_yuan(view.theirs)}，差 {as_yuan(view.theirs - view.ours)}",
            en=f"ours {as_yuan(view.ours)}, theirs {as_yuan(view.theirs)}: {as_yuan(view.theirs - view.ours)} apart",
        )
    return DifferenceRow(
        view.id,
        KINDS[view.kind],
        view.number,
        view.ours,
        view.theirs,
        said,
        view.day,
        view.reason,
        view.closed_at is None,
    )


def lines_of(text: str) -> list[dict[str, str]] | None:
    """A statement pasted as lines of kind, number and yuan, apart by comma, tab or blanks; None where nothing was pasted."""
    rows = [line.replace(",", " ").replace("，", " ").split() for line in text.splitlines() if line.strip()]
    return [_line(row) for row in rows] if rows else None


def _line(row: Sequence[str]) -> dict[str, str]:
    kinds = {"收款": "paid", "退款": "refund"}
    kind, number, amount = [*row, "", "", ""][:3]
    return {"kind": kinds.get(kind, kind), "number": number, "amount": amount}
