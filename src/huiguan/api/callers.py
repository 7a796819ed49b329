"""Who calls: an API key in the Authorization header, known at once or refused, and counted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest
from ninja.security import HttpBearer

from huiguan.api.limits import Allowance, limiter
from huiguan.api.refusals import KeyUnknown
from huiguan.api.tallies import tally
from huiguan.identity.queries import known_client
from huiguan.identity.values import KnownClient
from huiguan.kernel.actors import Actor


class ApiKey(HttpBearer):
    """`Authorization: Bearer hg_…`. The client's powers are its scopes; its shops bound what it sees and does."""

    openapi_description = "The key of an API client (hg_…), shown once when the client is made."

    def __call__(self, request: HttpRequest) -> KnownClient:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        client = self.authenticate(request, token.strip()) if scheme.lower() == "bearer" else None
        if client is None:
            raise KeyUnknown()
        return client

    def authenticate(self, request: HttpRequest, token: str) -> KnownClient | None:
        client = known_client(token, datetime.now(UTC))
        if client is not None:
            mark: Any = request
            mark.huiguan_client = client.actor.id
            tally.called(client.actor.id)
            mark.huiguan_allowance = limiter.take(client)
        return client


def actor_of(request: HttpRequest) -> Actor:
    """The client that calls, as an actor."""
    client: Any = request
    return client.auth.actor  # type: ignore[no-any-return]


def allowance_of(request: HttpRequest) -> Allowance | None:
    return getattr(request, "huiguan_allowance", None)
