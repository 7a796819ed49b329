"""Who else may use a member's account, as it is asked."""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.members import register
from huiguan.members.models import AuthorisedUser
from huiguan.members.resolving import membership_of
from huiguan.members.values import ListedUser


def authorised_users(actor: Actor, ref: str, at: datetime) -> tuple[ListedUser, ...]:
    """Who may use a member's account at `at`, by name."""
    actor.demand("read_members")
    key = membership_of(actor.programme, ref, "member")
    number = register.numbers_of(actor.programme, [key])[key]
    rows = AuthorisedUser.objects.filter(membership_id=key, since__lte=at).exclude(until__lte=at).order_by("name")
    return tuple(ListedUser(number, row.name, row.kin, row.since, row.until) for row in rows)


def users_at(membership: int, at: datetime) -> dict[str, int]:
    """Those who may use a membership's account at `at`: by name, the key of the entry on her list."""
    rows = AuthorisedUser.objects.filter(membership_id=membership, since__lte=at).exclude(until__lte=at)
    return dict(rows.values_list("name", "pk"))
