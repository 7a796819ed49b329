"""/shops."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.shops.schemas import ShopsPage
from huiguan.identity import queries as identity
from huiguan.kernel.text import Text

router = Router(tags=["shops"])


@router.get(
    "/shops",
    **described(
        name="shops", gives=ShopsPage, does=Text(zh="这个客户端的门店", en="The open shops this client may act at")
    ),
)
def listed(request: HttpRequest) -> HttpResponse:
    found = identity.shops(actor_of(request))
    return answer({"items": [{"code": shop.code, "name": shop.name} for shop in found], "next": None})
