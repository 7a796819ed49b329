"""Shifts, closed days and invoices: what the till leaves behind beside its sales."""

from __future__ import annotations

from django.db import models


class Shift(models.Model):
    """A person at a till, from the float she began with to the hand-over. `holder` is whose sales they are (a staff
    member's or program's reference), `clerk` her name; of a program's sales only those under that name are hers.

    `sheet` is the hand-over as it was counted; once it is there the row never changes again.
    """

    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    till = models.CharField(max_length=20)
    holder = models.CharField(max_length=40)
    clerk = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    opening = models.BigIntegerField()  # the float, fen
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=80, default="")
    sheet = models.JSONField(null=True)

    class Meta:
        indexes = [models.Index(fields=["shop_id", "opened_at"], name="checkout_shift_shop")]
        constraints = [
            models.UniqueConstraint(
                fields=["shop_id", "till"], condition=models.Q(closed_at=None), name="checkout_shift_till_once"
            ),
            models.UniqueConstraint(
                fields=["programme_id", "holder", "clerk"],
                condition=models.Q(closed_at=None),
                name="checkout_shift_holder_once",
            ),
            models.CheckConstraint(condition=models.Q(opening__gte=0), name="checkout_shift_float"),
        ]


class CashMove(models.Model):
    """Cash that came into a shift's drawer or left it beside any sale."""

    programme_id = models.BigIntegerField()
    shift = models.ForeignKey(Shift, models.RESTRICT, related_name="moves")
    kind = models.CharField(max_length=3)  # in, out
    amount = models.BigIntegerField()
    reason = models.CharField(max_length=200)
    at = models.DateTimeField()
    hand = models.CharField(max_length=80)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="checkout_cashmove_amount")]


class DayClose(models.Model):
    """A shop's day as it was closed, the `number`th of that shop. What comes in later is told by the next one."""

    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    number = models.IntegerField()
    day = models.DateField()
    closed_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    closed_by = models.CharField(max_length=80)
    document = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["shop_id", "number"], name="checkout_dayclose_number"),
            models.UniqueConstraint(fields=["shop_id", "day"], name="checkout_dayclose_day"),
        ]


class Invoice(models.Model):
    """An invoice asked for on a sale: asked, then issued or withdrawn; an issued one may be reversed by a red one (red).

    `amount` in fen is what could be invoiced when it was asked for, then what it was issued over.
    """

    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    sale_seq = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    tax_number = models.CharField(max_length=18, blank=True)
    address = models.CharField(max_length=200, blank=True)
    bank = models.CharField(max_length=200, blank=True)
    email = models.CharField(max_length=254, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    amount = models.BigIntegerField()
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=80)
    number = models.CharField(max_length=40, blank=True)
    issued_on = models.DateField(null=True)
    issued_by = models.CharField(max_length=80, blank=True)
    red_number = models.CharField(max_length=40, blank=True)
    red_on = models.DateField(null=True)
    red_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["shop_id", "state", "id"], name="checkout_invoice_shop")]
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "sale_seq", "programme_id"],
                condition=models.Q(state__in=["asked", "issued"]),
                name="checkout_invoice_one_of_sale",
            ),
            models.UniqueConstraint(
                fields=["programme_id", "number"], condition=~models.Q(number=""), name="checkout_invoice_number"
            ),
            models.UniqueConstraint(
                fields=["programme_id", "red_number"], condition=~models.Q(red_number=""), name="checkout_invoice_red"
            ),
            models.CheckConstraint(condition=models.Q(amount__gt=0), name="checkout_invoice_amount"),
        ]


class Allowance(models.Model):
    """Points of a member set aside for a till that may be offline; `seq` the journal that took them, `used` what settled
    sales have taken of them."""

    programme_id = models.BigIntegerField()
    shop_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    client = models.CharField(max_length=40)
    till = models.CharField(max_length=20)
    unit = models.CharField(max_length=40)
    points = models.BigIntegerField()
    worth = models.BigIntegerField()  # fen of one point
    clause = models.CharField(max_length=60)
    granted_at = models.DateTimeField()
    until = models.DateTimeField()
    settle_by = models.DateTimeField()
    used = models.BigIntegerField(default=0)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["programme_id", "settle_by"], condition=models.Q(closed_at=None), name="checkout_allowance_due"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(used__gte=0, used__lte=models.F("points")), name="checkout_allowance_used"
            )
        ]


class AllowanceSale(models.Model):
    """A sale settled under an allowance, once."""

    programme_id = models.BigIntegerField()
    allowance = models.ForeignKey(Allowance, models.RESTRICT, related_name="sales")
    key = models.CharField(max_length=120)
    sale = models.CharField(max_length=40)
    points = models.BigIntegerField()
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["allowance", "key"], name="checkout_allowancesale_once")]
