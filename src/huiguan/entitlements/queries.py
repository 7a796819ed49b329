"""Rights held, with their last use; raw rows for the till, one statement for many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from huiguan.entitlements.holding import held_packages, packages_of, packages_question
from huiguan.entitlements.models import Right, RightUse
from huiguan.entitlements.validity import state_at
from huiguan.entitlements.values import GrantedRight, HeldRight, PastRight, RightStep
from huiguan.foundation.statements import Question, Row, ask, hot_rows
from huiguan.rules.facts import RightFact

__all__ = [
    "granted_between",
    "held_packages",
    "held_rights",
    "packages_of",
    "packages_question",
    "past_rights",
    "rights_by_key",
    "rights_of",
    "rights_question",
]

_HELD = """
SELECT held.membership_id, held.id, held.code, held.name, held.clause, held.worth, held.granted_at, held.valid_from,
       held.valid_until, CASE WHEN last.restores THEN NULL ELSE last.at END
FROM entitlements_right held
LEFT JOIN LATERAL (
    SELECT at, restores FROM entitlements_rightuse used
    WHERE used.membership_id = held.membership_id AND used.right_id = held.id ORDER BY n DESC LIMIT 1
) last ON true
WHERE held.membership_id = ANY(%s::bigint[]) ORDER BY held.membership_id, held.id
"""
_PAST = """
SELECT membership_id, id, code, name, clause, worth, granted_at, valid_from, valid_until, occasion, cause, written_at
FROM entitlements_right
WHERE programme_id = %(programme)s AND membership_id > %(after)s AND membership_id <= %(until)s
ORDER BY membership_id, id
"""
_ENDING = """
SELECT r.membership_id, r.id, r.valid_until FROM entitlements_right r
LEFT JOIN LATERAL (
    SELECT restores FROM entitlements_rightuse u
    WHERE (u.membership_id, u.right_id) = (r.membership_id, r.id) ORDER BY n DESC LIMIT 1
) last ON true
WHERE r.programme_id = %s::bigint AND r.valid_until > %s::timestamptz AND r.valid_until <= %s::timestamptz
  AND coalesce(last.restores, true) ORDER BY 1, 2
"""
_USES = """
SELECT membership_id, right_id, at, cause, restores FROM entitlements_rightuse
WHERE programme_id = %(programme)s AND membership_id > %(after)s AND membership_id <= %(until)s
ORDER BY membership_id, right_id, n
"""


def rights_of(memberships: Sequence[int]) -> dict[int, tuple[RightFact, ...]]:
    """All rights ever given, oldest first, with when each was last used (None: not, or given back).

    Memberships without any are left out.
    """
    return ask(rights_question(memberships))


def rights_question(memberships: Sequence[int]) -> Question[dict[int, tuple[RightFact, ...]]]:
    """`rights_of`, to be asked together with others."""
    return Question(_HELD, [list(memberships)], _by_membership)


def _by_membership(rows: list[Row]) -> dict[int, tuple[RightFact, ...]]:
    found: dict[int, list[RightFact]] = {}
    for membership, *right in rows:
        found.setdefault(membership, []).append(RightFact(*right))
    return {membership: tuple(rights) for membership, rights in found.items()}


def held_rights(membership: int, at: datetime) -> tuple[HeldRight, ...]:
    """The rights given by `at`, newest first, as they read then, each with its history."""
    steps = _steps(membership, at)
    held = [right for right in rights_of([membership]).get(membership, ()) if right.granted_at <= at]
    return tuple(
        HeldRight(right, state_at(_as_of(right, steps[right.id]), at), tuple(steps[right.id]))
        for right in reversed(held)
    )


def _as_of(right: RightFact, steps: list[RightStep]) -> RightFact:
    """The right as its history by then made it: a later use is not yet one."""
    used = steps[-1].at if steps[-1].what == "used" else None
    return RightFact(
        right.id, right.code, right.name, right.clause, right.worth, right.granted_at, right.valid_from,
        right.valid_until, used,
    )  # fmt: skip


def _steps(membership: int, at: datetime) -> dict[int, list[RightStep]]:
    steps = {
        right.id: [RightStep("granted", right.granted_at, right.written_at, right.cause)]
        for right in Right.objects.filter(membership_id=membership, granted_at__lte=at)
    }
    for use in RightUse.objects.filter(membership_id=membership, at__lte=at).order_by("right_id", "n"):
        if use.right_id in steps:
            what = "restored" if use.restores else "used"
            steps[use.right_id].append(RightStep(what, use.at, use.written_at, use.cause))
    return steps


def granted_between(programme: int, since: datetime, until: datetime) -> tuple[tuple[int, str, str, int], ...]:
    """The rights given after `since` up to `until`, in order: (membership, clause, the right's word, worth in fen)."""
    rows = Right.objects.filter(programme_id=programme, granted_at__gt=since, granted_at__lte=until)
    rows = rows.exclude(occasion__startswith="right:")  # those that came along from another membership were given there
    return tuple(rows.order_by("granted_at", "membership_id").values_list("membership_id", "clause", "name", "worth"))


def rights_by_key(keys: Iterable[tuple[int, int]]) -> dict[tuple[int, int], GrantedRight]:
    """Rights as they were given, by (membership, right)."""
    wanted = list(keys)
    rows = Right.objects.filter(pk__in=wanted) if wanted else ()
    return {
        (row.membership_id, row.id): GrantedRight(
            row.code, row.name, row.clause, row.worth, row.granted_at, row.valid_from, row.valid_until, row.cause
        )
        for row in rows
    }


def past_rights(programme: int, after: int, until: int) -> dict[int, tuple[PastRight, ...]]:
    """All rights ever given to the memberships beyond `after` up to `until`, oldest first, with everything done with
    each; `used_at` is left empty: it depends on the moment asked about."""
    given = {"programme": programme, "after": after, "until": until}
    uses: dict[tuple[int, int], list[tuple[datetime, str, bool]]] = {}
    for membership, right, at, cause, restores in hot_rows(_USES, given):
        uses.setdefault((membership, right), []).append((at, cause, restores))
    found: dict[int, list[PastRight]] = {}
    for membership, *right, occasion, cause, written_at in hot_rows(_PAST, given):
        done = tuple(uses.get((membership, right[0]), ()))
        found.setdefault(membership, []).append(PastRight(RightFact(*right), occasion, cause, written_at, done))
    return {membership: tuple(rights) for membership, rights in found.items()}


def ending(programme: int, since: datetime, until: datetime) -> tuple[tuple[int, int, datetime], ...]:
    """The rights that end after `since` up to `until` and are not used: (membership, right, end), by membership."""
    return tuple(hot_rows(_ENDING, [programme, since, until]))
