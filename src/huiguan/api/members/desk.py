"""/cards: the desk's list, print runs, and the history of one card."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import desks
from huiguan.api.members.telling import named, shop_codes
from huiguan.foundation.clock import now
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members
from huiguan.members.values import DESK_STATES, DeskCard

router = Router(tags=["members"])
_STATES = Text(zh=f"只能是 {', '.join(DESK_STATES)}", en=f"must be one of {', '.join(DESK_STATES)}")


@router.get(
    "/cards",
    **described(
        name="cards_on_desk", gives=desks.DeskPage,
        does=Text(zh="会员卡清单：待打印、待开通、冻结、将到期……", en="Cards to print, waiting, frozen, ending…"),
    ),
)  # fmt: skip
def listed(request: HttpRequest, state: str = "held", shop: str | None = None, tier: str = "") -> HttpResponse:
    actor = actor_of(request)
    if state not in DESK_STATES:
        raise InvalidInput(field="state", rule=_STATES)
    place = identity.shop(actor.programme, shop).id if shop else None
    found = queries.cards_on_desk(actor, moment_asked(None), state=state, shop=place, tier=tier)
    return answer({"items": _told(actor, found), "next": None})


@router.post(
    "/card-print-runs",
    **described(
        name="print_cards", takes=inputs.PrintCards, gives=desks.PrintRunAnswer, status=201, write=True,
        does=Text(zh="取走待打印的卡", en="Take cards away to be printed"),
    ),
)  # fmt: skip
def print_run(request: HttpRequest) -> HttpResponse:
    actor, asked = actor_of(request), given(request, inputs.PrintCards)
    made = members.print_cards(actor=actor, at=now(), given=asked, key=key_of(request))
    return answer({"run": made.run, "at": made.at, "cards": _told(actor, made.cards)}, 201)


@router.get(
    "/members/{member}/cards/{card}/history",
    **described(
        name="card_history", gives=desks.CardHistoryPage,
        does=Text(zh="一张卡的来历，新的在前", en="Everything that became of a card, the newest first"),
    ),
)  # fmt: skip
def history(request: HttpRequest, member: str, card: str) -> HttpResponse:
    found = queries.card_history(actor_of(request), member, card, moment_asked(None))
    return answer({"items": [named(desks.CardTurnAnswer, each) for each in found], "next": None})


def _told(actor: Actor, cards: Sequence[DeskCard]) -> list[dict[str, Any]]:
    shops = shop_codes(actor, [card.shop for card in cards])
    return [{**named(desks.DeskCardAnswer, card), "shop": shops.get(card.shop or 0)} for card in cards]
