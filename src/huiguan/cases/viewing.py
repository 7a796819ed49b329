"""A matter as it is told: its line, its course, its steps, what was decided."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from django.db.models import Q

from huiguan.cases import clocks, forms
from huiguan.cases.deciders import told_by
from huiguan.cases.holding import Handling
from huiguan.cases.models import Decision, Matter, Round, Step
from huiguan.cases.running import run_clocks
from huiguan.cases.values import (
    OPEN,
    RETURNED,
    STATES,
    VERDICTS,
    DecisionTold,
    MatterLine,
    RoundTold,
    StageTold,
    StepTold,
)
from huiguan.foundation.performing import in_trial
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.rules.courses import Course, Leg
from huiguan.rules.kinds import vote as votes
from huiguan.rules.kinds.procedure import SAYS
from huiguan.rules.programme import Programme

Answer = TypeVar("Answer")
_BY_THEIR_OWN = {
    "attached": Text(zh="交来一份材料（{document}）。", en="A paper was handed in ({document})."),
    "signed_words": Text(zh="签署了 {edition} 版。", en="Edition {edition} was signed."),
    "signed_house": Text(zh="{name} 代表本会签署 {edition} 版。", en="{name} signed edition {edition} for the house."),
    "opened": Text(zh="开始填写。", en="Begun."),
    "submitted": Text(zh="提交，第 {round} 次。", en="Handed in, round {round}."),
    "warned": Text(zh="快到期，已提醒。", en="Its time is nearly over; told."),
    "confirmed": Text(zh="申请人已办。", en="Done by the applicant."),
    "withdrawn": Text(zh="撤回。{reason_given}", en="Taken back. {reason_given}"),
    "extended": Text(zh="延期到 {until:moment}：{reason_given}", en="Extended until {until:moment}: {reason_given}"),
    "objected": Text(zh="收到第 {n} 条异议。", en="Objection {n} came in."),
    "answered": Text(zh="第 {n} 条异议已答复。", en="Objection {n} was answered."),
    "invited": Text(zh="邀请 {name} 推荐。", en="{name} was asked to recommend."),
    "link_made": Text(zh="生成了给 {name} 的链接。", en="The link for {name} was made."),
    "recommended": Text(zh="{name} 推荐。", en="{name} recommends."),
    "not_recommended": Text(zh="{name} 不推荐。", en="{name} does not recommend."),
    "vote_opened": Text(zh="{body}开始表决。", en="{body} votes."),
    "vote_cast": Text(zh="第 {place} 席 {name} 已表决。", en="Place {place}, {name}, has voted."),
    "vote_signed": Text(zh="{name} 已监票签字。", en="{name} signed for the count."),
    **{f"vote_{outcome}": text for outcome, text in votes.SAYS.items()},
    "code_reissued": Text(zh="换发查询码。", en="A new code was issued."),
    "code_ended": Text(zh="{by}换发查询码：{reason_given}", en="{by} had the code renewed: {reason_given}"),
}


def true_at(programme: int, at: datetime, ask: Callable[[], Answer]) -> Answer:
    """The answer as of `at`: what fell due and is not written down yet is written for the question alone."""
    waiting = Matter.objects.filter(
        Q(due_at__lte=at, overdue_at=None) | Q(looks_at__lte=at) | Q(awaits_file=True),
        programme_id=programme,
        state__in=[OPEN, RETURNED],
    ).exists()
    if not waiting:
        return ask()

    def do() -> Answer:
        run_clocks(programme, at)
        return ask()

    return in_trial(do)


def line(row: Matter, rulebook: Programme, found: Course, days: clocks.Days, at: datetime, why: str = "") -> MatterLine:
    """A matter in a list, its age in workdays at `at`."""
    leg = found.leg(row.stage)
    since = row.entered_at or row.opened_at
    ended = row.ended_at or at
    age = clocks.workdays_between(days, local_day(since, rulebook.zone), local_day(min(ended, at), rulebook.zone))
    return MatterLine(
        number=row.number, procedure=row.procedure, title=found.title, name=row.name, state=row.state, stage=row.stage,
        stage_title=leg.title if leg else STATES[row.state], ball=row.ball, opened_at=row.opened_at,
        submitted_at=row.submitted_at, entered_at=row.entered_at, due_at=row.due_at, age=age,
        late=row.due_at is not None and row.due_at <= at, provisional=row.provisional, why=why,
        awaits_file=row.awaits_file,
    )  # fmt: skip


def stages(held: Handling) -> tuple[StageTold, ...]:
    """The course the matter's answers call for, each stage with where the matter is."""
    row, found = held.row, held.course
    legs = found.called_for(forms.answers_of(row))
    here = next((place for place, leg in enumerate(legs) if leg.stage.stage == row.stage), None)
    return tuple(_stage(row, found, leg, _standing(row, place, here)) for place, leg in enumerate(legs))


def _standing(row: Matter, place: int, here: int | None) -> str:
    if row.state == "passed":
        return "done"
    if here is None:
        return "ahead"
    if place == here:
        return "now" if row.state in (OPEN, RETURNED) else "ended"
    return "done" if place < here else "ahead"


def _stage(row: Matter, found: Course, leg: Leg, standing: str) -> StageTold:
    stage = leg.stage
    return StageTold(
        stage.stage, leg.clause, leg.title, stage.does, told_by(row.programme_id, found, leg), standing,
        str(stage.within or ""),
    )  # fmt: skip


def steps(held: Handling, *, inner: bool) -> tuple[StepTold, ...]:
    """Everything that happened, the first first; `inner` with what is for the house alone."""
    rows = Step.objects.filter(matter=held.row).order_by("n")
    return tuple(_step(held, row) for row in rows if inner or not row.inner)


def _step(held: Handling, row: Step) -> StepTold:
    leg = held.course.leg(row.stage)
    values = {"reason_given": "", "to": "", **row.values}
    if row.say:
        text = Text(**SAYS[row.say].both(**values))
    elif row.what.startswith("verdict_"):
        verdict = VERDICTS[row.what.removeprefix("verdict_")]
        stage = leg.title if leg else Text(zh="", en="")
        why = values["reason_given"]
        text = Text(zh=f"“{stage.zh}”{verdict.zh}", en=f"“{stage.en}”: {verdict.en}")
        text = Text(zh=f"{text.zh}：{why}", en=f"{text.en}: {why}") if why else text
    else:
        if "until" in values:
            values["until"] = datetime.fromisoformat(values["until"]).astimezone(held.rulebook.zone).isoformat()
        text = Text(**_BY_THEIR_OWN[row.what].both(**values))
    return StepTold(row.n, row.what, row.stage, row.clause, text, row.at, row.by_name, row.inner)


def decisions(held: Handling) -> tuple[DecisionTold, ...]:
    """Every verdict, the first first."""
    return tuple(
        DecisionTold(
            row.stage, row.round, row.verdict, row.reason, row.remark, row.judged, row.seen, row.capacity, row.given_to,
            row.at, row.by_name,
        )
        for row in Decision.objects.filter(matter=held.row).order_by("id")
    )  # fmt: skip


def rounds(held: Handling) -> tuple[RoundTold, ...]:
    """Every submission with what it changed."""
    told: list[RoundTold] = []
    before: Round | None = None
    for row in Round.objects.filter(matter=held.row).order_by("n"):
        bound = forms.bound_of(held.row)
        changed = forms.differences(held.course, before, row, bound)
        rows = forms.row_differences(held.course, before, row, bound)
        told.append(RoundTold(row.n, row.at, row.by_name, changed, rows))
        before = row
    return tuple(told)
