"""Certificates handed out, and the next number of each kind."""

from __future__ import annotations

from django.db import models


class Certificate(models.Model):
    """A certificate and what became of it. `seq` runs without a gap; `code` opens the public page. Ended, never deleted."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    certificate = models.CharField(max_length=40)
    seq = models.BigIntegerField()
    number = models.CharField(max_length=30)
    code = models.CharField(max_length=30, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    until = models.DateTimeField(null=True)
    clause = models.CharField(max_length=12)
    version = models.BigIntegerField()
    ended_at = models.DateTimeField(null=True)
    ended = models.CharField(max_length=10, default="")  # revoked, replaced
    why = models.CharField(max_length=200, default="")
    ended_by = models.CharField(max_length=80, default="")
    replaced_by = models.CharField(max_length=30, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "certificate", "seq"], name="members_certificate_seq"),
            models.UniqueConstraint(fields=["programme_id", "number"], name="members_certificate_number"),
            models.UniqueConstraint(
                fields=["membership_id", "certificate"],
                condition=models.Q(ended_at=None),
                name="members_certificate_one",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended="")
                | models.Q(ended_at__isnull=False, ended__in=["revoked", "replaced"]),
                name="members_certificate_ended",
            ),
        ]


class CertificateSeries(models.Model):
    """The next number of a certificate: taken under a lock, so that none is left out."""

    programme_id = models.BigIntegerField()
    certificate = models.CharField(max_length=40)
    next = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "certificate"], name="members_certificate_series")
        ]
