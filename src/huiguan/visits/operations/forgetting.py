"""Data of those whom no membership leads to: applicants who became no members, and who held a membership before another."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from huiguan.cases import operations as cases
from huiguan.cases import queries as matters
from huiguan.cases.inputs import WithdrawMatter
from huiguan.cases.queries import Traces
from huiguan.cases.refusals import OwnAddressFirst
from huiguan.documents import operations as documents
from huiguan.documents.values import PARTY, holder_of
from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor, system
from huiguan.members import operations as members
from huiguan.members import queries as known
from huiguan.members.queries import FormerHolder
from huiguan.parties import operations as parties
from huiguan.parties.values import ERASED
from huiguan.programme import queries as programmes
from huiguan.visits.applicants import applicants_before, holders_before
from huiguan.visits.inputs import EraseApplication, EraseHolder
from huiguan.visits.models import BegunApplication, Erasure
from huiguan.visits.refusals import NothingToErase, StillTied
from huiguan.visits.values import ErasedApplication

_LEFT = "存着没提交，到期清掉。left as a draft"


def erase_application(
    *, actor: Actor, at: datetime, given: EraseApplication, key: str | None = None
) -> ErasedApplication:
    """What an applicant gave who is nobody's member is erased, for good, with the matters hers follows and those that
    follow it: answers, papers, how she and who recommended her are reached, letters. That there was a matter, its rounds
    and how it was decided stay. By herself, or with `suspend` and `edit_members`.

    Refuses NothingToErase, StillTied (under way, and not to be taken back), OwnAddressFirst (by a code the house was told).
    """
    _demand_may(actor, at, given.matter)

    def do() -> ErasedApplication:
        found = _traces(actor.programme, given.matter)
        if found.open and given.withdraw:
            for number in found.open:
                back = WithdrawMatter(matter=number, reason=given.reason)
                whose = actor if actor.kind != "applicant" else matters.applicant_acting(actor.programme, number)
                cases.withdraw_matter(actor=whose, at=at, given=back)
            found = _traces(actor.programme, given.matter)
        if found.open:
            raise StillTied(field="matter", ties=", ".join(found.open))
        return _erase(actor, at, found, given.matter, "", given.reason)

    return perform(
        "erase_application", actor=actor, at=at, subject=f"matter:{given.matter}", given=given, do=do,
        returns=ErasedApplication, key=key,
    )  # fmt: skip


def erase_former_holders(*, actor: Actor, at: datetime, given: EraseHolder, key: str | None = None) -> int:
    """What is known of those who held a membership before its holder now is erased, for good, at their wish; how many of
    them. The membership goes on. Takes `suspend` and `edit_members`. Refuses NothingToErase."""
    actor.demand("suspend")
    actor.demand("edit_members")

    def do() -> int:
        due = _not_erased(actor.programme, known.former_holders(actor.programme, number=given.member))
        if not due:
            raise NothingToErase(field="member", given=given.member)
        for each in due:
            _erase_holder(actor, at, each, "", given.reason)
        return len(due)

    return perform(
        "erase_former_holders", actor=actor, at=at, subject=f"member:{given.member}", given=given, do=do, returns=int,
        key=key,
    )  # fmt: skip


def clear_drafts(programme: int, until: datetime) -> int:
    """Take back and empty what guests saved, never handed in and left for as long as its procedure keeps it; how many. A
    night's work: run again it changes nothing."""
    house = system(programme, "nightly")
    due = matters.stale_drafts(programme, until)
    for number in due:
        given = EraseApplication(matter=number, reason=_LEFT, withdraw=True)
        in_transaction(partial(erase_application, actor=house, at=until, given=given))
    return len(due)


def forget_applicants(programme: int, until: datetime) -> int:
    """Erase what applicants gave who became no members and whose matters ended, without being passed, as long ago as the
    rulebook keeps it, and what is known of former holders of memberships as of former members; how many. A night's work:
    run again it changes nothing."""
    rulebook, house, done = programmes.ruling_at(programme, until), system(programme, "nightly"), 0
    if rulebook is None:
        return 0
    kept = applicants_before(rulebook, until)
    for number in matters.over_by(programme, kept[1]) if kept is not None else ():
        found = matters.application_traces(programme, number)  # an earlier one may have taken it along
        if kept is None or found is None or found.open or matters.any_kept(programme, found.matters, kept[1]):
            continue
        in_transaction(partial(_erase, house, until, found, number, kept[0], ""))
        done += 1
    held = holders_before(rulebook, until)
    for each in _not_erased(programme, known.former_holders(programme, before=held[1])) if held is not None else ():
        in_transaction(partial(_erase_holder, house, until, each, held[0] if held else "", ""))
        done += 1
    return done


def _demand_may(actor: Actor, at: datetime, number: str) -> None:
    if actor.kind != "applicant":
        actor.demand("suspend")
        actor.demand("edit_members")
    elif matters.status_for_applicant(actor, number, at).hidden:
        raise OwnAddressFirst(field="matter")


def _traces(programme: int, number: str) -> Traces:
    found = matters.application_traces(programme, number)
    if found is None:
        raise NothingToErase(field="matter", given=number)
    return found


def _erase(actor: Actor, at: datetime, found: Traces, number: str, clause: str, reason: str) -> ErasedApplication:
    persons = known.nobody_elses(found.parties, ())
    holders = (*found.holders, *(holder_of(PARTY, each) for each in persons))
    counts = {
        "values": sum(parties.forget_party(actor=actor, at=at, party=each) for each in persons),
        "papers": sum(documents.forget_papers(actor=actor, at=at, holder=each) for each in holders),
    }
    cases.forget_matters(actor=actor, at=at, matters=found.matters, called=ERASED)
    BegunApplication.objects.filter(programme_id=actor.programme, matter_id__in=found.matters).delete()
    Erasure.objects.create(
        programme_id=actor.programme, matter_id=found.matters[0], matter=number, clause=clause, reason=reason,
        counts=counts, at=at, actor=actor.reference, actor_name="申请人" if actor.kind == "applicant" else actor.name,
    )  # fmt: skip
    return ErasedApplication(list(found.numbers), at, counts["papers"])


def _erase_holder(actor: Actor, at: datetime, who: FormerHolder, clause: str, reason: str) -> None:
    counts = {"values": parties.forget_party(actor=actor, at=at, party=who.party)}
    counts["papers"] = documents.forget_papers(actor=actor, at=at, holder=holder_of(PARTY, who.party))
    members.forget_users(who.membership, who.left_at)
    Erasure.objects.create(
        programme_id=actor.programme, membership_id=who.membership, party_id=who.party, clause=clause, reason=reason,
        counts=counts, at=at, actor=actor.reference, actor_name=actor.name,
    )  # fmt: skip


def _not_erased(programme: int, holders: tuple[FormerHolder, ...]) -> tuple[FormerHolder, ...]:
    """Those whose data is there still, and who are nobody's member by another membership."""
    named = [each.party for each in holders]
    gone = set(Erasure.objects.filter(programme_id=programme, party_id__in=named).values_list("party_id", flat=True))
    over = set(known.nobody_elses(named, known.erased(programme)))
    return tuple(each for each in holders if each.party not in gone and each.party in over)
