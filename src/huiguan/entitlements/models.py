"""Rights and packages, and what was done with them; batches of claim codes; counters of what there is only so much of.

All but batches and counters only grow; the database refuses anything else.
"""

from __future__ import annotations

from django.db import models
from django.db.models.lookups import Exact


class Right(models.Model):
    """A right a membership was given: what, worth how much (fen), valid when, for which occasion, by which clause.

    Whether it is still good is read from its moments and its uses, never stored.
    """

    pk = models.CompositePrimaryKey("membership_id", "id")
    membership_id = models.BigIntegerField()
    id = models.BigIntegerField()  # from entitlements_right_id_seq
    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=20)  # derived from `id`, so it needs no unique key across memberships
    name = models.CharField(max_length=40)
    clause = models.CharField(max_length=12)
    worth = models.BigIntegerField()
    granted_at = models.DateTimeField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    occasion = models.CharField(max_length=60)
    cause = models.CharField(max_length=120)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership_id", "clause", "occasion"], name="entitlements_right_once"),
            models.CheckConstraint(condition=models.Q(worth__gte=0), name="entitlements_right_worth"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
                name="entitlements_right_validity",
            ),
        ]


class RightUse(models.Model):
    """One use of a right, or the giving back of a use (`restores`); they alternate by `n` from 1."""

    pk = models.CompositePrimaryKey("membership_id", "right_id", "n")
    membership_id = models.BigIntegerField()
    right_id = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    cause = models.CharField(max_length=120)
    restores = models.BooleanField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                # Odd rows use, even rows give back: a second use of a used right has no number to take.
                condition=models.Q(Exact(models.F("n") % 2, 1), restores=False)
                | models.Q(Exact(models.F("n") % 2, 0), restores=True),
                name="entitlements_use_alternates",
            )
        ]


class Package(models.Model):
    """A package a membership bought or was given: what it gives (`allowances`), what of it was used before it was hers
    (`carried`), where it came from (`cause`; `line` of the sale; `origin` the package it was swapped for, its own
    membership's). What is left is counted from its steps, never stored.
    """

    pk = models.CompositePrimaryKey("membership_id", "id")
    membership_id = models.BigIntegerField()
    id = models.BigIntegerField()  # from entitlements_package_id_seq
    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=20)  # derived from the first package it goes back to: it keeps it on its way
    name = models.CharField(max_length=40)
    clause = models.CharField(max_length=12)
    price = models.BigIntegerField()  # fen, what it costs without anything handed in
    allowances = models.JSONField()
    carried = models.JSONField()
    agreement = models.CharField(max_length=200, blank=True)
    sold_at = models.DateTimeField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField(null=True)
    cause = models.CharField(max_length=120)
    line = models.IntegerField()
    origin = models.BigIntegerField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(price__gte=0), name="entitlements_package_price"),
            models.CheckConstraint(
                condition=models.Q(valid_until=None) | models.Q(valid_until__gt=models.F("valid_from")),
                name="entitlements_package_validity",
            ),
        ]


STEPS = ("used", "undone", "swapped", "refunded", "transferred", "moved", "reopened")


class PackageStep(models.Model):
    """What was done with a package, by `n` from 1: used, a use undone (`undoes` its number, once), or an end and, where
    what ended it was itself undone, a new beginning."""

    pk = models.CompositePrimaryKey("membership_id", "package_id", "n")
    membership_id = models.BigIntegerField()
    package_id = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    what = models.CharField(max_length=12, choices=[(step, step) for step in STEPS])
    item = models.CharField(max_length=40, blank=True)
    place = models.IntegerField(null=True)
    quantity = models.IntegerField(null=True)
    undoes = models.IntegerField(null=True)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    shop_id = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=80)
    cause = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership_id", "package_id", "undoes"], name="entitlements_undone_once"),
            models.CheckConstraint(
                condition=models.Q(what="used", quantity__gt=0, place__gte=0) | ~models.Q(what="used"),
                name="entitlements_step_used",
            ),
        ]


MARKS = ("reserved", "locked", "released", "given", "returned", "taken", "lapsed", "revoked")


class RightMark(models.Model):
    """What keeps a right from being used, or frees it again; the last one holds, until `until` where it has an end.

    `mark_for`: the order it is locked for, or the gift it was given under.
    """

    pk = models.CompositePrimaryKey("membership_id", "right_id", "n")
    membership_id = models.BigIntegerField()
    right_id = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    what = models.CharField(max_length=10, choices=[(mark, mark) for mark in MARKS])
    at = models.DateTimeField()
    until = models.DateTimeField(null=True)
    mark_for = models.CharField(max_length=60, blank=True)
    cause = models.CharField(max_length=120)
    written_at = models.DateTimeField()


class Pool(models.Model):
    """How many of something scarce were taken, within a span ("2026-06") and at a shop (0: anywhere)."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    span = models.CharField(max_length=10, blank=True)
    shop_id = models.BigIntegerField(default=0)
    taken = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "name", "span", "shop_id"], name="entitlements_pool_one"),
            models.CheckConstraint(condition=models.Q(taken__gte=0), name="entitlements_pool_taken"),
        ]


class Batch(models.Model):
    """Codes of one coupon, made by the house or brought from outside. `made`: how many there are so far."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    outside = models.BooleanField()
    note = models.CharField(max_length=120, blank=True)
    size = models.IntegerField()
    made = models.IntegerField(default=0)
    each = models.IntegerField(default=1)  # codes one member may turn in
    ends_at = models.DateTimeField(null=True)
    stopped_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["programme_id", "name"])]


class Code(models.Model):
    """One code of a batch, the `n`th from 1."""

    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=80)
    batch_id = models.BigIntegerField()
    n = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "code"], name="entitlements_code_one")]
        indexes = [models.Index(fields=["batch_id", "n"])]


class CodeClaim(models.Model):
    """Who got a code, or was given one from outside. A code has one."""

    code_id = models.BigIntegerField(primary_key=True)
    programme_id = models.BigIntegerField()
    batch_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    right_id = models.BigIntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["batch_id", "membership_id"]),
            models.Index(fields=["membership_id", "right_id"]),
        ]


class RightGift(models.Model):
    """A right offered to a friend under a code she may accept it by; what became of it is told by the right's marks."""

    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=20)
    membership_id = models.BigIntegerField()
    right_id = models.BigIntegerField()
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "code"], name="entitlements_gift_one")]
