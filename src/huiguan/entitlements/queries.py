"""Rights held, with their last use; raw rows for the till, one statement for many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import connection
from django.db.models import Count

from huiguan.entitlements.batches import view_of
from huiguan.entitlements.holding import held_packages, packages_of, packages_question
from huiguan.entitlements.models import MARKS, Batch, Code, CodeClaim, Right, RightMark, RightUse
from huiguan.entitlements.validity import state_at
from huiguan.entitlements.values import BatchUnknown, BatchView, GrantedRight, HeldRight, PastRight, RightStep, spaced
from huiguan.foundation.statements import Question, Row, ask, hot_rows, listed
from huiguan.kernel.actors import Actor
from huiguan.rules.facts import RightFact

__all__ = [
    "batch",
    "batches",
    "codes_of",
    "coupon_counts",
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
       held.valid_until, CASE WHEN last.restores THEN NULL ELSE last.at END, coalesce(mark.what, ''), mark.until,
       coalesce(mark.mark_for, ''), held.cause LIKE 'claim:%%'
FROM entitlements_right held
LEFT JOIN LATERAL (
    SELECT at, restores FROM entitlements_rightuse used
    WHERE used.membership_id = held.membership_id AND used.right_id = held.id ORDER BY n DESC LIMIT 1
) last ON true
LEFT JOIN LATERAL (
    SELECT what, until, mark_for FROM entitlements_rightmark marked
    WHERE marked.membership_id = held.membership_id AND marked.right_id = held.id ORDER BY n DESC LIMIT 1
) mark ON true
WHERE held.membership_id = ANY(%s::bigint[]) ORDER BY held.membership_id, held.id
"""
_COUNTS = """
SELECT held.name, count(*), count(*) FILTER (WHERE last.restores = false)
FROM entitlements_right held
LEFT JOIN LATERAL (
    SELECT restores FROM entitlements_rightuse used
    WHERE used.membership_id = held.membership_id AND used.right_id = held.id ORDER BY n DESC LIMIT 1
) last ON true
WHERE held.programme_id = %s AND held.occasion NOT LIKE 'right:%%' GROUP BY held.name
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
    return Question(_HELD, [listed(memberships)], _by_membership)


def _by_membership(rows: list[Row]) -> dict[int, tuple[RightFact, ...]]:
    found: dict[int, list[RightFact]] = {}
    for membership, *right in rows:
        found.setdefault(membership, []).append(RightFact(*right))
    return {membership: tuple(rights) for membership, rights in found.items()}


def held_rights(membership: int, at: datetime) -> tuple[HeldRight, ...]:
    """The rights given by `at`, newest first, as they read then, each with its history."""
    steps = _steps(membership, at)
    outside = _outside_codes(membership)
    held = [right for right in rights_of([membership]).get(membership, ()) if right.granted_at <= at]
    return tuple(
        HeldRight(
            right, state_at(_as_of(right, steps[right.id]), at), tuple(steps[right.id]), outside.get(right.id, "")
        )
        for right in reversed(held)
    )


def _as_of(right: RightFact, steps: list[RightStep]) -> RightFact:
    """The right as its history by then made it: a later use is not yet one."""
    uses = [step for step in steps if step.what in ("used", "restored")]
    used = uses[-1].at if uses and uses[-1].what == "used" else None
    marks = [step for step in steps if step.what in MARKS]
    last = marks[-1] if marks else None
    return replace(
        right,
        used_at=used,
        mark=last.what if last else "",
        mark_until=last.until if last else None,
        mark_for="",
    )


def _steps(membership: int, at: datetime) -> dict[int, list[RightStep]]:
    steps = {
        right.id: [RightStep("granted", right.granted_at, right.written_at, right.cause)]
        for right in Right.objects.filter(membership_id=membership, granted_at__lte=at)
    }
    for use in RightUse.objects.filter(membership_id=membership, at__lte=at).order_by("right_id", "n"):
        if use.right_id in steps:
            what = "restored" if use.restores else "used"
            steps[use.right_id].append(RightStep(what, use.at, use.written_at, use.cause))
    for mark in RightMark.objects.filter(membership_id=membership, at__lte=at).order_by("right_id", "n"):
        if mark.right_id in steps:
            steps[mark.right_id].append(RightStep(mark.what, mark.at, mark.written_at, mark.cause, mark.until))
    return {right: sorted(done, key=lambda step: step.written_at) for right, done in steps.items()}


def _outside_codes(membership: int) -> dict[int, str]:
    """The codes of other houses a member was given, by right."""
    claims = dict(CodeClaim.objects.filter(membership_id=membership).values_list("code_id", "right_id"))
    if not claims:
        return {}
    codes = Code.objects.filter(pk__in=claims)
    outside = set(
        Batch.objects.filter(pk__in={code.batch_id for code in codes}, outside=True).values_list("id", flat=True)
    )
    return {claims[code.pk]: code.code for code in codes if code.batch_id in outside}


def batches(actor: Actor) -> tuple[BatchView, ...]:
    """All batches of codes, newest first, with how many of each were turned in."""
    actor.demand("coupons")
    rows = list(Batch.objects.filter(programme_id=actor.programme).order_by("-id"))
    counted = (
        CodeClaim.objects.filter(batch_id__in=[row.id for row in rows]).values("batch_id").annotate(n=Count("code_id"))
    )
    used = {row["batch_id"]: row["n"] for row in counted}
    return tuple(view_of(row, used.get(row.id, 0)) for row in rows)


def batch(actor: Actor, number: int) -> BatchView:
    """One batch; BatchUnknown where there is none."""
    found = next((each for each in batches(actor) if each.id == number), None)
    if found is None:
        raise BatchUnknown(field="batch", batch=number)
    return found


def codes_of(actor: Actor, number: int) -> Iterator[tuple[str, bool]]:
    """The codes of a batch in order, as printed, each with whether it was turned in."""
    seen = batch(actor, number)
    claimed = set(CodeClaim.objects.filter(batch_id=number).values_list("code_id", flat=True))
    rows = Code.objects.filter(batch_id=number).order_by("n").values_list("id", "code")
    for key, code in rows.iterator(chunk_size=5000):
        yield (code if seen.outside else spaced(code)), key in claimed


def coupon_counts(programme: int) -> dict[str, tuple[int, int]]:
    """Of every coupon by name: how many were given, and how many of them are used now."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [programme])
        return {name: (given, used) for name, given, used in cursor.fetchall()}


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
