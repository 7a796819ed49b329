"""How members are reached, and whose birthday it is: for the room that writes to them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from huiguan.members import forms, register
from huiguan.members.models import Membership
from huiguan.parties import queries as parties
from huiguan.parties.values import Contact
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.kinds.multiplier import birthday_in
from huiguan.rules.programme import Programme

_FEW = 14  # days: a night's span, asked for by their dates


def contacts(programme: int, memberships: Iterable[int], at: datetime) -> dict[int, Contact]:
    """membership -> phone and mailbox as they were at `at`, in clear; one merged into another is reached as that other.
    Unknown ones are left out."""
    rulebook = programmes.ruling_at(programme, at)
    fields = profile_kind.form(rulebook)[1] if rulebook else ()
    rows = Membership.objects.filter(programme_id=programme, pk__in=list(memberships))
    held = {key: (merged, party) for key, merged, party in rows.values_list("pk", "merged_into", "party_id")}
    others = {merged for merged, _ in held.values() if merged is not None}
    kept = dict(Membership.objects.filter(pk__in=others).values_list("pk", "party_id"))
    owners = {key: kept[merged] if merged is not None else party for key, (merged, party) in held.items()}
    found = parties.contacts(
        sorted(set(owners.values())), at, [field.name for field in fields if field.type == "email"]
    )
    return {key: found[party] for key, party in owners.items()}


def members_of_parties(programme: int, parties_asked: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """party -> its memberships in this programme that were not merged into others, by key."""
    rows = Membership.objects.filter(programme_id=programme, party_id__in=list(parties_asked), merged_into=None)
    found: dict[int, tuple[int, ...]] = {}
    for key, party in rows.order_by("pk").values_list("pk", "party_id"):
        found[party] = (*found.get(party, ()), key)
    return found


def birthdays_between(programme: int, first: date, last: date) -> tuple[tuple[int, date], ...]:
    """(membership, day) of the birthdays from `first` to `last`, by key; whoever was born on a leap day has hers on the
    28th in other years. One statement."""
    rows = Membership.objects.filter(programme_id=programme, merged_into=None, birthday__isnull=False)
    if (last - first).days < _FEW:
        days = [first + timedelta(days=n) for n in range(-1, (last - first).days + 2)]
        rows = rows.filter(reduce(or_, (Q(birthday__month=day.month, birthday__day=day.day) for day in days)))
    return tuple(
        (key, day)
        for key, born in rows.order_by("pk").values_list("pk", "birthday")
        if born is not None
        for year in range(first.year, last.year + 1)
        for day in (birthday_in(year, born),)
        if first <= day <= last
    )


def called(programme: int, memberships: Iterable[int]) -> dict[int, tuple[str, str]]:
    """membership -> (number, name), for whoever writes to them; unknown ones are left out."""
    return register.names_of(programme, memberships)


def phone_field(rulebook: Programme) -> str:
    """Under which name the form asks for the phone."""
    return forms.key_names(rulebook)["phone"]


def joined_at_shop(membership: int) -> int | None:
    """The key of the shop a member joined at; None where none was named."""
    return Membership.objects.filter(pk=membership).values_list("joined_shop_id", flat=True).first()
