"""Who belongs, in what standing and tier, with which card; how each came about; and what was brought in from before."""

from __future__ import annotations

from django.db import models

from huiguan.members.models.bringing import Referral as Referral
from huiguan.members.models.certificates import Certificate as Certificate
from huiguan.members.models.certificates import CertificateSeries as CertificateSeries
from huiguan.members.models.life import Encumbrance as Encumbrance
from huiguan.members.models.life import Mark as Mark
from huiguan.members.models.printing import PrintedCard as PrintedCard
from huiguan.members.models.printing import PrintRun as PrintRun
from huiguan.members.models.verifying import Pin as Pin
from huiguan.members.models.verifying import Verification as Verification


class Membership(models.Model):
    """A party in a programme. Standing and tier are the newest of its changes, kept here because every sale asks.

    `birthday` is the profile's, typed, for the same reason: the till reads one row. The moments ahead (`opens_at` to
    `barred_until`) are when the standing turns of itself; what has fallen due is true before it is written.
    """

    class Standing(models.TextChoices):
        PENDING = "pending"
        APPROVED = "approved"
        PROVISIONAL = "provisional"
        ACTIVE = "active"
        FROZEN = "frozen"
        SUSPENDED = "suspended"
        LAPSED = "lapsed"
        EXITED = "exited"
        EXPELLED = "expelled"
        MERGED = "merged"
        LEFT = "left"

    programme_id = models.BigIntegerField()
    party = models.ForeignKey("parties.Party", on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    joined_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    joined_shop_id = models.BigIntegerField(null=True)
    came_by = models.CharField(max_length=10, default="", db_default="")  # `arriving.CHANNELS`
    form_date = models.DateField()
    entered_late = models.BooleanField()
    standing = models.CharField(max_length=20, choices=Standing.choices)
    standing_since = models.DateTimeField()
    tier = models.CharField(max_length=40)
    tier_since = models.DateTimeField()
    birthday = models.DateField(null=True)
    profile_complete = models.BooleanField()
    type = models.CharField(max_length=40, default="", db_default="")  # of the rulebook's; '' where it knows one sort
    member_since = models.DateTimeField(null=True)  # since when without a break; null: since she joined
    opens_at = models.DateTimeField(null=True)  # approved: in effect from then on
    resumes_at = models.DateTimeField(null=True)  # suspended: until then
    ends_at = models.DateTimeField(null=True)  # the term's end; null: none
    lapses_at = models.DateTimeField(null=True)  # its end and the grace after it
    exits_at = models.DateTimeField(null=True)  # the notice given runs out
    exit_held = models.DateTimeField(null=True)  # then, but for what must be cleared first
    exit_ground = models.CharField(max_length=40, default="", db_default="")
    barred_until = models.DateTimeField(null=True)
    ahead = models.JSONField(
        null=True
    )  # what measures give back of tier and card, and when: `ahead` says how it is kept
    merged_into = models.BigIntegerField(null=True)  # the membership of the same person that goes on; null: none

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="members_number_once"),
            models.CheckConstraint(
                condition=models.Q(standing="merged", merged_into__isnull=False)
                | (~models.Q(standing="merged") & models.Q(merged_into=None)),
                name="members_merged_into_one",
            ),
        ]
        indexes = [
            models.Index(fields=["merged_into"], name="members_merged", condition=models.Q(merged_into__isnull=False)),
            models.Index(fields=["party"], name="members_of_party"),
            models.Index(fields=["programme_id", "tier", "number"], name="members_by_tier"),
            models.Index(
                fields=["programme_id", "type", "number"], name="members_by_type", condition=~models.Q(type="")
            ),
            *(
                models.Index(
                    fields=["programme_id", name],
                    name=f"members_due_{name[:-3]}",
                    condition=models.Q(**{f"{name}__isnull": False}),
                )
                for name in ("opens_at", "resumes_at", "lapses_at", "exits_at")
            ),
            models.Index(fields=["programme_id", "joined_shop_id", "entered_at"], name="members_by_shop"),
        ]


class Change(models.Model):
    """A tier, standing or card that changed: from what to what, from which moment, why. Only ever added to.

    `seq` comes from members_change_seq; of several changes at one moment the later written one counts.
    """

    pk = models.CompositePrimaryKey("membership_id", "seq")
    membership_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    programme_id = models.BigIntegerField()
    what = models.CharField(max_length=10)
    before = models.CharField(max_length=40)
    after = models.CharField(max_length=40)
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    clause = models.CharField(max_length=12)  # empty where a person decided; the cause then says why
    cause = models.CharField(max_length=300)
    values = models.JSONField()
    actor = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(what__in=["tier", "standing", "card", "merge", "type"]), name="members_change_what"
            )
        ]
        indexes = [models.Index(fields=["membership_id", "what", "at", "seq"], name="members_change_at")]


