"""/flash-sales, /auctions, /draws."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.mall import scarce_schemas as schemas
from huiguan.api.mall.doing import done, listed
from huiguan.api.mall.telling import told
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.rewards import inputs, operations, queries

router = Router(tags=["scarce"])


@router.post(
    "/flash-sales",
    **described(
        name="open_flash", takes=inputs.OpenFlash, gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="开一场秒杀", en="Open a flash sale"),
    ),
)  # fmt: skip
def open_flash(request: HttpRequest) -> HttpResponse:
    return done(request, operations.open_flash, inputs.OpenFlash)


@router.get(
    "/flash-sales",
    **described(name="flash_sales", gives=schemas.FlashesPage, does=Text(zh="秒杀", en="Flash sales")),
)
def flashes(request: HttpRequest) -> HttpResponse:
    return listed(queries.flashes(actor_of(request), now()))


@router.post(
    "/flash-sales/{flash}/closing",
    **described(
        name="close_flash", takes=inputs.Withdraw, fixed=("code",), gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="提前结束秒杀", en="End a flash sale"),
    ),
)  # fmt: skip
def close_flash(request: HttpRequest, flash: str) -> HttpResponse:
    return done(request, operations.close_flash, inputs.Withdraw, code=flash)


@router.post(
    "/auctions",
    **described(
        name="open_auction", takes=inputs.OpenAuction, gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="开一场竞拍", en="Open an auction"),
    ),
)  # fmt: skip
def open_auction(request: HttpRequest) -> HttpResponse:
    return done(request, operations.open_auction, inputs.OpenAuction)


@router.get(
    "/auctions",
    **described(name="auctions", gives=schemas.AuctionsPage, does=Text(zh="竞拍", en="Auctions")),
)
def auctions(request: HttpRequest) -> HttpResponse:
    return listed(queries.auctions(actor_of(request), now()))


@router.get(
    "/auctions/{auction}",
    **described(name="auction", gives=schemas.AuctionAnswer, does=Text(zh="一场竞拍", en="An auction")),
)
def auction(request: HttpRequest, auction: str) -> HttpResponse:
    return answer(told(queries.auction(actor_of(request), auction, now())))


@router.post(
    "/auctions/{auction}/bids",
    **described(
        name="place_bid", takes=inputs.PlaceBid, fixed=("auction",), gives=schemas.AuctionAnswer, status=201, write=True,
        does=Text(zh="出价", en="Place a bid"),
    ),
)  # fmt: skip
def bid(request: HttpRequest, auction: str) -> HttpResponse:
    return done(request, operations.place_bid, inputs.PlaceBid, auction=auction)


@router.post(
    "/auctions/{auction}/withdrawal",
    **described(
        name="withdraw_auction", takes=inputs.Withdraw, fixed=("code",), gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="撤回竞拍", en="Take an auction back"),
    ),
)  # fmt: skip
def withdraw_auction(request: HttpRequest, auction: str) -> HttpResponse:
    return done(request, operations.withdraw_auction, inputs.Withdraw, code=auction)


@router.post(
    "/draws",
    **described(
        name="open_draw", takes=inputs.OpenDraw, gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="开一场抽奖", en="Open a draw"),
    ),
)  # fmt: skip
def open_draw(request: HttpRequest) -> HttpResponse:
    return done(request, operations.open_draw, inputs.OpenDraw)


@router.get(
    "/draws",
    **described(name="draws", gives=schemas.DrawsPage, does=Text(zh="抽奖", en="Draws")),
)
def draws(request: HttpRequest) -> HttpResponse:
    return listed(queries.draws(actor_of(request), now()))


@router.get(
    "/draws/{draw}",
    **described(name="draw", gives=schemas.DrawAnswer, does=Text(zh="一场抽奖", en="A draw")),
)
def draw(request: HttpRequest, draw: str) -> HttpResponse:
    return answer(told(queries.draw(actor_of(request), draw, now())))


@router.post(
    "/draws/{draw}/tickets",
    **described(
        name="enter_draw", takes=inputs.EnterDraw, fixed=("draw",), gives=schemas.EnteredAnswer, status=201, write=True,
        does=Text(zh="换抽奖券", en="Take tickets of a draw"),
    ),
)  # fmt: skip
def enter(request: HttpRequest, draw: str) -> HttpResponse:
    return done(request, operations.enter_draw, inputs.EnterDraw, draw=draw)


@router.post(
    "/draws/{draw}/withdrawal",
    **described(
        name="withdraw_draw", takes=inputs.Withdraw, fixed=("code",), gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="撤回抽奖", en="Take a draw back"),
    ),
)  # fmt: skip
def withdraw_draw(request: HttpRequest, draw: str) -> HttpResponse:
    return done(request, operations.withdraw_draw, inputs.Withdraw, code=draw)


@router.get(
    "/draws/{draw}/record",
    **described(
        name="draw_record",
        gives=schemas.RecordAnswer,
        does=Text(zh="抽奖记录，谁都可以重算", en="The record of a draw"),
    ),
)
def record(request: HttpRequest, draw: str) -> HttpResponse:
    return answer(queries.draw_record(actor_of(request).programme, draw))
