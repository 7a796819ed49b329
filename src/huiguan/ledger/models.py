"""The ledger's tables. Every key begins with the membership; nothing points to another membership's rows.

There are no foreign keys: the rows of a journal are written by one statement and the database refuses to delete any of
them, so a reference cannot dangle unless triggers are switched off, and that `huiguan prove` finds. History is
append-only by trigger; `AccountRow` and `MeasureRow` are its fold and can be made again from it.
"""

from __future__ import annotations

from django.db import models

WORD = 40
ADDRESS = 80


class AccountRow(models.Model):
    """One row per membership with all its units: the only balance row, locked while it moves.

    `units`: {unit: {"balance", "held", "lots": [[seq, n, left, earned, expires, usable]], "holds": [[seq, n, left,
    placed, lapses]]}}; `next_due` is the earliest end among them.
    """

    membership_id = models.BigIntegerField(primary_key=True)
    programme_id = models.BigIntegerField()
    seq = models.BigIntegerField(default=0)
    head = models.BinaryField(max_length=32, default=b"")
    units = models.JSONField(default=dict)
    next_due = models.DateTimeField(null=True)
    written_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ledger_account"
        indexes = [
            models.Index(
                fields=["programme_id", "next_due"],
                name="ledger_account_due",
                condition=models.Q(next_due__isnull=False),
            )
        ]


class JournalRow(models.Model):
    """A link of the membership's chain. `tallies`: [[day, measure, delta]], so that measures can be made again."""

    pk = models.CompositePrimaryKey("membership_id", "seq")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    cause_kind = models.CharField(max_length=WORD)
    cause_ref = models.CharField(max_length=120)
    actor = models.CharField(max_length=ADDRESS)
    clause = models.CharField(max_length=WORD, null=True)
    version = models.BigIntegerField(null=True)
    reverses_seq = models.BigIntegerField(null=True)
    tallies = models.JSONField(null=True)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        db_table = "ledger_journal"


class TransferRow(models.Model):
    """One debit, one credit, one unit, one positive whole amount."""

    pk = models.CompositePrimaryKey("membership_id", "seq", "n")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    unit = models.CharField(max_length=WORD)
    debit = models.CharField(max_length=ADDRESS)
    credit = models.CharField(max_length=ADDRESS)
    amount = models.BigIntegerField()
    clause = models.CharField(max_length=WORD, null=True)

    class Meta:
        db_table = "ledger_transfer"
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="ledger_transfer_amount"),
            models.CheckConstraint(condition=~models.Q(debit=models.F("credit")), name="ledger_transfer_sides"),
        ]


class LotRow(models.Model):
    """Value that arrived once, by the transfer of the same key, with its own life. `clause` will expire it."""

    pk = models.CompositePrimaryKey("membership_id", "seq", "n")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    unit = models.CharField(max_length=WORD)
    amount = models.BigIntegerField()
    earned_at = models.DateTimeField()
    usable_from = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    clause = models.CharField(max_length=WORD, null=True)

    class Meta:
        db_table = "ledger_lot"
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="ledger_lot_amount")]


class LotUseRow(models.Model):
    """What the transfer (seq, transfer) took from a lot; negative: gave back to it."""

    pk = models.CompositePrimaryKey("membership_id", "seq", "n")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    transfer = models.IntegerField()
    lot_seq = models.BigIntegerField()
    lot_n = models.IntegerField()
    amount = models.BigIntegerField()

    class Meta:
        db_table = "ledger_lot_use"
        constraints = [models.CheckConstraint(condition=~models.Q(amount=0), name="ledger_lot_use_amount")]


class HoldRow(models.Model):
    """A step of a hold's life. The placing has the hold's own key: hold_seq = seq, hold_n = n."""

    pk = models.CompositePrimaryKey("membership_id", "seq", "n")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    hold_seq = models.BigIntegerField()
    hold_n = models.IntegerField()
    what = models.CharField(max_length=WORD)
    unit = models.CharField(max_length=WORD)
    amount = models.BigIntegerField()
    lapses_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "ledger_hold"
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="ledger_hold_amount"),
            models.CheckConstraint(
                condition=models.Q(what__in=("placed", "posted", "released", "lapsed")), name="ledger_hold_what"
            ),
        ]


class MeasureRow(models.Model):
    """What a membership did on one local day: {measure: whole number}. The sum of the journals' tallies."""

    pk = models.CompositePrimaryKey("membership_id", "day")
    membership_id = models.BigIntegerField()
    day = models.DateField()
    programme_id = models.BigIntegerField()
    tallies = models.JSONField()

    class Meta:
        db_table = "ledger_measure"


class SealRow(models.Model):
    """The root over every journal a programme wrote from `starts` (null: ever) until before `ends`, chained to the seal before."""

    pk = models.CompositePrimaryKey("programme_id", "day")
    programme_id = models.BigIntegerField()
    day = models.DateField()
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField()
    journals = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "ledger_seal"
