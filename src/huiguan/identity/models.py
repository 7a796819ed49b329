"""The organisation's tree, its staff, who holds which post where and when, how they sign in, and the programs that may
call."""

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
    """A program that calls. Its key is shown once and kept as a hash; `shops` empty of value means every shop.

    After a rotation the old key opens until `old_key_until`, on wall time."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=120)
    key_hash = models.BinaryField(max_length=32, unique=True)
    key_tail = models.CharField(max_length=4)
    old_key_hash = models.BinaryField(max_length=32, unique=True, null=True)
    old_key_until = models.DateTimeField(null=True)
    powers = ArrayField(models.CharField(max_length=30))
    shops = ArrayField(models.BigIntegerField(), null=True)
    rate_per_minute = models.PositiveIntegerField(default=6000)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "name"], name="identity_client_name")]


class PostRow(models.Model):
    """A post as this house has it: one it added, or one of the usual ones it changed. Without a row the usual one holds."""

    programme_id = models.BigIntegerField()
    name = models.CharField(max_length=30)
    title_zh = models.CharField(max_length=40)
    title_en = models.CharField(max_length=40)
    powers = ArrayField(models.CharField(max_length=30))
    held_at = ArrayField(models.CharField(max_length=10))
    rank = models.PositiveSmallIntegerField()
    second_factor = models.BooleanField(default=False)

    class Meta:
        db_table = "identity_post"
        constraints = [models.UniqueConstraint(fields=["programme_id", "name"], name="identity_post_name")]


class Session(models.Model):
    """A person signed in at a device, on wall time. The browser holds the token, this row its hash."""

    programme_id = models.BigIntegerField()
    staff = models.ForeignKey(Staff, models.RESTRICT, related_name="sessions")
    token_hash = models.BinaryField(max_length=32, unique=True)
    how = models.CharField(max_length=10)
    address = models.CharField(max_length=45)
    device = models.CharField(max_length=300)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proved_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["programme_id", "staff"], condition=models.Q(ended_at=None), name="identity_session_open"
            )
        ]


class PasswordLink(models.Model):
    """A link that sets one password once, on wall time. Whoever made it saw it once; the row holds its hash."""

    programme_id = models.BigIntegerField()
    staff = models.ForeignKey(Staff, models.RESTRICT, related_name="password_links")
    token_hash = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Totp(models.Model):
    """The secret a person's phone makes codes with, sealed. `last_step`: the step of the last code taken, so that none
    is taken twice. Until `confirmed_at` it asks for nothing."""

    programme_id = models.BigIntegerField()
    staff = models.OneToOneField(Staff, models.RESTRICT, related_name="totp")
    sealed = models.BinaryField()
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)


class RecoveryCode(models.Model):
    """A code on paper for the day the phone is lost; used once. Kept as a hash under the installation's key."""

    programme_id = models.BigIntegerField()
    staff = models.ForeignKey(Staff, models.RESTRICT, related_name="recovery_codes")
    code_hash = models.BinaryField(max_length=32)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "code_hash"], name="identity_recovery_once")]


class Passkey(models.Model):
    """A key that lives in a person's device and opens at `site`. The public half; `sign_count` shows a copied device."""

    programme_id = models.BigIntegerField()
    staff = models.ForeignKey(Staff, models.RESTRICT, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    public_key = models.BinaryField()
    sign_count = models.BigIntegerField()
    name = models.CharField(max_length=60)
    site = models.CharField(max_length=255)
    created_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["staff", "name"], name="identity_passkey_name")]


class ClientRefusal(models.Model):
    """What a program was refused: how often and when last, by code and address."""

    programme_id = models.BigIntegerField()
    client = models.ForeignKey(Client, models.RESTRICT, related_name="refusals")
    code = models.CharField(max_length=60)
    address = models.CharField(max_length=200)
    times = models.PositiveIntegerField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "code", "address"], name="identity_refusal_once")]


class SignInTrouble(models.Model):
    """Failed sign-ins under one name ("name:…"), of one person's codes ("code:…") or from one address ("from:…"), and
    wrong one-time codes from there ("visitor:…"), on wall time.

    Of no programme: the name may not exist at all.
    """

    key = models.CharField(max_length=120, primary_key=True)
    failures = models.PositiveIntegerField()
    last_failed_at = models.DateTimeField()
    wait_until = models.DateTimeField()


class OneTimeCode(models.Model):
    """Six digits sent to a phone or a mailbox, on wall time. `address_hash`, `source_hash` and `code_hash` are blind;
    `sealed` holds address and text until they were handed over to be sent, or their time ran out. `proof_hash`: what
    the right code was answered with. A decoy is sent to nobody and opens nothing."""

    programme_id = models.BigIntegerField()
    purpose = models.CharField(max_length=30)
    subject = models.CharField(max_length=120, default="")
    channel = models.CharField(max_length=10)
    masked = models.CharField(max_length=120)
    address_hash = models.BinaryField(max_length=32)
    source_hash = models.BinaryField(max_length=32)
    code_hash = models.BinaryField(max_length=32)
    sealed = models.BinaryField(null=True)
    decoy = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    issued_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    handed_at = models.DateTimeField(null=True)
    proof_hash = models.BinaryField(max_length=32, unique=True, null=True)
    proof_until = models.DateTimeField(null=True)
    spent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme_id", "purpose", "address_hash"],
                condition=models.Q(closed_at=None),
                name="identity_code_one_live",
            )
        ]
        indexes = [
            models.Index(fields=["programme_id", "address_hash", "issued_at"], name="identity_code_by_address"),
            models.Index(fields=["programme_id", "source_hash", "issued_at"], name="identity_code_by_source"),
            models.Index(fields=["id"], condition=models.Q(sealed__isnull=False), name="identity_code_to_send"),
        ]


class Seat(models.Model):
    """A place of a body held from `since` until just before `until`: by somebody on the staff, by a member, or by
    somebody who is neither and never signs in here. Ended, never deleted. Which places there are, the rulebook says."""

    programme_id = models.BigIntegerField()
    body = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=40)
    staff = models.ForeignKey(Staff, models.RESTRICT, null=True, related_name="seats")
    membership_id = models.BigIntegerField(null=True)
    name = models.CharField(max_length=120)
    resolution = models.CharField(max_length=120, default="")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why_ended = models.CharField(max_length=200, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="identity_seat_order"
            ),
            models.CheckConstraint(
                condition=models.Q(staff=None) | models.Q(membership_id=None), name="identity_seat_one_holder"
            ),
        ]
        indexes = [
            models.Index(fields=["programme_id", "body", "place", "since"], name="identity_seat_by_place"),
            models.Index(
                fields=["membership_id"],
                condition=models.Q(membership_id__isnull=False),
                name="identity_seat_by_member",
            ),
        ]
