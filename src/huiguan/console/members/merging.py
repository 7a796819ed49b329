"""Members who may be one person: the list, the two side by side, and the deed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.keys import new_key
from huiguan.console.members.sides import merge_page, pair_row
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.members import operations
from huiguan.members import queries as members
from huiguan.members.inputs import DeclareDistinct, MergeMembers

CURRENT = "members"
FIELD = "field:"
LOOKING = Text(zh="看过，不是同一人", en="Looked at: two persons")


@require_http_methods(["GET", "POST"])
@acting("correct")
def duplicates(request: HttpRequest, now: Acting) -> HttpResponse:
    """Who may be one person; POST: these two are not."""
    if request.method == "POST":
        told = {name: request.POST.get(name, "") for name in ("one", "other")}
        given = read(DeclareDistinct, {**told, "reason": request.POST.get("reason", "").strip() or LOOKING.zh})
        made = operations.declare_distinct(actor=now.actor, at=now.at, given=given)
        say_next(
            request,
            Said(
                Text(
                    zh=f"已记下：{made.one} 与 {made.other} 不是同一人",
                    en=f"Noted: {made.one} and {made.other} are two",
                )
            ),
        )
        return HttpResponseRedirect("/members/duplicates/")
    rows = [pair_row(pair) for pair in members.duplicates(now.actor)]
    return show(request, now, "console/members/duplicates.html", current=CURRENT, rows=rows)


@require_http_methods(["GET", "POST"])
@acting("correct")
def merge(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """The two side by side with what would move; POST makes them one. Without `with`: whom?"""
    told = request.POST if request.method == "POST" else request.GET
    other = told.get("with", "").strip()[:80]
    if not other:
        return _page(request, now, number, other, None)
    fields = {name.removeprefix(FIELD): told[name] for name in told if name.startswith(FIELD)}
    try:
        asked = {"keep": number, "absorb": other, "reason": told.get("reason", "").strip(), "fields": fields}
        if request.method == "POST":
            return _merged(request, now, read(MergeMembers, asked))
        return _page(request, now, number, other, None)
    except Refusal as refusal:
        return _page(request, now, number, other, refusal)


def _merged(request: HttpRequest, now: Acting, given: MergeMembers) -> HttpResponse:
    made = operations.merge_members(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    zh, en = [f"{made.absorb} 已并入 {made.keep}"], [f"{made.absorb} is merged into {made.keep}"]
    for units in made.moved.values():
        zh.append(f"带来 {units} 分")
        en.append(f"{units} {either(units, 'point came', 'points came')} along")
    say_next(request, Said(Text(zh=" · ".join(zh), en=" · ".join(en))))
    return HttpResponseRedirect(f"/members/{made.keep}/")


def _page(request: HttpRequest, now: Acting, number: str, other: str, refusal: Refusal | None) -> HttpResponse:
    """What is known of the two; where they cannot be one, why."""
    seen, refusals = None, [refusal] if refusal else []
    if other:
        try:
            given = read(MergeMembers, {"keep": number, "absorb": other, "reason": "—"})
            seen = merge_page(now, operations.preview_merge(actor=now.actor, at=now.at, given=given))
        except Refusal as unfit:
            refusals = refusals or [unfit]
    told = members.member(now.actor, number, now.at)
    context: dict[str, Any] = {
        "page": seen,
        "member": told,
        "href": f"/members/{told.number}/",
        "other": other,
        "reason": request.POST.get("reason", ""),
        "key": new_key(),
        "refusals": [refused(each, now) for each in refusals],
    }
    return show(request, now, "console/members/merge.html", current=CURRENT, **context)
