"""/prices."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.asking import given
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.products.schemas import Written
from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import PricesInput
from huiguan.kernel.text import Text

router = Router(tags=["catalogue"])


@router.put(
    "/prices",
    **described(
        name="set_prices", takes=PricesInput, gives=Written, write=True,
        does=Text(zh="写下带日期的价格", en="Set dated prices, for one shop or all"),
    ),
)  # fmt: skip
def write(request: HttpRequest) -> HttpResponse:
    return did(request, checkout.set_prices, given(request, PricesInput), status=200)
