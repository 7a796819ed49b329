"""Finding persons and reading what is known of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Max, Q

from huiguan.parties.likeness import likenesses
from huiguan.parties.models import PartyField, PartyKey
from huiguan.parties.names import plain, typed
from huiguan.parties.opening import in_clear
from huiguan.parties.owning import holders_of_once, kept_in_clear
from huiguan.parties.relating import relations, same_named
from huiguan.parties.sealing import blind, bound_of, unseal
from huiguan.parties.storing import ID_NUMBER, PHONE, found_by
from huiguan.parties.values import ComparedField, Contact, FieldValue, Hit, Person, PhoneHeld

__all__ = [
    "compared",
    "field_history",
    "former_holders",
    "has_identity",
    "holders_of",
    "holders_of_once",
    "holders_of_value",
    "kept_in_clear",
    "known_fields",
    "likenesses",
    "persons",
    "phone_history",
    "profile",
    "relations",
    "same_named",
    "search",
]

MASK = "••••••"
_PHONE = re.compile(r"1[3-9]\d{9}")
_TAIL = re.compile(r"\d{4}")
_ID_NUMBER = re.compile(r"\d{17}[\dX]")

# ~<~ is the order of the indexes that find beginnings: what is wanted is read off their front, whatever else begins so.
_SEARCH = """
SELECT party, min(rank) FROM (
    (SELECT id AS party, 1 AS rank FROM parties_party WHERE programme_id = %(programme)s AND name = %(text)s LIMIT %(limit)s)
    UNION ALL
    (SELECT id, 2 FROM parties_party WHERE programme_id = %(programme)s AND name LIKE %(start)s LIMIT %(limit)s)
    UNION ALL
    (SELECT id, CASE WHEN letters = %(letters)s THEN 3 ELSE 4 END FROM parties_party
        WHERE %(letters)s <> '' AND programme_id = %(programme)s AND letters LIKE %(letters_start)s
        ORDER BY letters USING ~<~ LIMIT %(limit)s)
    UNION ALL
    (SELECT id, CASE WHEN initials = %(letters)s THEN 5 ELSE 6 END FROM parties_party
        WHERE %(letters)s <> '' AND programme_id = %(programme)s AND initials LIKE %(letters_start)s
        ORDER BY initials USING ~<~ LIMIT %(limit)s)
) AS hits(party, rank) GROUP BY party ORDER BY min(rank), party LIMIT %(limit)s
"""
# From the second, third or fourth character on, each by an index of its own; further inside only in names long enough to
# have so many. So no search reads the whole register.
_WITHIN = """
SELECT id, 7 FROM (
    (SELECT id FROM parties_party
        WHERE programme_id = %(programme)s AND substr(name, 2) LIKE %(start)s LIMIT %(limit)s)
    UNION
    (SELECT id FROM parties_party
        WHERE programme_id = %(programme)s AND substr(name, 3) LIKE %(start)s LIMIT %(limit)s)
    UNION
    (SELECT id FROM parties_party
        WHERE programme_id = %(programme)s AND substr(name, 4) LIKE %(start)s LIMIT %(limit)s)
    UNION
    (SELECT id FROM parties_party
        WHERE programme_id = %(programme)s AND length(name) > 4 AND name LIKE %(within)s LIMIT %(limit)s)
) AS hits LIMIT %(limit)s
"""
_HOW = {1: "name", 2: "name", 3: "pinyin", 4: "pinyin", 5: "initials", 6: "initials", 7: "name", 0: "phone", 8: "tail"}


def holders_of(programme: int, phones: Iterable[str]) -> dict[str, int]:
    """Who is found by these phones now: phone -> party, one statement for all; free ones are left out."""
    by_blind = {blind(programme, PHONE, phone): phone for phone in phones}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT blind, party_id FROM parties_partykey
            WHERE programme_id = %s AND kind = 'phone' AND until IS NULL AND blind = ANY(%s::bytea[])
            """,
            [programme, list(by_blind)],
        )
        return {by_blind[bytes(found)]: party for found, party in cursor.fetchall()}


