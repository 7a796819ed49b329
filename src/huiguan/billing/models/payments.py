"""Payments and what became of them. A payment's steps only grow; its state is read from them.

The sandbox's orders are the other side's books: what a provider would keep, here where a person can look into it.
"""

from __future__ import annotations

from django.db import models


class Payment(models.Model):
    """Money asked for: `amount` fen by `means`, for `purpose` and its `subject`, opaque here. `number` is the order's
    with the provider, unguessable; `expires_at`: not paid by then, it is closed. Locked while a step is added."""

    number = models.CharField(max_length=24, unique=True)
    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField(null=True)
    shop_id = models.BigIntegerField(null=True)
    purpose = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=120)
    means = models.CharField(max_length=20)
    amount = models.BigIntegerField()
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    expires_at = models.DateTimeField()
    unsettled = models.BooleanField(default=True)  # something is still to be asked of the provider
    used_at = models.DateTimeField(null=True)  # what it was for was done
    looked_at = models.DateTimeField(null=True)  # when the provider was last asked about what is unsettled

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_payment_amount")]
        indexes = [
            models.Index(fields=["programme_id", "-asked_at"], name="billing_payment_newest"),
            models.Index(
                fields=["programme_id", "asked_at"], name="billing_payment_unsettled",
                condition=models.Q(unsettled=True),
            ),
            models.Index(
                fields=["programme_id", "purpose", "asked_at"], name="billing_payment_unused",
                condition=models.Q(used_at=None),
            ),
        ]  # fmt: skip


class Step(models.Model):
    """One thing that became of a payment: a word of `standing.STEPS`. `refund`: of which refund (1, 2, …); `reference`:
    the provider's own; `told`: how we know (notice, query, counter, operation)."""

    pk = models.CompositePrimaryKey("payment_id", "n")
    payment_id = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    n = models.IntegerField()
    what = models.CharField(max_length=20)
    amount = models.BigIntegerField(null=True)
    refund = models.IntegerField(null=True)
    reference = models.CharField(max_length=80, default="")
    told = models.CharField(max_length=12)
    reason = models.CharField(max_length=200, default="")
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["programme_id", "at"], name="billing_step_day")]


class Difference(models.Model):
    """A line of a provider's statement and our books that do not agree, until a person has said why. `ours`, `theirs`: fen,
    null where one side knows nothing of it."""

    programme_id = models.BigIntegerField()
    means = models.CharField(max_length=20)
    day = models.DateField()
    kind = models.CharField(max_length=8)  # paid, refund
    number = models.CharField(max_length=80)
    ours = models.BigIntegerField(null=True)
    theirs = models.BigIntegerField(null=True)
    found_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, default="")
    reason = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme_id", "means", "day", "kind", "number"], name="billing_difference_once"
            )
        ]


class SandboxOrder(models.Model):
    """The sandbox's own order. `state`: open, paid, closed; `taken` fen it says it took; `refunds`: {key: [fen, state]};
    `refuses_refunds`: the next refund is refused, or left unanswered."""

    number = models.CharField(max_length=24, unique=True)
    programme_id = models.BigIntegerField()
    title = models.CharField(max_length=120)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=8)
    taken = models.BigIntegerField(null=True)
    reference = models.CharField(max_length=40)
    paid_at = models.DateTimeField(null=True)
    refunds = models.JSONField(default=dict)
    next_refund = models.CharField(max_length=8, default="done")  # done, refused, silent
    made_at = models.DateTimeField()


class SandboxNotice(models.Model):
    """A notice the sandbox has to send: to be posted as it stands, `times` times, once `due_at` is past."""

    order = models.ForeignKey(SandboxOrder, on_delete=models.PROTECT, related_name="notices")
    programme_id = models.BigIntegerField()
    body = models.TextField()
    due_at = models.DateTimeField()
    times = models.IntegerField(default=1)
    sent = models.IntegerField(default=0)
    answered = models.CharField(max_length=200, default="")
