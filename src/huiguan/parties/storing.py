"""Rows of the room, many at once: one statement per table, inside the caller's transaction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection

from huiguan.parties.models import PartyKey
from huiguan.parties.names import plain, reading
from huiguan.parties.sealing import blind, bound_of, seal
from huiguan.parties.values import NewParty
from huiguan.rules.listed import hidden, rows_of, written

PHONE = PartyKey.Kind.PHONE.value
ID_NUMBER = "id_number"
CREDIT_CODE = "credit_code"
_ID_NUMBER = re.compile(r"\d{17}[\dX]")
_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")


def next_ids(sequence_of: str, count: int) -> list[int]:
    """`count` fresh keys of a table's own sequence."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)", [sequence_of, count]
        )
        return [row[0] for row in cursor.fetchall()]


def insert_parties(programme: int, ids: Sequence[int], parties: Sequence[NewParty], at: datetime) -> None:
    readings = [reading(party.name) for party in parties]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO parties_party (id, programme_id, kind, name, pinyin, letters, initials, created_at, phone_tail,
                                       birthday)
            SELECT id, %s, kind, name, pinyin, letters, initials, %s, tail, birthday
            FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::text[], %s::date[])
                AS given(id, kind, name, pinyin, letters, initials, tail, birthday)
            """,
            [
                programme,
                at,
                list(ids),
                ["organisation" if party.organisation else "person" for party in parties],
                [party.name for party in parties],
                [each.pinyin for each in readings],
                [each.letters for each in readings],
                [each.initials for each in readings],
                [(party.phone or "")[-4:] for party in parties],
                [party.birthday for party in parties],
            ],
        )


def insert_keys(programme: int, kind: str, keys: Sequence[tuple[int, str]], at: datetime) -> None:
    """Live keys, (party, value) each."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO parties_partykey (programme_id, kind, blind, tail, sealed, party_id, since)
            SELECT %s, %s, blind, tail, sealed, party, %s
            FROM unnest(%s::bytea[], %s::text[], %s::bytea[], %s::bigint[]) AS given(blind, tail, sealed, party)
            """,
            [
                programme,
                kind,
                at,
                [blind(programme, kind, value) for _, value in keys],
                [value[-4:] for _, value in keys],
                [seal(value, bound=bound_of(party, kind)) for party, value in keys],
                [party for party, _ in keys],
            ],
        )


def follow_phones(parties: Sequence[int]) -> None:
    """The tail by which these persons are compared, again, from the phone each is found by now."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE parties_party party SET phone_tail = coalesce((
                SELECT key.tail FROM parties_partykey key
                WHERE key.party_id = party.id AND key.kind = 'phone' AND key.until IS NULL LIMIT 1), '')
            WHERE party.id = ANY(%s)
            """,
            [list(parties)],
        )


@dataclass(frozen=True, slots=True)
class Written:
    """Values of a party to be written: `sensitive` names those to be sealed (a part of a list as `contacts.mobile`),
    `once` those that are hers alone, with what each is compared by."""

    party: int
    values: Mapping[str, str]
    sensitive: frozenset[str] = frozenset()
    once: Mapping[str, str] = field(default_factory=dict)


def insert_fields(programme: int, given: Iterable[Written], at: datetime, entered_by: str) -> None:
    """Open field rows."""
    rows = [_row(programme, each, name, value) for each in given for name, value in each.values.items()]
    if not rows:
        return
    parties, names, values, sealed, blinds, once = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO parties_partyfield (programme_id, party_id, name, value, sealed, blind, once, since, entered_by)
            SELECT %s, party, name, value, sealed, blind, once, %s, %s
            FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::bytea[], %s::bytea[], %s::bytea[])
                AS given(party, name, value, sealed, blind, once)
            """,
            [programme, at, entered_by, parties, names, values, sealed, blinds, once],
        )


def _row(programme: int, given: Written, name: str, value: str) -> tuple[object, ...]:
    parts = [each.partition(".")[2] for each in given.sensitive if each.startswith(f"{name}.")]
    sealed = seal(value, bound=bound_of(given.party, name)) if parts or name in given.sensitive else None
    shown = written(hidden(rows_of(value), parts)) if parts else None if sealed else value
    once = once_mark(programme, given.once[name], value) if name in given.once else None
    return given.party, name, shown, sealed, found_by(programme, value), once


def once_mark(programme: int, kind: str, value: str) -> bytes:
    """By which a value that is one person's alone is found, whatever its letters' case and width."""
    return blind(programme, f"once:{kind}", plain(value).casefold())


def found_by(programme: int, value: str) -> bytes | None:
    """The blind index of an identity number or a unified credit code, by which it is found whole; None for anything
    else."""
    if _ID_NUMBER.fullmatch(value):
        return blind(programme, ID_NUMBER, value)
    return blind(programme, CREDIT_CODE, value) if _CREDIT_CODE.fullmatch(value) else None


def close_fields(party: int, names: Sequence[str], at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE parties_partyfield SET until = %s WHERE party_id = %s AND name = ANY(%s) AND until IS NULL",
            [at, party, list(names)],
        )


def close_keys(party: int, kind: str, at: datetime) -> bool:
    """End the live keys of a kind; whether there were any."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE parties_partykey SET until = %s WHERE party_id = %s AND kind = %s AND until IS NULL",
            [at, party, kind],
        )
        return bool(cursor.rowcount)
