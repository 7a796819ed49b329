"""/members/{member}/cards and what becomes of them; the cards that wait to be opened for use."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, moment_asked
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.members import schemas, telling
from huiguan.api.members.doing import done
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text
from huiguan.members import inputs, queries
from huiguan.members import operations as members

router = Router(tags=["members"])


@router.get(
    "/members/{member}/cards",
    **described(name="cards", gives=schemas.CardsPage, does=Text(zh="会员卡，新的在前", en="Cards, newest first")),
)
def listed(request: HttpRequest, member: str) -> HttpResponse:
    actor = actor_of(request)
    found = queries.cards(actor, member)
    shops = telling.shop_codes(actor, [card.shop for card in found])
    return answer({"items": [telling.told_card(card, shops) for card in found], "next": None})


@router.post(
    "/members/{member}/cards",
    **described(
        name="issue_card", takes=inputs.IssueCard, fixed=("member",), gives=schemas.IssuedCardAnswer, status=201,
        write=True, does=Text(zh="发卡", en="Issue the first card"),
    ),
)  # fmt: skip
def issue_card(request: HttpRequest, member: str) -> HttpResponse:
    return done(request, members.issue_card, given(request, inputs.IssueCard, member=member), schemas.IssuedCardAnswer)


@router.post(
    "/members/{member}/card-loss",
    **described(
        name="report_card_lost", takes=inputs.ReportCardLost, fixed=("member",), gives=schemas.LostCardAnswer,
        status=201, write=True, does=Text(zh="挂失", en="Report a card lost"),
    ),
)  # fmt: skip
def report_loss(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request, members.report_card_lost, given(request, inputs.ReportCardLost, member=member), schemas.LostCardAnswer
    )


@router.post(
    "/members/{member}/card-replacement",
    **described(
        name="replace_card", takes=inputs.ReplaceCard, fixed=("member",), gives=schemas.IssuedCardAnswer, status=201,
        write=True, does=Text(zh="补卡、换卡", en="Put a new card in the place of the old"),
    ),
)  # fmt: skip
def replace_card(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request, members.replace_card, given(request, inputs.ReplaceCard, member=member), schemas.IssuedCardAnswer
    )


@router.post(
    "/members/{member}/card-activation",
    **described(
        name="activate_card", takes=inputs.ActivateCard, fixed=("member",), gives=schemas.ActivatedCardAnswer,
        status=201, write=True, does=Text(zh="开通待用的卡", en="Open a card that waited for use"),
    ),
)  # fmt: skip
def activate_card(request: HttpRequest, member: str) -> HttpResponse:
    return done(
        request, members.activate_card, given(request, inputs.ActivateCard, member=member), schemas.ActivatedCardAnswer
    )


@router.post(
    "/members/{member}/card-transfer",
    **described(
        name="transfer_card", takes=inputs.TransferCard, fixed=("member",), gives=schemas.TransferredCardAnswer,
        status=201, write=True, does=Text(zh="换持卡人", en="Let another person take the card over"),
    ),
)  # fmt: skip
def transfer_card(request: HttpRequest, member: str) -> HttpResponse:
    asked = given(request, inputs.TransferCard, member=member)
    return done(request, members.transfer_card, asked, schemas.TransferredCardAnswer)


@router.get(
    "/waiting-cards",
    **described(
        name="waiting_cards", gives=schemas.WaitingCardsPage,
        does=Text(zh="待开通的卡，等得久的在前", en="Cards not opened for use yet, the longest waiting first"),
    ),
)  # fmt: skip
def waiting(request: HttpRequest, shop: str | None = None, at: str | None = None) -> HttpResponse:
    actor = actor_of(request)
    place = identity.shop(actor.programme, shop).id if shop else None
    found = queries.waiting_cards(actor, moment_asked(at), shop=place)
    shops = telling.shop_codes(actor, [card.shop for card in found])
    items = [{**telling.named(schemas.WaitingCardAnswer, card), "shop": shops.get(card.shop or 0)} for card in found]
    return answer({"items": items, "next": None})
