"""Marks on rights: locked for an order, given to a friend, revoked, and free again.

The room above decides and holds the account's lock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from huiguan.entitlements.models import RightMark

FREE = ("released", "returned")  # marks that hold nothing
_MARK = """
INSERT INTO entitlements_rightmark (membership_id, right_id, n, programme_id, what, at, until, mark_for, cause, written_at)
SELECT given.membership, given.right_id,
       (SELECT coalesce(max(n), 0) + 1 FROM entitlements_rightmark last
        WHERE last.membership_id = given.membership AND last.right_id = given.right_id),
       %s, given.what, given.at, given.until, given.mark_for, given.cause, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[])
    AS given(membership, right_id, what, at, until, mark_for, cause)
"""


@dataclass(frozen=True, slots=True)
class NewMark:
    """A mark on a right. `what`: reserved, locked, released, given, returned, taken, lapsed, revoked; it holds until
    `until` where it has an end; `mark_for` the order it is locked for or the gift it is given under."""

    membership: int
    right: int
    what: str
    at: datetime
    cause: str
    until: datetime | None = None
    mark_for: str = ""


def mark_rights(*, programme: int, marks: Sequence[NewMark], written_at: datetime) -> None:
    """Write marks, one for each right."""
    if not marks:
        return
    rows = [(m.membership, m.right, m.what, m.at, m.until, m.mark_for, m.cause) for m in marks]
    with connection.cursor() as cursor:
        cursor.execute(_MARK, [programme, written_at, *(list(column) for column in zip(*rows, strict=True))])


def carry_marks(
    *,
    programme: int,
    giver: int,
    taker: int,
    pairs: Sequence[tuple[int, int]],
    at: datetime,
    cause: str,
    written_at: datetime,
) -> None:
    """What holds a right of `giver` holds that of `taker` it goes on as (each of `pairs`), and what holds it no more lets
    that one go too: an order's lock, a gift not accepted yet, a reservation."""
    here, there = _last(giver, [one for one, _ in pairs]), _last(taker, [other for _, other in pairs])
    marks = []
    for one, other in pairs:
        now, before = here.get(one), there.get(other)
        if now is not None and not _alike(now, before):
            marks.append(NewMark(taker, other, now.what, at, cause, now.until, now.mark_for))
        elif now is None and before is not None and before.what not in FREE:
            marks.append(NewMark(taker, other, "released", at, cause))
    mark_rights(programme=programme, marks=marks, written_at=written_at)


def _last(membership: int, rights: Sequence[int]) -> Mapping[int, RightMark]:
    """right -> its last mark; those never marked are left out."""
    rows = RightMark.objects.filter(membership_id=membership, right_id__in=rights).order_by("right_id", "n")
    return {row.right_id: row for row in rows}


def _alike(one: RightMark, other: RightMark | None) -> bool:
    if other is None:
        return one.what in FREE
    return (one.what, one.until, one.mark_for) == (other.what, other.until, other.mark_for)
