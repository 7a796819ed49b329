"""Bodies voting on matters: ballots, the places on their rolls, one body deciding for another."""

from __future__ import annotations

from django.db import models


class Ballot(models.Model):
    """A body voting on one stage of a matter. `outcome` is '' while it is open; a tie or a missed quorum closes it and
    another one follows. `minutes` and `held_on` where the roll of a meeting was recorded; `signed`: watcher -> who."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey("cases.Matter", models.RESTRICT, related_name="ballots")
    stage = models.CharField(max_length=40)
    body = models.CharField(max_length=40)
    n = models.PositiveIntegerField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, default="")
    minutes = models.CharField(max_length=120, default="")
    held_on = models.DateField(null=True)
    signed = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "n"], name="cases_ballot_n"),
            models.UniqueConstraint(fields=["matter"], condition=models.Q(outcome=""), name="cases_ballot_open"),
        ]


class Vote(models.Model):
    """A place on a ballot's roll and what it said; '' while it has not. `how`: by the holder's own hand (seat), from afar
    with her `consent` (remote), or out of the minutes (roll)."""

    programme_id = models.BigIntegerField()
    ballot = models.ForeignKey(Ballot, models.RESTRICT, related_name="votes")
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    holder = models.CharField(max_length=160, default="")  # tells persons apart, as the seat's does
    weight = models.PositiveIntegerField(default=1)
    said = models.CharField(max_length=8, default="")
    present = models.BooleanField(default=False)
    how = models.CharField(max_length=8, default="")
    consent = models.CharField(max_length=200, default="")
    at = models.DateTimeField(null=True)
    by = models.CharField(max_length=80, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ballot", "place"], name="cases_vote_place")]


class Mandate(models.Model):
    """A body lets another decide for it, by a resolution, from `since` until just before `until`."""

    programme_id = models.BigIntegerField()
    body = models.CharField(max_length=40)
    to = models.CharField(max_length=40)
    resolution = models.CharField(max_length=120)
    since = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["programme_id", "body", "until"], name="cases_mandate_running")]
