"""What of a member was verified, by whom and how; and the PIN she proves herself by."""

from __future__ import annotations

from django.db import models


class Verification(models.Model):
    """One finding about a member's identity or phone: pending, verified or failed. Only ever added to; the latest counts,
    and only as long as what it was about has not changed since."""

    membership_id = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    what = models.CharField(max_length=10)
    state = models.CharField(max_length=10)
    how = models.CharField(max_length=10)
    note = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what__in=["identity", "phone"], state__in=["pending", "verified", "failed"]),
                name="members_verification_words",
            )
        ]
        indexes = [
            models.Index(fields=["membership_id", "what", "at"], name="members_verification_of"),
            models.Index(fields=["programme_id", "what", "membership_id"], name="members_verification_all"),
        ]


class Pin(models.Model):
    """The number by which a member proves herself when she pays from what she has stored; hashed. `wrong` in a row: with
    too many it opens nothing until it is set anew."""

    membership_id = models.BigIntegerField(primary_key=True)
    programme_id = models.BigIntegerField()
    hash = models.CharField(max_length=200)
    wrong = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
