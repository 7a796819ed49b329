"""Questions about payments. An actor sees her programme's, at her shops; a member only her own."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiguan.billing.keeping import steps_of, view_of
from huiguan.billing.models import Difference, Payment, SandboxOrder, Step
from huiguan.billing.providers.sandbox import enabled
from huiguan.billing.reconciling import difference_of
from huiguan.billing.standing import PAID, REFUND_ASKED
from huiguan.billing.values import RECORDED, DifferenceView, PaymentView
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

PAYMENT = Text(zh="支付", en="payment")


def payment(actor: Actor, number: str) -> PaymentView:
    """One payment with its steps. Refuses NotFound."""
    row = _seen(actor).filter(number=number).first()
    if row is None:
        raise NotFound(field="payment", what=PAYMENT, given=number)
    return view_of(row, steps_of([row])[row.pk])


def payments(
    actor: Actor, *, unsettled: bool = False, before: int | None = None, limit: int = 50
) -> list[tuple[int, PaymentView]]:
    """(place, payment), the latest first, from before the place `before` on."""
    rows = _seen(actor).order_by("-pk")
    if unsettled:
        rows = rows.filter(unsettled=True)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[:limit])
    steps = steps_of(found)
    return [(row.pk, view_of(row, steps[row.pk])) for row in found]


def paid_for(programme: int, purpose: str, limit: int = 200) -> list[str]:
    """Numbers of the payments that members paid from afar for `purpose`, not used and nothing of them asked back, the oldest
    first. What was taken at the counter is used there."""
    steps = Step.objects.filter(payment_id=OuterRef("pk"))
    rows = Payment.objects.filter(programme_id=programme, purpose=purpose, used_at=None, membership_id__isnull=False)
    rows = rows.exclude(means__in=RECORDED).filter(
        Exists(steps.filter(what=PAID)), ~Exists(steps.filter(what=REFUND_ASKED))
    )
    return list(rows.order_by("asked_at", "pk").values_list("number", flat=True)[:limit])


def sandbox_order(number: str) -> SandboxOrder | None:
    """An order in the sandbox by its number, which is the key to it; None where there is none or no sandbox."""
    return SandboxOrder.objects.filter(number=number).first() if enabled() else None


def _seen(actor: Actor) -> QuerySet[Payment]:
    rows = Payment.objects.filter(programme_id=actor.programme)
    if actor.membership is not None:
        return rows.filter(membership_id=actor.membership)
    if not any(actor.may(power) for power in ("sell", "audit")):
        actor.demand("audit")
    return rows if actor.shops is None else rows.filter(Q(shop_id__in=actor.shops) | Q(shop_id=None))


def differences(actor: Actor, *, day: date | None = None, still_open: bool = True) -> list[DifferenceView]:
    """Lines that do not agree, the latest day first. Takes `audit`."""
    actor.demand("audit")
    rows = Difference.objects.filter(programme_id=actor.programme)
    if day is not None:
        rows = rows.filter(day=day)
    if still_open:
        rows = rows.filter(closed_at=None)
    return [difference_of(row) for row in rows.order_by("-day", "kind", "number")[:500]]
