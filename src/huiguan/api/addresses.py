"""The API as one thing: its routers, its guard, its document."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema

from huiguan.api import problems
from huiguan.api.allowances.endpoints import router as allowances
from huiguan.api.answering import problem
from huiguan.api.audit.endpoints import router as audit
from huiguan.api.ballots.endpoints import router as ballots
from huiguan.api.bodies.endpoints import router as bodies
from huiguan.api.calendar.endpoints import router as calendar
from huiguan.api.callers import ApiKey
from huiguan.api.conduct.awards import router as awards
from huiguan.api.conduct.endpoints import router as conduct
from huiguan.api.conduct.obligations import router as obligations
from huiguan.api.coupons.batches import router as coupon_batches
from huiguan.api.coupons.endpoints import router as coupons
from huiguan.api.days.endpoints import router as days
from huiguan.api.document import complete
from huiguan.api.documents.endpoints import router as documents
from huiguan.api.dues.charges import router as dues
from huiguan.api.dues.house import router as dues_of_house
from huiguan.api.events.endpoints import router as events
from huiguan.api.figures.endpoints import router as figures
from huiguan.api.hooks.endpoints import router as hooks
from huiguan.api.invoices.endpoints import router as invoices
from huiguan.api.mall.orders import router as orders
from huiguan.api.mall.scarce import router as scarce
from huiguan.api.mall.shelves import router as shelves
from huiguan.api.matters.endpoints import router as matters
from huiguan.api.members.cards import router as cards
from huiguan.api.members.certificates import router as certificates
from huiguan.api.members.codes import router as member_codes
from huiguan.api.members.desk import router as desk
from huiguan.api.members.holdings import router as members
from huiguan.api.members.life import router as life
from huiguan.api.members.merging import router as merges
from huiguan.api.members.own_data import router as own_data
from huiguan.api.members.phones import router as phones
from huiguan.api.members.reviews import router as card_reviews
from huiguan.api.members.users import router as users
from huiguan.api.messages.endpoints import router as messages
from huiguan.api.packages.endpoints import router as packages
from huiguan.api.partners.endpoints import router as partners
from huiguan.api.partners.passing import router as passing
from huiguan.api.payments.endpoints import router as payments
from huiguan.api.places.endpoints import router as places
from huiguan.api.prices.endpoints import router as prices
from huiguan.api.products.endpoints import router as products
from huiguan.api.programs.endpoints import router as programs
from huiguan.api.receipts.endpoints import router as receipts
from huiguan.api.redemptions.endpoints import router as redemptions
from huiguan.api.returns.endpoints import router as returns
from huiguan.api.rulebook.clauses import router as clauses
from huiguan.api.rulebook.drafts import router as drafts
from huiguan.api.rulebook.endpoints import router as rulebook
from huiguan.api.rulebook.templates import router as rulebook_templates
from huiguan.api.sales.endpoints import router as sales
from huiguan.api.shifts.endpoints import router as shifts
from huiguan.api.shops.endpoints import router as shops
from huiguan.api.simulations.endpoints import router as simulations
from huiguan.api.staff.endpoints import router as staff
from huiguan.api.staff.posts import router as posts
from huiguan.api.wallets.endpoints import router as wallets
from huiguan.kernel.inputs import rule_of
from huiguan.kernel.refusals import InvalidInput, Refusal

ROUTERS = (
    sales, returns, receipts, wallets, redemptions, packages, coupons, coupon_batches, members, member_codes, cards, desk, card_reviews, users, life, own_data, certificates, merges, phones, products, prices, shops, shifts, days,
    invoices, payments, messages, figures, audit, allowances, rulebook, rulebook_templates, simulations, events, hooks, drafts, clauses, staff, posts, places,
    programs, documents,
    shelves, orders, scarce, calendar, bodies, ballots,
    passing, partners, matters, conduct, awards, obligations, dues, dues_of_house,
)  # fmt: skip


class Programs(NinjaAPI):
    """Ninja with a complete document."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        document = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        complete(document)
        return document


api = Programs(
    title="Huiguan 会馆",
    version="1",
    description=(
        "Membership for programs: tills, shops' own systems, partners. Money is yuan with two decimals, as text; "
        "moments are ISO 8601; every write takes an Idempotency-Key; whatever is refused is an RFC 9457 problem.\n\n"
        "供收银、ERP 与伙伴系统使用的会员接口。金额为带两位小数的文字，时刻用 ISO 8601；凡写入须带 Idempotency-Key；"
        "凡拒绝都以 RFC 9457 说明。"
    ),
    auth=ApiKey(),
    docs_url=None,
    openapi_url="/openapi.json",
    urls_namespace="huiguan-api",
)
for router in ROUTERS:
    api.add_router("", router)


@api.exception_handler(Refusal)
def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return problem(request, refusal)


@api.exception_handler(ValidationError)
def _wrong_query(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    first = wrong.errors[0]
    return problem(request, InvalidInput(field=str(first["loc"][-1]), rule=rule_of(first)))


@api.exception_handler(Exception)
def _failed(request: HttpRequest, wrong: Exception) -> HttpResponse:
    return problem(request, problems.refusal_for(wrong))
