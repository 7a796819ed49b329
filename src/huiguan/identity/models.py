"""The organisation's tree, its staff, who holds which post where and when, and the programs that may call."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models


class Node(models.Model):
    """A place in the organisation: the house itself, a region, a shop. A shop's id is `shop_id` everywhere."""

    programme_id = models.BigIntegerField()
    parent = models.ForeignKey("self", models.RESTRICT, null=True, related_name="children")
    kind = models.CharField(max_length=10)
    code = models.CharField(max_length=40)
    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "code"], name="identity_node_code"),
            models.UniqueConstraint(
                fields=["programme_id"], condition=models.Q(parent=None), name="identity_node_one_root"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="house", parent=None)
                | models.Q(kind__in=["region", "shop"], parent__isnull=False),
                name="identity_node_kind",
            ),
        ]


class Staff(AbstractBaseUser):
    """A person who signs in. `username` is unique over all programmes: it is given before a programme is known."""

    programme_id = models.BigIntegerField()
    username = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    phone = models.CharField(max_length=11, default="")
    is_active = models.BooleanField(default=True)  # Django's own name: its sign-in asks for it
    language = models.CharField(max_length=2, default="zh")
    created_at = models.DateTimeField()

    objects = BaseUserManager()

    USERNAME_FIELD = "username"

    class Meta:
        indexes = [models.Index(fields=["programme_id", "name"], name="identity_staff_by_name")]


class Holding(models.Model):
    """A post held at a node from `since` until just before `until`. Ended, never deleted."""

    programme_id = models.BigIntegerField()
    staff = models.ForeignKey(Staff, models.RESTRICT, related_name="holdings")
    node = models.ForeignKey(Node, models.RESTRICT, related_name="holdings")
    post = models.CharField(max_length=30)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="identity_holding_order"
            ),
            models.UniqueConstraint(
                fields=["staff", "node", "post"], condition=models.Q(until=None), name="identity_holding_once"
            ),
        ]


class Client(models.Model):
    """A program that calls. Its key is shown once and kept as a hash; `shops` empty of value means every shop."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=120)
    key_hash = models.BinaryField(max_length=32, unique=True)
    key_tail = models.CharField(max_length=4)
    powers = ArrayField(models.CharField(max_length=30))
    shops = ArrayField(models.BigIntegerField(), null=True)
    rate_per_minute = models.PositiveIntegerField(default=6000)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "name"], name="identity_client_name")]


class SignInTrouble(models.Model):
    """Failed sign-ins under one name ("name:…") or from one address ("from:…"), on wall time.

    Of no programme: the name may not exist at all.
    """

    key = models.CharField(max_length=120, primary_key=True)
    failures = models.PositiveIntegerField()
    last_failed_at = models.DateTimeField()
    wait_until = models.DateTimeField()
