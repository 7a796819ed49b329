"""What a member agreed to, and the devices she is signed in at."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_GET, require_POST

from huiguan.design.wording import device_said
from huiguan.kernel.inputs import read
from huiguan.kernel.text import Text
from huiguan.portal.acting import Visiting, go_on, member_only, show
from huiguan.visits import operations as visits
from huiguan.visits import queries
from huiguan.visits.inputs import AgreeToShare, SetConsent
from huiguan.visits.values import BASES, SHARE

_SHARED = Text(zh="对外提供", en="Told to somebody outside")


@require_GET
@member_only
def privacy(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Agreements with version and day, and what was agreed to before; the devices."""
    titles = {each.what: each.title for each in queries.agreements(now.programme.id, now.at)}
    titles[SHARE] = _SHARED
    context: dict[str, Any] = {
        "consents": queries.consents(now.actor, now.at),
        "history": [(titles.get(each.what, each.what), each) for each in queries.consent_history(now.actor)],
        "looks": queries.looks(now.actor, now.at),
        "shared": queries.shared(now.actor),
        "disclosures": [(each, BASES[each.basis]) for each in queries.disclosures(now.actor)],
        "kept": queries.kept_for(now.programme.id, now.at),
        "devices": [
            (each, device_said(each.device), each.id == (now.visit.id if now.visit else 0))
            for each in queries.visits(now.actor, now.wall)
        ],
    }
    return show(request, now, "portal/me/privacy.html", current="me", **context)


@require_POST
@member_only
def consent(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Agree, or take it back."""
    given = read(SetConsent, {"what": request.POST.get("what", ""), "given": request.POST.get("given") == "yes"})
    done = visits.set_consent(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    said = Text(zh="已同意", en="Agreed") if done.given else Text(zh="已撤回", en="Withdrawn")
    return go_on(request, now, "me/privacy", said)


@require_POST
@member_only
def sharing(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Somebody outside is told of her no more."""
    recipient = request.POST.get("recipient", "")
    known = next((each for each in queries.shared(now.actor) if each.recipient == recipient and each.given), None)
    if known is not None:
        asked = {"member": now.number, "recipient": recipient, "purpose": "撤回", "given": False}
        given = read(AgreeToShare, asked)
        visits.agree_to_share(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
        return go_on(request, now, "me/privacy", Text(zh="已撤回", en="Withdrawn"))
    return HttpResponseRedirect(f"{now.base}me/privacy")


@require_POST
@member_only
def devices(request: HttpRequest, now: Visiting) -> HttpResponse:
    """Signed out everywhere else."""
    but = now.visit.id if now.visit else None
    ended = visits.end_other_visits(actor=now.actor, at=now.at, wall=now.wall, but=but)
    return go_on(
        request,
        now,
        "me/privacy",
        Text(zh=f"已在另外 {ended} 台设备上退出", en=f"Signed out at other devices: {ended}"),
    )
