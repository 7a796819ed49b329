"""The length of a membership: renewed, stopped and taken up again; and of which type it is."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.members.admitting import stands
from huiguan.members.changes import record_changes
from huiguan.members.inputs import ChangeType, FreezeMembership, RenewMembership, ThawMembership
from huiguan.members.life_refusals import NotFrozen, NotInForce, NotRenewable
from huiguan.members.models import Membership
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.standings import STANDINGS, demand_active
from huiguan.members.turning import Why, put_dates, settle, turn
from huiguan.members.typing import demand_type
from huiguan.members.values import NewChange, TermTold
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import term
from huiguan.rules.programme import Programme
from huiguan.rules.standing import ACTIVE, FROZEN, LAPSED, SUSPENDED

NO_TERM = {"zh": "章程没有给这种会员定期限。", "en": "The rulebook gives such members no term."}


def renew_membership(*, actor: Actor, at: datetime, given: RenewMembership, key: str | None = None) -> TermTold:
    """Another term: behind the last where that has not lapsed, else from the day of `at` on.

    Refuses NotRenewable (no end, or too early), NotInForce (the membership is over), NotFound, Forbidden.
    """
    actor.demand("enrol")

    def do() -> TermTold:
        member, rulebook = _settled(actor, at, given.member)
        reason = renew(actor.reference, rulebook, member, at)
        return _told(member, (reason,))

    subject, given = by_number(actor, given, given.member)
    return perform(
        "renew_membership", actor=actor, at=at, subject=subject, given=given, do=do, returns=TermTold, key=key
    )


def renew(by: str, rulebook: Programme, member: Membership, at: datetime) -> Reason:
    """Give a settled membership another term; inside the caller's transaction."""
    if member.standing not in (ACTIVE, LAPSED, SUSPENDED, FROZEN):
        raise NotInForce(field="member", number=member.number, standing=STANDINGS[member.standing])
    clause, zone = term.term(rulebook, member.type), rulebook.zone
    if clause is None:
        raise NotRenewable(field="member", why=NO_TERM)
    reason = term.renewal(clause, member.ends_at, member.lapses_at, at, zone)
    if not reason.given:
        raise NotRenewable(field="member", clause=clause.id, why=term.SAYS[reason.say].both(**reason.values))
    again = member.standing == LAPSED
    begun = local_day(at if again or member.ends_at is None else member.ends_at, zone)
    if again and not term.unbroken(clause, member.lapses_at, at, zone):
        put_dates(member, member_since=at)
    end = term.ends(clause, begun, zone)
    put_dates(member, ends_at=end, lapses_at=term.lapses(clause, end, zone))
    until = {"until": term.last_day(end, zone)} if end is not None else {}
    renewed = Reason(clause.id, "renewed" if end is not None else "for_life", True, until)
    if again:
        turn(rulebook, member, ACTIVE, at, Why.of(renewed, by))
    return renewed


def freeze_membership(*, actor: Actor, at: datetime, given: FreezeMembership, key: str | None = None) -> TermTold:
    """The membership is stopped from `at` on. Refuses MemberSuspended, NotInForce, NotFound, Forbidden."""
    actor.demand("suspend")

    def do() -> TermTold:
        member, rulebook = _settled(actor, at, given.member)
        demand_active(member, at)
        turn(rulebook, member, FROZEN, at, Why(actor.reference, cause=given.reason))
        return _told(member)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "freeze_membership", actor=actor, at=at, subject=subject, given=given, do=do, returns=TermTold, key=key
    )


def thaw_membership(*, actor: Actor, at: datetime, given: ThawMembership, key: str | None = None) -> TermTold:
    """A stopped membership goes on from `at`; where the rulebook says that its term stood still, by so many whole days
    longer. Refuses NotFrozen, NotFound, Forbidden."""
    actor.demand("suspend")

    def do() -> TermTold:
        member, rulebook = _settled(actor, at, given.member)
        if member.standing != FROZEN:
            raise NotFrozen(field="member", number=member.number)
        clause, zone = term.term(rulebook, member.type), rulebook.zone
        if clause is not None and term.rule(clause).freeze == "stands" and member.ends_at is not None:
            stood = local_day(at, zone) - local_day(member.standing_since, zone)
            end = member.ends_at + stood
            put_dates(member, ends_at=end, lapses_at=term.lapses(clause, end, zone))
        turn(rulebook, member, ACTIVE, at, Why(actor.reference, cause="恢复 taken up again"))
        settle(rulebook, member, at)
        return _told(member)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "thaw_membership", actor=actor, at=at, subject=subject, given=given, do=do, returns=TermTold, key=key
    )


def change_type(*, actor: Actor, at: datetime, given: ChangeType, key: str | None = None) -> TermTold:
    """The member is of another type from `at` on. Refuses NoSuchType, NotOfAge, NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> TermTold:
        member, rulebook = _settled(actor, at, given.member)
        reasons = stands(rulebook, demand_type(rulebook, given.type, member.birthday, local_day(at, rulebook.zone)))
        change = NewChange(member.pk, "type", member.type, given.type, at, None, given.reason, {}, actor.reference)
        record_changes([change], at)
        put_dates(member, type=given.type)
        return _told(member, reasons)

    subject, given = by_number(actor, given, given.member)
    return perform("change_type", actor=actor, at=at, subject=subject, given=given, do=do, returns=TermTold, key=key)


def _settled(actor: Actor, at: datetime, ref: str) -> tuple[Membership, Programme]:
    """The member's row, locked, with everything written down that fell due."""
    member, rulebook = locked_member(actor, ref), programmes.programme_at(actor.programme, at)
    settle(rulebook, member, at)
    return member, rulebook


def _told(member: Membership, reasons: tuple[Reason, ...] = ()) -> TermTold:
    since = member.member_since or member.joined_at
    return TermTold(
        member.pk, member.number, member.standing, since, member.opens_at, member.ends_at, member.lapses_at, reasons
    )
