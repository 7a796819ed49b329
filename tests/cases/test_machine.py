"""A seeded machine runs matters at random, with jumps of the clock, beside a model of a few lines that knows the rules from
the rulebook's words alone and shares no code with the engine."""

from __future__ import annotations

import os
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from huiguan.cases import operations
from huiguan.cases.models import Decision, Matter, Objection, Task
from huiguan.kernel.refusals import Refusal
from tests.cases.world import JUDGED, SOURCE, ZONE, Guild, moment

OFFICE, COMMITTEE, SECRETARY = ("lin", "gao"), ("shen", "tao"), ("wei",)
DAYS = SOURCE.replace("within: 15 workdays", "within: 15 days").replace("        warn: 2 workdays\n", "")


def ends(since: datetime, days: int) -> datetime:
    """Midnight after the so-manyth day that follows the day of `since`."""
    local = since.astimezone(ZONE)
    return datetime(local.year, local.month, local.day, tzinfo=ZONE) + timedelta(days=days + 1)


@dataclass
class Model:
    """What the words of the rulebook say of one matter."""

    number: str
    state: str
    stage: str
    due: datetime | None
    late: bool = False
    agreed: set[str] = field(default_factory=set)
    open_objections: list[int] = field(default_factory=list)
    objections: int = 0
    rest: int | None = None  # whole days left of a clock that stands still while the applicant has the matter

    def enter(self, stage: str, at: datetime) -> None:
        self.state, self.stage, self.late, self.agreed = "open", stage, False, set()
        length = {"first_review": 15, "committee": None, "notice": 7, "collection": 60}[stage]
        self.due = None if length is None else ends(at, length)
        if stage == "notice":
            self.open_objections, self.objections = [], 0

    def until(self, at: datetime) -> None:
        while self.due is not None and self.due <= at and self.state in ("open", "returned") and not self.late:
            if self.state == "returned" or self.stage == "collection":
                self.state, self.due = "lapsed", None
            elif self.stage == "first_review":
                self.late = True
            elif self.open_objections:
                break
            else:
                self.enter("collection", self.due)

    def decide(self, who: str, stage: str, verdict: str, at: datetime) -> str:
        if self.state not in ("open", "returned"):
            return "MatterEnded"
        if self.state == "returned":
            return "BallWithApplicant"
        if stage != self.stage:
            return "MatterMovedOn"
        if stage == "notice":
            return "DoneByTheHouse"
        deciders = COMMITTEE if stage == "committee" else OFFICE
        deciders += SECRETARY if stage == "first_review" and self.late else ()
        if who not in deciders:
            return "NotYourStage"
        if who in self.agreed:
            return "DecidedBefore"
        if verdict == "return":
            day = at.astimezone(ZONE).date()
            still = self.stage == "collection" and self.due is not None
            self.rest = (self.due.astimezone(ZONE).date() - day).days - 1 if still and self.due is not None else None
            self.state, self.due, self.late = "returned", ends(at, 30), False
        elif verdict == "refuse":
            self.state, self.due = "refused", None
        elif stage == "first_review":
            self.enter("committee", at)
        elif stage == "committee":
            self.agreed.add(who)
            if len(self.agreed) == 2:
                self.enter("notice", at)
        else:
            self.state, self.due = "passed", None
        return ""

    def submit(self, at: datetime) -> str:
        if self.state not in ("open", "returned"):
            return "MatterEnded"
        if self.state == "open":
            return "NotYourTurn"
        self.enter(self.stage, at)
        if self.rest is not None:
            self.due, self.rest = ends(at, self.rest), None
        return ""

    def withdraw(self) -> str:
        if self.state not in ("open", "returned"):
            return "MatterEnded"
        self.state, self.due = "withdrawn", None
        return ""

    def object(self, at: datetime) -> str:
        if self.state != "open" or self.stage != "notice" or self.due is None or at >= self.due:
            return "NotPosted"
        self.objections += 1
        self.open_objections.append(self.objections)
        return ""

    def answer(self, who: str, n: int, upheld: bool, at: datetime) -> str:
        if self.state != "open" or self.stage != "notice" or n > self.objections:
            return "NotPosted"
        if n not in self.open_objections:
            return "ObjectionAnswered"
        if who not in COMMITTEE:
            return "NotYourStage"
        self.open_objections.remove(n)
        if upheld:
            self.state, self.due = "refused", None
        elif not self.open_objections and self.due is not None and at >= self.due:
            self.enter("collection", at)
        return ""