def search(programme: int, text: str, *, limit: int = 20) -> tuple[Hit, ...]:
    """Persons by whole phone, its last four digits, whole identity number, name, pinyin run together ("limei") or
    initials ("lm").

    The best first: whole phone or identity number, whole name, how the name begins, pinyin, initials, a part of the name, phone's tail.
    """
    text = plain(text)
    if not text:
        return ()
    digits = text.replace(" ", "").replace("-", "")
    if _PHONE.fullmatch(digits):
        return tuple(Hit(party, 0, "phone") for party in holders_of(programme, [digits]).values())
    if _ID_NUMBER.fullmatch(digits.upper()):
        return _by_id_number(programme, digits.upper(), limit)
    if _TAIL.fullmatch(digits):
        return _by_tail(programme, digits, limit)
    return _by_name(programme, text, limit)


def _by_id_number(programme: int, number: str, limit: int) -> tuple[Hit, ...]:
    rows = PartyField.objects.filter(
        programme_id=programme, blind=blind(programme, ID_NUMBER, number), until=None
    ).order_by("party")
    return tuple(Hit(party, 0, ID_NUMBER) for party in rows.values_list("party", flat=True)[:limit])


def _by_tail(programme: int, tail: str, limit: int) -> tuple[Hit, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT party_id FROM parties_partykey
            WHERE programme_id = %s AND kind = 'phone' AND tail = %s AND until IS NULL ORDER BY party_id LIMIT %s
            """,
            [programme, tail, limit],
        )
        return tuple(Hit(row[0], 8, "tail") for row in cursor.fetchall())


def _by_name(programme: int, text: str, limit: int) -> tuple[Hit, ...]:
    letters = typed(text) if text.isascii() else ""
    given: dict[str, int | str | None] = {
        "programme": programme,
        "text": text,
        "start": f"{_literal(text)}%",
        "within": f"%{_literal(text)}%",
        "letters": letters,
        "letters_start": f"{letters}%",
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SEARCH, given)
        found = dict(cursor.fetchall())
        if len(found) < limit:  # only then names that contain the text further on
            cursor.execute(_WITHIN, given)
            for party, rank in cursor.fetchall():
                found.setdefault(party, rank)
    return tuple(Hit(party, rank, _HOW[rank]) for party, rank in list(found.items())[:limit])


def _literal(text: str) -> str:
    """Typed text inside LIKE: its own % and _ mean themselves."""
    return text.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")


def former_holders(programme: int, phone: str) -> tuple[tuple[int, datetime], ...]:
    """Who was found by this phone before and is no longer, with when it was given up, the last first."""
    rows = PartyKey.objects.filter(
        programme_id=programme, kind=PHONE, blind=blind(programme, PHONE, phone), until__isnull=False
    )
    return tuple((party, until) for party, until in rows.order_by("-until").values_list("party_id", "until") if until)


def has_identity(programme: int, party: int, number: str) -> bool | None:
    """Whether a person's identity number is this one; None where none of hers is known."""
    rows = PartyField.objects.filter(programme_id=programme, party=party, blind__isnull=False, until=None)
    known = [bytes(row) for row in rows.values_list("blind", flat=True) if row is not None]
    return blind(programme, ID_NUMBER, number) in known if known else None


def holders_of_value(programme: int, value: str) -> tuple[int, ...]:
    """The parties that have this identity number or unified credit code, whole; none where it is neither."""
    mark = found_by(programme, value)
    if mark is None:
        return ()
    rows = PartyField.objects.filter(programme_id=programme, blind=mark, until=None).order_by("party")
    return tuple(dict.fromkeys(rows.values_list("party", flat=True)))


def persons(parties: Sequence[int]) -> dict[int, Person]:
    """Name, pinyin and the tail of the live phone, one statement for all."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.id, p.name, p.pinyin, coalesce(k.tail, '') FROM parties_party p
            LEFT JOIN parties_partykey k ON k.party_id = p.id AND k.kind = 'phone' AND k.until IS NULL
            WHERE p.id = ANY(%s)
            """,
            [list(parties)],
        )
        return {row[0]: Person(*row) for row in cursor.fetchall()}


