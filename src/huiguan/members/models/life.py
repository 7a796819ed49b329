"""What lies on a membership besides its standing: marks that rooms above write down, and what must be cleared before it
may end."""

from __future__ import annotations

from django.db import models


class Mark(models.Model):
    """A dated fact of a membership that a room above writes down: paid until, recognised, certificate issued. It holds
    from `since` until just before `until`; a change closes one row and opens another."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=80)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    clause = models.CharField(max_length=12, default="")
    cause = models.CharField(max_length=120, default="")
    actor = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "name"], condition=models.Q(until=None), name="members_mark_one_open"
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="members_mark_order"
            ),
        ]
        indexes = [models.Index(fields=["membership_id", "name", "since"], name="members_marks")]


class Encumbrance(models.Model):
    """Something that ties a member to the house: dues, a thing on loan, a certificate to return, clients to hand over.
    `kind` and `ref` name it; `said` is what people read; `amount` fen where it is money. Cleared, never deleted."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    kind = models.CharField(max_length=40)
    ref = models.CharField(max_length=80)
    said = models.CharField(max_length=200)
    amount = models.BigIntegerField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    clause = models.CharField(max_length=12, default="")
    cleared_at = models.DateTimeField(null=True)
    cleared_by = models.CharField(max_length=80, default="")
    how = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "kind", "ref"],
                condition=models.Q(cleared_at=None),
                name="members_encumbrance_once",
            ),
            models.CheckConstraint(
                condition=models.Q(cleared_at=None, cleared_by="")
                | (models.Q(cleared_at__isnull=False) & ~models.Q(cleared_by="")),
                name="members_encumbrance_cleared",
            ),
        ]
        indexes = [models.Index(fields=["membership_id", "kind"], name="members_encumbrances")]
