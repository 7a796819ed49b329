"""/partners and /exchanges."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer, page
from huiguan.api.asking import page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.partners import schemas
from huiguan.api.partners.doing import done, listed, told
from huiguan.foundation.clock import now
from huiguan.kernel.text import Text
from huiguan.rewards import operations, queries
from huiguan.rewards.inputs import partners as inputs
from huiguan.rewards.values.partners import ExchangeTold

router = Router(tags=["partners"])


@router.get(
    "/partners",
    **described(
        name="partners", gives=schemas.PartnersPage, does=Text(zh="章程里的合作方", en="The rulebook’s partners")
    ),
)
def partners(request: HttpRequest) -> HttpResponse:
    return listed(queries.partners(actor_of(request), now()))


@router.post(
    "/partners/{partner}/line",
    **described(
        name="keep_partner", takes=inputs.KeepPartner, fixed=("partner",), gives=schemas.PartnerLineAnswer, status=201,
        write=True, does=Text(zh="接通合作方", en="Set up the line to a partner"),
    ),
)  # fmt: skip
def keep_partner(request: HttpRequest, partner: str) -> HttpResponse:
    return done(request, operations.keep_partner, inputs.KeepPartner, partner=partner)


@router.post(
    "/partners/{partner}/stop",
    **described(
        name="stop_partner", takes=inputs.StopPartner, fixed=("partner",), gives=schemas.PartnerLineAnswer, status=201,
        write=True, does=Text(zh="停用或恢复", en="Stop or resume"),
    ),
)  # fmt: skip
def stop_partner(request: HttpRequest, partner: str) -> HttpResponse:
    return done(request, operations.stop_partner, inputs.StopPartner, partner=partner)


@router.get(
    "/partners/{partner}/statements/{month}",
    **described(
        name="partner_statement", gives=schemas.StatementAnswer, does=Text(zh="月对账单", en="The statement of a month")
    ),
)
def statement(request: HttpRequest, partner: str, month: str) -> HttpResponse:
    return answer(told(queries.statement(actor_of(request), partner, month, now())))


@router.post(
    "/partners/{partner}/statements/{month}/close",
    **described(
        name="close_month", takes=inputs.CloseMonth, fixed=("partner", "month"), gives=schemas.StatementAnswer,
        status=201, write=True, does=Text(zh="结算一个月", en="Settle a month"),
    ),
)  # fmt: skip
def close_month(request: HttpRequest, partner: str, month: str) -> HttpResponse:
    return done(request, operations.close_month, inputs.CloseMonth, partner=partner, month=month)


@router.post(
    "/partners/{partner}/statements/{month}/payment",
    **described(
        name="pay_settlement", takes=inputs.PaySettlement, fixed=("partner", "month"), gives=schemas.StatementAnswer,
        status=201, write=True, does=Text(zh="登记差额已付", en="Note the difference as paid"),
    ),
)  # fmt: skip
def pay_settlement(request: HttpRequest, partner: str, month: str) -> HttpResponse:
    return done(request, operations.pay_settlement, inputs.PaySettlement, partner=partner, month=month)


@router.post(
    "/exchanges",
    **described(
        name="exchange_points", takes=inputs.ExchangePoints, gives=schemas.ExchangeAnswer, status=201, write=True,
        does=Text(zh="积分通兑", en="Exchange points with a partner"),
    ),
)  # fmt: skip
def exchange_points(request: HttpRequest) -> HttpResponse:
    return done(request, operations.exchange_points, inputs.ExchangePoints)


@router.get(
    "/exchanges",
    **described(
        name="exchanges",
        gives=schemas.ExchangesPage,
        does=Text(zh="通兑记录，新的在前", en="Exchanges, the newest first"),
    ),
)
def exchanges(
    request: HttpRequest, member: str | None = None, partner: str = "", state: str = "", cursor: str | None = None,
    limit: int | None = None,
) -> HttpResponse:  # fmt: skip
    size = page_size(limit)
    found = queries.exchanges(
        actor_of(request), now(), member=member, name=partner, state=state, after=place_of(cursor, int), limit=size + 1
    )
    return page(found, size, _place, told)


def _place(last: ExchangeTold) -> int:
    return int(last.number[2:])


@router.get(
    "/exchanges/{exchange}",
    **described(name="exchange", gives=schemas.ExchangeAnswer, does=Text(zh="一笔通兑", en="One exchange")),
)
def exchange(request: HttpRequest, exchange: str) -> HttpResponse:
    return answer(told(queries.exchange(actor_of(request), exchange)))


@router.post(
    "/exchanges/{exchange}/settlement",
    **described(
        name="settle_exchange", takes=inputs.SettleExchange, fixed=("exchange",), gives=schemas.ExchangeAnswer,
        status=201, write=True, does=Text(zh="由人裁定", en="Decide what became of it"),
    ),
)  # fmt: skip
def settle_exchange(request: HttpRequest, exchange: str) -> HttpResponse:
    return done(request, operations.settle_exchange, inputs.SettleExchange, exchange=exchange)
