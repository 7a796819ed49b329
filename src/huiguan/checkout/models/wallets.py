"""Stored value: top-ups and their refunds as evidence, what lies in custody, and what was outstanding night by night."""

from __future__ import annotations

from django.db import models


class TopUp(models.Model):
    """Value stored for a member. `seq` is the journal that stored it; `amount` and `bonus` fen.

    `document`: tenders, received, payer, identity, named, shift, clerk, clause, bonus_clause, bonus_until, wallet, reasons.
    """

    pk = models.CompositePrimaryKey("membership_id", "seq")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    number = models.CharField(max_length=60)
    client = models.CharField(max_length=40)
    clerk = models.CharField(max_length=80)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    version = models.BigIntegerField()
    amount = models.BigIntegerField()
    bonus = models.BigIntegerField()
    document = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0, bonus__gte=0), name="checkout_topup_amount")
        ]
        indexes = [models.Index(fields=["shop_id", "at"], name="checkout_topup_shop_at")]


class TopUpRefund(models.Model):
    """The `n`th refund of a top-up. `refund` fen went to the member, `deducted` (below nought: given back) and `fee` were
    kept of the principal, `bonus` taken back. `document`: tenders, shift, clerk, journal, reason, wallet, reasons."""

    pk = models.CompositePrimaryKey("membership_id", "top_up_seq", "n")
    membership_id = models.BigIntegerField()
    top_up_seq = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    refund = models.BigIntegerField()
    deducted = models.BigIntegerField()
    fee = models.BigIntegerField()
    bonus = models.BigIntegerField()
    document = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(refund__gt=0, fee__gte=0, bonus__gte=0), name="checkout_topupback"
            )
        ]
        indexes = [models.Index(fields=["shop_id", "at"], name="checkout_topupback_shop_at")]


class CustodyBalance(models.Model):
    """What the custodian's statement of a day says, fen. The latest of a day holds."""

    programme_id = models.BigIntegerField()
    day = models.DateField()
    balance = models.BigIntegerField()
    note = models.CharField(max_length=200, blank=True)
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["programme_id", "-day", "-id"], name="checkout_custody_day")]
        constraints = [models.CheckConstraint(condition=models.Q(balance__gte=0), name="checkout_custody_balance")]


class StoredDay(models.Model):
    """What was outstanding when a local day ended, and what of it was out of bounds (`findings`: reasons). Fen."""

    programme_id = models.BigIntegerField()
    day = models.DateField()
    principal = models.BigIntegerField()
    bonus = models.BigIntegerField()
    holders = models.BigIntegerField()
    in_custody = models.BigIntegerField(null=True)
    findings = models.JSONField()
    version = models.BigIntegerField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "day"], name="checkout_storedday_once")]
