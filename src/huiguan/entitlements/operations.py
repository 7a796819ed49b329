"""Giving rights, using them, giving uses back, and taking them along to another membership, many in one statement.

The room above decides and holds the transaction and the account's lock; here the database makes sure that no occasion
gives twice and no right is used twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from huiguan.entitlements.batches import (
    bring_codes,
    claim_code,
    find_code,
    make_batch,
    make_codes,
    next_outside_code,
    stop_batch,
    turned_in,
)
from huiguan.entitlements.codes import can_be, code_of
from huiguan.entitlements.events import RightGranted
from huiguan.entitlements.gifting import gift_of, open_gift
from huiguan.entitlements.marking import NewMark, carry_marks, mark_rights
from huiguan.entitlements.models import Right
from huiguan.entitlements.packages import move_packages, note_packages, open_packages
from huiguan.entitlements.pools import return_to_pool, take_from_pool, taken_of
from huiguan.entitlements.queries import rights_of
from huiguan.entitlements.values import NewRight, RightMove, RightNotUsed, RightUsed
from huiguan.foundation.outbox import tell
from huiguan.rules.facts import RightFact

__all__ = [
    "NewMark",
    "bring_codes",
    "can_be",
    "claim_code",
    "find_code",
    "gift_of",
    "grant_rights",
    "make_batch",
    "make_codes",
    "mark_rights",
    "move_packages",
    "move_rights",
    "move_rights_back",
    "next_outside_code",
    "note_packages",
    "open_gift",
    "open_packages",
    "restore_rights",
    "return_to_pool",
    "stop_batch",
    "take_from_pool",
    "taken_of",
    "turned_in",
    "use_rights",
]

_GRANT = """
INSERT INTO entitlements_right (membership_id, id, programme_id, code, name, clause, worth, granted_at, valid_from,
                                valid_until, occasion, cause, written_at)
SELECT membership, id, %s, code, name, clause, worth, granted_at, valid_from, valid_until, occasion, cause, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::timestamptz[],
            %s::timestamptz[], %s::timestamptz[], %s::text[], %s::text[])
    AS given(membership, id, code, name, clause, worth, granted_at, valid_from, valid_until, occasion, cause)
ON CONFLICT (membership_id, clause, occasion) DO NOTHING
RETURNING membership_id, id
"""
_MOVE = """
INSERT INTO entitlements_rightuse (membership_id, right_id, n, programme_id, at, written_at, cause, restores)
SELECT given.membership, given.right_id, coalesce(last.n, 0) + 1, %s, given.at, %s, given.cause, %s
FROM unnest(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::text[]) AS given(membership, right_id, at, cause)
JOIN entitlements_right held ON held.membership_id = given.membership AND held.id = given.right_id
LEFT JOIN LATERAL (
    SELECT n, restores FROM entitlements_rightuse used
    WHERE used.membership_id = given.membership AND used.right_id = given.right_id ORDER BY n DESC LIMIT 1
) last ON true
WHERE coalesce(last.restores, true) <> %s
RETURNING membership_id, right_id
"""

# A right that goes with its member to another membership bears the same code there, so a printed coupon goes on.
_AGAIN = """
INSERT INTO entitlements_right (membership_id, id, programme_id, code, name, clause, worth, granted_at, valid_from,
                                valid_until, occasion, cause, written_at)
SELECT %(taker)s, nextval('entitlements_right_id_seq'), programme_id, code, name, clause, worth, granted_at, valid_from,
       valid_until, 'right:' || membership_id || ':' || id, %(cause)s, %(written_at)s
