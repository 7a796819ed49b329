"""Questions about a membership's life, by whomever may ask them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members import certificates as certifying
from huiguan.members import facts, living, marking, register, standings
from huiguan.members.ahead import tier_at
from huiguan.members.models import Membership
from huiguan.members.resolving import membership_of
from huiguan.members.values import (
    CertificateTold,
    ChangeTold,
    EncumbranceTold,
    MarkTold,
    StandingTold,
    StandingWhy,
    VerifiedCertificate,
)
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import exit as exits
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.needs import needs
from huiguan.rules.programme import Programme
from huiguan.rules.reviewing import as_it_stands, judged


def membership(actor: Actor, ref: str, field: str = "member") -> int:
    """The membership somebody names by number, card or phone; NotFound naming `field`. Takes `read_members`; a
    member acting for herself finds herself alone."""
    if actor.membership is None:
        actor.demand("read_members")
    key = membership_of(actor.programme, ref, field)
    if actor.membership not in (None, key):
        actor.demand("read_members")
    return key


def standing(actor: Actor, ref: str, at: datetime) -> StandingTold:
    """Where a member stood at `at`: standing and tier with since when; '' before she joined."""
    key = membership(actor, ref)
    number = register.numbers_of(actor.programme, [key])[key]
    stood, stood_since = _stood(actor.programme, key, at)
    tier, tier_since = _tier_then(actor.programme, key, at)
    title = tier_ladder.title_of(programmes.programme_at(actor.programme, at), tier) if tier else {"zh": "", "en": ""}
    return StandingTold(key, number, at, stood, stood_since, tier, title, tier_since)


def _stood(programme: int, key: int, at: datetime) -> tuple[str, datetime | None]:
    """The standing at `at` and since when: from history, and what fell due since that is not written yet."""
    stood, since = facts.standing_at_moments([(key, at)]).get((key, at), ("", None))
    row = Membership.objects.get(pk=key, programme_id=programme)
    if since is None or since != row.standing_since:
        return stood, since
    return standings.standing_of(row, at), standings.standing_since(row, at)


def _tier_then(programme: int, key: int, at: datetime) -> tuple[str, datetime | None]:
    """The tier at `at` and since when: from history, and what the night has not written down of it yet."""
    tier, since = facts.tier_at_moments([(key, at)]).get((key, at), ("", None))
    rulebook = programmes.programme_at(programme, at)
    if since is None:
        return tier, since
    row = Membership.objects.get(pk=key, programme_id=programme)
    if since == row.tier_since:
        tier, since = tier_at(row.tier, row.tier_since, row.ahead, at)
    if not judged(rulebook):
        return tier, since
    days = needs(rulebook).since(local_day(at, rulebook.zone))
    newest = facts.member_facts(programme, [key], at=at, since=days)[key]
    if newest.tier_since != since:
        return tier, since
    now = as_it_stands(rulebook, newest, at)
    return now.tier, now.tier_since


def change_reason(rulebook: Programme, change: ChangeTold) -> Text | None:
    """Why a standing turned, in the clause's own words; None where a person decided, whose words the change holds."""
    if change.clause is None or "say" not in change.values:
        return None
    return standings.why(rulebook, change.clause, change.cause, change.values)


def standing_why(actor: Actor, ref: str, at: datetime) -> StandingWhy:
    """Where a member stands now and why, what it opens, what comes next, what must be cleared before it ends. Takes
    `read_members`, or is asked by herself."""
    return living.standing_why(actor.programme, membership(actor, ref), at)


def last_day(end: datetime, zone: ZoneInfo) -> date:
    """The last whole day before the end of a term, as a member is told it."""
    return local_day(end, zone) - timedelta(days=1)


def way_back(actor: Actor, ref: str, at: datetime) -> str:
    """The procedure by which a former member comes back; '' where it is the common one. Takes `read_members`."""
    row = Membership.objects.get(pk=membership(actor, ref))
    return exits.way_back(programmes.programme_at(actor.programme, at), row.type, row.exit_ground)


def may(programme: int, membership: int, right: str, at: datetime) -> bool:
    """Whether a right (a word of `rules.standing.RIGHTS`) is open to a membership at `at`."""
    return living.may(programme, membership, right, at)


def certificates(actor: Actor, ref: str, at: datetime) -> tuple[CertificateTold, ...]:
    """Every certificate a member was given by `at`, the newest first. Takes `read_members`, or is asked by herself."""
    return certifying.certificates_of(membership(actor, ref), at)


def verified_certificate(code: str, at: datetime) -> VerifiedCertificate | None:
    """What anybody may know who has a certificate's code; None where there is none such."""
    return certifying.verified(code, at)


def marks(actor: Actor, ref: str) -> tuple[MarkTold, ...]:
    """The dated marks of a member, by name, the newest first. Takes `read_members`."""
    return marking.marks_told(membership(actor, ref))


def encumbrances(actor: Actor, ref: str, *, cleared: bool = False) -> tuple[EncumbranceTold, ...]:
    """What must be cleared before a membership ends; what was cleared too where asked for. Takes `read_members`."""
    return marking.encumbrances([membership(actor, ref)], cleared=cleared)
