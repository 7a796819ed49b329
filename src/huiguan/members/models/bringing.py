"""Who brought whom."""

from __future__ import annotations

from django.db import models


class Referral(models.Model):
    """Who brought a member, and what came of it. `state`: waiting, rewarded, lapsed, undone; `version` of the rulebook it
    was named under judges it. `document`: why, and what each got or gave back."""

    membership_id = models.BigIntegerField(primary_key=True)  # the friend's: she is brought once
    programme_id = models.BigIntegerField()
    referrer_id = models.BigIntegerField()
    clause = models.CharField(max_length=12)
    version = models.BigIntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    state = models.CharField(max_length=10, default="waiting")
    sale = models.CharField(max_length=40, blank=True)  # the first purchase that counted
    settled_at = models.DateTimeField(null=True)
    settled_written_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(membership_id=models.F("referrer_id")), name="members_referral_two"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", settled_at=None)
                | (models.Q(state__in=["rewarded", "lapsed", "undone"]) & models.Q(settled_at__isnull=False)),
                name="members_referral_settled",
            ),
        ]
        indexes = [
            models.Index(fields=["referrer_id", "at"], name="members_referral_by"),
            models.Index(
                fields=["programme_id", "membership_id"],
                name="members_referral_open",
                condition=models.Q(state="waiting"),
            ),
        ]
