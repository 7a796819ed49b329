"""What is done with matters from the pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from huiguan.cases import operations, queries
from huiguan.cases.inputs import (
    AnswerObjection,
    ConfirmStage,
    DecideMatter,
    ExtendMatter,
    NameMatter,
    OpenMatter,
    ReissueCode,
    SnoozeMatter,
    WithdrawMatter,
)
from huiguan.cases.values import VERDICTS, ProcedureTold, SavedMatter
from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.matters.drawing import matter_page
from huiguan.console.matters.pages import NewPage
from huiguan.console.matters.views import CURRENT
from huiguan.design.forms import ProfileForm
from huiguan.design.saying import say_next
from huiguan.design.values import Refused, Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members

_ACT = Text(zh="操作", en="act")


@require_POST
@acting()
def decide(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """A verdict; on to the next matter. Refused, the page comes back as it was typed."""
    form = request.POST.dict()
    try:
        given = read(DecideMatter, _decision(number, form))
        operations.decide_matter(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)
    except Refusal as refusal:
        page = matter_page(now, number[:20], typed=form, refused=refused(refusal, now))
        return show(request, now, "console/matters/matter.html", current=CURRENT, page=page, status=refusal.status)
    verdict = VERDICTS[given.verdict]
    say_next(request, Said(Text(zh=f"{number}：已{verdict.zh}", en=f"{number}: {verdict.en.lower()}, done")))
    left = queries.worklist(now.actor, now.at).lines
    return HttpResponseRedirect(f"/matters/{left[0].number}/" if left else "/matters/")


def _decision(number: str, form: Mapping[str, str]) -> dict[str, Any]:
    judged: dict[str, Any] = {}
    for name, value in form.items():
        part, _, item = name.partition(".")
        if part == "answer" and value in ("yes", "no"):
            judged.setdefault(item, {})["answer"] = value == "yes"
        elif part == "points" and value.strip().isdecimal():
            judged.setdefault(item, {})["points"] = int(value)
        elif part == "comment" and value.strip():
            judged.setdefault(item, {})["comment"] = value.strip()
    # A comment alone judges nothing.
    judged = {item: told for item, told in judged.items() if set(told) & {"answer", "points"}}
    seen = {part: form[f"seen.{part}"] for part in ("place", "on") if form.get(f"seen.{part}")}
    return {
        "matter": number, "stage": form.get("stage", ""), "verdict": form.get("verdict", ""),
        "reason": form.get("reason", ""), "remark": form.get("remark", ""), "judged": judged, "seen": seen,
        "to": form.get("to") or None, "revision": int(form["revision"]) if form.get("revision", "").isdecimal() else None,
        "copy_to": [form["copy"]] if form.get("copy") else [],
    }  # fmt: skip


@require_POST
@acting()
def answer(request: HttpRequest, now: Acting, number: str, n: int) -> HttpResponse:
    """An objection answered."""
    form = request.POST
    told = {"matter": number, "n": n, "upheld": form.get("upheld") == "yes", "answer": form.get("answer", "")}
    given = read(AnswerObjection, told)
    operations.answer_objection(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)
    say_next(request, Said(Text(zh=f"第 {n} 条异议已答复", en=f"Objection {n} is answered")))
    return HttpResponseRedirect(f"/matters/{number}/")


@require_POST
@acting()
def do(request: HttpRequest, now: Acting, number: str, deed: str) -> HttpResponse:
    """Hand in, confirm, put off, extend, issue a new code, take back."""
    if deed not in _DEEDS:
        raise NotFound(what=_ACT, given=deed[:40])
    made = _DEEDS[deed](now, number, request.POST, request.POST.get("key") or None)
    code = f" · {made.code}" if made.code else ""
    done = Text(zh=f"{number} 已办{code}", en=f"{number}: done{code}")
    if deed == "reissue":
        done = Text(
            zh=f"{number} 的查询码已作废，申请人会收到信，凭自己的手机或邮箱领新的",
            en=f"The code of {number} is ended; a letter tells the applicant to get another at their own phone or mailbox",
        )
    if made.code:
        done = Text(zh=f"新的查询码：{made.code}，只显示这一次", en=f"The new code: {made.code}, shown this once")
    if deed == "snooze":
        return _on_from(request, now, number)
    say_next(request, Said(done))
    return HttpResponseRedirect(f"/matters/{number}/")


def _on_from(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """A matter was put off: on to what is next, with the way back."""
    said = Text(zh=f"{number} 已搁置", en=f"{number} is put off")
    say_next(request, Said(said, Text(zh="去看", en="See it"), f"/matters/{number}/"))
    left = queries.worklist(now.actor, now.at).lines
    return HttpResponseRedirect(f"/matters/{left[0].number}/" if left else "/matters/")


Form = Mapping[str, str]


def _submit(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    given = read(NameMatter, {"matter": number})
    return operations.submit_matter(actor=now.actor, at=now.at, given=given, key=key)


def _confirm(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    given = read(ConfirmStage, {"matter": number, "stage": form.get("stage", "")})
    return operations.confirm_stage(actor=now.actor, at=now.at, given=given, key=key)


def _extend(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    given = read(ExtendMatter, {"matter": number, "stage": form.get("stage", ""), "reason": form.get("why", "")})
    return operations.extend_matter(actor=now.actor, at=now.at, given=given, key=key)


def _snooze(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    given = read(SnoozeMatter, {"matter": number, "until": form.get("until", "")})
    return operations.snooze_matter(actor=now.actor, at=now.at, given=given, key=key)


def _wake(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    return operations.snooze_matter(actor=now.actor, at=now.at, given=read(SnoozeMatter, {"matter": number}), key=key)


def _reissue(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    given = read(ReissueCode, {"matter": number, "reason": form.get("why", ""), "shop": form.get("shop") or None})
    return operations.reissue_code(actor=now.actor, at=now.at, given=given, key=key)


def _withdraw(now: Acting, number: str, form: Form, key: str | None) -> SavedMatter:
    given = read(WithdrawMatter, {"matter": number, "reason": form.get("why", "")})
    return operations.withdraw_matter(actor=now.actor, at=now.at, given=given, key=key)


_DEEDS: dict[str, Callable[[Acting, str, Form, str | None], SavedMatter]] = {
    "submit": _submit,
    "confirm": _confirm,
    "snooze": _snooze,
    "wake": _wake,
    "extend": _extend,
    "reissue": _reissue,
    "withdraw": _withdraw,
}


@require_http_methods(["GET", "POST"])
@acting("matters")
def new(request: HttpRequest, now: Acting, procedure: str) -> HttpResponse:
    """A matter taken down for an applicant at the counter: the form, then its number and code."""
    found = queries.procedure(now.actor, procedure, now.at)
    data, member = request.POST if request.method == "POST" else None, _asked(request).get("member", "")
    form = ProfileForm(found.fields, data=data, initial=request.GET.dict(), within="form")
    if request.method == "GET" or form.reshaped:
        return _new_page(request, now, found, form)
    answers = {name: answer for name, answer in form.answers().items() if answer}
    try:
        of = {"membership": members.membership(now.actor, member)} if member else {}
        given = read(OpenMatter, {"procedure": procedure, "form": answers, "submit": True, **of})
        made = operations.open_matter(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        left = form.refuse([refusal])
        return _new_page(request, now, found, form, [refused(each, now) for each in left], refusal.status)
    told = Text(
        zh=f"{made.number} 已提交。请把查询码交给申请人：{made.code}（只显示这一次）",
        en=f"{made.number} is handed in. Give the applicant the code {made.code}; it is shown this once",
    )
    say_next(request, Said(told))
    return HttpResponseRedirect(f"/matters/{made.number}/")


def _asked(request: HttpRequest) -> dict[str, str]:
    return (request.POST if request.method == "POST" else request.GET).dict()


def _new_page(
    request: HttpRequest,
    now: Acting,
    found: ProcedureTold,
    form: ProfileForm,
    left: Sequence[Refused] = (),
    status: int = 200,
) -> HttpResponse:
    key = request.POST.get("key") or secrets.token_hex(16)
    page = NewPage(found.title, found.name, form, key, left, found, _asked(request).get("member", "")[:40])
    return show(request, now, "console/matters/new.html", current=CURRENT, page=page, status=status)
