"""Requests already answered, and the audit chain."""

from __future__ import annotations

from django.db import models


class AnsweredRequest(models.Model):
    """A write that was asked for under a key: what was given (digest) and what was answered. Never edited."""

    programme = models.BigIntegerField()
    scope = models.CharField(max_length=80)  # "<actor reference>|<subject>"
    key = models.CharField(max_length=120)
    operation = models.CharField(max_length=80)
    fingerprint = models.BinaryField(max_length=32)
    answer = models.JSONField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "scope", "key"], name="foundation_request_once")]


class AuditEntry(models.Model):
    """One write by a person or program: who, what, about whom, when; chained per programme by hash."""

    programme = models.BigIntegerField()
    seq = models.BigIntegerField()
    operation = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)
    subject = models.CharField(max_length=120)
    given = models.JSONField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme", "seq"], name="foundation_audit_seq")]
        indexes = [models.Index(fields=["programme", "subject", "seq"])]


class DemoClock(models.Model):
    """How far the domain's clock of this installation stands ahead of the wall. One row; demo installations only."""

    offset_seconds = models.BigIntegerField(default=0)


class ErrandRow(models.Model):
    """A long job somebody asked for and watches: what for, how far it is, how it ended. `given`, `answer`: plain JSON."""

    programme = models.BigIntegerField()
    kind = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)
    given = models.JSONField()
    state = models.CharField(max_length=10, default="waiting")
    done = models.BigIntegerField(default=0)
    total = models.BigIntegerField(default=0)
    answer = models.JSONField(null=True)
    asked_at = models.DateTimeField()

    class Meta:
        db_table = "foundation_errand"
        indexes = [models.Index(fields=["programme", "kind", "-id"], name="foundation_errand_kind")]


class OutboxRow(models.Model):
    """What one transaction told, any number of `events`: [[kind, membership, shop, reference, said?], …].

    `last` is the position of the last of them in the programme's order, null until it is given.
    """

    programme = models.BigIntegerField()
    events = models.IntegerField()
    told = models.JSONField()
    written_at = models.DateTimeField()
    last = models.BigIntegerField(null=True)

    class Meta:
        db_table = "foundation_outbox"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "last"], name="foundation_outbox_once", condition=models.Q(last__isnull=False)
            )
        ]
        indexes = [
            models.Index(fields=["programme", "id"], name="foundation_outbox_new", condition=models.Q(last=None))
        ]


class FeedRow(models.Model):
    """How far the order of a programme has come; the row is locked while positions are given."""

    programme = models.BigIntegerField(primary_key=True)
    generation = models.CharField(max_length=16)
    last = models.BigIntegerField()
    forgotten = models.BigIntegerField()

    class Meta:
        db_table = "foundation_feed"


class Mark(models.Model):
    """When something that seldom changes last changed: a new stamp each time (see `marks`)."""

    what = models.CharField(max_length=40, primary_key=True)
    stamp = models.UUIDField()
