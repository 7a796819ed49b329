"""Awards proposed, and taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiguan.cases import operations as cases
from huiguan.cases.inputs import OpenMatter
from huiguan.conduct import refusals
from huiguan.conduct.events import AwardProposed
from huiguan.conduct.honouring import borne, take_back
from huiguan.conduct.inputs import ProposeAward, WithdrawAward
from huiguan.conduct.keeping import POWER, announce, next_number
from huiguan.conduct.models import Award
from huiguan.conduct.telling import bound_member
from huiguan.conduct.telling_awards import award_told
from huiguan.conduct.values import AwardTold
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.courses import course
from huiguan.rules.effects import Decision, Refuse
from huiguan.rules.findings import suggestion
from huiguan.rules.kinds import award
from huiguan.rules.programme import Clause, Programme

LETTER = "H"
NAMED: dict[str, type[Refusal]] = {
    "AwardNotHers": refusals.AwardNotHers,
    "AwardCategoryNeeded": refusals.AwardCategoryNeeded,
    "AwardedAlready": refusals.AwardedAlready,
    "AwardsUsedUp": refusals.AwardsUsedUp,
}
KNOWN = ("name", "member", "award", "category", "words")  # what a form's field of this name is answered with


def propose_award(*, actor: Actor, at: datetime, given: ProposeAward, key: str | None = None) -> AwardTold:
    """A member proposed for an award: the matter that decides it is opened. Takes `matters`.

    Refuses AwardUnknown, NotFound, MemberSuspended, NotInForce, AwardNotHers, AwardCategoryNeeded, AwardedAlready,
    AwardsUsedUp, NobodyDecides, and what opening the matter refuses.
    """
    actor.demand("matters")

    def do() -> AwardTold:
        rulebook = programmes.programme_at(actor.programme, at)
        clause = award.awards(rulebook).get(given.award)
        if clause is None:
            near = suggestion(given.award, award.awards(rulebook))
            raise refusals.AwardUnknown(field="award", given=given.award, near=near)
        membership = members.membership(actor, given.member)
        members.demand_in_force(actor.programme, membership, at)
        seq, number = next_number(actor.programme, LETTER)  # from here on one proposal of the house at a time
        demand_open(actor.programme, rulebook, clause, membership, given.category or "", at)
        row = _write(actor, at, rulebook, clause, membership, given, (seq, number))
        opened = cases.open_matter(actor=actor, at=at, given=_matter(actor, rulebook, clause, row, given))
        Award.objects.filter(pk=row.pk).update(matter=opened.number)
        row.refresh_from_db()
        told = AwardProposed(
            membership=membership, reference=row.number, at=at, clause=clause.id, award=row.award, matter=row.matter
        )
        announce(actor, at, told)
        return award_told(actor, row, at)

    return perform(
        "propose_award", actor=actor, at=at, subject=f"member:{given.member}", given=given, key=key, returns=AwardTold,
        do=do,
    )  # fmt: skip


def demand_open(
    programme: int, rulebook: Programme, clause: Clause, membership: int, category: str, at: datetime
) -> None:
    """Refuse what the clause refuses of her today."""
    today = local_day(at, rulebook.zone)
    since, _ = award.year_of(clause, today)
    of_year = Award.objects.filter(programme_id=programme, award=award.rule(clause).award, year=since)
    who = bound_member(programme, membership, at)
    segment = award.rule(clause).only
    inside = members.inside_segment(rulebook, segment, programme, membership, at) if segment is not None else None
    proposed = award.Proposed(
        who.name, who.type, who.seats, inside, category,
        of_year.filter(membership_id__in=members.lives_of(membership), state__in=["proposed", "granted"]).exists(),
        of_year.filter(state="granted").count(),
    )  # fmt: skip
    demand(award.decide(rulebook, clause, proposed, today))


def demand_room(row: Award) -> None:
    """AwardsUsedUp where as many as the clause has were given in its year."""
    rulebook = programmes.version(row.version)
    of_year = Award.objects.filter(programme_id=row.programme_id, award=row.award, year=row.year, state="granted")
    demand(award.room(rulebook, rulebook.clauses[row.clause], of_year.count(), row.year))


def demand(decision: Decision) -> None:
    """Raise what the rules refuse, with its sentence."""
    for effect in decision.effects:
        if isinstance(effect, Refuse):
            reason = effect.values["reason"]
            why = Text(**award.SAYS[reason.say].both(**reason.values))
            raise NAMED[effect.code](field=effect.field, clause=effect.clause, why=why)


def _write(
    actor: Actor,
    at: datetime,
    rulebook: Programme,
    clause: Clause,
    membership: int,
    given: ProposeAward,
    number: tuple[int, str],
) -> Award:
    return Award.objects.create(
        programme_id=actor.programme, seq=number[0], number=number[1], membership_id=membership, award=given.award,
        category=given.category or "", clause=clause.id, version=rulebook.version,
        year=award.year_of(clause, local_day(at, rulebook.zone))[0], words=given.words, proposed_at=at,
        proposed_by=actor.reference, proposed_by_name=actor.name,
    )  # fmt: skip


def _matter(actor: Actor, rulebook: Programme, clause: Clause, row: Award, given: ProposeAward) -> OpenMatter:
    """What the deciders read: of the answers known here those the procedure's form asks for, beside those given."""
    name = award.rule(clause).procedure
    found = course(rulebook, name) if name is not None else None
    if name is None or found is None:
        raise refusals.NobodyDecides(field="award", clause=clause.id, measure=award.rule(clause).called)
    number, called = members.number_and_name(actor.programme, row.membership_id)
    category = award.category(clause, row.category) or {"zh": ""}
    answers = (called, number, award.rule(clause).called.zh, category["zh"], row.words)
    form: dict[str, Any] = dict(given.form)
    form |= {field: value for field, value in zip(KNOWN, answers, strict=True) if found.field(field) is not None}
    return OpenMatter(procedure=name, form=form, subject_ref=f"award:{row.number}", submit=True)


def withdraw_award(*, actor: Actor, at: datetime, given: WithdrawAward, key: str | None = None) -> AwardTold:
    """An award that is borne is taken back, with what it brought, from now on. Takes `conduct` and `suspend`. Refuses
    HonourUnknown, AwardNotBorne."""
    actor.demand(POWER)
    actor.demand("suspend")

    def do() -> AwardTold:
        rows = Award.objects.select_for_update().filter(programme_id=actor.programme)
        row = rows.filter(number=given.award.strip().upper()).first()
        if row is None:
            raise refusals.HonourUnknown(field="award", given=given.award)
        if not borne(row, at):
            raise refusals.AwardNotBorne(field="award", number=row.number)
        take_back(actor, row, at, given.reason)
        return award_told(actor, row, at)

    return perform(
        "withdraw_award", actor=actor, at=at, subject=f"award:{given.award}", given=given, key=key, returns=AwardTold,
        do=do,
    )  # fmt: skip
