"""What somebody put off."""

from __future__ import annotations

from django.db import models


class Snooze(models.Model):
    """Somebody put a matter off: until then it lies aside in her own work list, in nobody else's."""

    programme_id = models.BigIntegerField()
    matter = models.ForeignKey("cases.Matter", models.RESTRICT, related_name="snoozes")
    by = models.CharField(max_length=80)
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["matter", "by"], name="cases_snooze_once")]
