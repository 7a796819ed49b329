"""The catalogue, the sales as evidence (a sale, a return, a redemption), shifts and closed days: written once, never
edited; a shift is written a second time, when it is handed over. And simulations, which may be deleted."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from huiguan.checkout.models.tills import Allowance, AllowanceSale, CashMove, DayClose, Invoice, Shift
from huiguan.checkout.models.wallets import CustodyBalance, StoredDay, TopUp, TopUpRefund

__all__ = [
    "PRICE_KINDS",
    "Allowance",
    "AllowanceSale",
    "CashMove",
    "Category",
    "CustodyBalance",
    "DayClose",
    "ImportedBill",
    "Invoice",
    "Price",
    "Product",
    "Redemption",
    "Return",
    "Sale",
    "SaleSignature",
    "Shift",
    "Simulation",
    "SimulationMover",
    "SimulationPart",
    "SimulationRefusal",
    "StoredDay",
    "TopUp",
    "TopUpRefund",
]


PRICE_KINDS = ("list", "promotion", "cost", "member", "exclusive")


class Product(models.Model):
    programme_id = models.BigIntegerField()
    sku = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    category = models.CharField(max_length=80, blank=True)
    search = models.CharField(max_length=200, blank=True)  # pinyin initials and name, lower case
    active = models.BooleanField(default=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "sku"], name="checkout_product_sku")]


class Category(models.Model):
    """What a category of products is called; `code` is the word products and rulebooks know it by."""

    programme_id = models.BigIntegerField()
    code = models.CharField(max_length=80)
    zh = models.CharField(max_length=80, blank=True)
    en = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "code"], name="checkout_category_code")]


class Price(models.Model):
    """A dated price. `shop_id` null: every shop. Of several that hold, the shop's own wins, then the later start."""

    programme_id = models.BigIntegerField()
    sku = models.CharField(max_length=60)
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in PRICE_KINDS])
    shop_id = models.BigIntegerField(null=True, blank=True)
    amount = models.BigIntegerField()  # fen for one piece
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme_id", "sku"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(amount__gte=0), name="checkout_price_not_negative"),
            models.UniqueConstraint(
                fields=["programme_id", "sku", "kind", "shop_id", "since"],
                name="checkout_price_once",
                nulls_distinct=False,
            ),
        ]


class Sale(models.Model):
    """One sale. `seq` is the number of the journal it wrote in the membership's ledger; walk-ins are membership 0.

    `document` holds lines, steps, tenders, reasons and what the decision saw, in whole numbers.
    """

    pk = models.CompositePrimaryKey("membership_id", "seq")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    number = models.CharField(max_length=60)
    client = models.CharField(max_length=40)
    key = models.CharField(max_length=120)
    fingerprint = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    version = models.BigIntegerField()
    price_total = models.BigIntegerField()
    paid = models.BigIntegerField()
    clerk = models.CharField(max_length=80)
    document = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["membership_id", "client", "key"], name="checkout_sale_key"),
            models.CheckConstraint(condition=models.Q(paid__gte=0), name="checkout_sale_paid"),
        ]
        indexes = [
            models.Index(fields=["shop_id", "at"], name="checkout_sale_shop_at"),
            # What came in since a day was closed, whatever moment it is of; next to nothing to keep.
            BrinIndex(fields=["written_at"], name="checkout_sale_written"),
        ]


class SaleSignature(models.Model):
    """Somebody signed the record of a sale after it was made (`role`: member, guide). With the last one the sale counts:
    `journal` is what it brought, `counted_on` the local day, `document` what of the sale is told otherwise since."""

    pk = models.CompositePrimaryKey("membership_id", "sale_seq", "role")
    membership_id = models.BigIntegerField()
    sale_seq = models.BigIntegerField()
    role = models.CharField(max_length=10)
    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    clerk = models.CharField(max_length=80)
    journal = models.BigIntegerField(null=True)
    counted_on = models.DateField(null=True)
    document = models.JSONField(default=dict)


