"""From matters to pages."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from huiguan.cases import queries
from huiguan.cases.values import APPLICANT, BARRED, BOXES, LATER, STATES, VERDICTS, Check, MatterView
from huiguan.console.acting import Acting, clause_ref
from huiguan.console.matters.files import files_of, sheets_of
from huiguan.console.matters.pages import (
    AnswerRow,
    CheckRow,
    CourseRow,
    ItemRow,
    LetterPage,
    LineRow,
    ListPage,
    MatterPage,
    PastRow,
    Tab,
    ToldPart,
    VerdictChoice,
)
from huiguan.console.matters.rows import line_row
from huiguan.console.matters.signing import signings_of, stuck_part
from huiguan.design import lists
from huiguan.design.values import Refused, Words
from huiguan.design.wording import length_told
from huiguan.identity import queries as identity
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rules.courses import Course, Leg, course
from huiguan.rules.in_forms import SUBJECTS, named_in_form
from huiguan.rules.programme import Programme

_KEYS = {"pass": "A", "return": "R", "refuse": "X", "forward": "T", "add_signer": "G"}
_ELSEWHERE = frozenset({"measure", "appeal", "award"})  # they begin on the pages of breaches and awards
_LATER = Text(zh="搁置", en="Put off")
_ALL = Text(zh="全部", en="All")
_ITSELF, _NOBODY = Text(zh="系统", en="the house"), frozenset({"nightly", "system", "house"})
_APPLICANT = Text(zh="申请人", en="the applicant")
_UNFILLED = Text(zh="未填", en="Not filled in")


def list_page(now: Acting, box: str, words: str, state: str) -> ListPage:
    """One of the boxes, or, where `box` is `all`, every matter by words and state."""
    everything = box == "all"
    listed = queries.worklist(now.actor, now.at, "todo" if everything else box)
    lines = queries.matters(now.actor, now.at, search=words, state=state or None) if everything else listed.lines
    tabs = [Tab(label, f"/matters/?box={name}", listed.counts[name], name == box) for name, label in BOXES.items()]
    if listed.later or box == LATER:
        tabs.append(Tab(_LATER, f"/matters/?box={LATER}", listed.later, box == LATER))
    if now.actor.may("matters") or now.actor.may("audit"):
        tabs.append(Tab(_ALL, "/matters/?box=all", None, everything))
    openable = [
        (each.title, f"/matters/new/{each.name}/")
        for each in queries.procedures(now.actor, now.at)
        if each.subject not in _ELSEWHERE
    ]
    return ListPage(
        tabs=tabs,
        rows=[line_row(each, now.at) for each in lines],
        box=box,
        words=words,
        states=[(name, label, name == state) for name, label in STATES.items()],
        openable=openable if now.actor.may("matters") else (),
    )


def matter_page(
    now: Acting, number: str, *, typed: Mapping[str, str] | None = None, refused: Refused | None = None, paper: str = ""
) -> MatterPage:
    """One matter, beside those that wait for the same person."""
    view = queries.matter(now.actor, number, now.at)
    found = course(programmes.version(view.version), view.line.procedure)
    assert found is not None  # the matter was opened under it
    leg = found.leg(view.line.stage)
    given = dict(typed or {})
    verdict = given.get("verdict", "pass")
    around = _walked([line_row(each, now.at, number) for each in queries.worklist(now.actor, now.at).lines])
    decides = "decide" in view.may
    stuck = stuck_part(now, view)
    verdict = "refuse" if stuck is not None and not decides else verdict
    return MatterPage(
        view=view,
        row=line_row(view.line, now.at, number),
        around=around,
        next_href=next((each.href for each in around if each.key == "J"), around[0].href if around else "/matters/"),
        answers=_answers(found, view, programmes.version(view.version)),
        checks=[_check(now, each) for each in view.checks],
        files=files_of(now, number),
        sheets=sheets_of(now, number, paper),
        stuck=stuck,
        items=_items(leg, given) if decides and leg else (),
        verdicts=_verdicts(verdict) if decides else (),
        course=[_course(now, each) for each in view.stages],
        past=[PastRow(each.at, each.text, _hand(each.by), _ref(now, each.clause)) for each in reversed(view.steps)],
        people=_people(now) if decides else (),
        acts=[(name, label) for name, label in ACTS.items() if name in view.may],
        letter=letter_page(now, number, verdict, given.get("reason", "")) if decides or stuck else LetterPage(),
        key=secrets.token_hex(16),
        tomorrow=local_day(now.at, programmes.version(view.version).zone) + timedelta(days=1),
        inspects=leg is not None and leg.stage.does == "inspect",
        refused=refused,
        why_not=_why_not(view, leg),
        **_typed(given),
        **_written(now, view),
    )


def _typed(given: Mapping[str, str]) -> dict[str, Any]:
    """What was typed, for a page that comes back."""
    seen = {name: given.get(f"seen.{name}", "") for name in ("place", "on")}
    return {"reason": given.get("reason", ""), "remark": given.get("remark", ""), "seen": seen}


def _written(now: Acting, view: MatterView) -> dict[str, Any]:
    """What was written in it: signatures, letters, objections, what is still open."""
    number = view.line.number
    return {
        "stage": view.line.stage,
        "unmet": [each.text for each in view.unmet],
        "signings": signings_of(now, number),
        "told": _told(now, number),
        "objections": view.notices[0].objections if view.notices else (),
    }


ACTS = {
    "snooze": Text(zh="搁置", en="Put off"),
    "wake": Text(zh="取回", en="Take up again"),
    "submit": Text(zh="提交", en="Hand in"),
    "confirm": Text(zh="申请人已办", en="Done by the applicant"),
    "extend": Text(zh="延期一次", en="Extend once"),
    "reissue": Text(zh="换发查询码", en="Renew the code"),
    "withdraw": Text(zh="撤回", en="Take back"),
}


def _walked(rows: list[LineRow]) -> list[LineRow]:
    """The rows with the keys that lead to the one after and the one before the matter that is open."""
    here = next((place for place, each in enumerate(rows) if each.current), -1)
    keys = {here + 1: "J", here - 1: "K"} if here >= 0 else {0: "J"}
    return [replace(each, key=keys.get(place, "")) for place, each in enumerate(rows)]


def _hand(name: str) -> Words:
    """Who did it; what no person did the house did."""
    if name == APPLICANT:
        return _APPLICANT
    return _ITSELF if name in _NOBODY else name


def _told(now: Acting, number: str) -> ToldPart:
    href = f"/messages/?q=ApplicantTold:{number}" if now.actor.may("read_members") else ""
    return ToldPart(tuple(reversed(queries.letters_of(now.actor, number, now.at))), href)


def _verdicts(chosen: str) -> list[VerdictChoice]:
    return [VerdictChoice(name, VERDICTS[name], _KEYS[name], name == chosen) for name in VERDICTS]


def letter_page(now: Acting, number: str, verdict: str, reason: str) -> LetterPage:
    """Exactly what the applicant would receive, in her language, which is the house's."""
    told = queries.letter_for(now.actor, number, now.at, verdict=verdict, reason=reason)
    return LetterPage(told.subject.zh, told.text.zh) if told is not None else LetterPage()


