"""Programmes and the published versions of their rulebooks."""

from __future__ import annotations

from django.db import models


class Programme(models.Model):
    """A membership programme: what a rulebook governs and every other table is keyed by."""

    code = models.CharField(max_length=40, unique=True)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    created_at = models.DateTimeField()


class Version(models.Model):
    """A published rulebook, whole, with the proof it was published on. Never edited: a new version follows it."""

    programme = models.ForeignKey(Programme, models.RESTRICT, related_name="versions")
    number = models.PositiveIntegerField()
    source = models.TextField()
    digest = models.CharField(max_length=64)
    effective_from = models.DateTimeField()
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=80)
    published_by_name = models.CharField(max_length=120)
    proof = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_version_number"),
        ]
        indexes = [models.Index(fields=["programme", "effective_from", "number"], name="programme_version_from")]
