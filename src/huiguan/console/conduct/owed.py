"""What members owe by a day: listed, noted as done, and events the house learned of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.conduct import inputs, queries
from huiguan.conduct import operations as conduct
from huiguan.conduct.values import OWED_STATES, OwedTold
from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.conduct.deeds import NAMES
from huiguan.console.conduct.pages import NotePage, OwedPage, OwedRow
from huiguan.console.dues.pages import DeedForm, Field
from huiguan.console.keys import new_key
from huiguan.console.wording import clause_refs
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Refused, Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

_MARKS = {"open": "plain", "overdue": "stop", "done": "ok", "late": "warn"}
_DONE, _BACK = Text(zh="记下已办", en="Note it done"), Text(zh="撤销误记", en="Take it back")
_ON, _SEEN, _WHY = (
    Text(zh="哪天办的", en="Done on"),
    Text(zh="看到了什么", en="What was seen"),
    Text(zh="理由", en="Why"),
)
_ACT = Text(zh="操作", en="act")
_NAMES = {**NAMES, "event": Text(zh="事项", en="Event"), "which": Text(zh="应办的事", en="What is owed")}
_HERE = "/conduct/obligations/"


@require_http_methods(["GET", "POST"])
@acting("conduct")
def obligations(request: HttpRequest, now: Acting) -> HttpResponse:
    """All of it, what is due first at the top; POST notes one done, or takes an event back."""
    state, member = request.GET.get("state", "")[:20], request.GET.get("member", "")[:40]
    if request.method == "GET":
        return show(request, now, "console/conduct/obligations.html", page=_page(now, state, member))
    form = request.POST.dict()
    try:
        said = _do(now, form)
    except Refusal as refusal:
        told = refused_field(refusal, now, _NAMES)
        page = _page(now, state, member, (form.get("deed", ""), form.get("ref", "")), told)
        return show(request, now, "console/conduct/obligations.html", page=page, status=refusal.status)
    say_next(request, Said(said))
    return HttpResponseRedirect(_HERE)


@require_http_methods(["GET", "POST"])
@acting("conduct")
def event(request: HttpRequest, now: Acting) -> HttpResponse:
    """Something the house learned of."""
    if request.method == "GET":
        page = _note_page(now, {"member": request.GET.get("member", "")[:40]})
        return show(request, now, "console/conduct/event.html", page=page)
    typed = request.POST.dict()
    obligation, _, name = typed.get("event", "").partition(".")
    asked: dict[str, Any] = {each: typed[each] for each in ("member", "on", "words", "amount") if typed.get(each)}
    try:
        given = read(inputs.NoteEvent, {**asked, "obligation": obligation, "event": name})
        made = conduct.note_event(actor=now.actor, at=now.at, given=given, key=typed.get("key") or None)
    except Refusal as refusal:
        page = _note_page(now, typed, refused_field(refusal, now, _NAMES), refusal.field or "")
        return show(request, now, "console/conduct/event.html", page=page, status=refusal.status)
    last = made.due.isoformat()
    say_next(
        request, Said(Text(zh=f"{made.number} 已记下，{last} 前应报告", en=f"{made.number}: to be reported by {last}"))
    )
    return HttpResponseRedirect(_HERE)


def _do(now: Acting, form: Mapping[str, str]) -> Text:
    deed, words, key = form.get("deed", ""), form.get("words", ""), form.get("key") or None
    if deed.startswith("back-"):
        back = read(inputs.WithdrawEvent, {"event": deed.removeprefix("back-"), "reason": words})
        number = conduct.withdraw_event(actor=now.actor, at=now.at, given=back, key=key).number
        return Text(zh=f"{number} 已撤销", en=f"{number} is taken back")
    if not deed.startswith("done-"):
        raise NotFound(what=_ACT, given=deed[:40])
    member, _, rest = deed.removeprefix("done-").partition("|")
    obligation, _, which = rest.partition("|")
    asked = {"member": member, "obligation": obligation, "which": which, "on": form.get("on", ""), "words": words}
    conduct.complete_obligation(actor=now.actor, at=now.at, given=read(inputs.CompleteObligation, asked), key=key)
    return Text(zh="已记下", en="It is noted")


def _page(
    now: Acting, state: str, member: str, failed: tuple[str, str] = ("", ""), told: Refused | None = None
) -> OwedPage:
    state = state if state in OWED_STATES else ""
    everything = queries.obligations(now.actor, now.at, member=member)
    states = [(name, title, name == state) for name, title in OWED_STATES.items()]
    counts = [(title, sum(each.state == name for each in everything), name) for name, title in OWED_STATES.items()]
    rows = [_row(now, each, failed[0], told) for each in everything if state in ("", each.state)]
    return OwedPage(state, states, rows, counts, member, now.actor.may("conduct"))


def _row(now: Acting, told: OwedTold, failed: str, wrong: Refused | None) -> OwedRow:
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    return OwedRow(
        told.name or told.member, f"/members/{told.member}/", told.title, told.called,
        clause_refs(rulebook, [told.clause]), told.arose, told.due, told.done,
        Mark(OWED_STATES[told.state], _MARKS[told.state]), told.by, told.breach, told.words, told.confidential,
        told.provisional, _deeds(now, told, failed, wrong),
        told.under_way, _begin(now, told),
    )  # fmt: skip


def _begin(now: Acting, told: OwedTold) -> str:
    """Where what fulfils it is taken down for her, with what is known of it."""
    if told.done is not None or not told.procedure or told.under_way or not now.actor.may("matters"):
        return ""
    return f"/matters/new/{told.procedure}/?{urlencode({'member': told.member, **told.form})}"


def _deeds(now: Acting, told: OwedTold, failed: str, wrong: Refused | None) -> list[DeedForm]:
    if told.done is not None or not now.actor.may("conduct"):
        return []
    found = []
    if told.obligation and told.key and told.by == "":
        name = f"done-{told.member}|{told.obligation}|{told.key}"
        fields = [Field("on", _ON, kind="date"), Field("words", _SEEN)]
        found.append(_form(name, _DONE, fields, failed, wrong))
    if told.number:
        found.append(_form(f"back-{told.number}", _BACK, [Field("words", _WHY)], failed, wrong))
    return found


def _form(name: str, title: Text, fields: list[Field], failed: str, wrong: Refused | None) -> DeedForm:
    return DeedForm(
        name, title, title, fields, _HERE, new_key(), open=name == failed, refused=wrong if name == failed else None
    )


def _note_page(now: Acting, typed: Mapping[str, str], told: Refused | None = None, wrong: str = "") -> NotePage:
    events = [
        (f"{each.obligation}.{each.event}", Text(**each.title)) for each in queries.event_kinds(now.actor, now.at)
    ]
    return NotePage(events, dict(typed), new_key(), told, wrong)
