"""A write of the mall: the body read, the operation done once under its key, the answer told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from huiguan.api.answering import answer
from huiguan.api.asking import given, key_of
from huiguan.api.callers import actor_of
from huiguan.api.mall.telling import told
from huiguan.foundation.clock import now
from huiguan.kernel.inputs import Input


def done(
    request: HttpRequest, operation: Callable[..., Any], record: type[Input], status: int = 201, **fixed: str
) -> HttpResponse:
    asked = given(request, record, **fixed)
    made = operation(actor=actor_of(request), at=now(), given=asked, key=key_of(request))
    return answer(told(made), status)


def listed(found: Any) -> HttpResponse:
    """A list that is all on one page."""
    return answer({"items": [told(each) for each in found], "next": None})
