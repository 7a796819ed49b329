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
