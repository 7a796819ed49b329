"""Rows of the room, many at once: one statement per table, inside the caller's transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from huiguan.members.values import NewChange


@dataclass(frozen=True, slots=True)
class MembershipRow:
    id: int
    party: int
    number: str
    joined_at: datetime
    shop: int | None
    form_date: date
    entered_late: bool
    tier: str
    birthday: date | None
    profile_complete: bool
    type: str = ""
    standing: str = "active"
    opens_at: datetime | None = None
    ends_at: datetime | None = None
    lapses_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CardRow:
    membership: int
    number: str
    issued_at: datetime
    entered_late: bool
    shop: int | None
    clause: str
    carried_over: bool = False
    waiting: bool = False
    term_since: datetime | None = None
    reviewed_at: datetime | None = None
    why: str = "first"
    issued_by: str = ""


def run(statement: str, given: Sequence[Any] | Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Execute and fetch what is returned, if anything is."""
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall() if cursor.description else []


def columns(rows: Iterable[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]


def next_memberships(count: int) -> list[int]:
    rows = run(
        "SELECT nextval(pg_get_serial_sequence('members_membership', 'id')) FROM generate_series(1, %s)", [count]
    )
    return [row[0] for row in rows]


def insert_memberships(programme: int, rows: Sequence[MembershipRow], entered_at: datetime, came_by: str) -> None:
    given = columns(
        (
            row.id, row.party, row.number, row.joined_at, row.shop, row.form_date, row.entered_late, row.tier,
            row.birthday, row.profile_complete, row.type, row.standing, row.opens_at, row.ends_at, row.lapses_at,
        )
        for row in rows
    )  # fmt: skip
    run(
        """
        INSERT INTO members_membership (id, programme_id, party_id, number, joined_at, entered_at, came_by, joined_shop_id,
            form_date, entered_late, standing, standing_since, tier, tier_since, birthday, profile_complete, type, opens_at, ends_at, lapses_at)
        SELECT id, %s, party, number, joined_at, %s, %s, shop, form_date, late, standing, joined_at, tier, joined_at,
               birthday, complete, type, opens_at, ends_at, lapses_at
        FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[], %s::bigint[], %s::date[], %s::bool[],
                    %s::text[], %s::date[], %s::bool[], %s::text[], %s::text[], %s::timestamptz[], %s::timestamptz[],
                    %s::timestamptz[])
            AS given(id, party, number, joined_at, shop, form_date, late, tier, birthday, complete, type, standing,
                     opens_at, ends_at, lapses_at)
        """,
        [programme, entered_at, came_by, *given],
    )


def insert_changes(rows: Sequence[NewChange], written_at: datetime) -> list[tuple[int, int, int, str, str]]:
    """History lines, in their order; the programme is the membership's own. Programme, membership, seq, what and after
    of each line written."""
    given = columns(
        (
            row.membership, row.what, row.before, row.after, row.at, row.clause or "", row.cause[:300],
            json.dumps(dict(row.values), ensure_ascii=False), row.actor,
        )
        for row in rows
    )  # fmt: skip
    written = run(
        """
        INSERT INTO members_change (membership_id, seq, programme_id, what, before, after, at, written_at, clause,
                                    cause, "values", actor)
        SELECT given.membership, nextval('members_change_seq'), held.programme_id, what, before, after, at, %s, clause,
               cause, told::jsonb, actor
        FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::timestamptz[], %s::text[], %s::text[],
                    %s::text[], %s::text[]) WITH ORDINALITY
            AS given(membership, what, before, after, at, clause, cause, told, actor, place)
        JOIN members_membership held ON held.id = given.membership
        ORDER BY place
        RETURNING programme_id, membership_id, seq, what, after
        """,
        [written_at, *given],
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in written]


def insert_cards(programme: int, rows: Sequence[CardRow], entered_at: datetime) -> set[str]:
    """Active cards; the numbers really issued: one that was given before is left out."""
    given = columns(
        (
            row.membership,
            row.number,
            row.issued_at,
            row.entered_late,
            row.shop,
            row.clause,
            row.carried_over,
            row.waiting,
            row.term_since,
            row.reviewed_at,
            row.why,
            row.issued_by,
        )
        for row in rows
    )
    written = run(
        """
        INSERT INTO members_card (membership_id, seq, programme_id, number, status, issued_at, entered_at,
                                  entered_late, issued_shop_id, replaced_by, clause, carried_over,
                                  waiting, term_since, reviewed_at, why, issued_by)
        SELECT membership,
               (SELECT coalesce(max(held.seq), 0) + 1 FROM members_card held WHERE held.membership_id = membership),
               %s, number, 'active', issued_at, %s, late, shop, '', clause, carried_over, waiting, term_since, reviewed_at,
               why, issued_by
        FROM unnest(%s::bigint[], %s::text[], %s::timestamptz[], %s::bool[], %s::bigint[], %s::text[], %s::bool[],
                    %s::bool[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[])
            AS given(membership, number, issued_at, late, shop, clause, carried_over, waiting, term_since, reviewed_at,
                     why, issued_by)
        ON CONFLICT (programme_id, number) DO NOTHING
        RETURNING number
        """,
        [programme, entered_at, *given],
    )
    return {row[0] for row in written}


def follow_changes(memberships: Sequence[int]) -> None:
    """Standing and tier of these memberships, again, from the newest of their changes."""
    for what in ("tier", "standing"):
        run(
            f"""
            UPDATE members_membership held SET {what} = last.after, {what}_since = last.at
            FROM (
                SELECT DISTINCT ON (membership_id) membership_id, after, at FROM members_change
                WHERE membership_id = ANY(%s) AND what = '{what}' ORDER BY membership_id, at DESC, seq DESC
            ) last
            WHERE held.id = last.membership_id AND (held.{what}, held.{what}_since) <> (last.after, last.at)
            """,
            [list(memberships)],
        )
