"""What a measure brings besides: its fine as a charge, and a duty broken by demerits that have gathered."""

from __future__ import annotations

from datetime import datetime

from huiguan.billing import operations as billing
from huiguan.conduct.inputs import ReportBreach
from huiguan.conduct.models import Breach, Measure
from huiguan.conduct.persons import Broke
from huiguan.conduct.reporting import write_breach
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import duty, measure_taken

COUNTED = "counted"  # in what a breach tells: the numbers of the measures whose demerits it was reported for
_TAKEN_BACK = Text(zh="处分 {measure} 已撤销", en="measure {measure} was overturned")


def fine(actor: Actor, row: Measure, at: datetime) -> None:
    """Charge the member what was decided, where the clause names the fee; of staff it is a task."""
    rulebook = programmes.version(row.version)
    name = measure_taken.rule(rulebook.clauses[row.clause]).also.fee
    if name is None or not row.fine or row.membership_id is None:
        return
    row.charge = billing.charge_amount(
        actor=system(row.programme_id, actor.name), at=at, membership=row.membership_id, name=name, amount=row.fine,
        key=row.number, note=row.number,
    )  # fmt: skip
    row.save(update_fields=["charge"])


def take_back_fine(actor: Actor, row: Measure, at: datetime) -> None:
    """What was charged is owed no more; what was paid of it is on account again."""
    if row.charge:
        why = Text(**_TAKEN_BACK.both(measure=row.number)).zh
        billing.take_back_charge(actor=system(row.programme_id, actor.name), at=at, charge=row.charge, reason=why)


def look_at_demerits(actor: Actor, membership: int | None, at: datetime) -> None:
    """Where the demerits of a member reach what a duty allows, the house itself reports the breach: nothing follows but
    what is proposed and decided like any other. What was counted once is not counted again."""
    if membership is None:
        return
    rulebook = programmes.programme_at(actor.programme, at)
    for clause in duty.gathering(rulebook):
        code, today = duty.rule(clause).duty, local_day(at, rulebook.zone)
        rows = _uncounted(membership, code)
        brought = [(local_day(row.decided_at or at, rulebook.zone), row.demerits) for row in rows]
        reason = duty.gathered(clause, brought, today)
        if reason is not None:
            words = duty.SAYS[reason.say].fill("zh", **reason.values)
            told = ReportBreach(member="-", duty=code, on=today, words=words)
            house = system(actor.programme, "house")
            row = write_breach(house, at, rulebook, clause, Broke(membership), told)
            row.told = {"clause": reason.clause, "say": reason.say, "values": dict(reason.values),
                        COUNTED: [each.number for each in rows]}  # fmt: skip
            row.save(update_fields=["told"])


def _uncounted(membership: int, code: str) -> list[Measure]:
    """The measures with demerits that were counted for no breach of this duty that still holds. A breach says which it
    counted; one of before that was kept had counted whatever was decided up to its moment."""
    counted: set[str] = set()
    taken = Measure.objects.filter(membership_id=membership, state__in=["decided", "lifted"], demerits__gt=0)
    for row in Breach.objects.filter(membership_id=membership, duty=code).exclude(state="dismissed"):
        if COUNTED in row.told:
            counted.update(row.told[COUNTED])
        else:
            taken = taken.filter(decided_at__gt=row.reported_at)
    return [row for row in taken.order_by("seq") if row.number not in counted]
