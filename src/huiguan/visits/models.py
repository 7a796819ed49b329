"""Members who come in by themselves: on which device, what they showed at the till, what they agreed to."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Visit(models.Model):
    """A phone that proved itself at a device, on wall time. The browser holds the token, this row its hash.

    Without a membership it may only join, or show that it is the member the phone belonged to; until then the phone lies
    sealed here.
    """

    class Stage(models.TextChoices):
        MEMBER = "member"
        STRANGER = "stranger"  # nobody has this phone
        FACT = "fact"  # somebody has it who was not seen for so long that it may be another's now

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField(null=True)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    phone = models.BinaryField(null=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    address = models.CharField(max_length=45)
    device = models.CharField(max_length=300)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)  # wrong facts

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stage="member", membership_id__isnull=False, phone=None)
                | models.Q(stage__in=["stranger", "fact"], membership_id=None, phone__isnull=False),
                name="visits_visit_known_or_phone",
            )
        ]
        indexes = [
            models.Index(fields=["membership_id"], condition=models.Q(ended_at=None), name="visits_visit_open"),
        ]


class TakenCode(models.Model):
    """A code a member showed, from the moment somebody scanned it: another scans it no more. On wall time."""

    pk = models.CompositePrimaryKey("membership_id", "issued", "nonce")
    membership_id = models.BigIntegerField()
    issued = models.BigIntegerField()  # seconds since 1970
    nonce = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    taken_by = models.CharField(max_length=80)
    taken_at = models.DateTimeField()
    used_for = models.CharField(max_length=80, default="")
    used_at = models.DateTimeField(null=True)


class Consent(models.Model):
    """What a member agreed to or withdrew, in which words, when. Only ever added to; the newest of a kind counts. Of `share`
    the version is to whom, and the newest of each counts."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    what = models.CharField(max_length=20)
    given = models.BooleanField()
    version = models.CharField(max_length=40)
    words = models.JSONField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)

    class Meta:
        indexes = [models.Index(fields=["membership_id", "what", "-id"], name="visits_consent_newest")]


class ApplicantConsent(models.Model):
    """What an applicant agreed to before anything was asked of her, by the key of her matter: whoever becomes a member by it
    has agreed. Only ever added to."""

    programme_id = models.BigIntegerField()
    matter_id = models.BigIntegerField()
    what = models.CharField(max_length=20)
    version = models.CharField(max_length=40)
    words = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter_id", "what"], name="visits_applicantconsent_once")]


class BegunApplication(models.Model):
    """An application a guest began, or tried to: at which device and from which place of the net, as hashes, on wall time;
    `key`: under which she asked. What bounds how many one of them begins."""

    programme_id = models.BigIntegerField()
    matter_id = models.BigIntegerField(null=True)
    guest = models.BinaryField(max_length=32, null=True)
    source = models.BinaryField(max_length=32, null=True)
    key = models.CharField(max_length=64, default="")
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["programme_id", "source", "-at"], name="visits_begun_by_source"),
            models.Index(fields=["programme_id", "guest"], name="visits_begun_by_guest"),
        ]


class Disclosure(models.Model):
    """Something of a member that somebody outside was told: to whom, for what, which fields, on what ground. Only ever
    added to."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    recipient = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    fields = ArrayField(models.CharField(max_length=40))
    basis = models.CharField(max_length=8)
    ground = models.CharField(max_length=200, default="")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["membership_id", "-id"], name="visits_disclosure_newest")]


class Erasure(models.Model):
    """That the data of a former member, of an applicant (`matter_id`, whose number is `matter`) or of somebody who held a
    membership before another (`party_id`) was erased: when, by whom, on which ground, and how much of what. Only ever
    added to."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField(null=True)
    matter_id = models.BigIntegerField(null=True, unique=True)
    matter = models.CharField(max_length=20, default="")
    party_id = models.BigIntegerField(null=True, unique=True)
    clause = models.CharField(max_length=12, default="")
    reason = models.CharField(max_length=200, default="")
    counts = models.JSONField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id"], condition=models.Q(party_id=None), name="visits_erasure_of_member"
            )
        ]