FROM entitlements_right WHERE membership_id = %(giver)s AND id = ANY(%(rights)s::bigint[]) ORDER BY id
ON CONFLICT (membership_id, clause, occasion) DO NOTHING
"""


def grant_rights(
    *, programme: int, rights: Sequence[NewRight], written_at: datetime
) -> tuple[tuple[int, RightFact], ...]:
    """Give rights; (membership, right) of those that were new. An occasion that gave before gives nothing."""
    if not rights:
        return ()
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('entitlements_right_id_seq') FROM generate_series(1, %s)", [len(rights)])
        ids = [int(row[0]) for row in cursor.fetchall()]
        cursor.execute(_GRANT, [programme, written_at, *_columns(ids, rights)])
        written = {(row[0], row[1]) for row in cursor.fetchall()}
    granted = [RightGranted(membership=membership, reference=f"{membership}-{key}") for membership, key in written]
    tell(programme, sorted(granted, key=lambda event: event.reference), written_at)
    return tuple(
        (new.membership, _fact(key, new))
        for key, new in zip(ids, rights, strict=True)
        if (new.membership, key) in written
    )


def _columns(ids: list[int], rights: Sequence[NewRight]) -> list[list[object]]:
    rows = [
        (
            new.membership, key, code_of(key), new.name, new.clause, new.worth, new.granted_at, new.valid_from,
            new.valid_until, new.occasion, new.cause,
        )
        for key, new in zip(ids, rights, strict=True)
    ]  # fmt: skip
    return [list(column) for column in zip(*rows, strict=True)]


def _fact(key: int, new: NewRight) -> RightFact:
    return RightFact(
        key, code_of(key), new.name, new.clause, new.worth, new.granted_at, new.valid_from, new.valid_until
    )


def use_rights(*, programme: int, moves: Sequence[RightMove], written_at: datetime) -> None:
    """Use rights. RightUsed (nothing written is kept: the caller's transaction falls) where one is used already."""
    for missed in _move(programme, moves, written_at, restores=False):
        raise RightUsed(field="vouchers", code=code_of(missed.right))


def restore_rights(*, programme: int, moves: Sequence[RightMove], written_at: datetime) -> None:
    """Give uses back. RightNotUsed where the right is not used. What is past its validity comes back expired."""
    for missed in _move(programme, moves, written_at, restores=True):
        raise RightNotUsed(code=code_of(missed.right))


def _move(programme: int, moves: Sequence[RightMove], written_at: datetime, *, restores: bool) -> list[RightMove]:
    """Write the moves that fit; those that do not, or are named twice, come back."""
    if not moves:
        return []
    once = {(move.membership, move.right): move for move in moves}
    rows = list(once.values())
    with connection.cursor() as cursor:
        cursor.execute(
            _MOVE,
            [
                programme,
                written_at,
                restores,
                [move.membership for move in rows],
                [move.right for move in rows],
                [move.at for move in rows],
                [move.cause for move in rows],
                restores,
            ],
        )
        written = {(row[0], row[1]) for row in cursor.fetchall()}
    twice = [move for move in moves if move is not once[(move.membership, move.right)]]
    return twice + [move for key, move in once.items() if key not in written]


def move_rights(
    *, programme: int, giver: int, taker: int, at: datetime, cause: str, written_at: datetime
) -> tuple[tuple[int, int], ...]:
    """Every right of `giver` that is neither used nor past its validity at `at` goes to `taker`, with the mark
    that holds it: (its right, hers)."""
    open_rights = [
        right.id
        for right in rights_of([giver]).get(giver, ())
        if right.used_at is None and not right.gone and (right.valid_until is None or at < right.valid_until)
    ]
    if not open_rights:
        return ()
    given: dict[str, Any] = {
        "giver": giver,
        "taker": taker,
        "rights": open_rights,
        "cause": cause,
        "written_at": written_at,
    }
    with connection.cursor() as cursor:
        cursor.execute(_AGAIN, given)
    there = _counterparts(giver, taker, open_rights)
    used = {right.id for right in rights_of([taker])[taker] if right.used_at is not None}
    back = [RightMove(taker, there[each], at, cause) for each in open_rights if there[each] in used]
    restore_rights(programme=programme, moves=back, written_at=written_at)
    pairs = tuple((each, there[each]) for each in open_rights)
    carry_marks(programme=programme, giver=giver, taker=taker, pairs=pairs, at=at, cause=cause, written_at=written_at)
    _use(programme, giver, open_rights, at, cause, written_at)
    return pairs


def move_rights_back(
    *,
    programme: int,
    giver: int,
    taker: int,
    pairs: Sequence[tuple[int, int]],
    at: datetime,
    cause: str,
    written_at: datetime,
) -> tuple[tuple[int, int], ...]:
    """Of `pairs` (the right of `taker` it was, that of `giver` it is) those go back that `giver` has not used, and that
    are hers still: neither given to a friend nor revoked."""
    used = {right.id for right in rights_of([giver]).get(giver, ()) if right.used_at is not None or right.gone}
    open_pairs = [pair for pair in pairs if pair[1] not in used]
    turned = [(here, there) for there, here in open_pairs]
    carry_marks(programme=programme, giver=giver, taker=taker, pairs=turned, at=at, cause=cause, written_at=written_at)
    _use(programme, giver, [here for _, here in open_pairs], at, cause, written_at)
    moves = [RightMove(taker, there, at, cause) for there, _ in open_pairs]
    restore_rights(programme=programme, moves=moves, written_at=written_at)
    return tuple(open_pairs)


def _use(
    programme: int, membership: int, rights: Sequence[int], at: datetime, cause: str, written_at: datetime
) -> None:
    moves = [RightMove(membership, right, at, cause) for right in rights]
    use_rights(programme=programme, moves=moves, written_at=written_at)


def _counterparts(giver: int, taker: int, rights: Sequence[int]) -> dict[int, int]:
    """The rights at `taker` that come from these of `giver`."""
    occasions = {f"right:{giver}:{right}": right for right in rights}
    rows = Right.objects.filter(membership_id=taker, occasion__in=occasions).values_list("occasion", "id")
    return {occasions[occasion]: right for occasion, right in rows}
