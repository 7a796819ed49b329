"""Matters: where each stands, every round handed in, every decision, who owes what by when, notices and objections."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiguan.cases.models.snoozing import Snooze
from huiguan.cases.models.voting import Ballot, Mandate, Vote

__all__ = [
    "AccessCode",
    "Ballot",
    "Compared",
    "Decision",
    "Invitation",
    "LetterWritten",
    "Mandate",
    "Matter",
    "Notice",
    "Objection",
    "Round",
    "Snooze",
    "Step",
    "Task",
    "Vote",
]


class Matter(models.Model):
    """One matter under one procedure. `version` is that of the rulebook it was opened under and is judged by; `subject`
    the name its outcome is registered under, `subject_ref` what that room calls it. `form` holds open answers, `sealed`
    the sensitive ones. `makers` are those who filled it in: none of them decides. `house_address`: how the applicant is
    reached was written by the house, or under a code the house knew; `saved_at` when answers were written last, `forgotten_at` when
    they were emptied.
    `clock_left` is what was left of the
    stage's clock, in its unit, when the applicant got the ball back.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        OPEN = "open"
        RETURNED = "returned"
        PASSED = "passed"
        REFUSED = "refused"
        LAPSED = "lapsed"
        WITHDRAWN = "withdrawn"

    programme_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    number = models.CharField(max_length=20)
    procedure = models.CharField(max_length=40)
    version = models.BigIntegerField()
    subject = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=80, default="")
    party_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)
    shop_id = models.BigIntegerField(null=True)
    follows = models.ForeignKey("self", models.RESTRICT, null=True, related_name="followers")
    name = models.CharField(max_length=120, default="")  # what lists call it: the applicant's name
    form = models.JSONField(default=dict)
    sealed = models.BinaryField(null=True)
    house_address = models.BooleanField(default=False)
    saved_at = models.DateTimeField(null=True)
    forgotten_at = models.DateTimeField(null=True)
    makers = ArrayField(models.CharField(max_length=80), default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    stage = models.CharField(max_length=40, default="")
    ball = models.CharField(max_length=10, default="applicant")
    revision = models.IntegerField(default=0)  # grows with everything that happens to it
    entered_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    provisional = models.BooleanField(default=False)  # counts workdays of a year whose days off are not known yet
    warn_at = models.DateTimeField(null=True)
    overdue_at = models.DateTimeField(null=True)  # that its lateness was written down
    clock_left = models.IntegerField(null=True)
    looks_at = models.DateTimeField(null=True)  # when what stands in a stage's way is over by itself
    awaits_file = models.BooleanField(default=False)  # its clock begins once the file is complete
    extended = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    opened_by_name = models.CharField(max_length=120)
    submitted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "seq"], name="cases_matter_seq"),
            models.UniqueConstraint(fields=["programme_id", "number"], name="cases_matter_number"),
        ]
        indexes = [
            models.Index(fields=["programme_id", "procedure", "state"], name="cases_matter_by_procedure"),
            models.Index(
                fields=["programme_id", "due_at"],
                name="cases_matter_due",
                condition=models.Q(state__in=["open", "returned"], due_at__isnull=False),
            ),
            models.Index(fields=["membership_id"], name="cases_matter_by_member"),
            models.Index(fields=["programme_id", "subject", "subject_ref"], name="cases_matter_by_subject"),
        ]


class Compared(models.Model):
    """One answer by which matters are compared: blind, so that the same credit code is found and nothing is told. A part of
    a list stands as `contacts.mobile`, once for each of its values."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="compared")
    field = models.CharField(max_length=81)
    blind = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "field", "blind"], name="cases_compared_once")]
        indexes = [models.Index(fields=["programme_id", "blind"], name="cases_compared_by_answer")]


class Round(models.Model):
    """What was handed in, whole, each time. Only ever added to."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="rounds")
    n = models.IntegerField()
    form = models.JSONField()
    sealed = models.BinaryField(null=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "n"], name="cases_round_n")]


