"""Members as they were when a time began, with the cards, tiers and rights of that time: many at once.

For those who ask what another rulebook would have made of recorded months. Cards, tiers and rights are history; birthday
and the completeness of the form are as they are now, for the form's fields alone are dated.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import connection

from huiguan.entitlements import queries as entitlements
from huiguan.entitlements.values import PastRight
from huiguan.foundation.statements import hot_rows
from huiguan.members.models import GrantRun

_RANGE = "programme_id = %(programme)s AND {key} > %(after)s AND {key} <= %(until)s"
_MEMBERS = f"""
SELECT id, number, joined_at, entered_at, birthday, profile_complete FROM members_membership
WHERE {_RANGE.format(key="id")} ORDER BY id
"""
_CARDS = f"""
SELECT membership_id, number, issued_at, entered_at, issued_shop_id, clause, waiting, activated_at, lost_at, replaced_at,
    term_since, carried_over
FROM members_card WHERE {_RANGE.format(key="membership_id")} ORDER BY membership_id, seq
"""
_CHANGES = f"""
SELECT membership_id, before, after, at, written_at, clause, cause FROM members_change
WHERE what = 'tier' AND {_RANGE.format(key="membership_id")} ORDER BY membership_id, at, seq
"""
_LAST = "SELECT id FROM members_membership WHERE programme_id = %s AND id > %s ORDER BY id OFFSET %s LIMIT 1"


@dataclass(frozen=True, slots=True)
class PastCard:
    """A card with every moment of its life; `shop` issued it, `carried_over` before this system."""

    number: str
    issued_at: datetime
    entered_at: datetime
    shop: int | None
    clause: str | None
    waiting: bool
    activated_at: datetime | None
    lost_at: datetime | None
    replaced_at: datetime | None
    term_since: datetime | None
    carried_over: bool


@dataclass(frozen=True, slots=True)
class PastTier:
    """A change of tier: `cause` as recorded ("sale:382-17", "enrolment", "review", "card:…", "opening", "import")."""

    before: str
    after: str
    at: datetime
    written_at: datetime
    clause: str
    cause: str


@dataclass(slots=True)
class PastMember:
    """One membership with all its cards, changes of tier and rights, each in its order."""

    membership: int
    number: str
    joined_at: datetime
    entered_at: datetime
    birthday: date | None
    profile_complete: bool
    cards: list[PastCard] = field(default_factory=list)
    tiers: list[PastTier] = field(default_factory=list)
    rights: tuple[PastRight, ...] = ()


def past_members(programme: int, after: int, until: int) -> list[PastMember]:
    """The memberships beyond `after` up to `until`, by key."""
    given = {"programme": programme, "after": after, "until": until}
    found = {row[0]: PastMember(*row) for row in hot_rows(_MEMBERS, given)}
    for membership, *card in hot_rows(_CARDS, given):
        found[membership].cards.append(PastCard(*card))
    for membership, *change in hot_rows(_CHANGES, given):
        found[membership].tiers.append(PastTier(*change))
    for membership, rights in entitlements.past_rights(programme, after, until).items():
        if membership in found:
            found[membership].rights = rights
    return list(found.values())


def member_ranges(programme: int, size: int) -> list[tuple[int, int]]:
    """All memberships of a programme cut into ranges (beyond, up to) of `size` each."""
    ends: list[int] = []
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_LAST, [programme, ends[-1] if ends else 0, size - 1])
            row = cursor.fetchone()
            if row is None:
                break
            ends.append(int(row[0]))
        cursor.execute("SELECT max(id) FROM members_membership WHERE programme_id = %s", [programme])
        (last,) = cursor.fetchone()
    if last is not None and (not ends or ends[-1] < last):
        ends.append(int(last))
    return list(zip([0, *ends], ends, strict=False))


def range_end(programme: int, after: int, until: int, size: int) -> int:
    """The key up to which the next `size` memberships beyond `after` reach, at most `until`."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [programme, after, size - 1])
        row = cursor.fetchone()
    return until if row is None else min(int(row[0]), until)


def granted_month_ends(programme: int, after: datetime, until: datetime) -> tuple[tuple[date, datetime], ...]:
    """The month-ends after `after` up to `until` whose grants were written: (last day, its 24:00), in order."""
    rows = GrantRun.objects.filter(programme_id=programme, ends__gt=after, ends__lte=until).order_by("month_end")
    return tuple(rows.values_list("month_end", "ends"))
