"""Measures, appeals and liftings in any order, with the clock jumping: the standing is what the measures that stand say."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest

from huiguan.conduct import inputs, operations, queries
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import add_months
from huiguan.members import operations as members
from huiguan.members import queries as asked
from huiguan.members.inputs import EnrolMember, RestoreMember, SuspendMember
from huiguan.nightly import operations as nightly
from tests.cases.world import ZONE, Guild, moment

pytestmark = pytest.mark.django_db


@dataclass
class Held:
    """A measure as the model knows it."""

    name: str
    since: datetime
    until: datetime | None
    decided: datetime
    appealed: bool = False
    over: bool = False

    def stands(self, at: datetime) -> bool:
        return not self.over and self.since <= at and (self.until is None or at < self.until)


@dataclass
class Model:
    """What the rulebook says, worked out apart: suspension for six months to the day, expulsion until overturned."""

    held: dict[str, Held] = field(default_factory=dict)

    def standing(self, at: datetime) -> str:
        names = {each.name for each in self.held.values() if each.stands(at)}
        return "expelled" if "expulsion" in names else "suspended" if "suspension" in names else "active"


class Machine:
    def __init__(self, seed: int) -> None:
        self.dice, self.guild, self.model = random.Random(seed), Guild.founded(f"guild{seed}"), Model()
        self.now = moment("2026-03-01 09:00")
        given = read(EnrolMember, {"profile": {"name": "李梅", "phone": "13800000001"}})
        made = members.enrol_member(actor=self.guild.owner, at=self.now, given=given)
        self.member, self.key = made.number, made.membership
        self.herself = Actor("member", self.key, "李梅", self.guild.owner.programme, membership=self.key)

    def do(self, operation: Any, record: Any, by: Actor | None = None, **given: Any) -> Any:
        return operation(actor=by or self.guild.owner, at=self.now, given=read(record, given))

    def propose(self) -> None:
        name = self.dice.choice(["suspension", "suspension", "criticism", "expulsion"])
        day = self.now.date().isoformat()
        breach = self.do(operations.report_breach, inputs.ReportBreach, member=self.member, duty="good_name", on=day,
                         words="x")  # fmt: skip
        taken = self.do(operations.propose_measures, inputs.ProposeMeasures, breaches=[breach.number], measures=[name],
                        words="x")[0]  # fmt: skip
        if name != "criticism":
            self.do(operations.state_case, inputs.StateCase, self.herself, measure=taken.number, words="x")
        verdict = self.dice.choice(["pass", "pass", "refuse"])
        self.decide("shen", taken.matter, "decision", verdict)
        if verdict == "pass":
            until = None
            if name == "suspension":
                day_after = add_months(self.now.astimezone(ZONE).date(), 6)
                until = datetime(day_after.year, day_after.month, day_after.day, tzinfo=ZONE)
            self.model.held[taken.number] = Held(name, self.now, until, self.now)

    def decide(self, by: str, matter: str, stage: str, verdict: str) -> None:
        words = {"reason": "x"} if verdict == "refuse" else {}
        self.guild.do("decide_matter", self.now.astimezone(ZONE).strftime("%Y-%m-%d %H:%M:%S"), by, matter=matter,
                      stage=stage, verdict=verdict, **words)  # fmt: skip

    def lift(self) -> None:
        standing = [number for number, each in self.model.held.items() if each.stands(self.now)]
        if standing:
            number = self.dice.choice(standing)
            self.do(operations.lift_measure, inputs.LiftMeasure, measure=number, reason="x")
            self.model.held[number].over = True

    def appeal(self) -> None:
        open_ones = [
            number for number, each in self.model.held.items()
            if each.name != "criticism" and not each.appealed and not each.over
            and self.now < _midnight(each.decided, 16)
        ]  # fmt: skip
        if not open_ones:
            return
        number = self.dice.choice(open_ones)
        told = self.do(operations.appeal_measure, inputs.AppealMeasure, self.herself, measure=number, words="x")
        self.model.held[number].appealed = True
        verdict = self.dice.choice(["pass", "refuse"])
        self.decide("wei", told.appeal, "review", verdict)
        if verdict == "pass":
            self.model.held[number].over = True

    def jump(self) -> None:
        self.now += timedelta(days=self.dice.choice([1, 7, 40, 200]), hours=self.dice.randrange(5))
        if self.dice.random() < 0.5:
            nightly.run_due(self.guild.owner.programme, self.now)

    def step(self) -> None:
        self.now += timedelta(minutes=1)
        self.dice.choice([self.propose, self.propose, self.lift, self.appeal, self.jump])()

    def check(self) -> None:
        told = asked.standing_why(self.guild.owner, self.member, self.now)
        assert told.standing == self.model.standing(self.now)
        stands = {
            each.number for each in queries.measures(self.guild.owner, self.now, member=self.member) if each.stands
        }
        assert stands == {number for number, each in self.model.held.items() if each.stands(self.now)}


def _midnight(at: datetime, days: int) -> datetime:
    """0:00 so many days after the day of `at`."""
    day = at.astimezone(ZONE).date() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, tzinfo=ZONE)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_comes_in_any_order(seed: int) -> None:
    machine = Machine(seed)
    for turn in range(80):
        machine.step()
        try:
            machine.check()
        except AssertionError as wrong:
            raise AssertionError(f"seed {seed}, turn {turn}: {wrong}") from wrong
    assert {each.name for each in machine.model.held.values()} >= {"suspension", "expulsion"}


def test_what_somebody_else_suspended_her_for_does_not_hide_a_measure() -> None:
    machine = Machine(3)
    owner, at = machine.guild.owner, machine.now
    suspended = read(SuspendMember, {"member": machine.member, "reason": "欠费"})
    members.suspend_member(actor=owner, at=at, given=suspended)
    day = at.date().isoformat()
    breach = machine.do(operations.report_breach, inputs.ReportBreach, member=machine.member, duty="good_name", on=day,
                        words="x")  # fmt: skip
    taken = machine.do(operations.propose_measures, inputs.ProposeMeasures, breaches=[breach.number],
                       measures=["suspension"], words="x")[0]  # fmt: skip
    machine.do(operations.state_case, inputs.StateCase, machine.herself, measure=taken.number, words="x")
    machine.decide("shen", taken.matter, "decision", "pass")
    paid = at + timedelta(days=10)
    restored = members.restore_member(
        actor=owner, at=paid, given=read(RestoreMember, {"member": machine.member, "reason": "已交清"})
    )
    assert restored.standing == "suspended"
    # Decided on 1 March: the six months are over with 31 August.
    for moment_asked, standing in (("2026-08-31 23:59:59", "suspended"), ("2026-09-01 00:00:00", "active")):
        assert asked.standing_why(owner, machine.member, moment(moment_asked)).standing == standing