class Return(models.Model):
    """One return of a sale, the `n`th. `kept` are the quantities left per line after it."""

    pk = models.CompositePrimaryKey("membership_id", "sale_seq", "n")
    membership_id = models.BigIntegerField()
    sale_seq = models.BigIntegerField()
    n = models.IntegerField()
    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    kind = models.CharField(max_length=8)  # return, void
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    refund = models.BigIntegerField()  # fen to the customer, after what is claimed; negative: the customer pays
    kept = models.JSONField()
    document = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["shop_id", "at"], name="checkout_return_shop_at")]


class Redemption(models.Model):
    """Units turned into a gift outside any sale. `returned_*` once the gift came back."""

    pk = models.CompositePrimaryKey("membership_id", "seq")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField(null=True)
    unit = models.CharField(max_length=40)
    units = models.BigIntegerField()
    gift = models.CharField(max_length=200)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    version = models.BigIntegerField()
    document = models.JSONField()
    returned_at = models.DateTimeField(null=True)
    returned_written_at = models.DateTimeField(null=True)
    returned_seq = models.BigIntegerField(null=True)


class ImportedBill(models.Model):
    """A bill of another till that came in, and the sale it became: it comes in once, whoever imports it again.

    Written by imports only. `digest` tells the same bill from another under its number.
    """

    pk = models.CompositePrimaryKey("programme_id", "shop_id", "number")
    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    number = models.CharField(max_length=60)
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    digest = models.BinaryField(max_length=32)
    written_at = models.DateTimeField()


class Simulation(models.Model):
    """Recorded days judged again by another rulebook. `kind`: version, draft or file; `number` of the first two.

    Only what was written by `as_written` is looked at, so that it comes out the same whenever it is asked again.
    """

    programme_id = models.BigIntegerField()
    kind = models.CharField(max_length=8)
    number = models.BigIntegerField(null=True)
    title = models.CharField(max_length=200)
    source = models.TextField()
    digest = models.CharField(max_length=64)
    since = models.DateField()
    until = models.DateField()
    as_written = models.DateTimeField()
    asked_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    actor_name = models.CharField(max_length=120)
    state = models.CharField(max_length=8, default="waiting")  # waiting, working, done, stopped
    sales = models.BigIntegerField()  # recorded in the time
    errand = models.BigIntegerField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["programme_id", "-id"], name="checkout_simulations")]


class SimulationPart(models.Model):
    """A range of memberships, beyond `after` up to `until`; done as far as `reached`. `real`, `draft`: sums by cell."""

    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="parts")
    programme_id = models.BigIntegerField()
    n = models.IntegerField()
    after = models.BigIntegerField()
    until = models.BigIntegerField()
    reached = models.BigIntegerField()
    members = models.BigIntegerField(default=0)
    movers = models.BigIntegerField(default=0)
    sales = models.BigIntegerField(default=0)
    refusals = models.BigIntegerField(default=0)
    real = models.JSONField(default=dict)
    draft = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["simulation", "n"], name="checkout_part_once")]


class SimulationMover(models.Model):
    """A member for whom something differs. `size` is what it comes to in fen, `document` both sides and why."""

    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="+")
    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    size = models.BigIntegerField()
    kept = models.BigIntegerField()  # how much more she pays, refunds taken off, in fen
    units = models.BigIntegerField()  # how many more units she holds at the end
    tier_real = models.CharField(max_length=40)
    tier_draft = models.CharField(max_length=40)
    document = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["simulation", "membership_id"], name="checkout_mover_once")]
        indexes = [models.Index(fields=["simulation", "-size", "membership_id"], name="checkout_mover_by_size")]


class SimulationRefusal(models.Model):
    """A recorded sale or redemption the rulebook tried refuses as it was asked for; `made`: it goes without what was
    refused."""

    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="+")
    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    what = models.CharField(max_length=12)  # sale, redemption
    code = models.CharField(max_length=60)
    clause = models.CharField(max_length=40, blank=True)
    told = models.JSONField()  # the sentence in both languages
    made = models.BooleanField()
    at = models.DateTimeField()
    amount = models.BigIntegerField()  # fen paid for the sale, units of the redemption

    class Meta:
        indexes = [models.Index(fields=["simulation", "membership_id", "seq"], name="checkout_refused")]