class Machine:
    """Chooses what happens, tells both, compares."""

    def __init__(self, guild: Guild, seed: int) -> None:
        self.guild, self.random = guild, random.Random(seed)
        self.at = moment("2026-03-02 09:00")
        self.models = [self.begin() for _ in range(4)]

    def begin(self) -> Model:
        made = self.guild.opened(self.now, name=f"茶行{self.random.randrange(10**6)}")
        model = Model(made.number, "draft", "", None)
        model.enter("first_review", self.at)
        return model

    @property
    def now(self) -> str:
        return self.at.astimezone(ZONE).replace(tzinfo=None).isoformat()

    def step(self) -> None:
        # Jumps end on midnight as often as not: what falls due falls due there.
        self.at += timedelta(minutes=self.random.choice((1, 7, 60, 60, 60 * 24, 60 * 24 * 3, 60 * 24 * 9)))
        if self.random.random() < 0.4:
            local = self.at.astimezone(ZONE)
            self.at = datetime(local.year, local.month, local.day, tzinfo=ZONE) + timedelta(days=1)
            self.at -= timedelta(seconds=self.random.choice((0, 1)))
        if self.random.random() < 0.2:
            operations.run_clocks(self.guild.owner.programme, self.at)
        place = self.random.randrange(len(self.models))
        if self.models[place].state not in ("open", "returned") and self.random.random() < 0.7:
            self.models[place] = self.begin()
        model = self.models[place]
        model.until(self.at)
        told, said = self.deed(model)
        assert said == told, (model, self.now)
        self.compare(model)

    def deed(self, model: Model) -> tuple[str, str]:
        """What the model says comes of it, and what came of it; '' where it was done."""
        number, who = model.number, self.random.choice([*OFFICE, *COMMITTEE, *SECRETARY])
        if self.random.random() < 0.7:  # mostly by those whose it is
            who = self.random.choice(COMMITTEE if model.stage in ("committee", "notice") else OFFICE)
        mine = self.guild.applicant(number)
        likely = ["object", "answer", "answer"] if model.stage == "notice" else ["decide"] * 6
        likely = ["submit"] * 4 if model.state == "returned" else likely
        match self.random.choice([*likely, *likely, "decide", "submit", "object", "answer", "withdraw"]):
            case "decide":
                stage = model.stage if self.random.random() < 0.9 else "committee"
                verdict = self.random.choice(["pass"] * 14 + ["return"] * 3 + ["refuse"])
                judged = JUDGED if stage == "committee" else {}
                given = {"stage": stage, "verdict": verdict, "reason": "请看", "judged": judged}
                return model.decide(who, stage, verdict, self.at), self.told("decide_matter", who, number, **given)
            case "submit":
                return model.submit(self.at), self.told("submit_matter", mine, number)
            case "object":
                against = {"words": "不实", "name": "李梅", "contact": "13800000002"}
                return model.object(self.at), self.told("object_to_notice", self.guild.guest, number, **against)
            case "answer":
                n, upheld = self.random.choice((1, 1, 2)), self.random.random() < 0.2
                given = {"n": n, "upheld": upheld, "answer": "查过"}
                return model.answer(who, n, upheld, self.at), self.told("answer_objection", who, number, **given)
        return (
            (model.withdraw(), self.told("withdraw_matter", mine, number)) if self.random.random() < 0.2 else ("", "")
        )

    def told(self, deed: str, by: object, number: str, **given: object) -> str:
        try:
            self.guild.do(deed, self.now, by, matter=number, **given)  # type: ignore[arg-type]
        except Refusal as refusal:
            return refusal.code
        return ""

    def compare(self, model: Model) -> None:
        """The matter as it is read now, due things included, is where the model says."""
        model.until(self.at)
        line = self.guild.seen(model.number, self.now).line
        assert (line.state, line.due_at) == (model.state, model.due), (model, self.now)
        if model.state in ("open", "returned"):
            late = model.due is not None and model.due <= self.at
            assert (line.stage, line.late) == (model.stage, late), (model, self.now)


# By hand as long as there is time for: MATTER_SEEDS=100-299 MATTER_STEPS=400 runs some thousands of matters.
FIRST, _, LAST = os.environ.get("MATTER_SEEDS", "0-2").partition("-")
STEPS = int(os.environ.get("MATTER_STEPS", "80"))


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(int(FIRST), int(LAST or FIRST) + 1))
def test_matters_go_as_the_words_say(seed: int) -> None:
    machine = Machine(Guild.founded(source=DAYS), seed)
    for turn in range(STEPS):
        try:
            machine.step()
        except Exception as wrong:
            raise AssertionError(f"seed {seed}, turn {turn}, {machine.now}: {wrong!r}") from wrong
    for model in machine.models:
        machine.compare(model)
    ended = Matter.objects.filter(state__in=["passed", "refused", "lapsed", "withdrawn"])
    assert not Task.objects.filter(matter__in=ended, done_at=None).exclude(why="copy").exists()
    assert not Objection.objects.filter(answered_at=None, notice__matter__state="passed").exists()
    for matter in Matter.objects.filter(state="passed"):
        by = set(Decision.objects.filter(matter=matter, stage="committee", verdict="pass").values_list("by", flat=True))
        assert len(by) == 2 and not by & set(matter.makers)
