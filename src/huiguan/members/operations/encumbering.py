"""What ties a member to the house, written down and cleared by people."""

from __future__ import annotations

from datetime import datetime

from huiguan.cases import operations as cases
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.members import marking
from huiguan.members.clearing import open_encumbrances
from huiguan.members.inputs import ClearEncumbrance, RecordEncumbrance
from huiguan.members.life_refusals import NotYetDue
from huiguan.members.models import Encumbrance
from huiguan.members.resolving import by_number, locked_member
from huiguan.members.values import EncumbranceTold
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import exit as exits
from huiguan.rules.programme import Programme


def record_encumbrance(
    *, actor: Actor, at: datetime, given: RecordEncumbrance, key: str | None = None
) -> EncumbranceTold:
    """Something that must be cleared before the membership ends. Refuses EncumbranceOpen, NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> EncumbranceTold:
        member = locked_member(actor, given.member)
        known = {each.kind: clause.id for clause, each in exits.order(_rules(actor, at), member.type)}
        marking.encumber(
            programme=actor.programme, membership=member.pk, kind=given.kind, ref=given.ref, said=given.said, at=at,
            actor=actor.reference, amount=given.amount, clause=known.get(given.kind, ""),
        )  # fmt: skip
        return _told(member.pk, given.kind, given.ref)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "record_encumbrance", actor=actor, at=at, subject=subject, given=given, do=do, returns=EncumbranceTold, key=key
    )


def clear_encumbrance(
    *, actor: Actor, at: datetime, given: ClearEncumbrance, key: str | None = None
) -> EncumbranceTold:
    """It is settled. Refuses NoEncumbrance, NotYetDue (another thing comes first), NotFound, Forbidden."""
    actor.demand("edit_members")

    def do() -> EncumbranceTold:
        member = locked_member(actor, given.member)
        first = exits.too_soon(_rules(actor, at), member.type, given.kind, open_encumbrances(member.pk))
        if first is not None:
            raise NotYetDue(field="kind", clause=first.clause, why=exits.SAYS[first.say].both(**first.values))
        marking.clear(membership=member.pk, kind=given.kind, ref=given.ref, at=at, actor=actor.reference, how=given.how)
        cases.poke(actor=actor, at=at, membership=member.pk)
        return _told(member.pk, given.kind, given.ref)

    subject, given = by_number(actor, given, given.member)
    return perform(
        "clear_encumbrance", actor=actor, at=at, subject=subject, given=given, do=do, returns=EncumbranceTold, key=key
    )


def _rules(actor: Actor, at: datetime) -> Programme:
    return programmes.programme_at(actor.programme, at)


def _told(membership: int, kind: str, ref: str) -> EncumbranceTold:
    row = Encumbrance.objects.filter(membership_id=membership, kind=kind, ref=ref).latest("pk")
    clause = row.clause or None
    return EncumbranceTold(kind, ref, row.said, row.amount, row.opened_at, clause, row.cleared_at, row.how)
