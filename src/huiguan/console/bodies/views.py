"""The house's bodies: who sits where, since when and until when; places filled, given up, handed on."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.bodies.drawing import body_page, body_row
from huiguan.console.staff.views import CURRENT
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.identity.inputs import HandOverSeat, SeatPerson, VacateSeat
from huiguan.identity.values import SeatHeld
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members import operations as members
from huiguan.members import queries

_LABELS = {
    "staff": Text(zh="谁", en="Who"),
    "member": Text(zh="会员", en="Member"),
    "name": Text(zh="姓名", en="Name"),
    "since": Text(zh="从", en="From"),
    "until": Text(zh="到", en="Until"),
    "resolution": Text(zh="决议", en="Resolution"),
    "why": Text(zh="为什么", en="Why"),
}
_BLANKS = ("staff", "member", "name", "since", "until", "resolution", "why")
_TAKEN = {"terms": ("staff", "member", "name", "since", "until", "resolution"), "vacancy": ("why", "until")}
_ACT = Text(zh="办理", en="deed")


@require_GET
@acting("organise")
def listed(request: HttpRequest, now: Acting) -> HttpResponse:
    """All bodies of the rulebook in force."""
    rows = [body_row(now, each) for each in queries.bodies(now.actor, now.at)]
    return show(request, now, "console/bodies/list.html", current=CURRENT, rows=rows)


@require_GET
@acting("organise")
def body(request: HttpRequest, now: Acting, name: str) -> HttpResponse:
    """One body; `place` opens the form of a place."""
    asked = request.GET.get("place", "")
    return _shown(request, now, name, _place(asked), {})


@require_POST
@acting("organise")
def seat(request: HttpRequest, now: Acting, name: str, place: int, what: str) -> HttpResponse:
    """A place filled (terms), given up (vacancy) or handed on (handover)."""
    typed = {blank: request.POST.get(blank, "").strip() for blank in _BLANKS}
    try:
        done = _do(now, what, {"body": name, "place": place}, typed, request.POST.get("key") or None)
    except Refusal as refusal:
        return _shown(request, now, name, place, typed, refusal)
    said = (
        Text(zh=f"{done.name}卸任", en=f"{done.name} left the place")
        if what == "vacancy"
        else Text(zh=f"{done.name}任第 {place} 席", en=f"{done.name} has place {place}")
    )
    say_next(request, Said(said))
    return HttpResponseRedirect(f"/bodies/{name}/")


def _do(now: Acting, what: str, where: dict[str, object], typed: dict[str, str], key: str | None) -> SeatHeld:
    taken = _TAKEN.get(what, _BLANKS)
    given = {**where, **{blank: typed[blank] for blank in taken if typed[blank]}}
    if what == "terms":
        return members.seat_person(actor=now.actor, at=now.at, given=read(SeatPerson, given), key=key)
    if what == "handover":
        return members.hand_over_seat(actor=now.actor, at=now.at, given=read(HandOverSeat, given), key=key)
    if what == "vacancy":
        return members.vacate_seat(actor=now.actor, at=now.at, given=read(VacateSeat, given), key=key)
    raise NotFound(field="deed", what=_ACT, given=what)


def _place(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 6 else None


def _shown(
    request: HttpRequest,
    now: Acting,
    name: str,
    place: int | None,
    typed: dict[str, str],
    refusal: Refusal | None = None,
) -> HttpResponse:
    told = queries.body(now.actor, name, now.at)
    refused = refused_field(refusal, now, _LABELS) if refusal else None
    page = body_page(now, told, place, typed, refused)
    return show(
        request, now, "console/bodies/body.html", current=CURRENT, page=page, status=refusal.status if refusal else 200
    )
