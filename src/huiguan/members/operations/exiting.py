"""How a membership ends, and how a former member comes back."""

from __future__ import annotations

from datetime import datetime

from huiguan.documents import queries as documents
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import at_day, local_day
from huiguan.members.admitting import stands
from huiguan.members.barring import demand_way_back
from huiguan.members.clearing import open_encumbrances
from huiguan.members.inputs import EndMembership, ReadmitMember, WithdrawExit
from huiguan.members.life_refusals import (
    ExitAsked,
    ExitByProcedure,
    GroundUnproved,
    NoSuchGround,
    NotInForce,
    NotLeaving,
    StillEncumbered,
)
from huiguan.members.models import Membership
from huiguan.members.refusals import AlreadyLeft
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.standings import STANDINGS
from huiguan.members.turning import Why, begin_term, end_dates, put_dates, settle, turn
from huiguan.members.values import ExitTold
from huiguan.members.voiding import void_units
from huiguan.programme import queries as programmes
from huiguan.rules.courses import course
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import exit as exits
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.standing import BARRED, EXITED, LAPSED, MERGED, OVER

NO_GROUNDS = {"zh": "章程没有退会的规定。", "en": "The rulebook says nothing of leaving."}


def end_membership(*, actor: Actor, at: datetime, given: EndMembership, key: str | None = None) -> ExitTold:
    """The membership ends by a ground, with a notice where the rulebook asks for one; until then it is what it was. By
    the member herself, or whoever may suspend.

    Refuses NoSuchGround, ExitByProcedure (it is asked for by a procedure), GroundUnproved (its paper is not there), StillEncumbered (something must be cleared first),
    ExitAsked, AlreadyLeft, NotFound, Forbidden.
    """

    def do() -> ExitTold:
        member = locked_member(actor, given.member)
        itself = actor.membership == member.pk
        if not itself:
            actor.demand("suspend")
        rulebook = programmes.programme_at(actor.programme, at)
        settle(rulebook, member, at)
        return end(actor.reference, rulebook, member, at, given.ground, given.reason, itself=itself)

    subject, given = by_number(actor, given, given.member)
    return perform("end_membership", actor=actor, at=at, subject=subject, given=given, do=do, returns=ExitTold, key=key)


def end(
    by: str, rulebook: Programme, member: Membership, at: datetime, ground: str, said: str, *, itself: bool
) -> ExitTold:
    """End a settled membership; inside the caller's transaction."""
    if member.standing in OVER:
        raise AlreadyLeft(field="member", number=member.number)
    asked = member.exits_at or member.exit_held
    if asked is not None:
        day = local_day(asked, rulebook.zone).isoformat()
        raise ExitAsked(field="member", number=member.number, on=day)
    if not exits.grounds(rulebook, member.type):
        raise NoSuchGround(field="ground", why=NO_GROUNDS)
    reasons = stands(rulebook, exits.decide(rulebook, member.type, ground, itself=itself))
    known = exits.grounds(rulebook, member.type).get(ground)
    by_house = known is not None and known[1].by == "house"
    if known is not None and itself:
        _demand_procedure(rulebook, *known)
    if known is not None and known[1].needs:
        demand_paper(member, *known)
    if not by_house:
        demand_cleared(rulebook, member)
    today = local_day(at, rulebook.zone)
    on, notice = (today, None) if by_house else exits.earliest(rulebook, member.type, today)
    put_dates(member, exit_ground=ground)
    if on > today:
        put_dates(
            member, exits_at=at_day(on, rulebook.zone), **_bar(rulebook, member, at_day(on, rulebook.zone), ground)
        )
        return _told(member, (*reasons, *([notice] if notice else [])))
    why = Why(by, reasons[0].clause, said or "exit", {**reasons[0].values, "say": reasons[0].say}) if reasons else None
    put_dates(member, **_bar(rulebook, member, at, ground))
    turn(rulebook, member, known[1].reads if known else EXITED, at, why or Why(by, cause=said or "exit"))
    if known is not None and known[1].voids:
        void_units(by, rulebook, member, at, known[0].id, known[1].voids)
    return _told(member, reasons)


