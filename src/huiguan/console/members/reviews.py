"""Use of cards that somebody looks at: what waits, what was decided."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from huiguan.console.acting import Acting, acting, show
from huiguan.console.members.knowing import hands
from huiguan.console.wording import capital, card_mark, clause_refs, text_of
from huiguan.design.values import Mark, Why, Words
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.members.values import ReviewTold
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme

DECIDED = 50  # the last ones that were decided
DECISIONS = {
    "released": Mark(Text(zh="已放行", en="Released"), "ok"),
    "confirmed": Mark(Text(zh="确认异常", en="Confirmed"), "stop"),
}
BY_HAND = Text(zh="人工冻结", en="Frozen by hand")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One use: whose, which card and how it stands, why it is unusual, where it shows; the decision once there is one.
    `acts`: where it is let go or confirmed."""

    name: str
    member: str
    href: str
    card: str
    card_href: str
    mark: Mark
    at: datetime
    by: Words
    why: Why
    sale: str = ""
    sale_href: str = ""
    shop: Words = ""
    decision: Mark | None = None
    decided_at: datetime | None = None
    reason: str = ""
    decided_by: str = ""


@require_GET
@acting("read_members")
def reviews(request: HttpRequest, now: Acting) -> HttpResponse:
    """What waits, the longest first, and what was decided lately."""
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    waiting = members.reviews(now.actor, now.at, decided=False)
    decided = members.reviews(now.actor, now.at, decided=True, limit=DECIDED)
    names = hands(now.actor.programme, [each.opened_by for each in waiting] + [each.decided_by for each in decided])
    shops = identity.shops_by_code(now.actor.programme, {each.shop for each in waiting if each.shop})
    places: dict[str, Words] = {code: shop.name for code, shop in shops.items()}
    context: dict[str, Any] = {
        "waiting": [_row(rulebook, each, names, places) for each in waiting],
        "decided": [_row(rulebook, each, names, places) for each in decided],
        "decides": now.actor.may("suspend"),
    }
    return show(request, now, "console/members/reviews.html", current="members", **context)


def _row(rulebook: Programme, told: ReviewTold, names: dict[str, str], places: dict[str, Words]) -> ReviewRow:
    page = f"/members/{told.member}/"
    by: Words = "" if told.clause else capital(BY_HAND)
    return ReviewRow(
        name=told.name,
        member=told.member,
        href=page,
        card=told.card,
        card_href=f"{page}cards/{told.card}/" if told.card else "",
        mark=card_mark(told.card_status),
        at=told.opened_at,
        by=by,
        why=Why(text_of(told.why), clause_refs(rulebook, [told.clause])),
        sale=told.sale or "",
        sale_href=f"/sales/{told.sale}/" if told.sale else "",
        shop=places.get(told.shop or "", ""),
        decision=DECISIONS.get(told.decision),
        decided_at=told.decided_at,
        reason=told.reason,
        decided_by=names.get(told.decided_by, ""),
    )
