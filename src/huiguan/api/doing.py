"""A write: the operation done once under the request's key, in the name of who calls, and its answer told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest, HttpResponse

from huiguan.api.answering import answer
from huiguan.api.asking import key_of
from huiguan.api.callers import actor_of
from huiguan.foundation.clock import now
from huiguan.kernel.actors import Actor

Asked = TypeVar("Asked")
Made = TypeVar("Made")
_Asked = TypeVar("_Asked", contravariant=True)
_Made = TypeVar("_Made", covariant=True)


class Operation(Protocol[_Asked, _Made]):
    """A writing operation of a room."""

    def __call__(self, *, actor: Actor, at: datetime, given: _Asked, key: str) -> _Made: ...


def as_it_is(made: Any) -> Any:
    return made


def did(
    request: HttpRequest,
    operation: Operation[Asked, Made],
    asked: Asked,
    tell: Callable[[Made], Any] = as_it_is,
    *,
    status: int = 201,
) -> HttpResponse:
    """What `operation` made of `asked`, as `tell` says it."""
    made = operation(actor=actor_of(request), at=now(), given=asked, key=key_of(request))
    return answer(tell(made), status)


def did_at(
    request: HttpRequest,
    operation: Operation[Asked, Made],
    asked: Asked,
    tell: Callable[[Actor, datetime, Made], Any],
    *,
    status: int = 201,
) -> HttpResponse:
    """The same, told as of the moment it was done at."""
    actor, at = actor_of(request), now()
    return answer(tell(actor, at, operation(actor=actor, at=at, given=asked, key=key_of(request))), status)
