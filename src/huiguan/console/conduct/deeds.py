"""A breach reported and dealt with, a measure and what is done about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.conduct import inputs, queries
from huiguan.conduct import operations as conduct
from huiguan.console.acting import Acting, acting, refused, refused_field, show
from huiguan.console.conduct.drawing import breach_page, measure_page, report_page
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

_ACT = Text(zh="操作", en="act")
NAMES = {
    "member": Text(zh="会员", en="Member"), "duty": Text(zh="义务", en="Duty"), "on": Text(zh="日期", en="Day"),
    "words": Text(zh="经过", en="What happened"), "person": Text(zh="当事人", en="Person concerned"),
    "amount": Text(zh="涉及金额", en="Sum in question"), "evidence": Text(zh="材料编号", en="Documents"),
    "staff": Text(zh="工作人员", en="Staff"), "sale": Text(zh="销售单", en="Sale"), "shop": Text(zh="门店", en="Shop"),
    "reason": Text(zh="理由", en="Why"), "measures": Text(zh="处分", en="Measures"),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
@acting("conduct")
def report(request: HttpRequest, now: Acting) -> HttpResponse:
    """A breach reported."""
    if request.method == "GET":
        page = report_page(now, {"member": request.GET.get("member", "")[:40]})
        return show(request, now, "console/conduct/report.html", page=page)
    typed = request.POST.dict()
    asked: dict[str, Any] = {name: typed[name] for name in ("member", "duty", "on", "words") if typed.get(name)}
    asked |= {name: typed[name] for name in ("person", "amount", "sale", "shop") if typed.get(name)}
    if typed.get("staff"):
        asked["staff"] = typed["staff"].replace("、", " ").replace(",", " ").split()
    if typed.get("evidence"):
        asked["evidence"] = typed["evidence"].split()
    try:
        given = read(inputs.ReportBreach, asked)
        made = conduct.report_breach(actor=now.actor, at=now.at, given=given, key=typed.get("key") or None)
    except Refusal as refusal:
        page = report_page(now, typed, refused_field(refusal, now, NAMES), refusal.field or "")
        return show(request, now, "console/conduct/report.html", page=page, status=refusal.status)
    say_next(request, Said(Text(zh=f"{made.number} 已记下", en=f"{made.number} is on record")))
    return HttpResponseRedirect(f"/conduct/breaches/{made.number}/")


@require_http_methods(["GET", "POST"])
@acting("conduct")
def breach(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One breach: what it would bring is shown first, then proposed; or it is dismissed."""
    number = number[:20]
    if request.method == "GET":
        return show(request, now, "console/conduct/breach.html", page=breach_page(now, number))
    form, chosen = request.POST, request.POST.getlist("measures")
    words, deed = form.get("words", ""), form.get("deed", "propose")
    try:
        if deed == "dismiss":
            given = read(inputs.DismissBreach, {"breach": number, "reason": form.get("reason", "")})
            conduct.dismiss_breach(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)
            say_next(request, Said(Text(zh=f"{number} 不予处理", en=f"{number} is dismissed")))
            return HttpResponseRedirect("/conduct/")
        if deed == "preview":
            told = queries.preview(now.actor, now.at, breaches=[number], measures=chosen)
            page = breach_page(now, number, chosen=chosen, words=words, preview=told)
            return show(request, now, "console/conduct/breach.html", page=page)
        asked = read(inputs.ProposeMeasures, {"breaches": [number], "measures": chosen, "words": words})
        made = conduct.propose_measures(actor=now.actor, at=now.at, given=asked, key=form.get("key") or None)
    except Refusal as refusal:
        page = breach_page(now, number, chosen=chosen, words=words, told=refused_field(refusal, now, NAMES))
        return show(request, now, "console/conduct/breach.html", page=page, status=refusal.status)
    say_next(request, Said(Text(zh=f"已提交决定：{made[0].matter}", en=f"It is before the deciders: {made[0].matter}")))
    return HttpResponseRedirect(f"/conduct/measures/{made[0].number}/")


@require_http_methods(["GET", "POST"])
@acting("conduct")
def measure(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """One measure."""
    number = number[:20]
    if request.method == "GET":
        return show(request, now, "console/conduct/measure.html", page=measure_page(now, number))
    form = request.POST.dict()
    deed = form.get("deed", "")
    if deed not in _DEEDS:
        raise NotFound(what=_ACT, given=deed[:40])
    try:
        _DEEDS[deed](now, number, form)
    except Refusal as refusal:
        page = measure_page(now, number, deed, refused(refusal, now))
        return show(request, now, "console/conduct/measure.html", page=page, status=refusal.status)
    say_next(request, Said(Text(zh=f"{number} 已办", en=f"{number}: done")))
    return HttpResponseRedirect(f"/conduct/measures/{number}/")


Form = Mapping[str, str]


def _plea(now: Acting, number: str, form: Form) -> object:
    given = read(inputs.StateCase, {"measure": number, "words": form.get("words", "")})
    return conduct.state_case(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


def _appeal(now: Acting, number: str, form: Form) -> object:
    given = read(inputs.AppealMeasure, {"measure": number, "words": form.get("words", "")})
    return conduct.appeal_measure(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


def _lift(now: Acting, number: str, form: Form) -> object:
    given = read(inputs.LiftMeasure, {"measure": number, "reason": form.get("words", "")})
    return conduct.lift_measure(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


def _complete(now: Acting, number: str, form: Form) -> object:
    task = form.get("task", "")
    told = {
        "measure": number,
        "task": int(task) if task.isdecimal() and len(task) < 16 else task,
        "note": form.get("words", ""),
    }
    given = read(inputs.CompleteTask, told)
    return conduct.complete_task(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)


_DEEDS: dict[str, Callable[[Acting, str, Form], object]] = {
    "state_case": _plea,
    "appeal": _appeal,
    "lift": _lift,
    "complete": _complete,
}
