"""Payments as programs read them."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.api.schemas import Answer, Yuan
from huiguan.billing.values import DifferenceView, PaymentView, Reconciled, StepView
from huiguan.kernel.amounts import as_yuan


class PaymentStep(Answer):
    """`told`: notice, query, counter or operation."""

    n: int
    what: str
    amount: Yuan | None
    refund: int | None
    reference: str
    told: str
    reason: str
    at: datetime


class PaymentAnswer(Answer):
    """`state`: open, paid, part_refunded, refunded, failed, closed or disputed. `waiting`: refunds the provider has not
    answered; `left`: what may still be refunded; `pay_path`: where it is paid, empty where nowhere."""

    number: str
    purpose: str
    subject: str
    title: str
    means: str
    state: str
    amount: Yuan
    paid: Yuan
    refunded: Yuan
    waiting: Yuan
    left: Yuan
    late: bool
    disputed: Yuan | None
    asked_at: datetime
    expires_at: datetime
    pay_path: str
    steps: list[PaymentStep]


class PaymentsPage(Answer):
    items: list[PaymentAnswer]
    next: str | None


class StatementDifference(Answer):
    """`ours`, `theirs`: null where one side knows nothing of it."""

    id: int
    means: str
    day: date
    kind: str
    number: str
    ours: Yuan | None
    theirs: Yuan | None
    closed_at: datetime | None
    reason: str


class ReconciledAnswer(Answer):
    """`agreed`: how many lines; `paid`, `refunded`: what the statement comes to."""

    day: date
    means: str
    agreed: int
    paid: Yuan
    refunded: Yuan
    differences: list[StatementDifference]


def told_payment(view: PaymentView) -> PaymentAnswer:
    return PaymentAnswer(
        number=view.number, purpose=view.purpose, subject=view.subject, title=view.title, means=view.means,
        state=view.state, amount=as_yuan(view.amount), paid=as_yuan(view.paid), refunded=as_yuan(view.refunded),
        waiting=as_yuan(view.waiting), left=as_yuan(view.left), late=view.late, disputed=_maybe(view.disputed),
        asked_at=view.asked_at, expires_at=view.expires_at, pay_path=view.pay_href,
        steps=[_step(step) for step in view.steps],
    )  # fmt: skip


def _step(step: StepView) -> PaymentStep:
    return PaymentStep(
        n=step.n, what=step.what, amount=_maybe(step.amount), refund=step.refund, reference=step.reference,
        told=step.told, reason=step.reason, at=step.at,
    )  # fmt: skip


def told_difference(view: DifferenceView) -> StatementDifference:
    return StatementDifference(
        id=view.id, means=view.means, day=view.day, kind=view.kind, number=view.number, ours=_maybe(view.ours),
        theirs=_maybe(view.theirs), closed_at=view.closed_at, reason=view.reason,
    )  # fmt: skip


def told_reconciled(view: Reconciled) -> ReconciledAnswer:
    return ReconciledAnswer(
        day=view.day, means=view.means, agreed=view.agreed, paid=as_yuan(view.paid), refunded=as_yuan(view.refunded),
        differences=[told_difference(each) for each in view.differences],
    )  # fmt: skip


def _maybe(fen: int | None) -> str | None:
    return None if fen is None else as_yuan(fen)
