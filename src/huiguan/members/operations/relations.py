"""Who else may use a member's account: put on her list, and taken off it."""

from __future__ import annotations

from datetime import datetime

from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.members.admitting import demand_relation
from huiguan.members.inputs import AuthoriseUser, WithdrawUser
from huiguan.members.models import AuthorisedUser
from huiguan.members.refusals import UserListed, UserNotListed
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.standings import demand_active
from huiguan.members.values import ListedUser
from huiguan.programme import queries as programmes


def authorise_user(*, actor: Actor, at: datetime, given: AuthoriseUser, key: str | None = None) -> ListedUser:
    """From `at` on the named person may buy in the member's name, with her consent.

    Refuses RelationNotAdmitted (the rulebook shares no account, or not with such people), UserListed, MemberSuspended,
    NotFound, Forbidden.
    """
    actor.demand("edit_members")

    def do() -> ListedUser:
        member = locked_member(actor, given.member)
        demand_active(member, at)
        clause = demand_relation(programmes.programme_at(actor.programme, at), given.kin)
        if AuthorisedUser.objects.filter(membership_id=member.pk, name=given.name, until=None).exists():
            raise UserListed(field="name", name=given.name)
        AuthorisedUser.objects.create(
            programme_id=actor.programme,
            membership_id=member.pk,
            name=given.name,
            kin=given.kin,
            since=at,
            clause=clause,
            actor=actor.reference,
        )
        return ListedUser(member.number, given.name, given.kin, at, None)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "authorise_user",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=ListedUser,
        key=key,
    )


def withdraw_user(*, actor: Actor, at: datetime, given: WithdrawUser, key: str | None = None) -> ListedUser:
    """From `at` on the named person may no longer buy in the member's name. Refuses UserNotListed, NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> ListedUser:
        member = locked_member(actor, given.member)
        held = AuthorisedUser.objects.filter(membership_id=member.pk, name=given.name, until=None).first()
        if held is None:
            raise UserNotListed(field="name", name=given.name)
        held.until = at
        held.save(update_fields=["until"])
        return ListedUser(member.number, held.name, held.kin, held.since, at)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "withdraw_user",
        actor=actor,
        at=at,
        subject=subject,
        given=given,
        do=do,
        returns=ListedUser,
        key=key,
    )