def _bar(rulebook: Programme, member: Membership, left: datetime, ground: str) -> dict[str, object]:
    return end_dates(rulebook, member, left, ground)


def demand_cleared(rulebook: Programme, member: Membership) -> None:
    """StillEncumbered where something that must be cleared is not."""
    for reason in exits.unmet(rulebook, member.type, open_encumbrances(member.pk)):
        why = exits.SAYS[reason.say].both(**reason.values)
        raise StillEncumbered(field="member", clause=reason.clause, why=why)


def _demand_procedure(rulebook: Programme, clause: Clause, ground: exits.Ground) -> None:
    """ExitByProcedure where a member who asks for it goes through a procedure."""
    asked = course(rulebook, ground.through) if ground.through else None
    if asked is not None:
        raise ExitByProcedure(
            field="ground", clause=clause.id, called=ground.called.both(), procedure=asked.title.both()
        )


def demand_paper(member: Membership, clause: Clause, ground: exits.Ground) -> None:
    """GroundUnproved unless the paper that goes with the ground lies with the member, and nobody found it wanting."""
    lies = documents.papers(member.programme_id, [f"party:{member.party_id}"], "")
    if not any(paper.doc == ground.needs and paper.verdict in ("", "pass") for paper in lies):
        raise GroundUnproved(field="ground", clause=clause.id, called=ground.called.both(), paper=ground.needs)


def withdraw_exit(*, actor: Actor, at: datetime, given: WithdrawExit, key: str | None = None) -> ExitTold:
    """A notice that has not run out is taken back: the membership goes on as if it had not been given. By the member
    herself, or whoever may suspend. Refuses NotLeaving, NotFound, Forbidden."""

    def do() -> ExitTold:
        member = locked_member(actor, given.member)
        if actor.membership != member.pk:
            actor.demand("suspend")
        settle(programmes.programme_at(actor.programme, at), member, at)
        if (member.exits_at or member.exit_held) is None or member.standing in OVER:
            raise NotLeaving(field="member", number=member.number)
        put_dates(member, exits_at=None, exit_held=None, exit_ground="", barred_until=None)
        return _told(member)

    subject, given = by_number(actor, given, given.member)
    return perform("withdraw_exit", actor=actor, at=at, subject=subject, given=given, do=do, returns=ExitTold, key=key)


def readmit_member(*, actor: Actor, at: datetime, given: ReadmitMember, key: str | None = None) -> ExitTold:
    """A former member is one again, under her number; how long she counts as a member begins anew. Whoever may suspend.

    Refuses Barred, StricterWay (the ground asks for a procedure that was not named), NotInForce (she is no former
    member), NotFound, Forbidden.
    """
    actor.demand("suspend")

    def do() -> ExitTold:
        member, rulebook = locked_member(actor, given.member), programmes.programme_at(actor.programme, at)
        settle(rulebook, member, at)
        reasons = demand_way_back(rulebook, member, at, given.way)
        return readmit(actor.reference, rulebook, member, at, given.reason, reasons)

    subject, given = by_number(actor, given, given.member)
    return perform("readmit_member", actor=actor, at=at, subject=subject, given=given, do=do, returns=ExitTold, key=key)


def readmit(
    by: str, rulebook: Programme, member: Membership, at: datetime, said: str, reasons: tuple[Reason, ...]
) -> ExitTold:
    """Take a former member in again; inside the caller's transaction."""
    if member.standing not in (OVER | {LAPSED}) - {BARRED, MERGED}:
        raise NotInForce(field="member", number=member.number, standing=STANDINGS[member.standing])
    ground = member.exit_ground
    turn(rulebook, member, begin_term(rulebook, member, at), at, Why(by, cause=said))
    put_dates(member, exit_ground="", barred_until=None)
    return ExitTold(member.pk, member.number, member.standing, ground, None, None, reasons)


def _told(member: Membership, reasons: tuple[Reason, ...] = ()) -> ExitTold:
    return ExitTold(
        member.pk, member.number, member.standing, member.exit_ground, member.exits_at, member.barred_until, reasons
    )
