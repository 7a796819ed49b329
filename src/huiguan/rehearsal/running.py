"""Playing one example: the clock moves, what fell due is written down, steps are taken and their answers checked.

Everything happens in one transaction that is rolled back, so that no example sees another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection, transaction

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import zone as zone_named
from huiguan.kernel.refusals import Refusal
from huiguan.nightly.operations import run_due
from huiguan.rehearsal import conduct, coupons, matters, own_data, papers
from huiguan.rehearsal.asking import QUESTIONS
from huiguan.rehearsal.checking import check_answer, check_refusal
from huiguan.rehearsal.doing import DEEDS
from huiguan.rehearsal.dues import DUES_DEEDS, DUES_QUESTIONS
from huiguan.rehearsal.house import HOUSE
from huiguan.rehearsal.matching import Way
from huiguan.rehearsal.partners import PARTNER_DEEDS, PARTNER_QUESTIONS
from huiguan.rehearsal.sitting import sitting
from huiguan.rehearsal.stage import Stage, World
from huiguan.rehearsal.state import Tables
from huiguan.rehearsal.timing import moment, workdays_given
from huiguan.rehearsal.values import Checks, Doer, Example, Fault, Step
from huiguan.rehearsal.variants import changed
from huiguan.rehearsal.worlds import key_of, make_world, own_posts, post_of
from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.findings import suggestion

_OPENING = "opening"
_ACTIVATED = "activated"
_HANDED = "handed"


@dataclass(slots=True)
class Runner:
    """Plays examples one after the other; `worlds` are those made so far, by what they begin with."""

    worlds: dict[str, World] = field(default_factory=dict)

    def play(self, example: Example, source: str) -> None:
        """Play `example` under the rulebook `source`; Fault where it does not come out as it says."""
        under = changed(source, example.parameters)
        zone = zone_named(compile_rulebook(under).zone_name)
        world, begins = self._world(example, under, zone)
        with transaction.atomic():
            try:
                _Play(example, Stage.of(world, begins)).through(example.steps)
                with connection.cursor() as cursor:
                    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            finally:
                transaction.set_rollback(True)

    def _world(self, example: Example, source: str, zone: ZoneInfo) -> tuple[World, datetime]:
        """The world the example begins in, its members enrolled, and the moment up to which it was lived through."""
        begins = _begins(example, zone)
        entries = _members(example, zone, begins)
        first = entries[0][0] if entries else begins
        # Up to its own year an example shares what went before with others of the year.
        lived = max([datetime(begins.year, 1, 1, tzinfo=zone), *(at for at, _ in entries)])
        key = key_of(example, source, first, lived)
        if key not in self.worlds:
            with transaction.atomic():
                world = make_world(example, source, zone, first.year)
                stage = Stage.of(world, datetime(first.year, 1, 1, tzinfo=zone))
                _Play(example, stage).through([step for _, step in entries])
                run_due(world.programme, lived)
            self.worlds[key] = replace(world, members=stage.names.all(), counted=stage.counted)
        return self.worlds[key], lived


def _begins(example: Example, zone: ZoneInfo) -> datetime:
    """The moment of the first step; that of its first item where it is `$at` of each."""
    step = example.steps[0]
    written = step.at or ""
    if written.startswith("$") and step.each and isinstance(step.each[0], dict):
        written = str(step.each[0].get(written[1:], written))
    return moment(written, None, zone, workdays_given(example.calendar, example.line), step.line)


def _members(example: Example, zone: ZoneInfo, begins: datetime) -> list[tuple[datetime, Step]]:
    """The members an example gives, as steps the owner takes beforehand: enrolled, and what they bring."""
    long_ago = datetime(begins.year - 1, 3, 1, 10, tzinfo=zone).isoformat()
    workdays = workdays_given(example.calendar, example.line)
    steps: list[tuple[datetime, Step]] = []
    for label, written in example.given.get("members", {}).items():
        form = dict(written or {})
        handed = form.pop(_HANDED, None)
        at, opening, activated = str(form.pop("at", long_ago)), form.pop(_OPENING, None), form.pop(_ACTIVATED, False)
        when = moment(at, None, zone, workdays, example.line)
        steps.append((when, Step(example.line, "enrol_member", False, at, form, label, by=Doer())))
        if activated:
            steps.append((when, Step(example.line, "activate_card", False, at, {"member": f"${label}"}, by=Doer())))
        if opening is not None:
            brought = {"member": f"${label}", **opening}
            steps.append((when, Step(example.line, "record_opening", False, at, brought, by=Doer())))
        if handed is not None:
            card = {"member": f"${label}", "card": handed}
            steps.append((when, Step(example.line, "issue_card", False, at, card, by=Doer())))
    return sorted(steps, key=lambda each: each[0])


def _text(value: Any) -> str | None:
    return None if value is None else str(value)


class _Play:
    """One example under way."""

    def __init__(self, example: Example, stage: Stage) -> None:
        self.example = example
        self.stage = stage
        self.tables = Tables()
        self.workdays = workdays_given(example.calendar, example.line)

    def through(self, steps: Sequence[Step]) -> None:
        for written in steps:
            try:
                for step in self._repeated(written):
                    self._take(step)
            except Fault as fault:
                raise fault.at_step(written) from None

    def _repeated(self, step: Step) -> Iterator[Step]:
        """The step once for each item and each time, with every name in it filled in."""
        for written in step.each or (None,):
            item = self.stage.names.filled(written, step.line)
            if step.each:
                for name, value in item.items() if isinstance(item, dict) else [("each", item)]:
                    self.stage.names.say(name, value)
            for _ in range(step.times):
                yield self._filled(step)

    def _filled(self, step: Step) -> Step:
        def filled(value: Any) -> Any:
            return self.stage.names.filled(value, step.line)

        checks = step.checks
        return replace(
            step,
            at=filled(step.at),
            given=filled(step.given),
            by=None if step.by is None else replace(step.by, person=_text(filled(step.by.person))),
            checks=Checks(
                expect=filled(checks.expect),
                exactly=filled(checks.exactly),
                in_order=checks.in_order,
                only=checks.only,
                refused=filled(checks.refused),
                because=tuple(filled(each) for each in checks.because),
                field=filled(checks.field),
                lint=filled(checks.lint),
                count=checks.count,
            ),
        )

    def _take(self, step: Step) -> None:
        self._move_to(step)
        actor = self._actor(step)
        before = self.tables.fingerprint() if step.checks.refused else None
        way = Way(self.stage.world.zone, only=step.checks.only, in_order=step.checks.in_order)
        try:
            answer = self._deed(step)(self.stage, actor, dict(step.given))
        except Refusal as refusal:
            check_refusal(step.checks, refusal)
            if not refusal.recorded and before != self.tables.fingerprint():
                raise Fault("虽被拒绝，却改动了数据。", "it was refused and changed something all the same") from None
            return
        check_answer(step.checks, answer, way)
        if step.label is not None:
            self.stage.names.put(step.label, answer)

    def _deed(self, step: Step) -> Any:
        deeds = {
            **DEEDS,
            **coupons.DEEDS,
            **matters.DEEDS,
            **papers.DEEDS,
            **conduct.DEEDS,
            **own_data.DEEDS,
            **PARTNER_DEEDS,
            **DUES_DEEDS,
        }
        questions = {
            **QUESTIONS,
            **matters.QUESTIONS,
            **papers.QUESTIONS,
            **conduct.QUESTIONS,
            **own_data.QUESTIONS,
            **PARTNER_QUESTIONS,
            **HOUSE,
            **DUES_QUESTIONS,
        }
        known = questions if step.asks else deeds
        if step.name not in known:
            near = suggestion(step.name, known)
            what = "提问" if step.asks else "操作"
            kind = "question" if step.asks else "operation"
            raise Fault(f"没有 {step.name} 这个{what}。{near.zh}", f"there is no {kind} {step.name}.{near.en}")
        return known[step.name]

    def _move_to(self, step: Step) -> None:
        if step.at is None:
            return
        world, before = self.stage.world, self.stage.now
        now = moment(str(step.at), before, world.zone, self.workdays, step.line)
        if now < before:
            raise Fault("时间只能向前。", "time only moves forward")
        if now > before:
            run_due(world.programme, now)
            self.stage.now = now

    def _actor(self, step: Step) -> Actor:
        """Who takes the step; where a post is held, the shop goes into what the step leaves out."""
        doer, world = step.by or self.example.by, self.stage.world
        self.stage.shop = doer.shop or world.shops[0]
        if doer.applicant is not None:
            return self._applicant(doer.applicant, step.line)
        if doer.body is not None:
            return sitting(world.programme, doer, self.stage.now)
        if doer.member is None:
            return world.staff[post_of(doer, world.shops, own_posts(world.source))]
        self.stage.shop = None
        key = self.stage.membership(self.stage.names.filled(doer.member, step.line))
        return Actor("member", key, "会员", world.programme, membership=key)

    def _applicant(self, written: str, line: int) -> Actor:
        """The applicant of a matter, or with `guest` somebody from the street."""
        self.stage.shop = None
        programme = self.stage.world.programme
        if written == "guest":
            return Actor("applicant", 0, "访客", programme)
        number = str(self.stage.names.filled(written, line))
        return matters.applicant(self.stage, number)
