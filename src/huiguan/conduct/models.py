"""Breaches that were reported, what members said to them, the measures, and what these ask of somebody; awards."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Breach(models.Model):
    """A duty somebody is said to have broken: a member, or some who work for the house (`staff`, their keys). `person`: who
    of the member's people; `sale`: the one it was about; `amount`: what it was about, in fen; `evidence`: numbers of
    documents. `cause`: the obligation that was missed, once each; `told` says how."""

    class State(models.TextChoices):
        OPEN = "open"
        PROPOSED = "proposed"
        FOUND = "found"
        DISMISSED = "dismissed"

    programme_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    number = models.CharField(max_length=20)
    membership_id = models.BigIntegerField(null=True)
    staff = ArrayField(models.BigIntegerField(), default=list)
    sale = models.CharField(max_length=40, default="")
    duty = models.CharField(max_length=40)
    clause = models.CharField(max_length=12)
    version = models.BigIntegerField()
    happened_on = models.DateField()
    words = models.CharField(max_length=2000)
    person = models.CharField(max_length=120, default="")
    amount = models.BigIntegerField(null=True)
    evidence = ArrayField(models.CharField(max_length=40), default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    reason = models.CharField(max_length=2000, default="")
    reported_at = models.DateTimeField()
    reported_by = models.CharField(max_length=80)
    reported_by_name = models.CharField(max_length=120)
    cause = models.CharField(max_length=120, default="")
    told = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="conduct_breach_number"),
            models.UniqueConstraint(
                fields=["membership_id", "cause"], name="conduct_breach_of_obligation", condition=~models.Q(cause="")
            ),
            models.CheckConstraint(
                condition=models.Q(amount=None) | models.Q(amount__gte=0), name="conduct_breach_amount"
            ),
            models.CheckConstraint(
                condition=models.Q(membership_id__isnull=False, staff=[])
                | (models.Q(membership_id=None) & ~models.Q(staff=[])),
                name="conduct_breach_by_one",
            ),
        ]
        indexes = [
            models.Index(fields=["membership_id", "duty", "happened_on"], name="conduct_breach_of_member"),
            models.Index(fields=["programme_id", "state", "-seq"], name="conduct_breach_open"),
        ]


class Measure(models.Model):
    """A measure that was proposed, and what became of it. It acts from `since` until just before `until`; both are empty
    before it does. `proposal` is what several proposed together share, the number of the first. It is of a member, or of
    one of the staff (`staff_id`). `charge`: its fine, as the member owes it; `settled`: that it is over was written down."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        DECIDED = "decided"
        DROPPED = "dropped"
        LIFTED = "lifted"
        OVERTURNED = "overturned"

    programme_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    number = models.CharField(max_length=20)
    proposal = models.CharField(max_length=20)
    membership_id = models.BigIntegerField(null=True)
    staff_id = models.BigIntegerField(null=True)
    charge = models.CharField(max_length=20, default="")
    settled = models.BooleanField(default=False)
    measure = models.CharField(max_length=40)
    clause = models.CharField(max_length=12)
    version = models.BigIntegerField()
    breaches = ArrayField(models.CharField(max_length=20))
    matter = models.CharField(max_length=20, default="")
    appeal = models.CharField(max_length=20, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    words = models.CharField(max_length=2000, default="")
    fine = models.BigIntegerField(null=True)
    demerits = models.IntegerField(default=0)
    proposed_at = models.DateTimeField()
    heard_until = models.DateTimeField(null=True)
    decided_at = models.DateTimeField(null=True)
    appeal_until = models.DateTimeField(null=True)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=2000, default="")
    proposed_by = models.CharField(max_length=80)
    proposed_by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="conduct_measure_number"),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="conduct_measure_order"
            ),
            models.CheckConstraint(
                condition=models.Q(membership_id=None) ^ models.Q(staff_id=None), name="conduct_measure_of_one"
            ),
        ]
        indexes = [
            models.Index(fields=["membership_id", "since"], name="conduct_measure_of_member"),
            models.Index(fields=["programme_id", "proposal"], name="conduct_measure_proposal"),
            models.Index(
                fields=["programme_id", "until"], name="conduct_measure_over", condition=models.Q(settled=False)
            ),
        ]


