"""Answers as JSON, and refusals as problems, for Django's requests."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel

from huiguan.api import problems
from huiguan.api.asking import cursor_of
from huiguan.api.refusals import KeyUnknown, MethodNotAllowed, TooManyRequests
from huiguan.api.tallies import tally
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

Item = TypeVar("Item")


def answer(told: Any, status: int = 200) -> HttpResponse:
    """`told` (plain values, dataclasses, records, Texts) as JSON."""
    return HttpResponse(problems.encode(plain(told)), status=status, content_type="application/json")


def page(found: Sequence[Item], limit: int, place: Callable[[Item], Any], tell: Callable[[Item], Any]) -> HttpResponse:
    """A page of a list: what was `found` (one more than `limit` was asked for) as `tell` says it, and the `next` cursor,
    the `place` of the page's last item."""
    shown = found[:limit]
    following = cursor_of(place(shown[-1])) if len(found) > limit else None
    return answer({"items": [tell(each) for each in shown], "next": following})


def plain(told: Any) -> Any:
    """What msgspec encodes: Texts as {zh, en}, everything else as it is."""
    if isinstance(told, Text):
        return {"zh": told.zh, "en": told.en}
    if isinstance(told, Mapping):
        return {name: plain(value) for name, value in told.items()}
    if isinstance(told, BaseModel):
        return plain(told.model_dump())
    if isinstance(told, list | tuple | set | frozenset):
        return [plain(value) for value in told]
    if dataclasses.is_dataclass(told) and not isinstance(told, type):
        return {field.name: plain(getattr(told, field.name)) for field in dataclasses.fields(told)}
    if told is None or isinstance(told, str | int | date | datetime):
        return told
    if isinstance(told, Fraction | Decimal):
        return str(told)
    raise TypeError(f"no JSON form of {type(told).__name__}")


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as application/problem+json, in the language the request asks for; noted for a client that is known."""
    client = getattr(request, "huiguan_client", None)
    if client is not None:
        route = request.resolver_match.route if request.resolver_match else "?"
        tally.refused(client, refusal, f"{request.method} /{route}")
    lang = problems.language_asked(request.headers.get("Accept-Language", ""))
    told = problems.encode(plain(problems.problem_of(refusal, lang)))
    response = HttpResponse(told, status=refusal.status, content_type=problems.MEDIA_TYPE)
    response["Content-Language"] = lang
    response["Vary"] = "Accept-Language"
    for name, value in headers_of(refusal):
        response[name] = value
    return response


def headers_of(refusal: Refusal) -> tuple[tuple[str, str], ...]:
    """The headers HTTP wants beside some refusals."""
    if isinstance(refusal, KeyUnknown):
        return (("WWW-Authenticate", 'Bearer realm="huiguan"'),)
    if isinstance(refusal, TooManyRequests):
        wait, limit = str(refusal.values["wait"]), str(refusal.values["limit"])
        return (
            ("Retry-After", wait),
            ("RateLimit-Limit", limit),
            ("RateLimit-Remaining", "0"),
            ("RateLimit-Reset", wait),
        )
    if isinstance(refusal, MethodNotAllowed):
        return (("Allow", str(refusal.values["allowed"])),)
    return ()
