"""The asking sheet before a deed, and the deed done: back to the member, or there said why not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.keys import new_key
from huiguan.console.members.asking import Blank, Deed
from huiguan.console.members.deeds import DEEDS
from huiguan.console.members.drawing import member_page
from huiguan.console.members.knowing import Member, known_member
from huiguan.console.members.package_deeds import package_deed
from huiguan.design.saying import say_next
from huiguan.design.values import Refused, Said
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

_DEED = Text(zh="办理", en="deed")


@require_http_methods(["GET", "POST"])
@acting()
def deed(request: HttpRequest, now: Acting, number: str, what: str) -> HttpResponse:
    """Ask; POST does it and goes back to the member, or says there why not."""
    asked = DEEDS.get(what) or package_deed(what)
    if asked is None:
        raise NotFound(field="deed", what=_DEED, given=what)
    now.actor.demand(asked.power)
    member = known_member(now, number)
    blanks = asked.blanks(member)
    if request.method == "GET":
        return _sheet(request, now, member, asked, blanks)
    form = {blank.name: request.POST.get(blank.name, "").strip() for blank in blanks}
    try:
        said = asked.do(now, member, form, request.POST.get("key") or None)
    except Refusal as refusal:
        page = member_page(now, number, book=asked.book, refusal=_told(refusal, now, blanks))
        return show(request, now, "console/members/detail.html", current="members", member=page)
    say_next(request, said if isinstance(said, Said) else Said(said))
    return HttpResponseRedirect(f"/members/{number}/?book={asked.book}" if asked.book else f"/members/{number}/")


def _told(refusal: Refusal, now: Acting, blanks: Sequence[Blank]) -> Refused:
    """Why it was not done; a wrong field by the name it has in the sheet."""
    label = next((blank.label for blank in blanks if (blank.field or blank.name) == refusal.field), None)
    rule = refusal.values.get("rule")
    if label is None or not isinstance(rule, Text):
        return refused(refusal, now)
    return Refused(Text(zh=f"{label.zh}：{rule.zh}", en=f"{label.en}: {rule.en}"))


def _sheet(request: HttpRequest, now: Acting, member: Member, asked: Deed, blanks: Sequence[Blank]) -> HttpResponse:
    context: dict[str, Any] = {
        "deed": asked,
        "blanks": blanks,
        "explains": asked.explains(member),
        "name": member.told.name,
        "action": request.path,
        "href": member.page,
        "key": new_key(),
    }
    if request.headers.get("HX-Request"):
        return render(request, "console/members/deed_sheet.html", context)
    return show(request, now, "console/members/deed.html", current="members", **context)