class Decision(models.Model):
    """One verdict on one stage, by whom, in which post or seat. Only ever added to."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="decisions")
    stage = models.CharField(max_length=40)
    round = models.IntegerField()
    verdict = models.CharField(max_length=12)
    reason = models.CharField(max_length=2000, default="")
    remark = models.CharField(max_length=2000, default="")
    judged = models.JSONField(default=dict)
    seen = models.JSONField(default=dict)  # where and when something was looked at in person
    capacity = models.CharField(max_length=80)  # "post:clerk", "body:council"
    given_to = models.CharField(max_length=80, default="")
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["programme_id", "by", "-at"], name="cases_decision_by_whom")]


class Task(models.Model):
    """Who owes a stage: a post, a body, one person (`staff`), the applicant or a recommender. Open until `done_at`."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="tasks")
    stage = models.CharField(max_length=40)
    owed_by = models.CharField(max_length=12)
    name = models.CharField(max_length=80)  # the post, the body, the staff's key, applicant, recommender
    why = models.CharField(max_length=12, default="decide")  # decide, sign (added), overdue, copy
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, default="")

    class Meta:
        indexes = [
            models.Index(
                fields=["programme_id", "owed_by", "name"], name="cases_task_open", condition=models.Q(done_at=None)
            )
        ]


class Notice(models.Model):
    """What is shown to the public from `posted_at` until just before `ends_at`; `shown` is already masked."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="notices")
    stage = models.CharField(max_length=40)
    shown = models.JSONField()
    posted_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    taken_down_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["programme_id", "ends_at"], name="cases_notice_running")]


class Objection(models.Model):
    """What somebody says against what is shown. Who she is and how she is reached lies sealed."""

    programme_id = models.BigIntegerField()
    notice = models.ForeignKey(Notice, models.RESTRICT, related_name="objections")
    n = models.IntegerField()
    words = models.CharField(max_length=2000)
    who = models.BinaryField()
    at = models.DateTimeField()
    answer = models.CharField(max_length=2000, default="")
    upheld = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=80, default="")
    answered_by_name = models.CharField(max_length=120, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["notice", "n"], name="cases_objection_n")]


class Invitation(models.Model):
    """A recommender asked for her word by a link. The link's token is kept as a hash; `sealed` holds how she is
    reached until she has answered. The row holds her answer."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="invitations")
    stage = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    masked = models.CharField(max_length=120, default="")
    sealed = models.BinaryField(null=True)
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    recommends = models.BooleanField(null=True)
    words = models.CharField(max_length=2000, default="")
    answered_at = models.DateTimeField(null=True)


class Step(models.Model):
    """What happened to a matter and by which clause, in order. Only ever added to."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="steps")
    n = models.IntegerField()
    what = models.CharField(max_length=20)
    stage = models.CharField(max_length=40, default="")
    clause = models.CharField(max_length=20, default="")
    say = models.CharField(max_length=40, default="")
    values = models.JSONField(default=dict)
    inner = models.BooleanField(default=False)  # for the house alone
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "n"], name="cases_step_n")]


class AccessCode(models.Model):
    """What opens a matter to its applicant beside its number, kept as a hash. Five wrong tries lock it; another one
    takes its place. Under one that is `shut` sealed answers stay hidden: somebody else than the applicant knows it."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="codes")
    code_hash = models.BinaryField(max_length=32)
    made_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    shut = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(replaced_at=None), name="cases_accesscode_one"
            )
        ]


class LetterWritten(models.Model):
    """What the applicant was told when the matter moved, in both languages. `told` is the word of `cases.letters`. Only
    ever added to."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey(Matter, models.RESTRICT, related_name="letters")
    n = models.IntegerField()
    told = models.CharField(max_length=12)
    subject = models.JSONField()
    text = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "n"], name="cases_letter_n")]
