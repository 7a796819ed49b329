"""Breaches reported, and dismissed."""

from __future__ import annotations

from datetime import datetime

from huiguan.conduct import refusals
from huiguan.conduct.events import BreachReported
from huiguan.conduct.inputs import DismissBreach, ReportBreach
from huiguan.conduct.keeping import POWER, announce, breach, next_number
from huiguan.conduct.models import Breach
from huiguan.conduct.persons import Broke, who_broke
from huiguan.conduct.telling import bound, breach_told
from huiguan.conduct.values import BreachTold
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Decision, Refuse
from huiguan.rules.findings import suggestion
from huiguan.rules.kinds import duty
from huiguan.rules.programme import Clause, Programme

_FUTURE = Text(zh="不能晚于今天", en="must not lie in the future")
NAMED: dict[str, type[Refusal]] = {
    "DutyNotHers": refusals.DutyNotHers,
    "TooFewBreaches": refusals.TooFewBreaches,
    "MeasureNotAdmitted": refusals.MeasureNotAdmitted,
}


def demand(decision: Decision) -> None:
    """Raise what the rules refuse, with its sentence."""
    for effect in decision.effects:
        if isinstance(effect, Refuse):
            reason = effect.values["reason"]
            why = Text(**duty.SAYS[reason.say].both(**reason.values))
            raise NAMED[effect.code](field=effect.field, clause=effect.clause, why=why)


def report_breach(*, actor: Actor, at: datetime, given: ReportBreach, key: str | None = None) -> BreachTold:
    """A duty a member is said to have broken. Takes `conduct`. Refuses DutyUnknown, DutyNotHers, NotFound, InvalidInput
    (a day to come)."""
    actor.demand(POWER)

    def do() -> BreachTold:
        rulebook = programmes.programme_at(actor.programme, at)
        clause = duty.duties(rulebook).get(given.duty)
        if clause is None:
            near = suggestion(given.duty, duty.duties(rulebook))
            raise refusals.DutyUnknown(field="duty", given=given.duty, near=near)
        if given.on > local_day(at, rulebook.zone):
            raise InvalidInput(field="on", rule=_FUTURE)
        broke = who_broke(actor, at, given, clause)
        demand(duty.decide(clause, bound(actor, broke, at)))
        row = write_breach(actor, at, rulebook, clause, broke, given)
        return breach_told(actor, row)

    about = f"member:{given.member}" if given.member is not None else f"staff:{','.join(given.staff)}"
    return perform(
        "report_breach", actor=actor, at=at, subject=about[:80], given=given, key=key, returns=BreachTold, do=do
    )


def write_breach(
    actor: Actor, at: datetime, rulebook: Programme, clause: Clause, broke: Broke, given: ReportBreach
) -> Breach:
    """The breach on record, and told."""
    seq, number = next_number(actor.programme, "B")
    row = Breach.objects.create(
        programme_id=actor.programme, seq=seq, number=number, membership_id=broke.membership, staff=list(broke.staff),
        sale=broke.sale, duty=given.duty, clause=clause.id, version=rulebook.version, happened_on=given.on,
        words=given.words, person=given.person, amount=broke.amount, evidence=given.evidence, reported_at=at,
        reported_by=actor.reference, reported_by_name=actor.name,
    )  # fmt: skip
    told = BreachReported(membership=broke.membership, reference=number, at=at, clause=clause.id, duty=given.duty)
    announce(actor, at, told)
    return row


def dismiss_breach(*, actor: Actor, at: datetime, given: DismissBreach, key: str | None = None) -> BreachTold:
    """Nothing follows from it. Takes `conduct`. Refuses BreachUnknown, BreachSettled."""
    actor.demand(POWER)

    def do() -> BreachTold:
        row = breach(actor, given.breach, lock=True)
        if row.state != "open":
            raise refusals.BreachSettled(field="breach", number=row.number)
        row.state, row.reason = "dismissed", given.reason
        row.save(update_fields=["state", "reason"])
        return breach_told(actor, row)

    return perform(
        "dismiss_breach", actor=actor, at=at, subject=f"breach:{given.breach}", given=given, key=key,
        returns=BreachTold, do=do,
    )  # fmt: skip
