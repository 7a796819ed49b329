"""A new member: the rulebook's form, all that is wrong with it at once, and her card."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import Acting, acting, refused, show, to_the_shop_choice
from huiguan.console.keys import new_key
from huiguan.console.members.joining import asked_beside, given_beside
from huiguan.console.wording import clause_refs, coupon_title
from huiguan.design.forms import FORM_DATE, ProfileForm, fields_of, profile_clause
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.members import queries as members
from huiguan.members.inputs import EnrolMember
from huiguan.members.refusals import PhoneDormant, SecondFactNeeded
from huiguan.members.values import EnrolledMember
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

NEW_HOLDER = "new_holder"


@require_http_methods(["GET", "POST"])
@acting("enrol")
def enrol(request: HttpRequest, now: Acting) -> HttpResponse:
    """The form; POST enrols, or says everything that is wrong with it."""
    if now.shop is None:
        return to_the_shop_choice(request)
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    fields = fields_of(rulebook)
    if request.method == "GET":
        return _page(request, now, rulebook, ProfileForm(fields), new_key())
    form = ProfileForm(fields, data=request.POST)
    key = request.POST.get("key") or new_key()
    if form.reshaped:
        return _page(request, now, rulebook, form, key)
    given: EnrolMember | None = None
    try:
        given = read(EnrolMember, _given(now, request, form))
        made = operations.enrol_member(actor=now.actor, at=now.at, given=given, key=key)
    except Refusal as refusal:
        left = form.refuse(_all_faults(now, given, refusal))
        recycled = isinstance(refusal, PhoneDormant | SecondFactNeeded)
        return _page(request, now, rulebook, form, new_key(), left, recycled=recycled)
    say_next(request, Said(_enrolled(rulebook, made)))
    return HttpResponseRedirect(f"/members/{made.number}/")


def _given(now: Acting, request: HttpRequest, form: ProfileForm) -> dict[str, Any]:
    assert now.shop is not None, "asked for before"
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    beside = given_beside(rulebook, request.POST.dict())
    given: dict[str, Any] = {"profile": form.answers(), "shop": now.shop.code, **beside}
    if request.POST.get(NEW_HOLDER):
        given[NEW_HOLDER] = True
    filled_in = request.POST.get(FORM_DATE, "").strip()
    if filled_in:
        given[FORM_DATE] = filled_in
    return given


def _all_faults(now: Acting, given: EnrolMember | None, refusal: Refusal) -> tuple[Refusal, ...]:
    """Of a form that is wrong, every fault; of anything else (a phone that is taken) only itself."""
    if given is None or not isinstance(refusal, InvalidInput):
        return (refusal,)
    return members.enrolment_faults(now.actor, given, now.at) or (refusal,)


def _page(
    request: HttpRequest,
    now: Acting,
    rulebook: Programme,
    form: ProfileForm,
    key: str,
    left: list[Refusal] | None = None,
    *,
    recycled: bool = False,
) -> HttpResponse:
    """The form with `left`: what is wrong and belongs to no field; `recycled`: its phone may have a new owner."""
    wrong = sum(len(each) for each in form.errors.values()) if form.is_bound else 0
    context: dict[str, Any] = {
        "form": form,
        "key": key,
        "clauses": clause_refs(rulebook, [profile_clause(rulebook)]),
        "form_date": request.POST.get(FORM_DATE) or local_day(now.at, rulebook.zone).isoformat(),
        "wrong": wrong,
        "refusals": [refused(each, now) for each in left or ()],
        "beside": [(name, title, request.POST.get(name, "")) for name, title in asked_beside(rulebook).items()],
        "recycled": recycled,
        "new_holder": bool(request.POST.get(NEW_HOLDER)),
        "shop": now.shop.name if now.shop else "",
    }
    return show(request, now, "console/members/new.html", current="members", **context)


def _enrolled(rulebook: Programme, made: EnrolledMember) -> Text:
    """Enrolled · Gu Qinghe · DN000382 · welcome voucher ¥200.00."""
    zh, en = [f"已办 · {made.name} · {made.number}"], [f"Enrolled · {made.name} · {made.number}"]
    for right in made.rights:
        title, worth = coupon_title(rulebook, right.name, right.clause), words.yuan(right.worth)
        zh.append(f"赠{title.zh} {worth}")
        en.append(f"{title.en} {worth}")
    return Text(zh=" · ".join(zh), en=" · ".join(en))
