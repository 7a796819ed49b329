"""What a house says of its own days; the national ones are data that come along."""

from __future__ import annotations

from django.db import models


class Day(models.Model):
    """A day that is not worked though it is a weekday, or worked (`worked`) though it is none; also one of the national
    days that the house keeps otherwise."""

    programme_id = models.BigIntegerField()
    day = models.DateField()
    worked = models.BooleanField()
    name = models.CharField(max_length=60, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "day"], name="calendar_day_once")]


class AnnouncedYear(models.Model):
    """A year whose days the house has entered whole, and where it has them from."""

    programme_id = models.BigIntegerField()
    year = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)

    class Meta:
        db_table = "calendar_year"
        constraints = [models.UniqueConstraint(fields=["programme_id", "year"], name="calendar_year_once")]


class Choice(models.Model):
    """Whether a house follows the national days; without a row it does."""

    programme_id = models.BigIntegerField(unique=True)
    national = models.BooleanField(default=True)
