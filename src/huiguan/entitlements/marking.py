"""Marks on rights: locked for an order, given to a friend, revoked, and free again.

The room above decides and holds the account's lock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

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
