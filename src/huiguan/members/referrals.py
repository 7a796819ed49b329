"""Who brought whom, as it is told and as the night asks for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Q

from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor
from huiguan.members import register
from huiguan.members.lives import lives_of
from huiguan.members.models import Membership, Referral
from huiguan.members.referral_codes import membership_of as read_code
from huiguan.members.referral_codes import referral_code as code_of
from huiguan.members.resolving import membership_of
from huiguan.members.values import OpenReferral, ReferralTold
from huiguan.rules.effects import Reason

_WAITING = "SELECT membership_id FROM members_referral WHERE programme_id = %s AND state = 'waiting'"


def referral_code(actor: Actor, ref: str) -> str:
    """The code a member gives to friends."""
    return code_of(_membership(actor, ref))


def referrals(actor: Actor, ref: str, at: datetime) -> tuple[ReferralTold, ...]:
    """Who brought a member, and whom she brought, the newest first, as written down by `at`; those of members merged into
    her are hers."""
    lives = lives_of(_membership(actor, ref))
    mine = Q(membership_id__in=lives) | Q(referrer_id__in=lives)
    rows = list(Referral.objects.filter(mine, at__lte=at).order_by("-at", "-membership_id"))
    named = register.numbers_of(
        actor.programme, {each for row in rows for each in (row.membership_id, row.referrer_id)}
    )
    return tuple(_referral(row, named) for row in rows)


def _referral(row: Referral, named: Mapping[int, str]) -> ReferralTold:
    reasons = tuple(Reason(*each) for each in row.document.get("reasons", ()))
    return ReferralTold(
        named[row.membership_id], named[row.referrer_id], row.clause, row.at, row.state, row.settled_at, row.undone_at,
        row.sale, row.document.get("given", {}), reasons,
    )  # fmt: skip


def open_referrals(programme: int) -> tuple[OpenReferral, ...]:
    """Friends whose first purchase is still waited for, in the order in which they were brought."""
    waiting = [key for (key,) in hot_rows(_WAITING, [programme])]
    if not waiting:
        return ()
    rows = list(Referral.objects.filter(pk__in=waiting).order_by("at", "membership_id"))
    joined = dict(Membership.objects.filter(pk__in=[row.pk for row in rows]).values_list("pk", "joined_at"))
    return tuple(OpenReferral(row.pk, row.referrer_id, row.clause, row.version, joined[row.pk]) for row in rows)


def rewards_of(referrer: int) -> tuple[datetime, ...]:
    """When somebody was rewarded for friends she brought, as any of the memberships she is now; a time when she got
    nothing for it is left out."""
    rows = Referral.objects.filter(referrer_id__in=lives_of(referrer), state="rewarded").values_list(
        "settled_at", "document"
    )
    return tuple(at for at, told in rows if at is not None and told["reasons"][-1][1] != "capped")


def rewarded_sale(membership: int) -> tuple[str, str, int] | None:
    """The first purchase for which a member's referrer was rewarded: sale, clause, version; None where none was."""
    row = Referral.objects.filter(pk=membership, state="rewarded").first()
    return (row.sale, row.clause, row.version) if row else None


def is_referral_code(text: str) -> bool:
    """Whether what was typed can be a member's code for friends, whoever's it is."""
    return read_code(text) is not None


def _membership(actor: Actor, ref: str) -> int:
    key = membership_of(actor.programme, ref, "member")
    if actor.membership is None or actor.membership != key:
        actor.demand("read_members")
    return key
