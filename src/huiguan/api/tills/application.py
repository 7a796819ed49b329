"""POST /api/v1/sales and /api/v1/sales/batch as an ASGI application of their own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec

from huiguan.api import problems
from huiguan.api.answering import headers_of, plain
from huiguan.api.asking import LARGEST_BODY, checked_key, demand_json
from huiguan.api.limits import Allowance, Limiter, limiter
from huiguan.api.refusals import BodyIncomplete, BodyTooLarge, KeyUnknown
from huiguan.api.sales.taking import batch_of, sale_of, told_batch, told_sale
from huiguan.api.tills.gathering import Answer, Gatherer
from huiguan.api.tills.keys import KnownKeys
from huiguan.checkout.inputs import SaleInput
from huiguan.identity.values import KnownClient
from huiguan.kernel.refusals import Refusal
from huiguan.rules.programme import Programme

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]

SALES, BATCH = "/api/v1/sales", "/api/v1/sales/batch"
PATHS = (("POST", SALES), ("POST", BATCH))
_JSON = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
_encode = msgspec.json.Encoder().encode


class Tills:
    """Reads, checks key and rate, hands the sales to the gatherer, tells the answer."""

    def __init__(self, limits: Limiter = limiter) -> None:
        self._gatherer = Gatherer()
        self._keys = KnownKeys()
        self._limits = limits

    async def startup(self) -> None:
        self._gatherer.start()

    async def shutdown(self) -> None:
        await self._gatherer.stop()
        self._keys.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        allowance: Allowance | None = None
        client: KnownClient | None = None
        try:
            client = await self._caller(headers)
            allowance = self._limits.take(client)
            body = await _body(headers, receive)
            status, told = await self._done(scope["path"], client, headers, body)
            kind = _JSON
        except Exception as trouble:
            refusal = problems.refusal_for(trouble)
            if client is not None:
                self._keys.note(client, refusal, f"POST {scope['path']}")
            status, told, kind = _problem(refusal, _language(headers))
        if allowance is not None:
            kind = [*kind, *((name.lower().encode(), value.encode()) for name, value in allowance.headers())]
        length = (b"content-length", str(len(told)).encode())
        await send({"type": "http.response.start", "status": status, "headers": [*kind, length]})
        await send({"type": "http.response.body", "body": told})

    async def _caller(self, headers: Mapping[bytes, bytes]) -> KnownClient:
        scheme, _, key = headers.get(b"authorization", b"").decode("latin-1").partition(" ")
        client = await self._keys.client(key.strip()) if scheme.lower() == "bearer" else None
        if client is None:
            raise KeyUnknown()
        return client

    async def _done(
        self, path: str, client: KnownClient, headers: Mapping[bytes, bytes], body: bytes
    ) -> tuple[int, bytes]:
        self._gatherer.start()
        if path == SALES:
            sale = sale_of(body, checked_key(headers.get(b"idempotency-key", b"").decode("latin-1")))
            return 201, await self._gatherer.commit(client.actor, [sale], _one)
        taken = batch_of(body)
        sound = [each for _, each in taken if isinstance(each, SaleInput)]
        lang = _language(headers)

        def tell(answers: list[Answer], rulebooks: Mapping[int, Programme]) -> bytes:
            done = iter(answers)
            told = [next(done) if isinstance(each, SaleInput) else each for _, each in taken]
            return _encode(told_batch([key for key, _ in taken], told, lang, rulebooks))

        return 200, await self._gatherer.commit(client.actor, sound, tell) if sound else tell([], {})


def _one(answers: list[Answer], rulebooks: Mapping[int, Programme]) -> bytes:
    (answer,) = answers
    if isinstance(answer, Exception):
        raise answer
    return _encode(told_sale(answer, rulebooks[answer.version]))


async def _body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    """The whole body; BodyTooLarge, BodyIncomplete where the caller went away, NotMediaTypeJson."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise BodyIncomplete()
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            raise BodyTooLarge(most=LARGEST_BODY)
        parts.append(part)
        if not message.get("more_body"):
            break
    if not size:
        return b"{}"
    demand_json(headers.get(b"content-type", b"").decode("latin-1"))
    return parts[0] if len(parts) == 1 else b"".join(parts)


def _language(headers: Mapping[bytes, bytes]) -> str:
    return problems.language_asked(headers.get(b"accept-language", b"").decode("latin-1"))


def _problem(refusal: Refusal, lang: str) -> tuple[int, bytes, list[tuple[bytes, bytes]]]:
    told = problems.encode(plain(problems.problem_of(refusal, lang)))
    kind = [
        (b"content-type", problems.MEDIA_TYPE.encode()),
        (b"content-language", lang.encode()),
        (b"vary", b"Accept-Language"),
        (b"cache-control", b"no-store"),
        *((name.lower().encode(), value.encode()) for name, value in headers_of(refusal)),
    ]
    return refusal.status, told, kind
