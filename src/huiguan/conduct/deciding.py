"""What comes of the matters about measures and appeals, in the transaction that decides them."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from huiguan.cases.subjects import Subject, register
from huiguan.cases.values import Check, KnownMatter, Unmet
from huiguan.conduct.deciding_awards import Awards
from huiguan.conduct.events import MeasureDecided, MeasureEnded
from huiguan.conduct.following import fine, look_at_demerits, take_back_fine
from huiguan.conduct.honouring import fall
from huiguan.conduct.keeping import announce, settle_member, stands
from huiguan.conduct.models import Breach, Measure, Plea, Task
from huiguan.conduct.proposing import moment_after
from huiguan.conduct.refusals import NotByHand
from huiguan.identity.values import holder_of
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import measure_taken
from huiguan.rules.parameters import Length

A_MONTH = Length(count=1, unit="month")  # how long one of the staff has to pay, where the clause says nothing
_EARLIER = Text(
    zh="此前有 {count} 次处分，最近是“{last}”。",
    en="There were {count} {count:measure|measures} before, the last “{last}”.",
)
_PLEA = Text(zh="本人已陈述：{words}", en="The member was heard: {words}")
_UNHEARD = Text(
    zh="本人还没有陈述，{until:moment} 前可以陈述。",
    en="The member has not been heard and may be until {until:moment}.",
)


def _named(matter: KnownMatter) -> str:
    return matter.subject_ref.partition(":")[2]


def _against(rows: QuerySet[Measure]) -> frozenset[str]:
    """Whom measures are against, each by the reference she acts under."""
    return frozenset(holder_of(each.staff_id, each.membership_id, "") for each in rows)


def _refs(actor: Actor, word: str, column: str) -> QuerySet[Any, str] | None:
    """What matters about measures against the actor are called."""
    rows = Measure.objects.filter(programme_id=actor.programme)
    if actor.kind == "staff":
        rows = rows.filter(staff_id=actor.id)
    elif actor.membership is not None:
        rows = rows.filter(membership_id=actor.membership)
    else:
        return None
    return rows.values_list(Concat(Value(f"{word}:"), column), flat=True)


class Measures(Subject):
    """What a matter of `measure` decides: the measures of one proposal, together."""

    def opening(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        if not self._rows(matter):
            raise NotByHand(field="procedure")

    def concerned(self, matter: KnownMatter) -> frozenset[str]:
        return _against(Measure.objects.filter(programme_id=matter.programme, proposal=_named(matter)))

    def about(self, actor: Actor) -> QuerySet[Any, str] | None:
        return _refs(actor, "measure", "proposal")

    def checks(self, matter: KnownMatter, *, at: datetime) -> tuple[Check, ...]:
        rows = self._rows(matter)
        if not rows:
            return ()
        found = [
            Check(rows[0].clause, True, Text(**_PLEA.both(words=plea.words)), conflict=True)
            for plea in Plea.objects.filter(programme_id=matter.programme, proposal=rows[0].proposal).order_by("pk")
        ]
        earlier = list(
            Measure.objects.filter(
                membership_id=rows[0].membership_id,
                staff_id=rows[0].staff_id,
                programme_id=matter.programme,
                decided_at__isnull=False,
                decided_at__lt=at,
            )
            .exclude(state__in=["dropped", "overturned"])
            .order_by("decided_at")
        )
        if earlier:
            last = measure_taken.called(programmes.version(earlier[-1].version), earlier[-1].measure)
            told = Text(**_EARLIER.both(count=len(earlier), last=last))
            found.append(Check(rows[0].clause, False, told, conflict=True))
        return tuple(found)

    def unmet(self, matter: KnownMatter, stage: str, needs: tuple[str, ...], *, at: datetime) -> tuple[Unmet, ...]:
        rows = self._rows(matter)
        ends = [row.heard_until for row in rows if row.heard_until is not None]
        if "hearing" not in needs or not ends or at >= max(ends):
            return ()
        if Plea.objects.filter(programme_id=matter.programme, proposal=rows[0].proposal).exists():
            return ()
        zone = programmes.version(rows[0].version).zone
        until = max(ends).astimezone(zone).isoformat()
        return (Unmet(rows[0].clause, Text(**_UNHEARD.both(until=until)), max(ends)),)

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        rows = self._rows(matter)
        for row in rows:
            _decide(actor, row, at)
            fine(actor, row, at)
        Breach.objects.filter(programme_id=matter.programme, number__in=rows[0].breaches).update(state="found")
        fall(actor, rows[0].membership_id, at, [row.measure for row in rows], rows[0].number)
        settle_member(actor, rows[0].membership_id, at, rows[0])
        look_at_demerits(actor, rows[0].membership_id, at)

    def refused(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._drop(matter, actor, at)

    def lapsed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._drop(matter, actor, at)

    def withdrawn(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._drop(matter, actor, at)

    def _rows(self, matter: KnownMatter) -> list[Measure]:
        rows = Measure.objects.select_for_update().filter(programme_id=matter.programme, proposal=_named(matter))
        return list(rows.order_by("seq"))

    def _drop(self, matter: KnownMatter, actor: Actor, at: datetime) -> None:
        rows = self._rows(matter)
        for row in rows:
            end(actor, row, at, "dropped", matter.number)
        Breach.objects.filter(programme_id=matter.programme, number__in=rows[0].breaches).update(state="dismissed")
        settle_member(actor, rows[0].membership_id, at, rows[0])


class Appeals(Subject):
    """What a matter of `appeal` decides: passed, the measure falls; otherwise it stands for good."""

    def opening(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        if self._row(matter) is None:
            raise NotByHand(field="procedure")

    def concerned(self, matter: KnownMatter) -> frozenset[str]:
        return _against(Measure.objects.filter(programme_id=matter.programme, number=_named(matter)))

    def about(self, actor: Actor) -> QuerySet[Any, str] | None:
        return _refs(actor, "appeal", "number")

    def passed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        row = self._row(matter)
        assert row is not None, "an appeal is against a measure"
        end(actor, row, at, "overturned", matter.number)
        take_back_fine(actor, row, at)
        settle_member(actor, row.membership_id, at, row)

    def refused(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._go_on(matter, actor, at)

    def lapsed(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._go_on(matter, actor, at)

    def withdrawn(self, matter: KnownMatter, *, actor: Actor, at: datetime) -> None:
        self._go_on(matter, actor, at)

    def _row(self, matter: KnownMatter) -> Measure | None:
        rows = Measure.objects.select_for_update().filter(programme_id=matter.programme, number=_named(matter))
        return rows.first()

    def _go_on(self, matter: KnownMatter, actor: Actor, at: datetime) -> None:
        """One that waited acts from now on, for its whole time."""
        row = self._row(matter)
        assert row is not None, "an appeal is against a measure"
        clause = programmes.version(row.version).clauses[row.clause]
        if measure_taken.rule(clause).waits:
            _act(row, at)
            row.save()
            settle_member(actor, row.membership_id, at, row)


def _act(row: Measure, at: datetime) -> None:
    rulebook = programmes.version(row.version)
    held, _ = measure_taken.decided(rulebook.clauses[row.clause], at, rulebook.zone)
    row.since, row.until, row.settled = held.since, held.until, False


def _decide(actor: Actor, row: Measure, at: datetime) -> None:
    """It is decided at `at`: it acts, may be appealed, and asks of the member what it asks."""
    rulebook = programmes.version(row.version)
    rule = measure_taken.rule(rulebook.clauses[row.clause])
    since = row.since
    _act(row, at)
    if since is not None:
        row.since = since
    length_over = partial(moment_after, row.programme_id, rulebook, at)
    row.state, row.decided_at, row.appeal_until = "decided", at, length_over(rule.appeal_within)
    row.save()
    due = length_over(rule.within)
    people = Breach.objects.filter(programme_id=row.programme_id, number__in=row.breaches).order_by("seq")
    named = list(dict.fromkeys(each.person for each in people)) or [""]
    asked: list[tuple[str, str, datetime | None]] = [(what, person, due) for what in rule.tasks for person in named]
    if row.staff_id is not None and row.fine:
        asked.append(("fine", "", due or length_over(A_MONTH)))
    Task.objects.bulk_create(
        Task(programme_id=row.programme_id, measure=row, membership_id=row.membership_id, what=what, person=person,
             due_at=moment)
        for what, person, moment in asked
        if moment is not None
    )  # fmt: skip
    told = MeasureDecided(
        membership=row.membership_id, reference=row.number, at=at, clause=row.clause, measure=row.measure
    )
    announce(actor, at, told)


def end(actor: Actor, row: Measure, at: datetime, how: str, why: str) -> None:
    """It acts no more from `at` on: dropped, lifted or overturned."""
    if row.since is not None and (stands(row, at) or row.since > at):
        row.until = max(at, row.since)
    row.state, row.ended_at, row.ended_why, row.settled = how, at, why, True
    row.save()
    told = MeasureEnded(
        membership=row.membership_id, reference=row.number, at=at, clause=row.clause, measure=row.measure, how=how
    )
    announce(actor, at, told)


def register_subjects() -> None:
    """Called once, when the room is loaded."""
    register("measure", Measures())
    register("appeal", Appeals())
    register("award", Awards())
