"""Who is verified: the latest finding about each thing, as long as the thing has not changed since."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection

from huiguan.kernel.actors import Actor
from huiguan.members.models import Verification
from huiguan.members.resolving import named_membership
from huiguan.members.values.verifying import (
    CHANGED,
    PHONE,
    UNVERIFIED,
    VERIFIED,
    WHAT,
    VerificationProgress,
    VerificationTold,
)
from huiguan.parties import queries as parties

# The latest finding of each member who belongs, and the moment her phone, or her name and paper, were last written.
_PROGRESS = """
SELECT coalesce(latest.state, 'unverified'), count(*) FROM members_membership held
LEFT JOIN LATERAL (
    SELECT CASE WHEN v.state = 'verified' AND changed.since > v.at THEN 'changed' ELSE v.state END AS state
    FROM members_verification v, LATERAL (
        SELECT max(since) AS since FROM (
            SELECT since FROM parties_partykey
            WHERE party_id = held.party_id AND kind = 'phone' AND until IS NULL AND v.what = 'phone'
            UNION ALL
            SELECT since FROM parties_partyfield
            WHERE party_id = held.party_id AND until IS NULL AND v.what = 'identity' AND (name = 'name' OR blind IS NOT NULL)
        ) AS written
    ) AS changed
    WHERE v.membership_id = held.id AND v.what = %s AND v.at <= %s ORDER BY v.at DESC, v.id DESC LIMIT 1
) AS latest ON true
WHERE held.programme_id = %s AND held.standing IN ('active', 'suspended') AND held.joined_at <= %s
GROUP BY 1
"""


def verified(memberships: Iterable[int], at: datetime) -> dict[int, frozenset[str]]:
    """{membership: what of her is verified at `at`}; every one asked for is there."""
    told = _standing(list(memberships), at)
    return {key: frozenset(what for what, each in found.items() if each[0] == VERIFIED) for key, found in told.items()}


def verifications(actor: Actor, ref: str, at: datetime) -> tuple[VerificationTold, ...]:
    """How identity and phone of a member stand. NotFound, Forbidden."""
    if actor.membership is None:
        actor.demand("read_members")
    row = named_membership(actor.programme, ref)
    found = _standing([row.pk], at)[row.pk]
    return tuple(_told(row.number, what, *found[what]) for what in WHAT)


def verification_progress(actor: Actor, at: datetime) -> tuple[VerificationProgress, ...]:
    """How far a drive to verify everybody has come, by what is verified; takes `read_members`."""
    actor.demand("read_members")
    told = []
    for what in WHAT:
        with connection.cursor() as cursor:
            cursor.execute(_PROGRESS, [what, at, actor.programme, at])
            counts: dict[str, int] = dict(cursor.fetchall())
        everybody, done = sum(counts.values()), counts.get(VERIFIED, 0)
        part = done * 1000 // everybody if everybody else 0
        told.append(
            VerificationProgress(what, everybody, done, counts.get("pending", 0), counts.get("failed", 0), part)
        )
    return tuple(told)


_Found = tuple[str, Verification | None]


def _standing(memberships: list[int], at: datetime) -> dict[int, dict[str, _Found]]:
    rows = Verification.objects.filter(membership_id__in=memberships, at__lte=at).order_by("at", "pk")
    latest = {(row.membership_id, row.what): row for row in rows}
    owners = parties_of(memberships) if latest else {}
    written = parties.last_written(list(owners.values()), at) if latest else {}
    found: dict[int, dict[str, _Found]] = {}
    for key in memberships:
        since = written.get(owners.get(key, 0), (None, None))
        found[key] = {what: _state(latest.get((key, what)), since[what == PHONE]) for what in WHAT}
    return found


def _state(row: Verification | None, since: datetime | None) -> _Found:
    if row is None:
        return UNVERIFIED, None
    return CHANGED if row.state == VERIFIED and since is not None and since > row.at else row.state, row


def parties_of(memberships: Iterable[int]) -> dict[int, int]:
    """membership -> party."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, party_id FROM members_membership WHERE id = ANY(%s)", [list(memberships)])
        return dict(cursor.fetchall())


def _told(number: str, what: str, state: str, row: Verification | None) -> VerificationTold:
    if row is None:
        return VerificationTold(number, what, state)
    return VerificationTold(number, what, state, row.how, row.note, row.at, row.actor_name)
