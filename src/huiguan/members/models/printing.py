"""Lists of cards taken away to be printed."""

from __future__ import annotations

from django.db import models


class PrintRun(models.Model):
    """A list of cards taken away to be printed. Only ever added to."""

    programme_id = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    cards = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["programme_id", "-at"], name="members_print_runs")]


class PrintedCard(models.Model):
    """A card in a print run. Only ever added to: a card printed again stands in several."""

    pk = models.CompositePrimaryKey("run_id", "membership_id", "card_seq")
    run = models.ForeignKey(PrintRun, on_delete=models.PROTECT, related_name="+")
    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    card_seq = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["membership_id", "card_seq"], name="members_prints_of")]
