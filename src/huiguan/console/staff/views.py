"""The staff: the list, a new person, one person with her powers, a link for her password, who is signed in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiguan.console.acting import Acting, acting, refused, show, wall
from huiguan.console.keys import new_key
from huiguan.console.staff.listing import session_rows, staff_page
from huiguan.console.staff.powers import person_page
from huiguan.design.saying import say_next
from huiguan.design.values import Refused, Said
from huiguan.identity import operations
from huiguan.identity.inputs import CreateStaff, SessionNumbered, StaffNamed
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text

CURRENT = "staff"
_LABELS = {
    "username": Text(zh="用户名", en="Username"),
    "name": Text(zh="姓名", en="Name"),
    "phone": Text(zh="手机", en="Mobile"),
}
_RULES = {
    "username": Text(
        zh="用小写字母、数字和 . _ - @，至少两个字符",
        en="takes small letters, digits and . _ - @, at least two of them",
    ),
    "phone": Text(zh="须是 11 位手机号", en="must be a mobile number of 11 digits"),
    "name": Text(zh="不能为空", en="must not be empty"),
}


@require_GET
@acting("organise")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """Find a person of the staff."""
    return show(request, now, "console/staff/list.html", current=CURRENT, page=staff_page(now, request.GET.dict()))


@require_http_methods(["GET", "POST"])
@acting("organise")
def new(request: HttpRequest, now: Acting) -> HttpResponse:
    """Take a person on; her posts and her password link come next, on her page."""
    if request.method == "GET":
        return _form(request, now, {"language": "zh"})
    typed = {name: request.POST.get(name, "").strip() for name in ("username", "name", "phone", "language")}
    try:
        given = read(CreateStaff, {**typed, "phone": typed["phone"] or None})
        person = operations.create_staff(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _form(request, now, typed, refusal)
    say_next(request, Said(Text(zh=f"已录入 · {person.name}。下一步：任命、给密码链接", en=f"Entered · {person.name}. Next: appoint them and give a password link")))  # fmt: skip
    return HttpResponseRedirect(f"/staff/{person.username}/")


def _form(request: HttpRequest, now: Acting, typed: dict[str, str], refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "typed": typed,
        "key": new_key(),
        "wrong": refusal.field if refusal else "",
        "refused": worded(refusal, now) if refusal else None,
    }
    status = refusal.status if refusal else 200
    return show(request, now, "console/staff/new.html", current=CURRENT, status=status, **context)


def worded(refusal: Refusal, now: Acting) -> Refused:
    """A refusal with the field by the name it has on the page, and its rule in the words of a form."""
    label = _LABELS.get(refusal.field or "")
    if label is None or not isinstance(refusal, InvalidInput):
        return refused(refusal, now)
    rule = _RULES[refusal.field or ""]
    return Refused(Text(zh=f"{label.zh}：{rule.zh}", en=f"{label.en}: {rule.en}"))


@require_GET
@acting()
def person(request: HttpRequest, now: Acting, username: str) -> HttpResponse:
    """One person: her posts, what she may do and whence, what she may not; beside another where asked."""
    page = person_page(now, username, beside=request.GET.get("with", "").strip())
    return show(request, now, "console/staff/person.html", current=CURRENT, page=page)


@never_cache
@require_http_methods(["GET", "POST"])
@acting("organise")
def link(request: HttpRequest, now: Acting, username: str) -> HttpResponse:
    """Ask; a POST makes a link that sets her password once, and shows it this once, to be printed or sent."""
    if request.method == "GET":
        context: dict[str, Any] = {"username": username, "name": person_page(now, username).name}
        if request.headers.get("HX-Request"):
            return render(request, "console/staff/link_sheet.html", context)
        return show(request, now, "console/staff/link.html", current=CURRENT, **context)
    made = operations.make_password_link(
        actor=now.actor, at=now.at, given=read(StaffNamed, {"username": username}), wall=wall()
    )
    address = request.build_absolute_uri(f"/sign-in/link/{made.token}")
    page = person_page(now, username, link=address, made=made)
    return show(request, now, "console/staff/person.html", current=CURRENT, page=page)


@require_POST
@acting("organise")
def end_sessions(request: HttpRequest, now: Acting, username: str) -> HttpResponse:
    """She is signed out everywhere."""
    given = read(StaffNamed, {"username": username})
    ended = operations.end_sessions(actor=now.actor, at=now.at, given=given, wall=wall())
    say_next(request, Said(Text(zh=f"已退出 {ended} 处", en=f"Signed out of {ended}")))
    return HttpResponseRedirect(f"/staff/{username}/")


@require_GET
@acting("organise")
def sessions(request: HttpRequest, now: Acting) -> HttpResponse:
    """Who is signed in now."""
    return show(request, now, "console/staff/sessions.html", current=CURRENT, rows=session_rows(now))


@require_POST
@acting("organise")
def end_session(request: HttpRequest, now: Acting, session: int) -> HttpResponse:
    """One session ends."""
    given = read(SessionNumbered, {"session": session})
    ended = operations.end_session(actor=now.actor, at=now.at, given=given, wall=wall())
    say_next(request, Said(Text(zh=f"已让 {ended.name} 退出", en=f"Signed {ended.name} out")))
    return HttpResponseRedirect("/staff/sessions")
