"""Recommenders of a matter, from the page: somebody asked, and the link that goes to her, told once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from huiguan.cases import operations
from huiguan.cases.inputs import InviteRecommender, NameInvitation
from huiguan.console.acting import Acting, acting, refused_field, show
from huiguan.console.matters.drawing import matter_page
from huiguan.console.matters.views import CURRENT
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

_LABELS = {
    "name": Text(zh="推荐人姓名", en="Recommender's name"),
    "contact": Text(zh="手机或邮箱", en="Phone or mailbox"),
}


@require_POST
@acting("matters")
def recommenders(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """Ask somebody, or make the link of somebody who was asked anew; the page tells the link this once."""
    form, key = request.POST, request.POST.get("key") or None
    code = next(each.code for each in programmes.programmes() if each.id == now.actor.programme)
    page_of = request.build_absolute_uri(f"/m/{code}/recommend/")
    try:
        if form.get("invitation", "").isdecimal():
            named = read(NameInvitation, {"matter": number[:20], "invitation": int(form["invitation"][:18])})
            made = operations.renew_invitation(actor=now.actor, at=now.at, given=named, page=page_of, key=key)
        else:
            told = {name: form.get(name, "").strip() for name in ("name", "contact")}
            given = read(InviteRecommender, {"matter": number[:20], **told})
            made = operations.invite_recommender(actor=now.actor, at=now.at, given=given, page=page_of, key=key)
    except Refusal as refusal:
        page = matter_page(now, number[:20], typed=form.dict(), refused=refused_field(refusal, now, _LABELS))
        return show(request, now, "console/matters/matter.html", current=CURRENT, page=page, status=refusal.status)
    link = f"{page_of}{made.token}" if made.token else ""
    page = matter_page(now, number[:20])
    return show(request, now, "console/matters/matter.html", current=CURRENT, page=page, link=link, asked=made)
