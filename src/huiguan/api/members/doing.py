"""One call of a writing operation, its answer told."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse

from huiguan.api.doing import did_at
from huiguan.api.members.telling import told_done
from huiguan.api.schemas import Answer


def done(request: HttpRequest, operation: Any, asked: Any, gives: type[Answer], status: int = 201) -> HttpResponse:
    """What `operation` answers to `asked`, in the name of who calls, under the request's key."""
    return did_at(request, operation, asked, partial(told_done, gives), status=status)
