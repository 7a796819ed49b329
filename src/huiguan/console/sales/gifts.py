"""A gift that was had for points: what it was, and taking it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as questions
from huiguan.checkout.inputs import GiftReturnInput
from huiguan.checkout.refusals import RedemptionUnknown
from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.keys import new_key
from huiguan.console.sales.pages import GiftPage
from huiguan.design.saying import say_next
from huiguan.design.values import Mark, Said
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text, either
from huiguan.members import queries as members
from huiguan.programme import queries as programmes


@require_http_methods(["GET", "POST"])
@acting("return")
def gift(request: HttpRequest, now: Acting, reference: str) -> HttpResponse:
    """The redemption; POST takes the gift back."""
    refusal: Refusal | None = None
    if request.method == "POST":
        given = read(GiftReturnInput, {"redemption": reference})
        try:
            view = checkout.return_gift(actor=now.actor, at=now.at, given=given, key=request.POST.get("key") or None)
        except Refusal as wrong:
            refusal = wrong
        else:
            text = Text(
                zh=f"礼品已退回 · {view.units:,} 分回到原来的批次",
                en=f"Gift returned · {view.units:,} {either(view.units, 'point is', 'points are')} back",
            )
            say_next(request, Said(text))
            return HttpResponseRedirect(f"/members/{view.member}/")
    page = gift_page(now, reference, refusal)
    return show(request, now, "console/sales/gift.html", current="sales", gift=page)


def gift_page(now: Acting, reference: str, refusal: Refusal | None = None) -> GiftPage:
    """The page of a redemption; RedemptionUnknown for no such one."""
    membership = reference.partition("-")[0]
    known = questions.redemptions(now.actor, int(membership)) if membership.isdecimal() and len(membership) < 19 else []
    row = next((each for each in known if each.id == reference), None)
    if row is None:
        raise RedemptionUnknown(field="redemption", redemption=reference)
    number = members.numbers(now.actor.programme, [int(membership)])[int(membership)]
    found = members.named(now.actor, [number])
    zone = programmes.programme_at(now.actor.programme, now.at).zone
    facts = [
        (Text(zh="礼品", en="Gift"), Text(zh=row.gift, en=row.gift)),
        (Text(zh="用分", en="Points"), Text(zh=f"{row.units:,} 分", en=f"{row.units:,}")),
        (
            Text(zh="兑换于", en="Redeemed"),
            Text(zh=f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}", en=f"{row.at.astimezone(zone):%Y-%m-%d %H:%M}"),
        ),
    ]
    if row.returned_at:
        back = f"{row.returned_at.astimezone(zone):%Y-%m-%d %H:%M}"
        facts.append((Text(zh="退回于", en="Returned"), Text(zh=back, en=back)))
    return GiftPage(
        id=reference,
        gift=row.gift,
        member=found[number].name,
        member_href=f"/members/{number}/",
        facts=facts,
        mark=Mark(Text(zh="已退回", en="Returned"), "stop")
        if row.returned_at
        else Mark(Text(zh="已领走", en="Taken"), "ok"),
        key=new_key(),
        may_return=row.returned_at is None,
        refused=refused(refusal, now) if refusal else None,
    )
