"""Points that go on: gifts, lines to partners, what is exchanged over them, and what was settled."""

from __future__ import annotations

from django.db import models


class PointGift(models.Model):
    """Points one member gave another: journal `seq` of the giver's books, `lots` they became in the taker's. Only ever
    added to. `way`: gift, or pool where who needed them gathered them."""

    programme_id = models.BigIntegerField()
    number = models.CharField(max_length=20)
    way = models.CharField(max_length=10)
    giver_id = models.BigIntegerField()
    taker_id = models.BigIntegerField()
    unit = models.CharField(max_length=40)
    units = models.BigIntegerField()
    lots = models.JSONField(default=list)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    clause = models.CharField(max_length=20)
    version = models.BigIntegerField(null=True)
    note = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=80)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="rewards_gift_number"),
            models.CheckConstraint(
                condition=models.Q(units__gte=1) & ~models.Q(giver_id=models.F("taker_id")), name="rewards_gift_two"
            ),
        ]
        indexes = [
            models.Index(fields=["giver_id", "at"], name="rewards_gift_given"),
            models.Index(fields=["taker_id", "at"], name="rewards_gift_taken"),
        ]


class PartnerLine(models.Model):
    """How a partner of the rulebook is reached: its address, and the sealed secret both sign with. `stopped_at`: nothing
    new is exchanged."""

    programme_id = models.BigIntegerField()
    partner = models.CharField(max_length=40)
    url = models.CharField(max_length=500)
    secret = models.BinaryField()
    made_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "partner"], name="rewards_line_once")]


class PartnerLink(models.Model):
    """A member's account at a partner, sealed; `blind` finds it, `tail` is shown. One open link each way."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    partner = models.CharField(max_length=40)
    account = models.BinaryField()
    blind = models.BinaryField(max_length=32)
    tail = models.CharField(max_length=8)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "partner"], condition=models.Q(until=None), name="rewards_link_one"
            ),
            models.UniqueConstraint(
                fields=["programme_id", "partner", "blind"], condition=models.Q(until=None), name="rewards_link_whose"
            ),
        ]


class Exchange(models.Model):
    """Points exchanged with a partner. `reference` is ours (its number) where we asked, the partner's where it did.

    `ours` and `fee` whole units, `theirs` the partner's (fen where something was spent there), `owed` fen: by us for what
    goes out, by the partner for what comes in. `state`: asked (written, not sent), sent (no last word yet), disputed (its
    word differs from what was asked), done, refused. `seq` journal that moved ours, `back_seq` that gave them back.
    `sent_wall`, `ask_wall` on the wall's clock: when it was sent, when it is asked about next. `odd`: a word that
    contradicts what was settled.
    """

    programme_id = models.BigIntegerField()
    number = models.CharField(max_length=20)
    partner = models.CharField(max_length=40)
    membership_id = models.BigIntegerField()
    direction = models.CharField(max_length=10)
    reference = models.CharField(max_length=64)
    begun_by = models.CharField(max_length=10)  # house, partner
    account = models.CharField(max_length=8)  # its tail; the whole lies with the link
    link = models.ForeignKey(PartnerLink, models.RESTRICT, related_name="exchanges")
    unit = models.CharField(max_length=40)
    ours = models.BigIntegerField()
    theirs = models.BigIntegerField()
    fee = models.BigIntegerField(default=0)
    owed = models.BigIntegerField(default=0)
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    clause = models.CharField(max_length=20)
    version = models.BigIntegerField(null=True)
    seq = models.BigIntegerField(null=True)
    back_seq = models.BigIntegerField(null=True)
    sent_wall = models.DateTimeField(null=True)
    ask_wall = models.DateTimeField(null=True)
    asks = models.IntegerField(default=0)
    words = models.IntegerField(default=0)
    odd = models.BooleanField(default=False)
    told = models.CharField(max_length=64, blank=True)  # the partner's own reference
    why = models.CharField(max_length=200, blank=True)
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=80)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="rewards_exchange_number"),
            models.UniqueConstraint(
                fields=["programme_id", "partner", "begun_by", "reference"], name="rewards_exchange_reference"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["asked", "sent", "disputed", "done", "refused"]),
                name="rewards_exchange_state",
            ),
        ]
        indexes = [
            models.Index(fields=["membership_id", "asked_at"], name="rewards_exchange_of"),
            models.Index(fields=["programme_id", "partner", "ended_at"], name="rewards_exchange_ended"),
            models.Index(
                fields=["ask_wall"],
                name="rewards_exchange_open",
                condition=models.Q(state__in=["asked", "sent", "disputed"]),
            ),
        ]


class ExchangeWord(models.Model):
    """What the partner, or a person in its place, said of an exchange. Only ever added to. `via`: answer, notice, query,
    silence, person."""

    programme_id = models.BigIntegerField()
    exchange = models.ForeignKey(Exchange, models.RESTRICT, related_name="heard")
    n = models.IntegerField()
    via = models.CharField(max_length=10)
    state = models.CharField(max_length=12)
    units = models.BigIntegerField(null=True)
    told = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["exchange", "n"], name="rewards_exchangeword_n")]


class Settlement(models.Model):
    """A month with a partner, closed: what each owes in fen, the exchanges counted, and `lines` by local day. `paid_at`
    with its `paper` once the difference was paid."""

    programme_id = models.BigIntegerField()
    partner = models.CharField(max_length=40)
    month = models.DateField()
    we_owe = models.BigIntegerField()
    they_owe = models.BigIntegerField()
    exchanges = models.IntegerField()
    lines = models.JSONField(default=list)
    closed_at = models.DateTimeField()
    actor_name = models.CharField(max_length=80)
    paid_at = models.DateTimeField(null=True)
    paper = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "partner", "month"], name="rewards_settlement_once")
        ]


class PoolSeat(models.Model):
    """A member's place in a pool, which goes by its keeper's membership; `until` None as long as she shares."""

    programme_id = models.BigIntegerField()
    keeper_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    unit = models.CharField(max_length=40)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    clause = models.CharField(max_length=20)
    actor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "unit"], condition=models.Q(until=None), name="rewards_seat_one"
            )
        ]
        indexes = [models.Index(fields=["keeper_id", "unit"], name="rewards_seat_of")]
