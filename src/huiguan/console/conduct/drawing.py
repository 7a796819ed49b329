"""From breaches and measures to pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiguan.conduct import queries
from huiguan.conduct.values import BREACH_STATES, MEASURE_STATES, TASKS, BreachTold, MeasureTold, Preview
from huiguan.console.acting import Acting
from huiguan.console.conduct.pages import (
    BreachPage,
    BreachRow,
    Choice,
    ListPage,
    MeasurePage,
    MeasureRow,
    ReportPage,
)
from huiguan.console.dues.drawing import why_of
from huiguan.console.dues.pages import DeedForm, Field
from huiguan.console.keys import new_key
from huiguan.design.values import Mark, Refused, Why
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import obligation

POWER = "conduct"
_BREACH_MARKS = {"open": "warn", "proposed": "plain", "found": "stop", "dismissed": "draft"}
_STANDS = Text(zh="执行中", en="in force")
_OVER = Text(zh="已到期", en="over")
_DONE, _LATE, _DUE = Text(zh="已完成", en="done"), Text(zh="逾期", en="late"), Text(zh="待完成", en="to do")
_WHY = Text(zh="理由", en="Why")
_WORDS = Text(zh="陈述内容", en="What is said")
_NOTE = Text(zh="完成情况", en="What was seen")
_ITEM = Text(zh="哪一项", en="Which")
_DISMISS = Text(zh="不予处理", en="Dismiss it")
_COMPLETE = Text(zh="记完成", en="Note what is done")
_TITLES = {
    "state_case": Text(zh="记下本人陈述", en="What the member says"),
    "appeal": Text(zh="代为申诉", en="An appeal for the member"),
    "lift": Text(zh="解除", en="Take it back"),
}


def list_page(now: Acting, what: str, state: str) -> ListPage:
    """Breaches or measures."""
    known = BREACH_STATES if what == "breaches" else MEASURE_STATES
    state = state if state in known else ""
    states = [(name, title, name == state) for name, title in known.items()]
    may = now.actor.may(POWER)
    if what == "breaches":
        rows = [breach_row(each) for each in queries.breaches(now.actor, now.at, state=state)]
        return ListPage(state, states, breaches=rows, may_report=may)
    taken = [measure_row(each) for each in queries.measures(now.actor, now.at, state=state)]
    return ListPage(state, states, measures=taken, may_report=may)


def _who(member: str) -> str:
    """The page of whom it is of: a member's, or the staff's."""
    return f"/members/{member}/" if member else "/staff/"


def breach_row(told: BreachTold) -> BreachRow:
    return BreachRow(
        told.number, f"/conduct/breaches/{told.number}/", told.name or told.member, _who(told.member), told.title,
        told.on, Mark(BREACH_STATES[told.state], _BREACH_MARKS[told.state]), told.words,
        Text(**obligation.SAYS[told.says[0].say].both(**told.says[0].values)) if told.says else "",
    )  # fmt: skip


def measure_row(told: MeasureTold) -> MeasureRow:
    mark = Mark(MEASURE_STATES[told.state], "plain" if told.state == "proposed" else "draft")
    if told.stands:
        mark = Mark(_STANDS, "stop")
    elif told.state == "decided" and told.until is not None:
        mark = Mark(_OVER, "draft")
    return MeasureRow(
        told.number, f"/conduct/measures/{told.number}/", told.name or told.member, _who(told.member), told.title,
        mark, told.since, told.until,
    )  # fmt: skip


def breach_page(
    now: Acting,
    number: str,
    *,
    chosen: Sequence[str] | None = None,
    words: str = "",
    told: Refused | None = None,
    preview: Preview | None = None,
) -> BreachPage:
    """One breach, and what may be proposed for it."""
    found = queries.one_breach(now.actor, number, now.at)
    open_now = found.state == "open" and now.actor.may(POWER)
    picked = found.proposes if chosen is None else tuple(chosen)
    duty = next((each for each in queries.duties(now.actor, now.at) if each.duty == found.duty), None)
    admitted = duty.measures if duty is not None else ()
    choices = [
        Choice(each.measure, each.title, each.measure in picked)
        for each in queries.measure_kinds(now.actor, now.at)
        if not admitted or each.measure in admitted
    ]
    taken = [
        measure_row(each)
        for each in queries.measures(now.actor, now.at, member=found.member)
        if found.number in each.breaches
    ]
    dismissal = DeedForm(
        "dismiss", _DISMISS, _DISMISS, [Field("reason", _WHY)], f"/conduct/breaches/{number}/", new_key()
    )  # fmt: skip
    return BreachPage(
        told=found, row=breach_row(found), whys=_whys(now, (*found.says, *found.why)), choices=choices if open_now else (),
        measures=taken, words=words, key=new_key(), refused=told,
        preview=_whys(now, preview.says) if preview is not None else (),
        decided_by=preview.procedure_title if preview is not None else "", dismiss=[dismissal] if open_now else (),
    )  # fmt: skip


def measure_page(now: Acting, number: str, failed: str = "", told: Refused | None = None) -> MeasurePage:
    """One measure, what it asks, and what can be done about it."""
    found = queries.measure(now.actor, number, now.at)
    here = f"/conduct/measures/{number}/"
    forms = [
        DeedForm(
            name, _TITLES[name], _TITLES[name], [Field("words", _WHY if name == "lift" else _WORDS)], here, new_key(),
            refused=told if name == failed else None, open=name == failed,
        )
        for name in found.may
    ]  # fmt: skip
    waiting = [task for task in found.tasks if task.done_at is None]
    if waiting and now.actor.may(POWER):
        items = [(str(each.id), _task(each.what, each.person)) for each in waiting]
        forms.append(
            DeedForm(
                "complete", _COMPLETE, _COMPLETE, [Field("task", _ITEM, choices=items), Field("words", _NOTE)], here,
                new_key(), refused=told if failed == "complete" else None, open=failed == "complete",
            )
        )  # fmt: skip
    tasks = [
        (TASKS[each.what], each.person, each.due_at,
         Mark(_DONE if each.done_at else _LATE if each.late else _DUE, "ok" if each.done_at else "stop" if each.late else "plain"))
        for each in found.tasks
    ]  # fmt: skip
    return MeasurePage(found, measure_row(found), _whys(now, found.says), forms, tasks)


def _task(what: str, person: str) -> Text:
    title = TASKS[what]
    return Text(zh=f"{title.zh} {person}".strip(), en=f"{title.en} {person}".strip())


def report_page(now: Acting, typed: Mapping[str, str], told: Refused | None = None, wrong: str = "") -> ReportPage:
    """The form of a report."""
    known = queries.duties(now.actor, now.at)
    duties = [(each.duty, each.title) for each in known]
    of_staff = any(each.who == "staff" for each in known)
    return ReportPage(duties, dict(typed), new_key(), told, wrong, of_staff)


def _whys(now: Acting, reasons: Sequence[Reason]) -> list[Why]:
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    return [why_of(rulebook, each) for each in reasons if each.clause in rulebook.clauses]
