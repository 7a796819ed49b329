"""Webhooks: who is told, how it goes, and what a person does about it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, show
from huiguan.console.hooks.drawing import hook_form, hook_page, hook_rows, log_part
from huiguan.console.hooks.pages import LogPart
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.foundation.jobs import wall_clock
from huiguan.hooks import operations, queries
from huiguan.hooks.inputs import ChangeHook, HookNamed, Resend, ResumeHook, Subscribe
from huiguan.hooks.values import Hook
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

POWER = "organise"
_ACT = Text(zh="操作", en="act")


@require_GET
@acting(POWER)
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """Every subscription, how it stands, what was sent last."""
    return show(request, now, "console/hooks/list.html", rows=hook_rows(now))


@require_http_methods(["GET", "POST"])
@acting(POWER)
def new(request: HttpRequest, now: Acting) -> HttpResponse:
    """The form; made, its page with the secret, this once."""
    refusal = None
    if request.method == "POST":
        try:
            given = {name: request.POST.get(name, "").strip() for name in ("name", "url", "client", "begin")}
            asked = read(Subscribe, {**given, "types": request.POST.getlist("types")})
            made = operations.subscribe(actor=now.actor, at=now.at, given=asked, key=request.POST.get("key") or None)
            return _shown(request, now, made.id, secret=made.secret or "")
        except Refusal as wrong:
            refusal = wrong
    return _form(request, now, None, refusal)


@require_http_methods(["GET", "POST"])
@acting(POWER)
def change(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """Another name, address or choice of events."""
    found, refusal = queries.hook(now.actor, number), None
    if request.method == "POST":
        try:
            given = {name: request.POST.get(name, "").strip() for name in ("name", "url")}
            asked = read(ChangeHook, {**given, "types": request.POST.getlist("types"), "hook": number})
            operations.change_hook(actor=now.actor, at=now.at, given=asked, key=request.POST.get("key") or None)
            return _back(request, number, Text(zh="已改", en="Changed"))
        except Refusal as wrong:
            refusal = wrong
    return _form(request, now, found, refusal)


def _form(request: HttpRequest, now: Acting, found: Hook | None, refusal: Refusal | None) -> HttpResponse:
    typed = request.POST.dict() if request.method == "POST" else {}
    types = request.POST.getlist("types") if request.method == "POST" else None
    page = hook_form(now, found, typed, types, refusal)
    return show(request, now, "console/hooks/form.html", page=page, status=refusal.status if refusal else 200)


@require_GET
@acting(POWER)
def hook(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """One subscription and its log."""
    return _shown(request, now, number)


def _shown(request: HttpRequest, now: Acting, number: int, secret: str = "") -> HttpResponse:
    found = queries.hook(now.actor, number)
    page = hook_page(now, found, _log(request, now, number), secret)
    return show(request, now, "console/hooks/hook.html", page=page)


def _log(request: HttpRequest, now: Acting, number: int) -> LogPart:
    return log_part(now, number, failed=request.GET.get("failed") == "1", before=_number(request, "before"))


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_GET
@acting(POWER)
def log(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """The log alone, where there is more than the page has seen; what is open there stays open otherwise."""
    newest = queries.attempts(now.actor, number, failed=request.GET.get("failed") == "1", limit=1)
    if (newest[0].id if newest else 0) == _number(request, "seen"):
        return HttpResponse(status=204)
    return render(request, "console/hooks/log.html", {"log": _log(request, now, number)})


@require_POST
@acting(POWER)
def resend(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """One event once more."""
    given = read(Resend, {"hook": number, "event": request.POST.get("event", "")})
    operations.resend_event(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    return _back(request, number, Text(zh="这就重发，结果见记录", en="Sending it again; see the log"))


@require_POST
@acting(POWER)
def do(request: HttpRequest, now: Acting, number: int, deed: str) -> HttpResponse:
    """Pause, resume, pass over, test; or another secret, shown this once."""
    key = request.POST.get("key") or None
    named = HookNamed(hook=number)
    if deed == "secret":
        made = operations.renew_secret(actor=now.actor, at=now.at, given=named, wall=wall_clock(), key=key)
        return _shown(request, now, number, secret=made.secret or "")
    if deed not in _DEEDS:
        raise NotFound(what=_ACT, given=deed[:40])
    said, operation = _DEEDS[deed]
    operation(now, number, key)
    return _back(request, number, said)


def _back(request: HttpRequest, number: int, said: Text) -> HttpResponse:
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/programs/hooks/{number}/")


def _resume(begin: str) -> Callable[[Acting, int, str | None], object]:
    def resume(now: Acting, number: int, key: str | None) -> object:
        given = read(ResumeHook, {"hook": number, "begin": begin})
        return operations.resume_hook(actor=now.actor, at=now.at, given=given, key=key)

    return resume


def _plain(operation: Callable[..., object]) -> Callable[[Acting, int, str | None], object]:
    def do_it(now: Acting, number: int, key: str | None) -> object:
        return operation(actor=now.actor, at=now.at, given=HookNamed(hook=number), key=key)

    return do_it


_DEEDS: dict[str, tuple[Text, Callable[[Acting, int, str | None], object]]] = {
    "pause": (Text(zh="已暂停", en="Paused"), _plain(operations.pause_hook)),
    "resume": (Text(zh="继续投递", en="Delivering again"), _resume("waiting")),
    "resume-now": (Text(zh="从现在起投递", en="Delivering from now on"), _resume("now")),
    "skip": (Text(zh="已跳过", en="Passed over"), _plain(operations.pass_over)),
    "test": (
        Text(zh="测试这就发出，结果见记录", en="The test is on its way; see the log"),
        _plain(operations.send_test),
    ),
}
