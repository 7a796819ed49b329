"""A card taken over: the new holder's form, as at an enrolment; the card stays as it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.keys import new_key
from huiguan.console.members.knowing import Member, known_member
from huiguan.console.wording import clause_refs
from huiguan.design.forms import ProfileForm, fields_of
from huiguan.design.saying import say_next
from huiguan.design.values import Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.members.inputs import TransferCard
from huiguan.rules.kinds import credential


@require_http_methods(["GET", "POST"])
@acting("cards")
def transfer(request: HttpRequest, now: Acting, number: str) -> HttpResponse:
    """The form; POST registers the new holder, or says what is wrong."""
    member = known_member(now, number)
    form = ProfileForm(fields_of(member.rulebook, but=("card",)), data=request.POST or None)
    if request.method == "GET" or form.reshaped:
        return _page(request, now, member, form, [])
    try:
        given = read(TransferCard, {"member": number, "profile": form.answers()})
        made = operations.transfer_card(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
    except Refusal as refusal:
        return _page(request, now, member, form, form.refuse([refusal]))
    say_next(request, Said(Text(zh=f"卡 {made.card} 已归 {made.name}", en=f"Card {made.card} is {made.name}'s now")))
    return HttpResponseRedirect(f"/members/{made.member}/")


def _page(request: HttpRequest, now: Acting, member: Member, form: ProfileForm, left: list[Refusal]) -> HttpResponse:
    allowed = credential.transfer(member.rulebook).reasons
    context: dict[str, Any] = {
        "form": form,
        "key": new_key(),
        "name": member.told.name,
        "card": member.told.cards[0].number if member.told.cards else "—",
        "href": member.page,
        "clauses": clause_refs(member.rulebook, [reason.clause for reason in allowed]),
        "allowed": any(reason.given for reason in allowed),
        "refusals": [refused(each, now) for each in left],
    }
    return show(request, now, "console/members/transfer.html", current="members", **context)
