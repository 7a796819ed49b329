"""Who asks, where a proxy stands in front and asks in his place."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse


class AskedThroughProxy:
    """Django middleware: the address sign-ins are counted under is the caller's, not the proxy's.

    Only with HUIGUAN_BEHIND_PROXY. The last entry of `X-Forwarded-For` is the proxy's own word; those before it are
    whatever the caller wrote.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.HUIGUAN_BEHIND_PROXY:
            raise MiddlewareNotUsed
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        said = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        with suppress(ValueError):  # no word of the proxy's: then the one who connected is the one who asks
            request.META["REMOTE_ADDR"] = str(ip_address(said))
        return self._get_response(request)
