"""Changing a member's profile: what is known stands in the form, what is sealed is only ever replaced."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.keys import new_key
from huiguan.console.members.knowing import Member, known_member
from huiguan.console.wording import clause_refs, coupon_title
from huiguan.design.forms import ProfileForm, fields_of, profile_clause
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.members.inputs import ChangeProfile
from huiguan.members.values import ChangedProfile


@require_http_methods(["GET", "POST"])
@acting("edit_members")
def profile(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """The form with what is known; POST changes what was changed."""
    member = known_member(now, number)
    form = _form(member, request)
    if request.method == "GET" or form.reshaped:
        return _page(request, now, member, form)
    try:
        given = read(ChangeProfile, {"member": member.told.number, "profile": _changed(member, form)})
        made = operations.change_profile(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _page(request, now, member, form, form.refuse([refusal]))
    say_next(request, Said(_said(member, made)))
    return HttpResponseRedirect(member.page)


def _form(member: Member, request: HttpRequest) -> ProfileForm:
    known = {told.name: told.value for told in member.told.profile if told.value is not None}
    sealed = [told.name for told in member.told.profile if told.value is None and told.shown]
    data = request.POST if request.method == "POST" else None
    return ProfileForm(fields_of(member.rulebook, but=("card",)), data=data, initial=known, sealed=sealed)


def _changed(member: Member, form: ProfileForm) -> dict[str, Any]:
    """Only what differs from what is known. A sealed field left blank stays; another one left blank is taken away."""
    changed: dict[str, Any] = {}
    for told in member.told.profile:
        if told.name not in form.fields:
            continue
        answer = form.answers()[told.name]
        if told.value is None:
            if answer:
                changed[told.name] = answer
        elif answer != told.value:
            changed[told.name] = answer or None
    return changed


def _page(
    request: HttpRequest, now: Acting, member: Member, form: ProfileForm, left: list[Refusal] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {
        "member": member.told,
        "href": member.page,
        "form": form,
        "key": new_key(),
        "clauses": clause_refs(member.rulebook, [profile_clause(member.rulebook)]),
        "refusals": [refused(each, now) for each in left or ()],
    }
    return show(request, now, "console/members/profile.html", current="members", **context)


def _said(member: Member, made: ChangedProfile) -> Text:
    count = len(made.changed)
    zh, en = [f"已改 {count} 项"], [f"{count} changed"]
    for right in made.rights:
        title = coupon_title(member.rulebook, right.name, right.clause)
        zh.append(f"资料齐了，赠{title.zh}")
        en.append(f"complete now: {title.en}")
    return Text(zh=" · ".join(zh), en=" · ".join(en))
