"""Who wants to be told, how far each has been told, and every attempt at telling.

Moments of deliveries are the wall's: receivers live there, whatever the domain's clock says.
"""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Subscription(models.Model):
    """A program's address, and how far it has been told: `position` is the last event it took, or that was not for it.

    `types` empty: all it may read. `secret` and the one before it (good until `old_secret_until`) are sealed. While an
    event is not taken, `failures` counts its attempts, `retry_at` is the next and `failing_since` the first.
    """

    class State(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        STOPPED = "stopped"

    programme_id = models.BigIntegerField()
    client = models.ForeignKey("identity.Client", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    types = ArrayField(models.CharField(max_length=60))
    secret = models.BinaryField()
    old_secret = models.BinaryField(null=True)
    old_secret_until = models.DateTimeField(null=True)
    generation = models.CharField(max_length=16)
    position = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices)
    reason = models.CharField(max_length=20, default="")  # why it is not active: a word of values.REASONS
    failures = models.IntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    failing_since = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "name"], name="hooks_subscription_name")]


class Attempt(models.Model):
    """One request to a receiver and what came of it. `position` null: a test, of no event. `trouble`: a word of
    values.TROUBLES, empty where it was taken; `by`: who asked for it by hand."""

    programme_id = models.BigIntegerField()
    subscription = models.ForeignKey(Subscription, on_delete=models.PROTECT, related_name="+")
    message = models.CharField(max_length=60)  # webhook-id
    kind = models.CharField(max_length=60)
    position = models.BigIntegerField(null=True)
    n = models.IntegerField()
    at = models.DateTimeField()
    status = models.IntegerField(null=True)
    ms = models.IntegerField()
    trouble = models.CharField(max_length=20)
    answer = models.CharField(max_length=500)
    by = models.CharField(max_length=120, default="")

    class Meta:
        indexes = [
            models.Index(fields=["subscription", "-id"], name="hooks_attempt_newest"),
            models.Index(fields=["programme_id", "at"], name="hooks_attempt_old"),
        ]
