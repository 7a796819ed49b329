"""Answers of operations and questions as an example reads them: plain values, money in yuan with two decimals. Pure."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.rules.findings import Finding

# Fields of answers that hold fen.
MONEY = frozenset(
    [
        "refund",
        "claim",
        "left_paid",
        "worth",
        "paid",
        "list_price",
        "price",
        "cost",
        "cash",
        "owed",
        "deposit",
        "pay",
        "principal",
        "bonus",
        "principal_left",
        "bonus_left",
        "deducted",
        "fee",
        "fine",
        "bonus_back",
        "refunded",
        "due",
        "without",
        "bonus_ending",
        "ceiling",
        "needed",
        "in_custody",
        "quarter_end",
        "we_owe",
        "they_owe",
        "we_pay",
        "they_pay",
        "net",
    ]
)
_YUAN = re.compile(r"\{(\w+):yuan\}")


def told(answer: Any) -> Any:
    """`answer` as mappings, lists, texts, whole numbers and moments; fen as yuan by the names in MONEY."""
    if isinstance(answer, Text):
        return {"zh": answer.zh, "en": answer.en}
    if isinstance(answer, Finding):
        return answer.as_dict()
    if isinstance(answer, Refusal):
        return {"refused": answer.code, "because": answer.clause, "field": answer.field}
    if dataclasses.is_dataclass(answer) and not isinstance(answer, type):
        fields = {field.name: getattr(answer, field.name) for field in dataclasses.fields(answer)}
        return {name: _field(name, value) for name, value in fields.items()}
    if isinstance(answer, Mapping):
        return {str(name): _field(str(name), value) for name, value in answer.items()}
    if isinstance(answer, list | tuple | set | frozenset):
        return [told(each) for each in answer]
    if answer is None or isinstance(answer, bool | int | str | date | datetime):
        return answer
    return str(answer)


def _field(name: str, value: Any) -> Any:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return as_yuan(value) if whole and name in MONEY else told(value)


def in_yuan(sentence: Text | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """A reason's values, those its sentence says as money in yuan."""
    money = set() if sentence is None else set(_YUAN.findall(sentence.zh + sentence.en))
    return {name: as_yuan(value) if name in money else value for name, value in values.items()}
