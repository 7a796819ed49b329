"""A member's own page: who she is here, her profile, and what she corrects of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string
from django.views.decorators.http import require_GET, require_http_methods

from huiguan.design import lists
from huiguan.design.forms import ProfileForm, fields_of
from huiguan.design.values import Words
from huiguan.design.wording import masked_tail, tier_mark
from huiguan.kernel import text as words
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members.values import FieldTold
from huiguan.messaging import queries as messaging
from huiguan.portal.acting import Visiting, go_on, member_only, refused, show
from huiguan.portal.knowing import Member, known_member
from huiguan.portal.me.matters import waiting
from huiguan.rules.kinds import profile as profile_kind
from huiguan.rules.kinds import transfer
from huiguan.rules.referring import clause_of
from huiguan.visits import operations as visits
from huiguan.visits import queries as visit_queries
from huiguan.visits.inputs import CorrectProfile


@require_GET
@member_only
def me(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The front page of what is hers."""
    member = known_member(now)
    joined = member.told.joined_at.astimezone(member.rulebook.zone).date()
    context: dict[str, Any] = {
        "member": member.told,
        "mark": tier_mark(member.rulebook, member.told.tier),
        "joined": joined,
        "pays": bool(member.rulebook.of("tender") or member.rulebook.of("top_up")),
        "owed": bool(member.rulebook.of("obligation")),
        "matters": bool(member.rulebook.of("procedure")),
        "friends": clause_of(member.rulebook) is not None,
        "gives": transfer.rule(member.rulebook, "gift") is not None,
        "partners": bool(member.rulebook.of("partner")),
        "votes": waiting(now),
        "awards": bool(member.rulebook.of("award")),
        "measures": bool(member.rulebook.of("measure_taken")),
        "papers": bool(member.rulebook.of("dossier") or member.rulebook.of("acceptance")),
        "fields": [(each.title, shown_of(member, each), _missing(each)) for each in member.told.profile],
    }
    return show(request, now, "portal/me/me.html", current="me", **context)


def _missing(field: FieldTold) -> bool:
    return field.required and not field.shown


def shown_of(member: Member, field: FieldTold) -> Words:
    """A field as its member reads it; what is sealed stays masked on a screen others may see."""
    kinds = {each.name: each for each in profile_kind.form(member.rulebook)[1]}
    kind = kinds[field.name]
    if kind.type == "phone":
        return masked_tail(member.told.phone_tail)
    if not field.shown:
        return "—"
    if field.value is None:
        return Text(zh="已填，封存", en="given, sealed")
    if kind.type == "list":
        return lists.read(kind, field.value)
    if kind.type == "choice":
        title = next((choice.title for choice in kind.choices if choice.value == field.value), None)
        return Text(zh=title.zh, en=title.en) if title else field.value
    if kind.type == "date":
        return Text(zh=words.day(field.value, "zh"), en=words.day(field.value, "en"))
    return field.value


@require_GET
@member_only
def messages(request: HttpRequest, now: Visiting) -> HttpResponse:
    """What was said to her, as it was sent."""
    told = [
        each for each in messaging.messages(now.actor, member=now.number, limit=50) if each.occasion != "one_time_code"
    ]
    return show(request, now, "portal/me/messages.html", current="me", told=told)


@require_http_methods(["GET", "POST"])
@member_only
def profile(request: HttpRequest, now: Visiting) -> HttpResponse:
    """The fields she may correct by herself; POST keeps those that changed."""
    member = known_member(now)
    told = {field.name: field for field in member.told.profile}
    asked = [field for field in fields_of(now.rulebook) if field.name in told]  # another sort of member has others
    fields = [field for field in asked if visit_queries.corrects_herself(now.rulebook, told[field.name])]
    initial = {name: field.value or "" for name, field in told.items()}
    sealed = [name for name, field in told.items() if field.shown and field.value is None]
    data = request.POST if request.method == "POST" else None
    form = ProfileForm(fields, data=data, initial=initial, sealed=sealed)
    if request.method == "GET" or form.reshaped:
        return _profile_page(request, now, form)
    changed: dict[str, Any] = {
        name: answer or None
        for name, answer in form.answers().items()
        if answer != initial.get(name, "") and not (name in sealed and not answer)
    }
    try:
        if changed:
            given = read(CorrectProfile, {"profile": changed})
            visits.correct_profile(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        left = form.refuse([refusal])
        return _profile_page(request, now, form, left, refusal.status)
    said = (
        Text(zh="资料已更正", en="Your profile is corrected") if changed else Text(zh="没有改动", en="Nothing changed")
    )
    return go_on(request, now, "me/", said)


def _profile_page(
    request: HttpRequest, now: Visiting, form: ProfileForm, left: list[Refusal] | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "key": request.POST.get("key") or get_random_string(22),
        "refusals": [refused(each, now) for each in left or ()],
    }
    return show(request, now, "portal/me/profile.html", current="me", status=status, **context)
