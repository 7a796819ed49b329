"""A write about points that go on: read, done once under its key, told with money in yuan."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from huiguan.api.answering import answer
from huiguan.api.asking import given
from huiguan.api.doing import did
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import Input

_MONEY = frozenset({"owed", "we_owe", "they_owe", "we_pay", "they_pay", "net"})


def told(value: Any) -> Any:
    """A value as an answer; a pool's people by name."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _field(each.name, getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    return [told(each) for each in value] if isinstance(value, list | tuple) else value


def _field(name: str, value: Any) -> Any:
    if name in _MONEY and isinstance(value, int):
        return as_yuan(value)
    if name == "people":
        return [{"member": member, "points": points} for member, points in value]
    return told(value)


def done(
    request: HttpRequest, operation: Callable[..., Any], record: type[Input], status: int = 201, **fixed: str
) -> HttpResponse:
    return did(request, operation, given(request, record, **fixed), _told, status=status)


def _told(made: Any) -> Any:
    answer = told(made)
    return {"items": answer, "next": None} if isinstance(answer, list) else answer


def listed(found: Any) -> HttpResponse:
    """A list that is all on one page."""
    return answer({"items": [told(each) for each in found], "next": None})
