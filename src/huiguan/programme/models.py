"""Programmes, the published versions of their rulebooks, and the drafts these come from."""

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
    resolution = models.CharField(max_length=120, default="", db_default="")
    proof = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_version_number"),
        ]
        indexes = [models.Index(fields=["programme", "effective_from", "number"], name="programme_version_from")]


class Draft(models.Model):
    """A rulebook being written. `based_on`: the version it began from; `revision`: the latest that was saved; `version`:
    what it was published as. What happened to it stands in its events."""

    programme = models.ForeignKey(Programme, models.RESTRICT, related_name="drafts")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    based_on = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10)
    revision = models.PositiveIntegerField(default=1)
    version = models.PositiveIntegerField(null=True)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    opened_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="programme_draft_number"),
            models.CheckConstraint(
                condition=models.Q(state__in=["open", "submitted", "approved", "withdrawn"], version=None)
                | models.Q(state="published", version__isnull=False),
                name="programme_draft_state",
            ),
        ]


class DraftRevision(models.Model):
    """The text of a draft as somebody saved it, kept for ever."""

    programme_id = models.BigIntegerField()
    draft = models.ForeignKey(Draft, models.RESTRICT, related_name="revisions")
    revision = models.PositiveIntegerField()
    source = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "revision"], name="programme_draft_revision")]


class DraftExamples(models.Model):
    """The examples a draft's users wrote, one file, as of `number`; the highest holds. Kept like the revisions.

    `aside`: examples that come out otherwise because the draft means them to: clause, says, reason, by.
    """

    programme_id = models.BigIntegerField()
    draft = models.ForeignKey(Draft, models.RESTRICT, related_name="examples")
    number = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    aside = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "number"], name="programme_draft_examples")]


class DraftProof(models.Model):
    """How the examples came out under one text of a draft. `told`: those that differ, set aside ones too, as JSON."""

    programme_id = models.BigIntegerField()
    draft = models.ForeignKey(Draft, models.RESTRICT, related_name="proofs")
    digest = models.CharField(max_length=64)
    examples_digest = models.CharField(max_length=64)
    examples = models.PositiveIntegerField()
    passed = models.PositiveIntegerField()
    told = models.JSONField()
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["draft", "digest"], name="programme_draft_proof")]


class DraftEvent(models.Model):
    """What somebody did with a draft, at which of its revisions, and why where a reason was given."""

    programme_id = models.BigIntegerField()
    draft = models.ForeignKey(Draft, models.RESTRICT, related_name="events")
    what = models.CharField(max_length=12)
    revision = models.PositiveIntegerField()
    reason = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)


class ApprovalRule(models.Model):
    """Whether a new version takes a second person's approval, since `at`; the latest holds. Without any it does."""

    programme = models.ForeignKey(Programme, models.RESTRICT, related_name="approval_rules")
    second_person = models.BooleanField()
    reason = models.CharField(max_length=2000)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)
