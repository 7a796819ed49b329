"""Whose membership ends of itself, and on which day: by its term, with her card, or because she was not seen for as long as a ground says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models.functions import Coalesce

from huiguan.kernel.moments import add_months, at_day, local_day
from huiguan.ledger import facts as ledger_facts
from huiguan.members.models import Card, Membership
from huiguan.rules.kinds import credential, member_type, term
from huiguan.rules.kinds import exit as exits
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.standing import ACTIVE

_DAY = timedelta(days=1)
_MONTH_ENDS = timedelta(days=4)  # months back and forth differ by so much at their ends
_AT_ONCE = 1000


def ends_between(programme: int, rulebook: Programme, first: date, last: date) -> dict[int, date]:
    """membership -> its last day, of those in good standing that end from `first` to `last` if nothing is done until then:
    no renewal, no purchase, no new card. The earlier one where several end it."""
    found = dict(_terms(programme, rulebook, first, last))
    for membership, day in _cards(programme, rulebook, first, last):
        found[membership] = min(day, found.get(membership, day))
    for name in member_type.types(rulebook) or [""]:
        ground = exits.silent_ground(rulebook, name)
        for membership, day in _silent(programme, rulebook, name, ground, first, last) if ground else ():
            found[membership] = min(day, found.get(membership, day))
    return found


def _terms(programme: int, rulebook: Programme, first: date, last: date) -> Iterator[tuple[int, date]]:
    since, until = at_day(first, rulebook.zone), at_day(last + _DAY, rulebook.zone)
    rows = Membership.objects.filter(programme_id=programme, standing=ACTIVE, ends_at__gt=since, ends_at__lte=until)
    for key, ends in rows.order_by("pk").values_list("pk", "ends_at"):
        if ends is not None:
            yield key, date.fromisoformat(term.last_day(ends, rulebook.zone))


def _cards(programme: int, rulebook: Programme, first: date, last: date) -> Iterator[tuple[int, date]]:
    """Of cards that are good for so many years: the last day of each, where it is the newest and no other follows."""
    known = credential.validity(rulebook)
    if known is None:
        return
    months = 12 * known[1]
    since = at_day(add_months(first, -months) - _MONTH_ENDS, rulebook.zone)
    until = at_day(add_months(last, -months) + _MONTH_ENDS, rulebook.zone)
    held = Membership.objects.filter(programme_id=programme, standing=ACTIVE).values("pk")
    rows = Card.objects.filter(programme_id=programme, status=Card.Status.ACTIVE, membership_id__in=held)
    begun = rows.alias(begun=Coalesce("term_since", "issued_at")).filter(begun__gte=since, begun__lt=until)
    for key, seen in begun.values_list("membership_id", Coalesce("term_since", "issued_at")).order_by("membership_id"):
        day = add_months(local_day(seen, rulebook.zone), months) - _DAY
        if first <= day <= last:
            yield key, day


def _silent(
    programme: int, rulebook: Programme, type: str, ground: tuple[Clause, exits.Ground], first: date, last: date
) -> Iterator[tuple[int, date]]:
    """Only who joined long enough ago can be silent for so long; what was before `since` ends before `first`."""
    months = ground[1].silent or 0
    since = add_months(first, -months) - _MONTH_ENDS
    until = at_day(add_months(last, -months) + _MONTH_ENDS, rulebook.zone)
    rows = Membership.objects.filter(programme_id=programme, standing=ACTIVE, type=type, joined_at__lt=until)
    joined = {key: local_day(at, rulebook.zone) for key, at in rows.order_by("pk").values_list("pk", "joined_at")}
    keys = list(joined)
    for start in range(0, len(keys), _AT_ONCE):
        chunk = keys[start : start + _AT_ONCE]
        known = ledger_facts.days(chunk, since)
        for key in chunk:
            seen = max([joined[key], *(day for day, told in known[key].items() if any(told.values()))])
            day = exits.silence(ground, seen)[0] - _DAY
            if first <= day <= last:
                yield key, day
