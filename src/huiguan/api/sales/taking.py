"""Sales and batches of sales read from JSON, and told as JSON: the same for both ways in.

Nothing here knows a request, so that the tills' entry, which stands before Django's request cycle, uses it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pydantic_core import to_json

from huiguan.api.answering import plain
from huiguan.api.asking import checked_key, parsed, read_bytes
from huiguan.api.problems import problem_of, refusal_for
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.queries import as_answer
from huiguan.checkout.values import SaleView
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, Refusal
from huiguan.kernel.text import Text
from huiguan.rules.programme import Programme

MOST = 1000
Taken = SaleInput | Refusal


def sale_of(body: bytes, key: str) -> SaleInput:
    """The body of POST /sales under its key. The key stands in the header only."""
    given = read_bytes(SaleInput, body)
    if given.key is not None:
        rule = Text(zh="幂等键写在 Idempotency-Key 标头里", en="the key goes into the Idempotency-Key header")
        raise InvalidInput(field="key", rule=rule)
    return given.model_copy(update={"key": key})


def batch_of(body: bytes) -> list[tuple[str | None, Taken]]:
    """The sales of POST /sales/batch with their keys, each read for itself: a wrong one leaves the others alone."""
    told = parsed(body)
    sales = told.get("sales") if isinstance(told, dict) else None
    if not isinstance(sales, list):
        raise InvalidInput(field="sales", rule=Text(zh="须为列表", en="must be a list"))
    for name in told:
        if name != "sales":
            raise InvalidInput(field=name[:200], rule=Text(zh="没有这个字段", en="no such field"))
    if not 1 <= len(sales) <= MOST:
        raise InvalidInput(field="sales", rule=Text(zh=f"须有 1 至 {MOST} 笔", en=f"takes 1 to {MOST} sales"))
    return [_one_of(each) for each in sales]


def _one_of(told: Any) -> tuple[str | None, Taken]:
    key = told.get("key") if isinstance(told, dict) else None
    shown = key if isinstance(key, str) else None
    try:
        given = read_bytes(SaleInput, to_json(told)) if _has_nul(told) else read(SaleInput, told)
        checked_key(shown or "")
    except Refusal as refusal:
        return shown, refusal
    return shown, given


def _has_nul(told: Any) -> bool:
    return "\\u0000" in repr(told) or "\\x00" in repr(told)


def told_sale(view: SaleView, rulebook: Programme | None = None) -> dict[str, Any]:
    """A sale as its answer; `rulebook` is the one that judged it, where the caller has it at hand."""
    return as_answer(view, rulebook)


def told_batch(
    keys: Sequence[str | None],
    answers: Sequence[SaleView | Exception],
    lang: str,
    rulebooks: Mapping[int, Programme] = MappingProxyType({}),
) -> dict[str, Any]:
    """The answers of a batch in the order of its sales."""
    return {"answers": [_item(key, each, lang, rulebooks) for key, each in zip(keys, answers, strict=True)]}


def _item(key: str | None, told: SaleView | Exception, lang: str, rulebooks: Mapping[int, Programme]) -> dict[str, Any]:
    if isinstance(told, SaleView):
        sale = told_sale(told, rulebooks.get(told.version))
        return {"key": key, "status": 201, "sale": sale, "problem": None}
    refusal = refusal_for(told)
    return {"key": key, "status": refusal.status, "sale": None, "problem": plain(problem_of(refusal, lang))}
