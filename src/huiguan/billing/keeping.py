"""Adding steps to a payment, under its lock; the view that comes of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiguan.billing.events import PaymentPaid, PaymentRefunded
from huiguan.billing.models import Payment, Step
from huiguan.billing.standing import LATE, PAID, REFUND_ASKED, REFUNDED, Did, Standing, standing_of
from huiguan.billing.values import SANDBOX, PaymentView, StepView
from huiguan.foundation.outbox import tell
from huiguan.kernel.actors import Actor

LATE_REASON = "paid after it was closed"


def locked(number: str, programme: int | None = None) -> Payment | None:
    """The payment, locked until the transaction ends."""
    rows = Payment.objects.select_for_update().filter(number=number)
    return (rows if programme is None else rows.filter(programme_id=programme)).first()


def steps_of(payments: Iterable[Payment]) -> dict[int, list[Step]]:
    """{payment: its steps in order}."""
    found: dict[int, list[Step]] = {payment.pk: [] for payment in payments}
    for step in Step.objects.filter(payment_id__in=found).order_by("payment_id", "n"):
        found[step.payment_id].append(step)
    return found


def steps_in(payment: Payment) -> list[Step]:
    """The steps of one payment, in order."""
    return steps_of([payment])[payment.pk]


def stands(steps: Iterable[Step]) -> Standing:
    return standing_of([Did(step.what, step.amount, step.refund) for step in steps])


def add(
    payment: Payment, steps: list[Step], did: Did, *, actor: Actor, at: datetime, told: str, reference: str = "",
    reason: str = "",
) -> Standing:  # fmt: skip
    """One more step, and what it brings: an event where money came or went, and, for money that came too late, the asking
    for its way back. `steps` grows with it."""
    row = Step.objects.create(
        payment_id=payment.pk, programme_id=payment.programme_id, n=len(steps) + 1, what=did.what, amount=did.amount, refund=did.refund, told=told,
        reference=reference, reason=reason, actor=actor.reference, at=at, written_at=at,
    )  # fmt: skip
    steps.append(row)
    now = stands(steps)
    if did.what in (PAID, REFUNDED):
        _tell(payment, PaymentPaid if did.what == PAID else PaymentRefunded, did.amount or 0, at)
    if did.what == LATE:
        back = Did(REFUND_ASKED, did.amount, now.refunds + 1)
        return add(payment, steps, back, actor=actor, at=at, told="operation", reason=LATE_REASON)
    if payment.unsettled != now.unsettled:
        payment.unsettled = now.unsettled
        payment.save(update_fields=["unsettled"])
    return now


def _tell(payment: Payment, kind: type[PaymentPaid], amount: int, at: datetime) -> None:
    event = kind(
        membership=payment.membership_id, shop=payment.shop_id, reference=payment.number, at=at, amount=amount,
        means=payment.means, purpose=payment.purpose, subject=payment.subject,
    )  # fmt: skip
    tell(payment.programme_id, [event], at)


def view_of(payment: Payment, steps: list[Step] | None = None) -> PaymentView:
    """The payment as others see it; `steps` where they are known already."""
    steps = steps_in(payment) if steps is None else steps
    now = stands(steps)
    return PaymentView(
        number=payment.number, membership=payment.membership_id, shop=payment.shop_id, purpose=payment.purpose,
        subject=payment.subject, title=payment.title, means=payment.means, state=now.state, amount=payment.amount,
        paid=now.paid, refunded=now.refunded, waiting=sum(now.waiting.values()), left=now.denied if payment.used_at else now.left, late=now.late,
        disputed=now.disputed, asked_at=payment.asked_at, expires_at=payment.expires_at,
        pay_href=f"/payments/sandbox/{payment.number}" if payment.means == SANDBOX and now.state == "open" else "",
        used_at=payment.used_at,
        steps=tuple(
            StepView(s.n, s.what, s.amount, s.refund, s.reference, s.told, s.reason, s.actor, s.at) for s in steps
        ),
    )  # fmt: skip
