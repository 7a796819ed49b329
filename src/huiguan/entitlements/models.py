"""Rights and packages, and what was done with them. The tables only grow; the database refuses anything else."""

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
