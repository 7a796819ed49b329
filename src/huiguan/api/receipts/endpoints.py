"""Slips: of a sale, a return, a top-up, and what was refunded of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from huiguan.api.answering import answer
from huiguan.api.callers import actor_of
from huiguan.api.describing import described
from huiguan.api.problems import language_asked
from huiguan.api.receipts.schemas import ReceiptAnswer
from huiguan.checkout import queries
from huiguan.checkout.printing import receipt_text
from huiguan.checkout.values import Receipt
from huiguan.design.papers import receipt_document
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text

router = Router(tags=["receipts"])
COLUMNS = {58: 32, 80: 48}  # of text on paper of so many millimetres
_WIDTH = Text(zh="须为 58 或 80", en="must be 58 or 80")


@router.get(
    "/sales/{sale}/receipt",
    **described(name="receipt", gives=ReceiptAnswer, does=Text(zh="销售小票：文本与网页", en="The receipt of a sale, as text and HTML")),
)  # fmt: skip
def of_sale(request: HttpRequest, sale: str, width: int = 80) -> HttpResponse:
    return _told(request, queries.receipt(actor_of(request), sale), width)


@router.get(
    "/sales/{sale}/returns/{number}/receipt",
    **described(name="return_receipt", gives=ReceiptAnswer, does=Text(zh="退货小票", en="The receipt of a return")),
)
def of_return(request: HttpRequest, sale: str, number: int, width: int = 80) -> HttpResponse:
    return _told(request, queries.receipt(actor_of(request), sale, number), width)


@router.get(
    "/top-ups/{top_up}/receipt",
    **described(name="top_up_receipt", gives=ReceiptAnswer, does=Text(zh="储值小票", en="The receipt of a top-up")),
)
def of_top_up(request: HttpRequest, top_up: str, width: int = 80) -> HttpResponse:
    return _told(request, queries.stored_receipt(actor_of(request), top_up), width)


@router.get(
    "/top-ups/{top_up}/refunds/{number}/receipt",
    **described(
        name="top_up_refund_receipt", gives=ReceiptAnswer,
        does=Text(zh="储值退款小票", en="The receipt of what was refunded of a top-up"),
    ),
)  # fmt: skip
def of_refund(request: HttpRequest, top_up: str, number: int, width: int = 80) -> HttpResponse:
    return _told(request, queries.stored_receipt(actor_of(request), top_up, number), width)


def _told(request: HttpRequest, receipt: Receipt, width: int) -> HttpResponse:
    if width not in COLUMNS:
        raise InvalidInput(field="width", rule=_WIDTH)
    lang, columns = language_asked(request.headers.get("Accept-Language", "")), COLUMNS[width]
    told = {
        "number": receipt.number,
        "width": width,
        "columns": columns,
        "text": receipt_text(receipt, columns, lang),
        "html": receipt_document(receipt, narrow=width == min(COLUMNS), lang=lang),
    }
    return answer(told)
