"""Every answer under /api/ is JSON: what Django itself answers there (an unknown address, a refused host) becomes a
problem too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from huiguan.api.answering import problem
from huiguan.api.callers import allowance_of
from huiguan.api.problems import MEDIA_TYPE
from huiguan.api.refusals import AddressUnknown, MethodNotAllowed, NotMediaTypeJson, RequestMalformed, Unexpected
from huiguan.kernel.refusals import Forbidden, InvalidInput, Refusal
from huiguan.kernel.text import Text

PREFIX = "/api/"
_NUL = Text(zh="不能含有 NUL 字符", en="must not contain the NUL character")
_ENTRY = Text(zh="进入此处", en="Entering here")


class ProblemsForPrograms:
    """Django middleware, the outermost."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(PREFIX):
            return self._get_response(request)
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return problem(request, InvalidInput(field="address", rule=_NUL))  # no database keeps it
        response = self._get_response(request)
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:
            response = problem(request, _refusal(request, response))
        response.headers.setdefault("Cache-Control", "no-store")
        allowance = allowance_of(request)
        for name, value in allowance.headers() if allowance else ():
            response.headers.setdefault(name, value)
        return response


def _refusal(request: HttpRequest, response: HttpResponse) -> Refusal:
    match response.status_code:
        case 404:
            return AddressUnknown(path=request.path[:200])
        case 405:
            allowed = ", ".join(sorted(response.headers.get("Allow", "").replace(" ", "").split(",")))
            return MethodNotAllowed(method=request.method, allowed=allowed)
        case 403:
            return Forbidden(power=_ENTRY)
        case 415:
            return NotMediaTypeJson()
        case status if status >= 500:
            return Unexpected(reference="-")
    return RequestMalformed()


@csrf_exempt
def unknown_address(request: HttpRequest, **_: Any) -> HttpResponse:
    """No page, no redirect: a problem."""
    return problem(request, AddressUnknown(path=request.path[:200]))
