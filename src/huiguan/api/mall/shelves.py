"""/mall: zones, things, stock, days off, and what a member finds."""

from __future__ import annotations

import base64
import binascii

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import given, key_of, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.mall import schemas
from huiguan.api.mall.doing import done, listed
from huiguan.api.mall.telling import told
from huiguan.foundation.clock import now
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rewards import inputs, operations, queries

_NOT_BASE64 = Text(zh="不是 base64", en="is not base64")

router = Router(tags=["mall"])


@router.put(
    "/mall/zones",
    **described(
        name="keep_zone", takes=inputs.KeepZone, gives=schemas.KeptAnswer, write=True,
        does=Text(zh="登记专区", en="Keep a zone of the mall"),
    ),
)  # fmt: skip
def keep_zone(request: HttpRequest) -> HttpResponse:
    return done(request, operations.keep_zone, inputs.KeepZone, 200)


@router.get(
    "/mall/zones",
    **described(name="mall_zones", gives=schemas.ZonesPage, does=Text(zh="专区", en="The zones")),
)
def zones(request: HttpRequest) -> HttpResponse:
    return listed(queries.zones(actor_of(request)))


@router.put(
    "/mall/items",
    **described(
        name="keep_item", takes=inputs.KeepItem, gives=schemas.KeptAnswer, write=True,
        does=Text(zh="登记商城物品", en="Keep a thing of the mall"),
    ),
)  # fmt: skip
def keep_item(request: HttpRequest) -> HttpResponse:
    return done(request, operations.keep_item, inputs.KeepItem, 200)


@router.get(
    "/mall/items",
    **described(name="mall_items", gives=schemas.ItemsPage, does=Text(zh="商城物品", en="The things of the mall")),
)
def items(
    request: HttpRequest,
    search: str = "",
    zone: str | None = None,
    state: str = "",
    cursor: str | None = None,
    limit: int | None = None,
) -> HttpResponse:
    size = page_size(limit)
    found = queries.items(
        actor_of(request), text=search, zone=zone, state=state, after=place_of(cursor, str) or "", limit=size + 1
    )
    return page(found, size, lambda last: last.code, told)


@router.get(
    "/mall/items/{item}",
    **described(
        name="mall_item",
        gives=schemas.ItemAnswer,
        does=Text(zh="一件物品，各处库存", en="A thing with its stock by place"),
    ),
)
def item(request: HttpRequest, item: str) -> HttpResponse:
    return answer(told(queries.item(actor_of(request), item)))


@router.post(
    "/mall/items/{item}/withdrawal",
    **described(
        name="withdraw_item", takes=inputs.WithdrawItem, fixed=("item",), gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="物品下架", en="Take a thing off the shelf"),
    ),
)  # fmt: skip
def withdraw_item(request: HttpRequest, item: str) -> HttpResponse:
    return done(request, operations.withdraw_item, inputs.WithdrawItem, item=item)


@router.put(
    "/mall/items/{item}/picture",
    **described(
        name="keep_picture", takes=schemas.PictureInput, gives=schemas.KeptAnswer, write=True,
        does=Text(zh="物品的图片", en="The picture of a thing"),
    ),
)  # fmt: skip
def picture(request: HttpRequest, item: str) -> HttpResponse:
    try:
        content = base64.b64decode(given(request, schemas.PictureInput).content, validate=True)
    except binascii.Error:
        raise InvalidInput(field="content", rule=_NOT_BASE64) from None
    made = operations.keep_picture(actor=actor_of(request), at=now(), item=item, content=content, key=key_of(request))
    return answer(told(made))


@router.get(
    "/mall/items/{item}/moves",
    **described(
        name="stock_moves", gives=schemas.MovesPage, does=Text(zh="库存进出", en="What came and went of a thing")
    ),
)
def moves(request: HttpRequest, item: str) -> HttpResponse:
    return listed(queries.stock_moves(actor_of(request), item))


@router.post(
    "/mall/items/{item}/stock",
    **described(
        name="move_stock", takes=inputs.StockInput, fixed=("item",), gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="入库或出库", en="Pieces come or go"),
    ),
)  # fmt: skip
def move_stock(request: HttpRequest, item: str) -> HttpResponse:
    return done(request, operations.move_stock, inputs.StockInput, item=item)


@router.post(
    "/mall/items/{item}/counts",
    **described(
        name="count_stock", takes=inputs.CountStock, fixed=("item",), gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="盘点", en="A stocktake"),
    ),
)  # fmt: skip
def count_stock(request: HttpRequest, item: str) -> HttpResponse:
    return done(request, operations.count_stock, inputs.CountStock, item=item)


@router.post(
    "/mall/items/{item}/transfers",
    **described(
        name="transfer_stock", takes=inputs.TransferStock, fixed=("item",), gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="调拨", en="Pieces from one place to another"),
    ),
)  # fmt: skip
def transfer_stock(request: HttpRequest, item: str) -> HttpResponse:
    return done(request, operations.transfer_stock, inputs.TransferStock, item=item)


@router.post(
    "/mall/items/{item}/codes",
    **described(
        name="add_codes", takes=inputs.AddCodes, fixed=("item",), gives=schemas.KeptAnswer, status=201, write=True,
        does=Text(zh="加入外部券码", en="Add outside codes"),
    ),
)  # fmt: skip
def add_codes(request: HttpRequest, item: str) -> HttpResponse:
    return done(request, operations.add_codes, inputs.AddCodes, item=item)


@router.get(
    "/members/{member}/mall",
    **described(
        name="shelf", gives=schemas.ShelfPage, does=Text(zh="会员看到的商城", en="What a member finds in the mall")
    ),
)
def shelf(request: HttpRequest, member: str, zone: str | None = None) -> HttpResponse:
    return listed(queries.shelf(actor_of(request), now(), member=member, zone=zone))
