"""A bank's statement as it was brought in, line by line, until a person has said of each whose money it is."""

from __future__ import annotations

from django.db import models


class BankLine(models.Model):
    """Money that came to the house's account: `reference` is the bank's own number of it, once. `state`: open, matched
    (`money`: the number it was received under), aside (not a member's, with the reason)."""

    programme_id = models.BigIntegerField()
    reference = models.CharField(max_length=80)
    day = models.DateField()
    amount = models.BigIntegerField()
    payer = models.CharField(max_length=120, default="")
    account = models.CharField(max_length=60, default="")
    text = models.CharField(max_length=300, default="")
    file = models.CharField(max_length=120, default="")
    state = models.CharField(max_length=8, default="open")
    money = models.CharField(max_length=20, default="")
    brought_at = models.DateTimeField()
    brought_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=120, default="")
    reason = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "reference"], name="billing_bankline_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_bankline_amount"),
        ]
        indexes = [
            models.Index(fields=["programme_id", "day"], name="billing_bankline_open", condition=models.Q(state="open"))
        ]
