"""The mall: what stands on its shelves, how much of it there is, who ordered it, who waits for it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from huiguan.rewards.models.partners import (
    Exchange,
    ExchangeWord,
    PartnerLine,
    PartnerLink,
    PointGift,
    PoolSeat,
    Settlement,
)
from huiguan.rewards.models.scarce import Auction, Bid, Draw, Flash, Prize, Ticket

__all__ = [
    "Auction",
    "Bid",
    "Draw",
    "Exchange",
    "ExchangeWord",
    "Flash",
    "Item",
    "Order",
    "OrderStep",
    "OutsideCode",
    "PartnerLine",
    "PartnerLink",
    "Picture",
    "PointGift",
    "Pool",
    "PoolSeat",
    "Prize",
    "Settlement",
    "Slice",
    "StockMove",
    "Ticket",
    "Wait",
    "Zone",
]


class Zone(models.Model):
    """A part of the mall with a theme of its own. `place` orders them."""

    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=60)
    name_en = models.CharField(max_length=60)
    place = models.IntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "code"], name="rewards_zone_code")]


class Item(models.Model):
    """A thing that can be had. `units` and `cash` (fen) are its price; where `mixed`, `worth` (fen) is.

    `tiers` empty means everybody; `most` pieces a member `per` a period; on the shelf from `opens_at` until just before
    `closes_at`; `picture` is the digest it goes by; `substitute` what is given where it has run out; `voucher`
    what the coupon of a voucher is (name, worth, days). What is `everyday` is small and in wide use.
    """

    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=40)
    zone = models.ForeignKey(Zone, models.RESTRICT, null=True, related_name="items")
    sort = models.CharField(max_length=10)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    about_zh = models.TextField(default="")
    about_en = models.TextField(default="")
    units = models.BigIntegerField(default=0)
    cash = models.BigIntegerField(default=0)
    worth = models.BigIntegerField(default=0)
    mixed = models.BooleanField(default=False)
    tiers = ArrayField(models.CharField(max_length=40), default=list)
    most = models.IntegerField(null=True)
    per = models.CharField(max_length=10, default="ever")
    opens_at = models.DateTimeField(null=True)
    closes_at = models.DateTimeField(null=True)
    everyday = models.BooleanField(default=False)
    dispatch = models.IntegerField(null=True)
    low = models.IntegerField(default=0)
    voucher = models.JSONField(default=dict)
    substitute = models.ForeignKey("self", models.RESTRICT, null=True)
    picture = models.CharField(max_length=80, default="")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "code"], name="rewards_item_code"),
            models.CheckConstraint(
                condition=models.Q(units__gte=0, cash__gte=0, worth__gte=0), name="rewards_item_price"
            ),
            models.CheckConstraint(
                condition=models.Q(sort__in=["goods", "gift", "voucher", "code"]), name="rewards_item_sort"
            ),
        ]


class Pool(models.Model):
    """So many pieces of an item at one place (`shop_id` null: the centre), or set aside for a flash sale or a prize."""

    programme_id = models.BigIntegerField()
    item = models.ForeignKey(Item, models.RESTRICT, related_name="pools")
    shop_id = models.BigIntegerField(null=True)
    flash = models.ForeignKey(Flash, models.RESTRICT, null=True, related_name="pools")
    prize = models.ForeignKey(Prize, models.RESTRICT, null=True, related_name="pools")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "shop_id", "flash", "prize"], nulls_distinct=False, name="rewards_pool_once"
            )
        ]


class Slice(models.Model):
    """A part of a pool that one buyer takes from at a time, so that many take at once. Never below nought."""

    programme_id = models.BigIntegerField()
    pool = models.ForeignKey(Pool, models.RESTRICT, related_name="slices")
    n = models.SmallIntegerField()
    left = models.IntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pool", "n"], name="rewards_slice_n"),
            models.CheckConstraint(condition=models.Q(left__gte=0), name="rewards_slice_left"),
        ]


class StockMove(models.Model):
    """What came into a pool or left it, and why: their sum is what is left. Only ever added to."""

    programme_id = models.BigIntegerField()
    pool = models.ForeignKey(Pool, models.RESTRICT, related_name="moves")
    pieces = models.IntegerField()
    cause = models.CharField(max_length=60)
    why = models.CharField(max_length=200, default="")
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~models.Q(pieces=0), name="rewards_stockmove_something")]


class Order(models.Model):
    """A thing had. `number` is what people call it; `seq` the journal of its units (null: none were spent), `back_seq`
    that of their return. `owed` and `paid` in fen. `address` sealed. `document` holds what it is told by from then on."""

    programme_id = models.BigIntegerField()
    number = models.CharField(max_length=20)
    membership_id = models.BigIntegerField()
    item = models.ForeignKey(Item, models.RESTRICT, related_name="orders")
    quantity = models.IntegerField()
    unit = models.CharField(max_length=40)
    units = models.BigIntegerField()
    owed = models.BigIntegerField()
    paid = models.BigIntegerField(default=0)
    way = models.CharField(max_length=10)
    shop_id = models.BigIntegerField(null=True)
    address = models.BinaryField(null=True)
    state = models.CharField(max_length=12)
    source = models.CharField(max_length=10, default="mall")
    pool = models.ForeignKey(Pool, models.RESTRICT, null=True)
    placed_at = models.DateTimeField()
    due_on = models.DateField(null=True)
    pay_until = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    seq = models.BigIntegerField(null=True)
    back_seq = models.BigIntegerField(null=True)
    clause = models.CharField(max_length=12)
    version = models.BigIntegerField()
    steps = models.SmallIntegerField(default=0)
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="rewards_order_number"),
            models.CheckConstraint(condition=models.Q(quantity__gte=1), name="rewards_order_quantity"),
            models.CheckConstraint(
                condition=models.Q(units__gte=0, owed__gte=0, paid__gte=0), name="rewards_order_amounts"
            ),
        ]
        indexes = [
            models.Index(fields=["membership_id", "placed_at"], name="rewards_order_of_member"),
            models.Index(fields=["programme_id", "state", "due_on"], name="rewards_order_desk"),
        ]


class OrderStep(models.Model):
    """One step of an order: what it became, who did it, when and why. Only ever added to."""

    programme_id = models.BigIntegerField()
    order = models.ForeignKey(Order, models.RESTRICT, related_name="history")
    n = models.SmallIntegerField()
    state = models.CharField(max_length=12)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=60)
    actor_name = models.CharField(max_length=120)
    why = models.CharField(max_length=200, default="")
    document = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["order", "n"], name="rewards_orderstep_n")]


class Wait(models.Model):
    """A member waiting for an item at a place. `offered_at` and `until` once a piece is kept for her."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    item = models.ForeignKey(Item, models.RESTRICT, related_name="waits")
    shop_id = models.BigIntegerField(null=True)
    since = models.DateTimeField()
    rank = models.SmallIntegerField(default=0)
    state = models.CharField(max_length=10, default="waiting")
    offered_at = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    order = models.ForeignKey(Order, models.RESTRICT, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "item", "shop_id"],
                condition=models.Q(state__in=["waiting", "offered"]),
                nulls_distinct=False,
                name="rewards_wait_once",
            )
        ]
        indexes = [models.Index(fields=["item", "state", "rank", "since"], name="rewards_wait_queue")]


class OutsideCode(models.Model):
    """A code somebody else gave out, sealed; handed out once."""

    programme_id = models.BigIntegerField()
    item = models.ForeignKey(Item, models.RESTRICT, related_name="codes")
    sealed = models.BinaryField()
    blind = models.BinaryField(max_length=32)
    order = models.ForeignKey(Order, models.RESTRICT, null=True, related_name="codes")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "blind"], name="rewards_outsidecode_once")]


class Picture(models.Model):
    """A picture by the digest of its content; it lies in the database, so that every backup holds it."""

    pk = models.CompositePrimaryKey("programme_id", "digest")
    programme_id = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    kind = models.CharField(max_length=20)
    content = models.BinaryField()
    added_at = models.DateTimeField()