class Plea(models.Model):
    """What a member said to the measures proposed. Only ever added to."""

    programme_id = models.BigIntegerField()
    proposal = models.CharField(max_length=20)
    membership_id = models.BigIntegerField(null=True)
    words = models.CharField(max_length=2000)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["programme_id", "proposal"], name="conduct_plea_to")]


class Task(models.Model):
    """What a measure asks of the member, or of one of her people: to put right, to learn, to apologise."""

    programme_id = models.BigIntegerField()
    measure = models.ForeignKey(Measure, models.RESTRICT, related_name="tasks")
    membership_id = models.BigIntegerField(null=True)
    what = models.CharField(max_length=12)
    person = models.CharField(max_length=120, default="")
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.CharField(max_length=80, default="")
    note = models.CharField(max_length=2000, default="")

    class Meta:
        indexes = [
            models.Index(fields=["programme_id", "due_at"], name="conduct_task_open", condition=models.Q(done_at=None))
        ]


class Series(models.Model):
    """The last number given of each series."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=8)
    last = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "name"], name="conduct_series_once")]


class Occurrence(models.Model):
    """Something that happened to a member and must be reported, as the house learned of it. `amount` in fen."""

    programme_id = models.BigIntegerField()
    number = models.CharField(max_length=20)
    membership_id = models.BigIntegerField()
    obligation = models.CharField(max_length=40)
    event = models.CharField(max_length=40)
    happened_on = models.DateField()
    amount = models.BigIntegerField(null=True)
    words = models.CharField(max_length=2000)
    noted_at = models.DateTimeField()
    noted_by = models.CharField(max_length=80)
    noted_by_name = models.CharField(max_length=120)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_why = models.CharField(max_length=2000, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="conduct_occurrence_number"),
            models.UniqueConstraint(
                fields=["membership_id", "obligation", "event", "happened_on"], name="conduct_occurrence_once",
                condition=models.Q(withdrawn_at=None),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["programme_id", "obligation"], name="conduct_occurrence_of_all")]


class Completion(models.Model):
    """That something owed is done, as somebody of the house noted. Only ever added to."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    obligation = models.CharField(max_length=40)
    key = models.CharField(max_length=60)
    done_on = models.DateField()
    words = models.CharField(max_length=2000)
    at = models.DateTimeField()
    by = models.CharField(max_length=80)
    by_name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership_id", "obligation", "key"], name="conduct_completion_once")
        ]


class Award(models.Model):
    """An honour a member was proposed for, and what became of it: a title borne from `since` until just before `until`, or
    for good. `year`: the first day of the year of awards it counts in; `brought`: what came with it, to be taken back with
    it."""

    class State(models.TextChoices):
        PROPOSED = "proposed"
        GRANTED = "granted"
        DROPPED = "dropped"
        WITHDRAWN = "withdrawn"

    programme_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    number = models.CharField(max_length=20)
    membership_id = models.BigIntegerField()
    award = models.CharField(max_length=40)
    category = models.CharField(max_length=40, default="")
    clause = models.CharField(max_length=12)
    version = models.BigIntegerField()
    year = models.DateField()
    matter = models.CharField(max_length=20, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    words = models.CharField(max_length=2000)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=80)
    proposed_by_name = models.CharField(max_length=120)
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=2000, default="")
    brought = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="conduct_award_number"),
            models.UniqueConstraint(
                fields=["membership_id", "award", "year"], name="conduct_award_once_a_year",
                condition=models.Q(state__in=["proposed", "granted"]),
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="conduct_award_order"
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["membership_id", "since"], name="conduct_award_of_member"),
            models.Index(fields=["programme_id", "award", "year"], name="conduct_award_of_year"),
            models.Index(fields=["programme_id", "state", "-seq"], name="conduct_award_list"),
        ]
