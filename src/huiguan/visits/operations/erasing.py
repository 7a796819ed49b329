"""A former member's data erased: at her wish, or once it has been kept for as long as the rulebook says."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db.models import F

from huiguan.cases import operations as cases
from huiguan.cases import queries as matters
from huiguan.documents import operations as documents
from huiguan.documents.values import PARTY, holder_of
from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.moments import local_day
from huiguan.members import operations as members
from huiguan.members import queries as known
from huiguan.members.queries import Former
from huiguan.parties import operations as parties
from huiguan.parties.values import ERASED
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import profile
from huiguan.rules.programme import Programme
from huiguan.visits.inputs import EraseMember
from huiguan.visits.models import Erasure, Visit
from huiguan.visits.own_data import tied
from huiguan.visits.refusals import StillMember, StillTied
from huiguan.visits.values import ErasedMember


def erase_member(*, actor: Actor, at: datetime, given: EraseMember, key: str | None = None) -> ErasedMember:
    """What is known of a former member is erased, for good, at her wish: every value of her form there ever was, what she was
    found by, what she wrote in matters, her papers, what she was told, the devices she came by; with those merged into her. Her number, sales, ledgers, receipts and rulings stay.
    Takes `suspend` and `edit_members`. Refuses StillMember, StillTied, Forbidden."""
    actor.demand("suspend")
    actor.demand("edit_members")

    def do() -> ErasedMember:
        rulebook = programmes.programme_at(actor.programme, at)
        gone = known.former(actor.programme, rulebook, given.member, at)
        if gone is None:
            raise StillMember(field="member", given=given.member)
        ties = (*gone.tied_by, *matters.traces(actor.programme, gone.lives).open)
        if ties:
            raise StillTied(field="member", ties=", ".join(ties))
        return _erase(actor, at, rulebook, gone, "", given.reason)

    return perform(
        "erase_member", actor=actor, at=at, subject=f"member:{given.member}", given=given, do=do,
        returns=ErasedMember, key=key,
    )  # fmt: skip


def erase_due(programme: int, until: datetime) -> int:
    """Erase what was kept for as long as the rulebook says, of whom nothing ties to the house; how many. A night's work: run
    again it changes nothing."""
    rulebook = programmes.ruling_at(programme, until)
    kept = profile.kept(rulebook) if rulebook is not None else None
    if rulebook is None or kept is None:
        return 0
    house = system(programme, "nightly")
    due = [each for each in tied(programme, known.due_to_erase(programme, rulebook, until)) if not each.tied_by]
    for each in due:
        in_transaction(partial(_erase, house, until, rulebook, each, kept[0].id, ""))
    return len(due)


def _erase(actor: Actor, at: datetime, rulebook: Programme, gone: Former, clause: str, reason: str) -> ErasedMember:
    found = matters.traces(actor.programme, gone.lives)
    persons = known.nobody_elses((*gone.parties, *found.parties), gone.lives)
    holders = (*found.holders, *(holder_of(PARTY, each) for each in persons))
    seen = Visit.objects.filter(membership_id__in=gone.lives)
    seen.filter(ended_at=None).update(ends_at=F("began_at"))  # visits live on wall time, of which nothing is known here
    counts = {
        "values": sum(parties.forget_party(actor=actor, at=at, party=each) for each in persons),
        "papers": sum(documents.forget_papers(actor=actor, at=at, holder=each) for each in holders),
        "devices": seen.exclude(device="", address="").update(device="", address=""),
    }
    cases.forget_matters(actor=actor, at=at, matters=found.matters, called=ERASED)
    day = local_day(at, rulebook.zone).isoformat()
    for each in gone.lives:
        members.mark_erased(actor=actor, at=at, membership=each, clause=clause, day=day)
    Erasure.objects.create(
        programme_id=actor.programme, membership_id=gone.membership, clause=clause, reason=reason, counts=counts, at=at,
        actor=actor.reference, actor_name=actor.name,
    )  # fmt: skip
    return ErasedMember(gone.number, at, counts["values"], counts["papers"], counts["devices"])
