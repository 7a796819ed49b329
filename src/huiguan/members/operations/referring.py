"""A friend is brought: who brought her is named once; what both get is given, or taken back, when the till says so."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.members import facts as member_facts
from huiguan.members import register
from huiguan.members.admitting import stands
from huiguan.members.inputs import NameReferrer
from huiguan.members.models import Membership, Referral
from huiguan.members.referral_codes import membership_of
from huiguan.members.referral_refusals import ReferralNotOffered, ReferrerUnknown
from huiguan.members.resolving import by_number, locked_member, resolve
from huiguan.members.standings import demand_active
from huiguan.members.values import ReferralTold
from huiguan.parties import queries as parties
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile
from huiguan.rules.programme import Programme
from huiguan.rules.referring import Pair, clause_of, naming

BACK = 400  # local days a purchase is looked for
DEPTH = 1000  # how far back the line of those who brought each other is followed


def name_referrer(*, actor: Actor, at: datetime, given: NameReferrer, key: str | None = None) -> ReferralTold:
    """Note who brought a member, before she buys anything.

    Refuses ReferralNotOffered, ReferrerUnknown, SelfReferral (the same member, phone or identity number), SameHousehold,
    ReferralLoop, AlreadyReferred, ReferralTooLate (she has bought), MemberSuspended (either), NotFound, Forbidden.
    """
    actor.demand("enrol")

    def do() -> ReferralTold:
        friend = locked_member(actor, given.member)
        rulebook = programmes.programme_at(actor.programme, at)
        clause = clause_of(rulebook)
        if clause is None:
            raise ReferralNotOffered(field="referrer")
        referrer = _referrer(actor.programme, given.referrer)
        for each in (friend, referrer):
            demand_active(each, at)
        pair = _pair(actor, at, rulebook, friend, referrer, clause.parameters.household)  # type: ignore[attr-defined]
        reasons = stands(rulebook, naming(rulebook, clause, pair))
        row = Referral.objects.create(
            membership_id=friend.pk, programme_id=actor.programme, referrer_id=referrer.pk, clause=clause.id,
            version=rulebook.version, at=at, written_at=at, actor=actor.reference,
        )  # fmt: skip
        return ReferralTold(friend.number, referrer.number, row.clause, at, row.state, None, None, "", {}, reasons)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "name_referrer", actor=actor, at=at, subject=subject, given=given, do=do, returns=ReferralTold, key=key
    )


def _referrer(programme: int, typed: str) -> Membership:
    """By her code, number, card or phone; one merged into another counts as that other."""
    key = membership_of(typed) or resolve(programme, [("any", typed)]).get(("any", typed))
    found = Membership.objects.filter(programme_id=programme, pk=key).first() if key else None
    if found is not None and found.merged_into:
        found = Membership.objects.get(pk=found.merged_into)
    if found is None:
        raise ReferrerUnknown(field="referrer", given=typed)
    return found


def _pair(
    actor: Actor, at: datetime, rulebook: Programme, friend: Membership, referrer: Membership, household: list[str]
) -> Pair:
    brought = Referral.objects.filter(membership_id=friend.pk).first()
    names = register.numbers_of(actor.programme, [brought.referrer_id] if brought else [])
    since = local_day(at, rulebook.zone).replace(year=local_day(at, rulebook.zone).year - 1, day=1)
    facts = member_facts.member_facts(actor.programme, [friend.pk], at=at, since=since)[friend.pk]
    same, field = _same(rulebook, friend, referrer, household)
    return Pair(
        friend=friend.number,
        referrer=referrer.number,
        same=same,
        field=field,
        loop=_goes_round(friend.pk, referrer.pk),
        already=names.get(brought.referrer_id, "") if brought else "",
        bought=facts.purchases_before(at) > 0,
    )


def _same(rulebook: Programme, one: Membership, other: Membership, household: list[str]) -> tuple[str, Any]:
    """What makes the two one person, or one household with the field by which."""
    if one.pk == other.pk:
        return "member", None
    if parties.shared_phone(one.party_id, other.party_id):
        return "phone", None
    fields = {field.name: field for field in profile.form(rulebook)[1]}
    alike = [each.name for each in parties.compared(one.party_id, other.party_id) if each.same]
    if any(name in fields and fields[name].type == "id_number" for name in alike):
        return "id", None
    shared = next((name for name in household if name in alike), None)
    if shared is None:
        return "", None
    title = fields[shared].title if shared in fields else None
    return "household", {"zh": title.zh, "en": title.en} if title else shared


def _goes_round(friend: int, referrer: int) -> bool:
    """Whether the friend is somewhere in the line of those who brought the referrer."""
    whose = referrer
    for _ in range(DEPTH):
        brought = Referral.objects.filter(membership_id=whose).values_list("referrer_id", flat=True).first()
        if brought is None:
            return False
        if brought == friend:
            return True
        whose = brought
    return True
