"""/coupon-batches: codes made by the house or brought from another."""

from __future__ import annotations

from itertools import islice

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.asking import cursor_of, given, page_size, place_of
from huiguan.api.callers import actor_of
from huiguan.api.coupons import schemas
from huiguan.api.describing import described
from huiguan.api.doing import did
from huiguan.entitlements import operations, queries
from huiguan.entitlements.inputs import BringCodes, MakeCodes, StopBatch
from huiguan.kernel.text import Text

router = Router(tags=["coupons"])


@router.get(
    "/coupon-batches",
    **described(
        name="batches", gives=schemas.CodeBatchesPage, does=Text(zh="券码批次，新的在前", en="Batches of codes")
    ),
)
def listed(request: HttpRequest) -> HttpResponse:
    return answer({"items": queries.batches(actor_of(request)), "next": None})


@router.post(
    "/coupon-batches",
    **described(
        name="make_batch", takes=MakeCodes, gives=schemas.CodeBatchAnswer, status=202, write=True,
        does=Text(zh="制作一批券码，后台完成", en="Have a batch of codes made in the background"),
    ),
)  # fmt: skip
def make(request: HttpRequest) -> HttpResponse:
    return did(request, operations.make_batch, given(request, MakeCodes), status=202)


@router.post(
    "/coupon-outside-batches",
    **described(
        name="bring_codes", takes=BringCodes, gives=schemas.CodeBatchAnswer, status=201, write=True,
        does=Text(zh="导入外部券码，逐个发出", en="Bring another house's codes, handed out one by one"),
    ),
)  # fmt: skip
def bring(request: HttpRequest) -> HttpResponse:
    return did(request, operations.bring_codes, given(request, BringCodes))


@router.post(
    "/coupon-batches/{batch}/stopping",
    **described(
        name="stop_batch", takes=StopBatch, fixed=("batch",), gives=schemas.CodeBatchAnswer, write=True,
        does=Text(zh="停用一批券码", en="Stop a batch of codes"),
    ),
)  # fmt: skip
def stop(request: HttpRequest, batch: int) -> HttpResponse:
    return did(request, operations.stop_batch, given(request, StopBatch, batch=batch), status=200)


@router.get(
    "/coupon-batches/{batch}/codes",
    **described(name="codes_of", gives=schemas.CodesPage, does=Text(zh="一批的券码", en="The codes of a batch")),
)
def codes(request: HttpRequest, batch: int, cursor: str | None = None, limit: int | None = None) -> HttpResponse:
    size, begins = page_size(limit), place_of(cursor, int) or 0
    found = list(islice(queries.codes_of(actor_of(request), batch), begins, begins + size + 1))
    following = cursor_of(begins + size) if len(found) > size else None
    return answer({"items": [{"code": c, "claimed": used} for c, used in found[:size]], "next": following})
