"""Programs: who may call, made with a key shown once, changed, given a fresh key, revoked."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused_field, show, wall
from huiguan.console.keys import new_key
from huiguan.console.programs.drawing import found_program, new_page, program_page, program_rows
from huiguan.console.programs.pages import ProgramPage
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.identity import operations
from huiguan.identity.inputs import ChangeClient, ClientNamed, CreateClient, RotateClient
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

CURRENT = "staff"
_LABELS = {
    "name": Text(zh="名称", en="Name"),
    "powers": Text(zh="权限", en="Scopes"),
    "shops": Text(zh="门店", en="Shops"),
    "rate_per_minute": Text(zh="每分钟次数", en="Calls a minute"),
    "overlap_hours": Text(zh="并用几小时", en="Hours of overlap"),
}


@require_GET
@acting("organise")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """All programs that may call, or once might."""
    return show(request, now, "console/programs/list.html", current=CURRENT, rows=program_rows(now))


@never_cache
@require_http_methods(["GET", "POST"])
@acting("organise")
def new(request: HttpRequest, now: Acting) -> HttpResponse:
    """Let a program in; its key is shown on the page that answers, this once."""
    if request.method == "GET":
        return _show(request, now, new_page(now, {}, new_key()))
    typed = {**_typed(request), "name": request.POST.get("name", "").strip()}
    try:
        given = read(CreateClient, {"name": typed["name"], **_given(typed)})
        made = operations.create_client(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _show(
            request, now, new_page(now, typed, new_key(), refused_field(refusal, now, _LABELS)), refusal.status
        )
    if made.key is None:  # pressed twice: the first answer showed the key
        return HttpResponseRedirect(f"/programs/{made.id}/")
    return _show(request, now, program_page(now, found_program(now, made.id), key=made.key))


@require_http_methods(["GET", "POST"])
@acting("organise")
def program(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """One program; a POST changes its powers, shops and rate."""
    found = found_program(now, number)
    if request.method == "GET":
        return _show(request, now, program_page(now, found))
    typed = _typed(request)
    try:
        given = read(ChangeClient, {"name": found.name, **_given(typed)})
        operations.change_client(actor=now.actor, at=now.at, given=given)
    except Refusal as refusal:
        page = program_page(now, found, refusal=refused_field(refusal, now, _LABELS), typed=typed)
        return _show(request, now, page, refusal.status)
    say_next(request, Said(Text(zh=f"已保存 · {found.name}", en=f"Saved · {found.name}")))
    return HttpResponseRedirect(f"/programs/{number}/")


@never_cache
@require_POST
@acting("organise")
def rotation(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """A fresh key, shown this once; the old one opens a while longer."""
    found = found_program(now, number)
    hours = request.POST.get("overlap_hours", "24").strip()
    try:
        given = read(RotateClient, {"name": found.name, "overlap_hours": _whole(hours)})
        made = operations.rotate_client(actor=now.actor, at=now.at, given=given, wall=wall())
    except Refusal as refusal:
        return _show(
            request, now, program_page(now, found, refusal=refused_field(refusal, now, _LABELS)), refusal.status
        )
    return _show(request, now, program_page(now, found_program(now, number), key=made.key or ""))


@require_POST
@acting("organise")
def revocation(request: HttpRequest, now: Acting, number: int) -> HttpResponse:
    """Its keys open nothing any more."""
    found = found_program(now, number)
    operations.revoke_client(actor=now.actor, at=now.at, given=read(ClientNamed, {"name": found.name}))
    say_next(request, Said(Text(zh=f"已废止 · {found.name}", en=f"Revoked · {found.name}")))
    return HttpResponseRedirect(f"/programs/{number}/")


def _typed(request: HttpRequest) -> dict[str, Any]:
    every = request.POST.get("every_shop") == "on"
    return {
        "powers": request.POST.getlist("powers"),
        "shops": None if every else request.POST.getlist("shops"),
        "rate": request.POST.get("rate", "").strip(),
    }


def _given(typed: dict[str, Any]) -> dict[str, Any]:
    return {"powers": typed["powers"], "shops": typed["shops"], "rate_per_minute": _whole(typed["rate"])}


def _whole(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def _show(request: HttpRequest, now: Acting, page: ProgramPage, status: int = 200) -> HttpResponse:
    return show(request, now, "console/programs/program.html", current=CURRENT, page=page, status=status)
