"""One call of a writing operation, its answer told."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from huiguan.api.answering import answer
from huiguan.api.asking import key_of
from huiguan.api.callers import actor_of
from huiguan.api.members.telling import told_done
from huiguan.api.schemas import Answer
from huiguan.foundation.clock import now


def done(request: HttpRequest, operation: Any, asked: Any, gives: type[Answer], status: int = 201) -> HttpResponse:
    """What `operation` answers to `asked`, in the name of who calls, under the request's key."""
    actor, at = actor_of(request), now()
    made = operation(actor=actor, at=at, given=asked, key=key_of(request))
    return answer(told_done(gives, actor, at, made), status)
