"""Scarce things: flash sales, auctions with their bids, draws with prizes and tickets."""

from __future__ import annotations

from django.db import models


class Flash(models.Model):
    """So many pieces at a price of their own, from a moment until they or the time are gone."""

    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    item = models.ForeignKey("rewards.Item", models.RESTRICT, related_name="flashes")
    units = models.BigIntegerField()
    cash = models.BigIntegerField(default=0)
    quantity = models.IntegerField()
    most = models.IntegerField(default=1)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "code"], name="rewards_flash_code"),
            models.CheckConstraint(condition=models.Q(closes_at__gt=models.F("opens_at")), name="rewards_flash_order"),
        ]


class Auction(models.Model):
    """An item that goes to the highest bid before `closes_at`. `reserve` is the least first bid, `step` by how much a
    bid must be above the one before; `bids` counts them, `leading` is the last. `state`: open, sold, unsold, withdrawn."""

    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    item = models.ForeignKey("rewards.Item", models.RESTRICT, related_name="auctions")
    reserve = models.BigIntegerField()
    step = models.BigIntegerField()
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    bids = models.IntegerField(default=0)
    leading = models.BigIntegerField(null=True)
    leader = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, default="open")
    closed_at = models.DateTimeField(null=True)
    order = models.ForeignKey("rewards.Order", models.RESTRICT, null=True, related_name="auctions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "code"], name="rewards_auction_code"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at"), reserve__gte=1, step__gte=1),
                name="rewards_auction_terms",
            ),
        ]


class Bid(models.Model):
    """One bid: its hold is (`seq`, 1) of the membership's books. Only ever added to."""

    programme_id = models.BigIntegerField()
    auction = models.ForeignKey(Auction, models.RESTRICT, related_name="made")
    n = models.IntegerField()
    membership_id = models.BigIntegerField()
    units = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["auction", "n"], name="rewards_bid_n")]


class Draw(models.Model):
    """Prizes by lot. `secret` is sealed until the draw; its hash, `committed`, is published before. `seed` is the secret
    once revealed, `entries_digest` what the tickets came to. `state`: open, drawn, withdrawn."""

    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    units = models.BigIntegerField()
    most = models.IntegerField(null=True)
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    secret = models.BinaryField()
    committed = models.CharField(max_length=64)
    seed = models.CharField(max_length=64, default="")
    entries_digest = models.CharField(max_length=64, default="")
    tickets = models.IntegerField(default=0)
    state = models.CharField(max_length=10, default="open")
    drawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "code"], name="rewards_draw_code"),
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at"), units__gte=0), name="rewards_draw_terms"
            ),
        ]


class Prize(models.Model):
    """A grade of prizes: `pieces` of an item."""

    programme_id = models.BigIntegerField()
    draw = models.ForeignKey(Draw, models.RESTRICT, related_name="prizes")
    grade = models.SmallIntegerField()
    item = models.ForeignKey("rewards.Item", models.RESTRICT, related_name="prizes")
    pieces = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draw", "grade"], name="rewards_prize_grade"),
            models.CheckConstraint(condition=models.Q(pieces__gte=1), name="rewards_prize_pieces"),
        ]


class Ticket(models.Model):
    """A member's `n`th-of-all ticket, known in public by `word`; `grade` once it has won. `seq`: the journal that paid."""

    programme_id = models.BigIntegerField()
    draw = models.ForeignKey(Draw, models.RESTRICT, related_name="sold")
    n = models.IntegerField()
    membership_id = models.BigIntegerField()
    word = models.CharField(max_length=32)
    at = models.DateTimeField()
    seq = models.BigIntegerField(null=True)
    grade = models.SmallIntegerField(null=True)
    order = models.ForeignKey("rewards.Order", models.RESTRICT, null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draw", "n"], name="rewards_ticket_n")]
        indexes = [models.Index(fields=["draw", "membership_id"], name="rewards_ticket_of_member")]