class Card(models.Model):
    """A card and what became of it. `seq` counts a membership's cards from 1; a number is never given twice."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        FROZEN = "frozen"
        LOST = "lost"
        REPLACED = "replaced"
        VOID = "void"

    pk = models.CompositePrimaryKey("membership_id", "seq")
    membership_id = models.BigIntegerField()
    seq = models.IntegerField()
    programme_id = models.BigIntegerField()
    number = models.CharField(max_length=40)
    status = models.CharField(max_length=10, choices=Status.choices)
    issued_at = models.DateTimeField()
    entered_at = models.DateTimeField()
    entered_late = models.BooleanField()
    issued_shop_id = models.BigIntegerField(null=True)
    lost_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    replaced_by = models.CharField(max_length=40, default="")
    clause = models.CharField(max_length=12)  # of the credential; empty where the rulebook says nothing of cards
    waiting = models.BooleanField(default=False, db_default=False)  # not opened for use yet
    activated_at = models.DateTimeField(null=True)  # when it was, where it had to be
    term_since = models.DateTimeField(null=True)  # from when its years count; null: from its issue
    reviewed_at = models.DateTimeField(null=True)  # the end of the last year of it that was judged
    why = models.CharField(max_length=12, default="first", db_default="first")  # first, replacement, swap, renewal
    issued_by = models.CharField(max_length=80, default="", db_default="")  # references; empty where nobody kept them
    activated_by = models.CharField(max_length=80, default="", db_default="")
    frozen_at = models.DateTimeField(null=True)  # until a person lifts it, whatever else becomes of the card
    carried_over = models.BooleanField(default=False)  # issued before this system: its gifts were given then

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["programme_id", "number"], name="members_card_number_once"),
            models.CheckConstraint(
                condition=~models.Q(status="lost") | models.Q(lost_at__isnull=False), name="members_card_lost_when"
            ),
            models.CheckConstraint(
                condition=models.Q(status="replaced", replaced_at__isnull=False)
                | (~models.Q(status="replaced") & models.Q(replaced_at=None)),
                name="members_card_replaced_when",
            ),
        ]


class CardReview(models.Model):
    """A use somebody looks at: what was unusual, and what she decided. One open at a time for a membership."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    card = models.CharField(max_length=40)  # empty where she holds none
    frozen = models.BooleanField()  # whether the card was frozen for it
    opened_at = models.DateTimeField()
    written_at = models.DateTimeField()
    opened_by = models.CharField(max_length=80)
    clause = models.CharField(max_length=12)  # empty where a person froze the card
    version = models.BigIntegerField(null=True)  # of the rulebook whose sentence tells why
    say = models.CharField(max_length=20)
    values = models.JSONField()
    cause = models.CharField(max_length=300)  # the sale, or the person's own words
    decided_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=10, default="")  # released, confirmed
    reason = models.CharField(max_length=300, default="")
    decided_by = models.CharField(max_length=80, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id"], condition=models.Q(decided_at=None), name="members_review_once"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_at=None, decision="")
                | models.Q(decided_at__isnull=False, decision__in=["released", "confirmed"]),
                name="members_review_decided",
            ),
        ]
        indexes = [
            models.Index(fields=["programme_id", "decided_at", "opened_at"], name="members_reviews"),
            models.Index(fields=["membership_id", "-id"], name="members_reviews_of"),
        ]


class AuthorisedUser(models.Model):
    """Somebody who may buy in a member's name, from `since` until just before `until`. Ended, never deleted."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    name = models.CharField(max_length=60)
    kin = models.CharField(max_length=20)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    clause = models.CharField(max_length=12)
    actor = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["membership_id", "name"], condition=models.Q(until=None), name="members_user_listed_once"
            )
        ]


class Opening(models.Model):
    """What a member brought from before this system, under the number of the bill that proves it. Never edited."""

    programme_id = models.BigIntegerField()
    membership_id = models.BigIntegerField()
    bill = models.CharField(max_length=80)
    points = models.JSONField()  # [[units, "moment earned"], …]
    spend = models.JSONField()  # [["day", fen], …]
    journal_seq = models.BigIntegerField()
    at = models.DateTimeField()
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    clause = models.CharField(max_length=12)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "bill"], name="members_bill_once")]
        indexes = [models.Index(fields=["membership_id"], name="members_openings")]


class Merge(models.Model):
    """Two memberships of one person made one: `absorb` went into `keep`. Undone, never deleted.

    `document`: what moved, so that undoing gives back exactly that: `lots` [[unit, seq and n of the absorbed one's lot,
    seq and n of the kept one's, amount], …], `days` [[day, measure, amount], …] counted for the kept one now, `rights`
    [[its right, her right], …], `cards` [[number, its place before], …], `voided`, `users`, `fields`, `swapped`, `tier`.
    """

    programme_id = models.BigIntegerField()
    keep = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    absorb = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    actor = models.CharField(max_length=80)
    document = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    undo_reason = models.CharField(max_length=200, default="")
    undone_by = models.CharField(max_length=80, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["absorb"], condition=models.Q(undone_at=None), name="members_absorbed_once")
        ]


class NumberSeries(models.Model):
    """The next member number of a programme. Numbers may be skipped, never given twice."""

    programme_id = models.BigIntegerField(primary_key=True)
    prefix = models.CharField(max_length=10)
    next = models.BigIntegerField()


class GrantRun(models.Model):
    """A month-end whose grants are all written: the work is done once, and restarts where it stopped."""

    programme_id = models.BigIntegerField()
    month_end = models.DateField()  # the month's last day
    ends = models.DateTimeField()  # its 24:00, the moment of the grants
    granted = models.IntegerField()
    written_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["programme_id", "month_end"], name="members_grants_once")]
