"""Rights granted and what was done with them. Both tables only grow; the database refuses anything else."""

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
