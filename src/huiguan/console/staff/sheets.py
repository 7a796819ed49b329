"""The asking sheet before something is done to a person, and the deed done: back to her page, or there said why not."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import Acting, acting, show
from huiguan.console.keys import new_key
from huiguan.console.staff.deeds import DEEDS, Deed, end_post
from huiguan.console.staff.powers import person_page
from huiguan.console.staff.views import CURRENT, worded
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.identity import queries as identity
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

_DEED = Text(zh="办理", en="deed")


@require_http_methods(["GET", "POST"])
@acting("organise")
def deed(request: HttpRequest, now: Acting, username: str, what: str) -> HttpResponse:
    """Ask; a POST does it and goes back to her page, or says there why not."""
    asked = DEEDS.get(what)
    if asked is None:
        raise NotFound(field="deed", what=_DEED, given=what)
    member = identity.staff_member(now.actor, username, now.at)
    if request.method == "GET":
        return _sheet(
            request, now, asked.title, asked.explains, member.name, username, asked, asked.blanks(now, member)
        )
    form = {blank.name: request.POST.get(blank.name, "").strip() for blank in asked.blanks(now, member)}
    try:
        said = asked.do(now, username, form, request.POST.get("key") or None)
    except Refusal as refusal:
        return _refused(request, now, username, refusal)
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/staff/{username}/")


@require_http_methods(["GET", "POST"])
@acting("organise")
def ending(request: HttpRequest, now: Acting, username: str, post: str, node: str) -> HttpResponse:
    """Ask whether this post of hers ends; a POST ends it."""
    member = identity.staff_member(now.actor, username, now.at)
    if request.method == "GET":
        held = next((each for each in member.posts if (each.post, each.node_code) == (post, node)), None)
        if held is None:
            raise NotFound(field="post", what=_DEED, given=f"{post}@{node}")
        explains = Text(
            zh=f"{held.title.zh} · {held.place.zh}：立刻结束，下一次点击就不再有这些权限。",
            en=f"{held.title.en} · {held.place.en}: it ends at once; the next press no longer has these powers.",
        )
        return _sheet(request, now, Text(zh="免去职务", en="End the post"), explains, member.name, username)
    try:
        said = end_post(now, username, post, node, request.POST.get("key") or None)
    except Refusal as refusal:
        return _refused(request, now, username, refusal)
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/staff/{username}/")


def _refused(request: HttpRequest, now: Acting, username: str, refusal: Refusal) -> HttpResponse:
    page = person_page(now, username, refusal=worded(refusal, now))
    return show(request, now, "console/staff/person.html", current=CURRENT, page=page, status=refusal.status)


def _sheet(
    request: HttpRequest,
    now: Acting,
    title: Text,
    explains: Text,
    name: str,
    username: str,
    asked: Deed | None = None,
    blanks: object = (),
) -> HttpResponse:
    context: dict[str, Any] = {
        "title": title,
        "explains": explains,
        "name": name,
        "button": asked.button if asked else title,
        "blanks": blanks,
        "action": request.path,
        "href": f"/staff/{username}/",
        "key": new_key(),
    }
    if request.headers.get("HX-Request"):
        return render(request, "console/staff/sheet.html", context)
    return show(request, now, "console/staff/asking.html", current=CURRENT, **context)