def profile(party: int, at: datetime) -> tuple[FieldValue, ...]:
    """The fields as they stood at `at`, by name; sealed ones masked."""
    then = Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))
    return tuple(_told(row) for row in PartyField.objects.filter(then, party=party).order_by("name"))


def field_history(party: int, name: str) -> tuple[FieldValue, ...]:
    """All values of one field, the newest first; sealed ones masked."""
    return tuple(_told(row) for row in PartyField.objects.filter(party=party, name=name).order_by("-since", "-id"))


def compared(one: int, other: int) -> tuple[ComparedField, ...]:
    """The fields either person has now, by name, side by side."""
    rows = PartyField.objects.filter(party__in=[one, other], until=None).exclude(name="name")
    found: dict[str, dict[int, PartyField]] = {}
    for row in rows:
        found.setdefault(row.name, {})[row.party_id] = row
    return tuple(_side_by_side(name, each.get(one), each.get(other)) for name, each in sorted(found.items()))


def _side_by_side(name: str, one: PartyField | None, other: PartyField | None) -> ComparedField:
    mine, hers = _plain(one), _plain(other)
    shown = [_told(row).masked if row is not None else None for row in (one, other)]
    return ComparedField(name, shown[0], shown[1], mine == hers)


def _plain(row: PartyField | None) -> str | None:
    return None if row is None else in_clear(row)


def phone_history(party: int) -> tuple[PhoneHeld, ...]:
    """Every phone the person was found by, the newest first."""
    rows = PartyKey.objects.filter(party=party, kind=PHONE).order_by("-since", "-id")
    return tuple(PhoneHeld(row.tail, row.since, row.until) for row in rows)


def shared_phone(one: int, other: int) -> bool:
    """Whether both persons were ever found by the same phone."""
    hers = PartyKey.objects.filter(party=one, kind=PHONE).values("blind")
    return PartyKey.objects.filter(party=other, kind=PHONE, blind__in=hers).exists()


def contacts(parties: Sequence[int], at: datetime, mailboxes: Sequence[str]) -> dict[int, Contact]:
    """How persons could be reached at `at`, in clear: the phone they were found by, and the first of the fields named
    `mailboxes` they had. For whoever writes to them; shown to nobody."""
    then = Q(since__lte=at) & (Q(until=None) | Q(until__gt=at))
    phones = {
        row.party_id: unseal(bytes(row.sealed), bound=bound_of(row.party_id, PHONE))
        for row in PartyKey.objects.filter(then, party__in=list(parties), kind=PHONE)
    }
    kept = PartyField.objects.filter(then, party__in=list(parties), name__in=list(mailboxes)) if mailboxes else ()
    mails = {row.party_id: _plain(row) for row in kept}
    return {party: Contact(phones.get(party), mails.get(party)) for party in parties}


def last_written(parties: Sequence[int], at: datetime) -> dict[int, tuple[datetime | None, datetime | None]]:
    """party -> when her name or identity number, and when her phone, as they stood at `at`, were written; None: never."""
    then = Q(since__lte=at) & (Q(until=None) | Q(until__gt=at)) & Q(party__in=list(parties))
    named = Q(name="name") | Q(blind__isnull=False)
    fields = dict(PartyField.objects.filter(then & named).values_list("party_id").annotate(Max("since")))
    phones = dict(PartyKey.objects.filter(then, kind=PHONE).values_list("party_id").annotate(Max("since")))
    return {party: (fields.get(party), phones.get(party)) for party in parties}


def known_fields(parties: Sequence[int]) -> dict[int, dict[str, str | None]]:
    """The names of the fields each party has now, with the values of those that are not sealed."""
    known: dict[int, dict[str, str | None]] = {party: {} for party in parties}
    rows = PartyField.objects.filter(party__in=list(parties), until=None).values_list("party_id", "name", "value")
    for party, name, value in rows:
        known[party][name] = value
    return known


def _told(row: PartyField) -> FieldValue:
    sealed = row.value is None
    return FieldValue(
        name=row.name,
        value=row.value,
        masked=MASK if sealed else row.value or "",
        sensitive=row.sealed is not None,
        since=row.since,
        until=row.until,
        entered_by=row.entered_by,
    )
