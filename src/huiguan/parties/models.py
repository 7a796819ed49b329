"""Persons and organisations we know, what we know of them and since when, and the keys they are found by."""

from __future__ import annotations

from django.db import models


class Party(models.Model):
    """A person or organisation, under the name it goes by now; older names are in its fields."""

    class Kind(models.TextChoices):
        PERSON = "person"
        ORGANISATION = "organisation"

    programme_id = models.BigIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.PERSON)
    name = models.CharField(max_length=120)
    pinyin = models.CharField(max_length=480)  # syllables apart, "li mei": names sort by it
    letters = models.CharField(max_length=480)  # the same run together, "limei": as people type it
    initials = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    # What persons are compared by who may be one, kept here so that an index alone tells which of it occurs twice.
    phone_tail = models.CharField(max_length=4, default="", db_default="")  # of the phone she is found by now
    birthday = models.DateField(null=True)
    absorbed = models.BooleanField(default=False, db_default=False)  # part of another's account: compared no more

    class Meta:
        indexes = [
            models.Index(
                fields=["programme_id", "letters", "phone_tail"],
                name="parties_like_reading",
                condition=~models.Q(letters="") & ~models.Q(phone_tail="") & models.Q(absorbed=False),
            ),
            models.Index(
                fields=["programme_id", "name", "birthday"],
                name="parties_like_birthday",
                condition=models.Q(birthday__isnull=False, absorbed=False),
            ),
            models.Index(
                fields=["programme_id", "name"], name="parties_name", opclasses=["int8_ops", "varchar_pattern_ops"]
            ),
            models.Index(
                fields=["programme_id", "letters"],
                name="parties_letters",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
            models.Index(
                fields=["programme_id", "initials"],
                name="parties_initials",
                opclasses=["int8_ops", "varchar_pattern_ops"],
            ),
        ]


class PartyField(models.Model):
    """One value of one profile field over one time. A change closes the row and opens another; nothing is overwritten.

    A sensitive value lies sealed in `sealed`, any other in `value`. Of a list with sensitive parts the whole is sealed, and
    `value` shows it with those parts hidden. `once` is of a value that is one person's alone; `aside` while her account is
    part of another's, who may have the same.
    """

    programme_id = models.BigIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="fields")
    name = models.CharField(max_length=40)
    value = models.TextField(null=True)
    sealed = models.BinaryField(null=True)
    blind = models.BinaryField(max_length=32, null=True)  # of an identity number: found whole, and tells nothing
    once = models.BinaryField(max_length=32, null=True)
    aside = models.BooleanField(default=False, db_default=False)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    entered_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "name"], condition=models.Q(until=None), name="parties_field_one_open"
            ),
            models.CheckConstraint(condition=~models.Q(value=None, sealed=None), name="parties_field_open_or_sealed"),
            models.UniqueConstraint(
                fields=["programme_id", "once"],
                condition=models.Q(once__isnull=False, until=None, aside=False),
                name="parties_field_one_person",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="parties_field_order"
            ),
        ]
        indexes = [
            models.Index(fields=["party", "name", "since"], name="parties_field_history"),
            models.Index(
                fields=["programme_id", "blind"],
                name="parties_field_blind",
                condition=models.Q(blind__isnull=False, until=None),
            ),
            models.Index(
                fields=["programme_id", "once"],
                name="parties_field_aside",
                condition=models.Q(once__isnull=False, until=None, aside=True),
            ),
        ]


class PartyKey(models.Model):
    """What a party is found by. The value is sealed; `blind` finds the whole of it, `tail` its last four characters."""

    class Kind(models.TextChoices):
        PHONE = "phone"
        EXTERNAL = "external"

    programme_id = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    blind = models.BinaryField(max_length=32)
    tail = models.CharField(max_length=4)
    sealed = models.BinaryField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="keys")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["programme_id", "kind", "blind"], condition=models.Q(until=None), name="parties_key_one_live"
            )
        ]
        indexes = [
            models.Index(fields=["programme_id", "kind", "tail"], name="parties_key_tail"),
            models.Index(
                fields=["programme_id", "kind", "blind"],
                name="parties_key_former",
                condition=models.Q(until__isnull=False),
            ),
        ]


class Distinct(models.Model):
    """Two persons who look like one and are not: somebody looked. `one` is the earlier key."""

    programme_id = models.BigIntegerField()
    one = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    actor = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="parties_distinct_once"),
            models.CheckConstraint(condition=models.Q(one__lt=models.F("other")), name="parties_distinct_in_order"),
        ]


class Relation(models.Model):
    """Who somebody is to a party over one time: its legal representative, handler, contact, branch, parent, recommender. How
    they are reached lies in `sealed`; `other` is their own party where we know it. Ended, a row stays."""

    class Role(models.TextChoices):
        REPRESENTATIVE = "representative"
        HANDLER = "handler"
        CONTACT = "contact"
        BRANCH = "branch"
        PARENT = "parent"
        RECOMMENDER = "recommender"

    programme_id = models.BigIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="relations")
    role = models.CharField(max_length=16, choices=Role.choices)
    name = models.CharField(max_length=120)
    note = models.CharField(max_length=200, default="")
    sealed = models.BinaryField(null=True)
    other = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="+", null=True)
    primary = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True)  # the last day on which it held
    entered_by = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["party", "role"],
                condition=models.Q(primary=True, until=None),
                name="parties_relation_one_primary",
            ),
            models.UniqueConstraint(
                fields=["party"],
                condition=models.Q(role="representative", until=None),
                name="parties_relation_one_head",
            ),
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")), name="parties_relation_order"
            ),
        ]
        indexes = [models.Index(fields=["programme_id", "role", "name"], name="parties_relation_named")]
