"""A write of the mall: the body read, the operation done once under its key, the answer told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from huiguan.api.answering import answer
from huiguan.api.asking import given
from huiguan.api.doing import did
from huiguan.api.mall.telling import told
from huiguan.kernel.inputs import Input


def done(
    request: HttpRequest, operation: Callable[..., Any], record: type[Input], status: int = 201, **fixed: str
) -> HttpResponse:
    return did(request, operation, given(request, record, **fixed), told, status=status)


def listed(found: Any) -> HttpResponse:
    """A list that is all on one page."""
    return answer({"items": [told(each) for each in found], "next": None})
