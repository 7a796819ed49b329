"""Writing persons down and changing what is known of them.

The room above has asked whether the actor may, and holds the transaction; only revealing stands by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.parties import storing
from huiguan.parties.forgetting import forget_party as forget_party
from huiguan.parties.models import Distinct, Party, PartyField, PartyKey
from huiguan.parties.names import reading
from huiguan.parties.opening import in_clear, sealed_parts
from huiguan.parties.relating import relate as relate
from huiguan.parties.relating import unrelate as unrelate
from huiguan.parties.sealing import bound_of, unseal
from huiguan.parties.storing import Written
from huiguan.parties.values import NewParty, RevealedField

_FIELD = Text(zh="资料项", en="profile field")


def create_parties(*, actor: Actor, at: datetime, parties: Sequence[NewParty]) -> list[int]:
    """Write persons down with their fields and phones, a few statements for all; their keys in the same order.

    Phones must be free (`queries.holders_of`); the database refuses a second live one.
    """
    ids = storing.next_ids("parties_party", len(parties))
    storing.insert_parties(actor.programme, ids, parties, at)
    phones = [(party, new.phone) for party, new in zip(ids, parties, strict=True) if new.phone]
    storing.insert_keys(actor.programme, storing.PHONE, phones, at)
    fields = (Written(party, new.fields, new.sensitive, new.once) for party, new in zip(ids, parties, strict=True))
    storing.insert_fields(actor.programme, fields, at, actor.reference)
    return ids


def create_party(*, actor: Actor, at: datetime, party: NewParty) -> int:
    """Write one person down; her key."""
    return create_parties(actor=actor, at=at, parties=[party])[0]


def change_fields(
    *,
    actor: Actor,
    at: datetime,
    party: int,
    fields: Mapping[str, str | None],
    sensitive: frozenset[str] = frozenset(),
    once: Mapping[str, str] | None = None,
) -> None:
    """From `at` on the fields have these values; None ends one. What was before stays, closed at `at`. `sensitive` and
    `once` as of `NewParty`; what is one person's alone must be free (`queries.holders_of_once`)."""
    storing.close_fields(party, list(fields), at)
    kept = {name: value for name, value in fields.items() if value is not None}
    storing.insert_fields(actor.programme, [Written(party, kept, sensitive, once or {})], at, actor.reference)


def rename_party(*, actor: Actor, at: datetime, party: int, name: str) -> None:
    """The person goes by `name` from `at` on; the former name stays in her history."""
    row = Party.objects.select_for_update().get(pk=party, programme_id=actor.programme)
    former = row.name
    if former == name:
        return
    if not PartyField.objects.filter(party=row, name="name", until=None).exists():
        storing.insert_fields(actor.programme, [Written(party, {"name": former})], row.created_at, actor.reference)
    change_fields(actor=actor, at=at, party=party, fields={"name": name})
    read = reading(name)
    row.name, row.pinyin, row.letters, row.initials = name, read.pinyin, read.letters, read.initials
    row.save(update_fields=["name", "pinyin", "letters", "initials"])


def change_phone(*, actor: Actor, at: datetime, party: int, phone: str) -> None:
    """The person is found by `phone` from `at` on, and no longer by the one before. It must be free."""
    storing.close_keys(party, storing.PHONE, at)
    storing.insert_keys(actor.programme, storing.PHONE, [(party, phone)], at)
    storing.follow_phones([party])


def release_phone(*, actor: Actor, at: datetime, party: int) -> bool:
    """From `at` on the person is found by no phone, and the number is free for another; whether she had one."""
    had = storing.close_keys(party, storing.PHONE, at)
    storing.follow_phones([party])
    return had


def swap_phones(*, actor: Actor, at: datetime, one: int, other: int) -> None:
    """From `at` on each of two persons (or one person twice) is found by the phone of the other."""
    held = {
        key.party_id: unseal(bytes(key.sealed), bound=bound_of(key.party_id, storing.PHONE))
        for key in PartyKey.objects.filter(party__in=[one, other], kind=storing.PHONE, until=None)
    }
    for party in (one, other):
        storing.close_keys(party, storing.PHONE, at)
    phones = [(taker, held[giver]) for taker, giver in ((one, other), (other, one)) if giver in held]
    storing.insert_keys(actor.programme, storing.PHONE, phones, at)
    storing.follow_phones([one, other])


