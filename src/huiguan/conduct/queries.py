"""What may be asked of the room. Those with `conduct` or `audit` see everything, a member her own."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Sum

from huiguan.conduct.keeping import POWER, breach, stands
from huiguan.conduct.keeping import measure as found
from huiguan.conduct.models import Breach, Measure
from huiguan.conduct.owing import event_kinds as event_kinds
from huiguan.conduct.owing import obligations as obligations
from huiguan.conduct.owing import states_obligations as states_obligations
from huiguan.conduct.proposing import admitted, breaches_of, decided_by
from huiguan.conduct.telling import breach_told, measure_told
from huiguan.conduct.telling_awards import award_kinds as award_kinds
from huiguan.conduct.telling_awards import awards as awards
from huiguan.conduct.telling_awards import honours as honours
from huiguan.conduct.telling_awards import one_award as one_award
from huiguan.conduct.telling_awards import states_awards as states_awards
from huiguan.conduct.values import BreachTold, DutyTold, MeasureKind, MeasureTold, Preview, Published
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.courses import course
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import duty, measure_taken

PAGE = 200


def _demand(actor: Actor) -> None:
    if not actor.may("audit"):
        actor.demand(POWER)


def duties(actor: Actor, at: datetime) -> tuple[DutyTold, ...]:
    """Every duty a report may name, in the order of the rulebook. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    rulebook = programmes.programme_at(actor.programme, at)
    return tuple(
        DutyTold(
            name, duty.rule(clause).called.both(), clause.id, tuple(duty.rule(clause).measures), duty.rule(clause).who
        )
        for name, clause in duty.duties(rulebook).items()
    )


def states_duties(actor: Actor, at: datetime) -> bool:
    """Whether the rulebook in force states duties at all."""
    rulebook = programmes.ruling_at(actor.programme, at)
    return rulebook is not None and bool(duty.duties(rulebook))


def measure_kinds(actor: Actor, at: datetime) -> tuple[MeasureKind, ...]:
    """Every measure the rulebook knows, the lightest first. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    known = measure_taken.measures(programmes.programme_at(actor.programme, at))
    kinds = [
        MeasureKind(name, measure_taken.rule(clause).called.both(), clause.id, measure_taken.rule(clause).level)
        for name, clause in known.items()
    ]
    return tuple(sorted(kinds, key=lambda kind: kind.level))


def breaches(actor: Actor, at: datetime, *, member: str = "", state: str = "") -> tuple[BreachTold, ...]:
    """Breaches, the newest first. Takes `conduct` or `audit`."""
    _demand(actor)
    rows = Breach.objects.filter(programme_id=actor.programme).order_by("-seq")
    rows = rows.filter(membership_id=members.membership(actor, member)) if member else rows
    rows = rows.filter(state=state) if state else rows
    return tuple(breach_told(actor, row) for row in rows[:PAGE])


def one_breach(actor: Actor, number: str, at: datetime) -> BreachTold:
    """A breach by its number. Takes `conduct` or `audit`. BreachUnknown."""
    _demand(actor)
    return breach_told(actor, breach(actor, number))


def measures(actor: Actor, at: datetime, *, member: str = "", state: str = "") -> tuple[MeasureTold, ...]:
    """Measures, the newest first; a member's own where she asks herself. Takes `conduct` or `audit`."""
    rows = Measure.objects.filter(programme_id=actor.programme).order_by("-seq")
    if actor.kind == "member":
        rows = rows.filter(membership_id=actor.membership or 0)
    else:
        _demand(actor)
        rows = rows.filter(membership_id=members.membership(actor, member)) if member else rows
    rows = rows.filter(state=state) if state else rows
    return tuple(measure_told(actor, row, at) for row in rows[:PAGE])


def measure(actor: Actor, number: str, at: datetime) -> MeasureTold:
    """A measure by its number: hers, or with `conduct` or `audit`. TakenUnknown."""
    if actor.kind != "member":
        _demand(actor)
    return measure_told(actor, found(actor, number), at)


def demerits(actor: Actor, member: str, at: datetime) -> int:
    """What the measures decided for a member have brought together, less those that fell. Takes `conduct` or `audit`."""
    if actor.kind != "member":
        _demand(actor)
    rows = Measure.objects.filter(membership_id=members.membership(actor, member), state__in=["decided", "lifted"])
    return rows.filter(decided_at__lte=at).aggregate(sum=Sum("demerits"))["sum"] or 0


def preview(actor: Actor, at: datetime, *, breaches: list[str], measures: list[str]) -> Preview:
    """What proposing these would do, and who decides; refused as proposing would be. Takes `conduct`."""
    actor.demand(POWER)
    rulebook = programmes.programme_at(actor.programme, at)
    broken = breaches_of(actor, breaches)
    clauses = admitted(rulebook, broken, measures)
    procedure = decided_by(rulebook, clauses)
    amounts = [row.amount for row in broken if row.amount is not None]
    says: list[Reason] = []
    for clause in clauses:
        says += measure_taken.decided(clause, at, rulebook.zone)[1]
        fine = measure_taken.fine(clause, sum(amounts) if amounts else None)
        if fine is not None:
            told = {"called": measure_taken.rule(clause).called.both(), "amount": fine}
            says.append(Reason(clause.id, "fined", False, told))
    known = course(rulebook, procedure)
    assert known is not None, "it was looked up before"
    return Preview(procedure, known.title.both(), tuple(says))


def published(programme: int, at: datetime) -> tuple[Published, ...]:
    """The measures that stand and are made known to everybody, the newest first; the member's name is masked."""
    rows = Measure.objects.filter(programme_id=programme, state="decided", since__lte=at).order_by("-seq")
    told = []
    for row in rows[:PAGE]:
        rulebook = programmes.version(row.version)
        rule = measure_taken.rule(rulebook.clauses[row.clause])
        if rule.published != "public" or not stands(row, at) or row.since is None or row.membership_id is None:
            continue
        number, name = members.number_and_name(programme, row.membership_id)
        shown = name if len(name) > 4 else name[:1] + "*" * (len(name) - 1)
        told.append(
            Published(row.number, number, shown, rule.called.both(), row.clause, row.since, row.until, row.words)
        )
    return tuple(told)
