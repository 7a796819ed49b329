"""Figures that were written down, and what the accountant expects. Both tables only grow."""

from __future__ import annotations

from django.db import models


class PostedDay(models.Model):
    """What a programme's books moved on one sealed local day, by unit and reason: `given` to members, `taken` from them,
    whole units, in `journals` journals. `state`: `balance`, or what became of holds (`placed`, `posted`, …)."""

    pk = models.CompositePrimaryKey("programme_id", "day", "unit", "state", "flow", "cause")
    programme_id = models.BigIntegerField()
    day = models.DateField()
    unit = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    flow = models.CharField(max_length=40)
    cause = models.CharField(max_length=40)
    given = models.BigIntegerField()
    taken = models.BigIntegerField()
    journals = models.BigIntegerField()

    class Meta:
        db_table = "analytics_posted_day"
        constraints = [
            models.CheckConstraint(condition=models.Q(given__gte=0, taken__gte=0), name="analytics_posted_sides")
        ]


class DaysWritten(models.Model):
    """Figures were written down through local day `day`: those of journals written from `starts` (null: ever) until
    before `ends`."""

    pk = models.CompositePrimaryKey("programme_id", "day")
    programme_id = models.BigIntegerField()
    day = models.DateField()
    starts = models.DateTimeField(null=True)
    ends = models.DateTimeField()
    written_at = models.DateTimeField()

    class Meta:
        db_table = "analytics_days_written"


class Estimate(models.Model):
    """How much of a unit is expected to be used, as somebody held from a moment on: `part` of 10,000. `month`: of those
    given in that month; null: of all. `worth`: fen that `units` of it stand for, where the rulebook does not say."""

    programme_id = models.BigIntegerField()
    unit = models.CharField(max_length=40)
    month = models.DateField(null=True)
    part = models.IntegerField()
    units = models.BigIntegerField(null=True)
    worth = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    actor = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "analytics_estimate"
        constraints = [
            models.CheckConstraint(condition=models.Q(part__gte=0, part__lte=10_000), name="analytics_estimate_part"),
            models.CheckConstraint(
                condition=models.Q(units=None, worth=None) | models.Q(units__gt=0, worth__gte=0),
                name="analytics_estimate_worth",
            ),
        ]
        indexes = [models.Index(fields=["programme_id", "unit", "since"], name="analytics_estimate_of")]
