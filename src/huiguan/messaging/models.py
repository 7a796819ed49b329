"""Messages with what became of each, how far the feed was read for them, and what the local provider has delivered."""

from __future__ import annotations

from django.db import models


class Message(models.Model):
    """One message for one cause, by one clause. `text` is what she reads, a one-time code's digits masked; address and
    whole text lie in `sealed`. `at`, `due_at` and `good_until` are the domain's moments; the others are the wall's."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField(null=True)
    cause = models.CharField(max_length=120)
    occasion = models.CharField(max_length=30)
    about = models.CharField(max_length=120)
    clause = models.CharField(max_length=40)
    version = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10)
    masked = models.CharField(max_length=120)
    subject = models.CharField(max_length=200, default="")
    text = models.TextField()
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    good_until = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, default="waiting")
    attempts = models.PositiveSmallIntegerField(default=0)
    asked = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)
    claimed_at = models.DateTimeField(null=True)
    provider = models.CharField(max_length=20, default="")
    reference = models.CharField(max_length=200, default="")
    trouble = models.CharField(max_length=300, default="")
    sent_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "cause", "clause"], name="messaging_message_once")
        ]
        indexes = [
            models.Index(fields=["membership_id", "-id"], name="messaging_message_of_member"),
            models.Index(fields=["programme_id", "state", "-id"], name="messaging_message_by_state"),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state__in=["waiting", "claimed", "unknown"]),
                name="messaging_message_open",
            ),
            models.Index(
                fields=["retry_at"], condition=models.Q(retry_at__isnull=False), name="messaging_message_again"
            ),
            models.Index(
                fields=["provider", "reference"], condition=~models.Q(reference=""), name="messaging_message_receipt"
            ),
        ]


class Attempt(models.Model):
    """One time a message was given to a provider, asked about, or reported on; on the wall's clock."""

    programme_id = models.BigIntegerField()
    message = models.ForeignKey(Message, models.RESTRICT, related_name="tries")
    at = models.DateTimeField()
    what = models.CharField(max_length=10)
    outcome = models.CharField(max_length=10)
    trouble = models.CharField(max_length=300, default="")
    by = models.CharField(max_length=80, default="")

    class Meta:
        indexes = [models.Index(fields=["message", "id"], name="messaging_attempt_of_message")]


class Cursor(models.Model):
    """How far one `name` was read: a position of the feed ("events"), or the moment up to which a daily occasion was
    told."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=30)
    position = models.BigIntegerField(default=0)
    generation = models.CharField(max_length=20, default="")
    told_until = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "name"], name="messaging_cursor_once")]


class LocalDelivery(models.Model):
    """What the local provider has put into its box: the phone or mailbox a person opens in the console."""

    programme_id = models.BigIntegerField()
    key = models.CharField(max_length=80)
    channel = models.CharField(max_length=10)
    masked = models.CharField(max_length=120)
    address_hash = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "key"], name="messaging_local_once")]
        indexes = [models.Index(fields=["programme_id", "address_hash", "-id"], name="messaging_local_box")]
