"""What members owe the house, what moved on it, the money that came and went, deposits, shares.

A charge's moves, money, bases and shares only grow; what is open, late or short is read from them. Sums are in fen.
"""

from __future__ import annotations

from django.db import models


class Series(models.Model):
    """The last number given of a series in a year: numbers without gaps, given under the row's lock."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=8)
    year = models.IntegerField()
    last = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "name", "year"], name="billing_series_once")]


class Charge(models.Model):
    """`amount` fen that `fee` costs a membership, due at the end of the local day `due`. `key`: once per membership and
    fee; `covers_first`, `covers_last`: the days it pays for. `version` and `clause` judge it for as long as it lives.
    `open`: something of it may still be owed; kept with every move."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    number = models.CharField(max_length=20)
    fee = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    clause = models.CharField(max_length=20)
    version = models.BigIntegerField()
    note = models.CharField(max_length=200, default="")
    amount = models.BigIntegerField()
    due = models.DateField()
    covers_first = models.DateField(null=True)
    covers_last = models.DateField(null=True)
    reason = models.JSONField()
    raised_at = models.DateTimeField()
    raised_by = models.CharField(max_length=80)
    open = models.BooleanField(default=True)
    cancelled_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)  # when what being late means was done
    suspended_at = models.DateTimeField(null=True)  # when it suspended her; null also once that was lifted

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="billing_charge_number"),
            models.UniqueConstraint(fields=["membership_id", "fee", "key"], name="billing_charge_once"),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_charge_amount"),
        ]
        indexes = [
            models.Index(fields=["programme_id", "due"], name="billing_charge_open", condition=models.Q(open=True)),
            models.Index(fields=["programme_id", "-raised_at"], name="billing_charge_newest"),
        ]


class ChargeMove(models.Model):
    """What became of a charge: `what` and `portion` are words of `rules.owing`, `day` the local day that counts, `money` the
    number of what came or went with it, '' for credit used."""

    pk = models.CompositePrimaryKey("charge_id", "n")
    charge_id = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    what = models.CharField(max_length=8)
    portion = models.CharField(max_length=9)
    amount = models.BigIntegerField()
    day = models.DateField()
    money = models.CharField(max_length=20, default="")
    reason = models.CharField(max_length=200, default="")
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_chargemove_amount")]
        indexes = [models.Index(fields=["programme_id", "money"], name="billing_chargemove_money")]


class Money(models.Model):
    """Money of a member that came (`in`) or went (`out`), under a number without gaps: the receipt's, the voucher's.
    `reference`: the bank's, the terminal's or the payment's own, once; `day`: the local day on which it came; `undoes`: what
    this takes back."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    number = models.CharField(max_length=20)
    way = models.CharField(max_length=3)  # in, out
    amount = models.BigIntegerField()
    means = models.CharField(max_length=20)
    reference = models.CharField(max_length=80, default="")
    payer = models.CharField(max_length=120, default="")
    day = models.DateField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    note = models.CharField(max_length=200, default="")
    deposit = models.CharField(max_length=40, default="")
    undoes = models.CharField(max_length=20, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="billing_money_number"),
            models.UniqueConstraint(
                fields=["programme_id", "means", "reference"], name="billing_money_reference",
                condition=~models.Q(reference=""),
            ),
            models.UniqueConstraint(
                fields=["programme_id", "undoes"], name="billing_money_undone", condition=~models.Q(undoes="")
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="billing_money_amount"),
        ]  # fmt: skip
        indexes = [models.Index(fields=["membership_id", "-at"], name="billing_money_newest")]


class FeeRun(models.Model):
    """A fee raised for everybody on a `day`, membership by membership: `reached` is the number of the last one looked at."""

    programme_id = models.BigIntegerField()
    fee = models.CharField(max_length=40)
    day = models.DateField()
    begun_at = models.DateTimeField()
    by = models.CharField(max_length=80)
    reached = models.CharField(max_length=40, default="")
    charged = models.IntegerField(default=0)
    left_out = models.IntegerField(default=0)
    total = models.BigIntegerField(default=0)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "fee", "day"], name="billing_feerun_once")]


class Waiver(models.Model):
    """What somebody asked to be written off of a charge, and what another decided."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT)
    amount = models.BigIntegerField()
    portion = models.CharField(max_length=9)
    reason = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=80)
    asked_name = models.CharField(max_length=120)
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=8, default="")  # '', approved, refused
    decided_by = models.CharField(max_length=120, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["charge", "portion"], name="billing_waiver_open", condition=models.Q(decision="")
            )
        ]


class Reminded(models.Model):
    """That a member was reminded of a charge, once for each day the clause names."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT)
    step = models.IntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["charge", "step"], name="billing_reminded_once")]


class DepositBase(models.Model):
    """The figure a deposit is a part of, as it was assessed; the newest counts."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    deposit = models.CharField(max_length=40)
    base = models.BigIntegerField(null=True)
    note = models.CharField(max_length=200, default="")
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["membership_id", "deposit", "-at"], name="billing_depositbase_newest")]


class DepositCall(models.Model):
    """What a member was asked to make up of a deposit, by the end of the local day `due`; closed when it is held."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    deposit = models.CharField(max_length=40)
    clause = models.CharField(max_length=20)
    version = models.BigIntegerField()
    required = models.BigIntegerField()
    short = models.BigIntegerField()
    due = models.DateField()
    called_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    followed_at = models.DateTimeField(null=True)  # when what being late means was done
    suspended_at = models.DateTimeField(null=True)  # when it suspended her; null also once that was lifted

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "deposit"], name="billing_depositcall_open",
                condition=models.Q(closed_at=None),
            )
        ]  # fmt: skip
        indexes = [
            models.Index(
                fields=["programme_id", "due"], name="billing_depositcall_due", condition=models.Q(closed_at=None)
            )
        ]


class AgreedShare(models.Model):
    """The part of a share agreed with a member, from a local day on; the newest counts, nought ends it."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    share = models.CharField(max_length=40)
    part = models.CharField(max_length=24)  # 19/100
    since = models.DateField()
    by = models.CharField(max_length=80)
    at = models.DateTimeField()


class Division(models.Model):
    """An amount divided among members under a share, once for each `key` (such as a month)."""

    programme_id = models.BigIntegerField()
    share = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    clause = models.CharField(max_length=20)
    version = models.BigIntegerField()
    total = models.BigIntegerField()
    kept = models.BigIntegerField()
    parts = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "share", "key"], name="billing_division_once")]