def _answers(found: Course, view: MatterView, rulebook: Programme) -> list[AnswerRow]:
    changed = view.rounds[-1].changed if view.rounds else {}
    rows: list[AnswerRow] = []
    for _, field in found.fields:
        value = view.form.get(field.name)
        if not value and not field.required and field.name not in changed:
            continue  # asked of another sort of applicant, or left empty as she may
        choice = next((each for each in field.choices if each.value == value), None)
        shown: Words = Text(zh=choice.title.zh, en=choice.title.en) if choice else str(value) if value else _UNFILLED
        before = changed.get(field.name, ("", ""))[0]
        changes = lists.changed(field, view.rounds[-1].rows.get(field.name, ())) if field.name in changed else []
        if field.type == "list":
            shown, before = lists.read(field, value) if value else _UNFILLED, ""
        if view.subject in SUBJECTS and field.type == "text" and value:
            shown = named_in_form(rulebook, field.name, str(value)) or shown
        title = Text(zh=field.title.zh, en=field.title.en)
        rows.append(AnswerRow(title, shown, field.name in changed, str(before or ""), field.sealed, changes))
    return rows


def _check(now: Acting, check: Check) -> CheckRow:
    tone = "gain" if check.passed and not check.conflict else "warn" if check.passed else "stop"
    return CheckRow(check.text, "ok" if tone == "gain" else "warn", tone, _ref(now, check.clause))


def _ref(now: Acting, clause: str) -> Any:
    return clause_ref(now, clause) if clause else None


def _items(leg: Leg, typed: Mapping[str, str]) -> list[ItemRow]:
    return [
        ItemRow(
            item.item, Text(zh=item.asks.zh, en=item.asks.en), item.most, item.must,
            typed.get(f"answer.{item.item}", ""), typed.get(f"points.{item.item}", ""),
            typed.get(f"comment.{item.item}", ""),
        )
        for item in leg.stage.judge
    ]  # fmt: skip


def _course(now: Acting, stage: Any) -> CourseRow:
    return CourseRow(stage.title, stage.by, length_told(stage.within), stage.standing, clause_ref(now, stage.clause))


def _people(now: Acting) -> Sequence[tuple[str, str]]:
    """Whom a matter may be handed to: those who hold a post, by username and name."""
    return identity.colleagues(now.actor, now.at)


def _why_not(view: MatterView, leg: Leg | None) -> Words:
    """Why the asking person cannot decide it, where somebody might expect to."""
    if "decide" in view.may or view.line.state != "open" or leg is None:
        return ""
    if view.barred:
        return BARRED[view.barred]
    if "vote" in view.may:
        return Text(zh="你在这里有一席，请在“表决”中投票。", en="You hold a place here: cast its vote under “votes”.")
    by = next((each.by for each in view.stages if each.standing == "now"), Text(zh="", en=""))
    return Text(zh=f"这一环节由{by.zh}办理。", en=f"This stage is with {by.en}.")
