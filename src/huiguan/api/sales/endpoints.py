"""/sales and /quotes."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import body_of, given, key_of, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.problems import language_asked
from huiguan.api.sales.schemas import BatchAnswer, SaleAnswer, SalesBatch, SalesPage
from huiguan.api.sales.taking import batch_of, sale_of, told_batch, told_sale
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.values import SaleView
from huiguan.foundation.clock import now
from huiguan.foundation.jobs import wall_clock
from huiguan.identity import queries as identity
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members

router = Router(tags=["sales"])


@router.post(
    "/quotes",
    **described(
        name="quote_sale", takes=SaleInput, gives=SaleAnswer,
        does=Text(zh="试算一单，不写入", en="What a sale would be; writes nothing"),
    ),
)  # fmt: skip
def quote(request: HttpRequest) -> HttpResponse:
    view = checkout.quote_sale(actor=actor_of(request), at=now(), given=given(request, SaleInput))
    return answer(told_sale(view))


@router.post(
    "/sales",
    **described(
        name="commit_sale", takes=SaleInput, gives=SaleAnswer, status=201, write=True,
        does=Text(zh="成交一单", en="Commit a sale"),
    ),
)  # fmt: skip
def commit(request: HttpRequest) -> HttpResponse:
    sale = sale_of(body_of(request), key_of(request))
    view = checkout.commit_sale(actor=actor_of(request), at=now(), given=sale, key=sale.key or "", wall=wall_clock())
    return answer(told_sale(view), 201)


@router.post(
    "/sales/batch",
    **described(
        name="commit_sales", takes=SalesBatch, gives=BatchAnswer, write=True, key=False,
        does=Text(zh="一次成交至多一千单，各有各的键与答复", en="Commit up to a thousand sales, each with its key and answer"),
    ),
)  # fmt: skip
def commit_batch(request: HttpRequest) -> HttpResponse:
    taken = batch_of(body_of(request))
    sound = [each for _, each in taken if isinstance(each, SaleInput)]
    done = iter(checkout.commit_sales(actor=actor_of(request), at=now(), sales=sound, wall=wall_clock()))
    answers = [each if isinstance(each, Refusal) else next(done) for _, each in taken]
    lang = language_asked(request.headers.get("Accept-Language", ""))
    return answer(told_batch([key for key, _ in taken], answers, lang))


@router.get(
    "/sales",
    **described(
        name="sales", gives=SalesPage, does=Text(zh="销售单，新的在前", en="Sales, newest first"),
    ),
)  # fmt: skip
def listed(
    request: HttpRequest,
    member: str | None = None,
    shop: str | None = None,
    cursor: str | None = None,
    limit: int | None = None,
) -> HttpResponse:
    actor, size = actor_of(request), page_size(limit)
    found = queries.sales(
        actor,
        membership=members.membership(actor, member) if member else None,
        shop=identity.shop(actor.programme, shop).id if shop else None,
        before=place_of(cursor, tuple[datetime, int, int]),
        limit=size + 1,
    )
    return page(found, size, _place, told_sale)


def _place(last: SaleView) -> tuple[datetime, int, int]:
    membership, _, seq = last.id.partition("-")
    return last.at, int(membership), int(seq)


@router.get(
    "/sales/{sale}",
    **described(name="sale", gives=SaleAnswer, does=Text(zh="一张销售单", en="One sale")),
)
def one(request: HttpRequest, sale: str) -> HttpResponse:
    return answer(told_sale(queries.sale(actor_of(request), sale)))
