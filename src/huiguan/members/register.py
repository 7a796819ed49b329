"""Who holds which number, card and phone: looked up for many at once. `lock_register` keeps the answer true."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from django.db import connection

from huiguan.parties import queries as parties


def holders_of_phones(programme: int, phones: Collection[str]) -> dict[str, tuple[str, str]]:
    """phone -> (member number, name) of those in use."""
    held = parties.holders_of(programme, phones)
    if not held:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT party_id, number FROM members_membership WHERE party_id = ANY(%s)", [list(held.values())]
        )
        numbers: dict[int, str] = dict(cursor.fetchall())
    names = parties.persons(list(held.values()))
    return {phone: (numbers.get(party, ""), names[party].name) for phone, party in held.items()}


def numbers_taken(programme: int, numbers: Iterable[str]) -> set[str]:
    return _taken("members_membership", programme, numbers)


def cards_taken(programme: int, cards: Iterable[str]) -> set[str]:
    return _taken("members_card", programme, cards)


def _taken(table: str, programme: int, numbers: Iterable[str]) -> set[str]:
    wanted = list(numbers)
    if not wanted:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number FROM {table} WHERE programme_id = %s AND number = ANY(%s)", [programme, wanted])
        return {row[0] for row in cursor.fetchall()}


def names_of(programme: int, memberships: Iterable[int]) -> dict[int, tuple[str, str]]:
    """membership -> (number, name)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, number, party_id FROM members_membership WHERE programme_id = %s AND id = ANY(%s::bigint[])",
            [programme, list(memberships)],
        )
        rows = cursor.fetchall()
    names = parties.persons([party for _, _, party in rows])
    return {membership: (number, names[party].name) for membership, number, party in rows}


def bills_held(programme: int, bills: Iterable[str]) -> dict[str, int]:
    """bill -> membership, of those entered."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT bill, membership_id FROM members_opening WHERE programme_id = %s AND bill = ANY(%s::text[])",
            [programme, list(bills)],
        )
        return dict(cursor.fetchall())


def numbers_of(programme: int, memberships: Iterable[int]) -> Mapping[int, str]:
    """membership -> number."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, number FROM members_membership WHERE programme_id = %s AND id = ANY(%s)",
            [programme, list(memberships)],
        )
        return dict(cursor.fetchall())


def number_and_name(programme: int, membership: int) -> tuple[str, str]:
    """What a membership is called: member number and name."""
    return names_of(programme, [membership])[membership]


def party_of(membership: int) -> int | None:
    """Whose membership it is; None where there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT party_id FROM members_membership WHERE id = %s", [membership])
        found = cursor.fetchone()
    return int(found[0]) if found else None


def papers_holder(programme: int, membership: int) -> str:
    """Under which word the papers of a member lie: those of her party, whatever she is a member of."""
    return f"party:{party_of(membership)}"
