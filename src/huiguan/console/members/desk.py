"""The cards' desk: which wait, which are to be printed, which end soon; and lists taken away to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from huiguan.console.acting import Acting, acting, refused, show
from huiguan.console.keys import new_key
from huiguan.console.members.knowing import shop_names
from huiguan.console.wording import card_mark, text_of
from huiguan.design.markup import tongue
from huiguan.design.sending import sheet_answer
from huiguan.design.values import Mark, Refused, Words
from huiguan.identity import queries as identity
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import operations
from huiguan.members import queries as members
from huiguan.members.inputs import PrintCards
from huiguan.members.values import DESK_STATES, DeskCard
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import tier_ladder

STATES = {
    "unprinted": Text(zh="待打印", en="To print"),
    "waiting": Text(zh="待开通", en="Waiting to be opened"),
    "frozen": Text(zh="冻结", en="Frozen"),
    "lost": Text(zh="挂失未补", en="Lost, not replaced"),
    "ending": Text(zh="两个月内到期", en="Ending within two months"),
    "expired": Text(zh="已过期", en="Expired"),
    "printed": Text(zh="已打印", en="Printed"),
    "held": Text(zh="全部在用的", en="All that are held"),
}
HEADINGS = (
    Text(zh="卡号", en="Card"),
    Text(zh="姓名", en="Name"),
    Text(zh="等级", en="Tier"),
    Text(zh="有效至", en="Valid until"),
    Text(zh="二维码内容", en="QR text"),
)
LONG = Text(zh="长期", en="no end")


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One card. `late`: it should have been opened for use; `printed` how often."""

    card: str
    href: str
    name: str
    member: str
    member_href: str
    tier: Words
    mark: Mark
    shop: Words
    issued: datetime
    until: date | None
    due: date | None
    late: bool
    printed: int
    printed_at: datetime | None


@require_GET
@acting("read_members")
def desk(request: HttpRequest, now: Acting) -> HttpResponse:
    """The list for a state, a shop, a tier."""
    return _page(request, now, request.GET.get("state", ""), request.GET.get("shop", ""), request.GET.get("tier", ""))


def _page(
    request: HttpRequest,
    now: Acting,
    state: str,
    shop: str,
    tier: str,
    refusal: Refused | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    state = state if state in DESK_STATES else DESK_STATES[0]
    rulebook = programmes.programme_at(now.actor.programme, now.at)
    codes = [place.code for place in identity.tree(now.actor) if place.kind == "shop"]
    places = {each.code: each for each in identity.shops_by_code(now.actor.programme, codes).values()}
    place = places[shop].id if shop in places else None
    found = members.cards_on_desk(now.actor, now.at, state=state, shop=place, tier=tier)
    context: dict[str, Any] = {
        "rows": _rows(now, rulebook.zone, found),
        "state": state,
        "states": [(name, STATES[name], name == state) for name in DESK_STATES],
        "shops": [(code, each.name, code == shop) for code, each in sorted(places.items())],
        "tiers": [(rung.tier, text_of(tier_ladder.title_of(rulebook, rung.tier)), rung.tier == tier)
                  for rung in tier_ladder.rungs(rulebook)],
        "shop": shop,
        "tier": tier,
        "key": new_key(),
        "prints": now.actor.may("cards") and state in ("unprinted", "printed", "held", "waiting"),
        "refused": refusal,
    }  # fmt: skip
    return show(request, now, "console/members/desk.html", current="members", status=status, **context)


def _rows(now: Acting, zone: ZoneInfo, found: Sequence[DeskCard]) -> list[DeskRow]:
    shops, today = shop_names(now.actor.programme, [each.shop for each in found]), local_day(now.at, zone)
    return [
        DeskRow(
            card=each.card,
            href=f"/members/{each.member}/cards/{each.card}/",
            name=each.name,
            member=each.member,
            member_href=f"/members/{each.member}/",
            tier=text_of(each.tier_title),
            mark=card_mark(each.status),
            shop=shops.get(each.shop or 0, "—"),
            issued=each.issued_at,
            until=_last_day(each, zone),
            due=each.due,
            late=each.due is not None and each.due < today,
            printed=each.printed,
            printed_at=each.printed_at,
        )
        for each in found
    ]


def _last_day(card: DeskCard, zone: ZoneInfo) -> date | None:
    """The last local day on which the card is good."""
    return local_day(card.valid_until, zone) - timedelta(days=1) if card.valid_until else None


@require_POST
@acting("cards")
def taken(request: HttpRequest, now: Acting) -> HttpResponse:
    """The cards ticked, as a file; from now on they count as printed."""
    form = request.POST
    try:
        given = read(PrintCards, {"cards": form.getlist("card")})
        made = operations.print_cards(actor=now.actor, at=now.at, given=given, key=form.get("key") or None)
    except Refusal as refusal:
        told = refused(refusal, now)
        return _page(
            request, now, form.get("state", ""), form.get("shop", ""), form.get("tier", ""), told, status=refusal.status
        )
    zone = programmes.programme_at(now.actor.programme, now.at).zone
    ending = "csv" if form.get("as") == "csv" else "xlsx"
    name = f"cards-{local_day(now.at, zone):%Y%m%d}-{made.run}.{ending}"
    return sheet_answer(name, HEADINGS, [_cells(card, zone, tongue()) for card in made.cards])


def _cells(card: DeskCard, zone: ZoneInfo, lang: str) -> list[str]:
    """A card as it is printed; a scanner at the till reads its number out of the square."""
    last = _last_day(card, zone)
    tier = text_of(card.tier_title).of(lang)
    return [card.card, card.name, tier, last.isoformat() if last else LONG.of(lang), card.card]