def change_birthday(*, actor: Actor, at: datetime, party: int, birthday: date | None) -> None:
    """From `at` on the person is compared with others of her name by this day; None: by none."""
    Party.objects.filter(pk=party, programme_id=actor.programme).update(birthday=birthday)


def set_aside(*, actor: Actor, at: datetime, party: int, absorbed: bool) -> None:
    """Whether the person's account is part of another's, and she is likened to nobody while it is. What was hers alone may
    be the other's too meanwhile; where it still is afterwards, it stays the other's."""
    Party.objects.filter(pk=party, programme_id=actor.programme).update(absorbed=absorbed)
    own = PartyField.objects.filter(party=party, programme_id=actor.programme, until=None, once__isnull=False)
    if absorbed:
        own.update(aside=True)
        return
    alone = PartyField.objects.filter(programme_id=actor.programme, until=None, aside=False, once=OuterRef("once"))
    own.filter(~Exists(alone.exclude(party=party))).update(aside=False)


def release_once(*, actor: Actor, at: datetime, party: int) -> None:
    """What was the person's alone may be somebody else's from `at` on: her account went to another."""
    PartyField.objects.filter(party=party, programme_id=actor.programme, until=None).update(once=None)


def keep_apart(*, actor: Actor, at: datetime, one: int, other: int, reason: str) -> bool:
    """Two persons who look like one are not: they are named as likely duplicates no more. Whether it was new."""
    first, second = sorted((one, other))
    told = {"programme_id": actor.programme, "at": at, "reason": reason, "actor": actor.reference}
    return Distinct.objects.get_or_create(one_id=first, other_id=second, defaults=told)[1]


def adopt_fields(
    *,
    actor: Actor,
    at: datetime,
    party: int,
    source: int,
    names: Sequence[str],
    once: Mapping[str, str] | None = None,
) -> None:
    """From `at` on the person has the values that `source` has of these fields, sealed ones sealed anew; None ends one
    that `source` has not. What is `once` must be set aside at `source` (`set_aside`)."""
    rows = {row.name: row for row in PartyField.objects.filter(party=source, name__in=names, until=None)}
    _take_over(actor, at, party, {name: rows.get(name) for name in names}, once or {})


def withdraw_fields(
    *,
    actor: Actor,
    at: datetime,
    party: int,
    names: Sequence[str],
    since: datetime,
    once: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Fields that have stood unchanged since they were changed at `since` get the values they had before; which."""
    standing = PartyField.objects.filter(party=party, name__in=names, until=None, since=since)
    unchanged = set(standing.values_list("name", flat=True))
    former = {row.name: row for row in PartyField.objects.filter(party=party, name__in=unchanged, until=since)}
    _take_over(actor, at, party, {name: former.get(name) for name in unchanged}, once or {})
    return tuple(sorted(unchanged))


def _take_over(
    actor: Actor, at: datetime, party: int, rows: Mapping[str, PartyField | None], once: Mapping[str, str]
) -> None:
    values = {name: None if row is None else in_clear(row) for name, row in rows.items()}
    sealed = frozenset(part for row in rows.values() if row is not None for part in sealed_parts(row))
    change_fields(actor=actor, at=at, party=party, fields=values, sensitive=sealed, once=once)


def reveal_field(*, actor: Actor, at: datetime, party: int, name: str, subject: str) -> RevealedField:
    """A sealed value, or the whole phone (`phone`), in the clear, with one line in the audit of `subject`.

    Forbidden without `reveal`; NotFound where nothing is kept.
    """
    actor.demand("reveal")
    return perform(
        "reveal_field",
        actor=actor,
        at=at,
        subject=subject,
        given={"field": name},
        do=lambda: RevealedField(name, _opened(actor.programme, party, name)),
        returns=RevealedField,
    )


def _opened(programme: int, party: int, name: str) -> str:
    owned = Q(party=party, programme_id=programme, until=None)
    kept: PartyKey | PartyField | None = (
        PartyKey.objects.filter(owned, kind=name).first()
        if name == storing.PHONE
        else PartyField.objects.filter(owned, name=name).first()
    )
    if kept is None:
        raise NotFound(field="field", what=_FIELD, given=name)
    if isinstance(kept, PartyField):
        return in_clear(kept)
    return unseal(bytes(kept.sealed), bound=bound_of(party, name))
