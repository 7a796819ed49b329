"""/sales/{sale}/returns, return-previews, voiding and signatures."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.api.returns.schemas import ReturnAnswer, ReturnsPage, told_return, told_row
from huiguan.api.sales.schemas import SaleAnswer
from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import ReturnInput, SignInput, VoidInput
from huiguan.checkout.queries import as_answer
from huiguan.checkout.values import ReturnView
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes

router = Router(tags=["returns"])


@router.post(
    "/sales/{sale}/return-previews",
    **described(
        name="return_preview", takes=ReturnInput, fixed=("sale",), gives=ReturnAnswer,
        does=Text(zh="预看退货：退多少、扣多少、缺多少，不写入", en="What a return would do; writes nothing"),
    ),
)  # fmt: skip
def preview(request: HttpRequest, sale: str) -> HttpResponse:
    asked = given(request, ReturnInput, sale=sale)
    return answer(_told(actor_of(request), checkout.preview_return(actor=actor_of(request), at=now(), given=asked)))


@router.post(
    "/sales/{sale}/returns",
    **described(
        name="return_sale", takes=ReturnInput, fixed=("sale",), gives=ReturnAnswer, status=201, write=True,
        does=Text(zh="退货", en="Take goods back"),
    ),
)  # fmt: skip
def make(request: HttpRequest, sale: str) -> HttpResponse:
    asked = given(request, ReturnInput, sale=sale)
    view = checkout.return_sale(actor=actor_of(request), at=now(), given=asked, key=key_of(request))
    return answer(_told(actor_of(request), view), 201)


@router.get(
    "/sales/{sale}/returns",
    **described(name="returns", gives=ReturnsPage, does=Text(zh="一张单的退货", en="The returns of a sale")),
)
def listed(request: HttpRequest, sale: str) -> HttpResponse:
    actor = actor_of(request)
    rulebook = programmes.version(queries.sale(actor, sale).version)
    rows = queries.returns_of(actor, sale)
    return answer({"items": [told_row(row, rulebook) for row in rows], "next": None})


@router.post(
    "/sales/{sale}/voiding",
    **described(
        name="void_sale", takes=VoidInput, fixed=("sale",), gives=ReturnAnswer, status=201, write=True,
        does=Text(zh="作废当日一单", en="Void a sale of the same day"),
    ),
)  # fmt: skip
def void(request: HttpRequest, sale: str) -> HttpResponse:
    asked = given(request, VoidInput, sale=sale)
    view = checkout.void_sale(actor=actor_of(request), at=now(), given=asked, key=key_of(request))
    return answer(_told(actor_of(request), view), 201)


@router.post(
    "/sales/{sale}/signatures",
    **described(
        name="sign_sale", takes=SignInput, fixed=("sale",), gives=SaleAnswer, status=201, write=True,
        does=Text(zh="补签一单的购物记录，签齐后从此刻起算", en="Sign the record of a sale later; once complete it counts from then on"),
    ),
)  # fmt: skip
def sign(request: HttpRequest, sale: str) -> HttpResponse:
    return did(request, checkout.sign_sale, given(request, SignInput, sale=sale), as_answer)


def _told(actor: Actor, view: ReturnView) -> dict[str, object]:
    """Under the version that judged the sale, which is the one that judges its return."""
    return told_return(view, programmes.version(queries.sale(actor, view.sale).version))
