"""Papers and what is known of them: files sealed in rows of their own, versions, verdicts, signatures, readings.

Whose a paper is, is an opaque word: `party:12`, `matter:7`. This room knows neither.
"""

from __future__ import annotations

from django.db import models


class File(models.Model):
    """The bytes of one file, sealed under the installation's key; `digest` is of what lies inside."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=160)  # as it was called, its ending put right
    media = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    pages = models.PositiveIntegerField(null=True)
    digest = models.BinaryField(max_length=32)
    sealed = models.BinaryField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)


class Document(models.Model):
    """One paper of somebody, as it is told now; what was told before is in its versions."""

    class Form(models.TextChoices):
        ORIGINAL = "original"
        DUPLICATE = "duplicate"
        COPY = "copy"

    programme_id = models.BigIntegerField()
    holder = models.CharField(max_length=60)
    doc = models.CharField(max_length=40)
    form = models.CharField(max_length=10, choices=Form.choices, default="", blank=True)
    sealed_number = models.BinaryField(null=True)  # the paper's own: of an identity card it is nobody's business
    issuer = models.CharField(max_length=120, default="")
    issued = models.DateField(null=True)
    expires = models.DateField(null=True)
    period = models.CharField(max_length=20, default="")
    whose = models.CharField(max_length=40, default="")
    part = models.CharField(max_length=40, default="")
    pair = models.CharField(max_length=40, default="")
    stamped = models.BooleanField(default=False)
    scan = models.BooleanField(default=False)
    edition = models.PositiveIntegerField(default=1)  # its newest version
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["programme_id", "holder"], name="documents_of_holder"),
            models.Index(
                fields=["programme_id", "expires"],
                name="documents_expiring",
                condition=models.Q(expires__isnull=False, withdrawn_at=None),
            ),
        ]


class Version(models.Model):
    """What was handed in, once: with a file, or on paper alone. `told` is all that was told of it then."""

    programme_id = models.BigIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="versions")
    edition = models.PositiveIntegerField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, null=True, related_name="+")
    told = models.JSONField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "edition"], name="documents_version_once")]


class Note(models.Model):
    """What somebody found about one version: a verdict, that the original was seen, copies received for a dossier."""

    class Kind(models.TextChoices):
        VERDICT = "verdict"
        SEEN = "seen"
        COPIES = "copies"

    programme_id = models.BigIntegerField()
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="notes")
    edition = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices)
    verdict = models.CharField(max_length=8, default="")  # pass, fail, unclear
    words = models.CharField(max_length=500, default="")  # why; where it was seen
    dossier = models.CharField(max_length=100, default="")  # copies: for which, in its room's own words
    copies = models.PositiveIntegerField(default=0)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["document", "kind", "id"], name="documents_notes")]


class Reading(models.Model):
    """Somebody opened a file."""

    programme_id = models.BigIntegerField()
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="readings")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="readings")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)


class Template(models.Model):
    """One version of a paper to download and fill in; the newest of a name is the one in use."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=40)
    edition = models.PositiveIntegerField()
    title_zh = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120)
    file = models.ForeignKey(
        File, on_delete=models.PROTECT, null=True, related_name="+"
    )  # None: out of use from then on
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "name", "edition"], name="documents_template_once")
        ]


class Signed(models.Model):
    """Somebody signed an edition of something: the words themselves, as whom, how, and what about."""

    class Way(models.TextChoices):
        ONLINE = "online"
        PAPER = "paper"

    programme_id = models.BigIntegerField()
    holder = models.CharField(max_length=60)
    about = models.CharField(max_length=80, default="")  # a sale, a matter; '' for the membership itself
    acceptance = models.CharField(max_length=40)
    edition = models.CharField(max_length=20)
    clause = models.CharField(max_length=20)
    words = models.JSONField()
    role = models.CharField(max_length=10)
    signer = models.CharField(max_length=120)
    post = models.JSONField(default=dict)  # in which post somebody signs for the house, in both languages
    way = models.CharField(max_length=8, choices=Way.choices)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme_id", "holder", "about", "acceptance", "edition", "role"],
                name="documents_signed_once",
            )
        ]
