"""Where requests come in.

A till's hot paths may be answered before Django's request cycle (`HOT`); they call the same operations. Everything else
is Django's.
"""

from __future__ import annotations

import warnings
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Protocol

from django.core.asgi import get_asgi_application

from huiguan.foundation.hands import collect_seldom
from huiguan.kernel import pinyin

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class HotPath(Protocol):
    """An application for some addresses, with something to start and stop beside it."""

    async def startup(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class Entry:
    """One ASGI application made of the pages and the hot paths: `hot` maps (method, path) to its application."""

    def __init__(self, *, pages: Application, hot: Mapping[tuple[str, str], HotPath]) -> None:
        self._pages = pages
        self._hot = hot

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        hot = self._hot.get((scope.get("method", ""), scope["path"])) if scope["type"] == "http" else None
        await (hot or self._pages)(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start the hot paths when the process does, and stop them with it."""
        paths = list(dict.fromkeys(self._hot.values()))
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                for path in paths:
                    await path.startup()
                pinyin.load()
                collect_seldom()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                for path in paths:
                    await path.shutdown()
                await send({"type": "lifespan.shutdown.complete"})
                return


# The files that pages need are small and sent whole; Django warns of each.
warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume synchronous iterators")

_pages = get_asgi_application()  # sets Django up: what needs its models is imported after it

from huiguan.api.tills import PATHS, Tills  # noqa: E402
from huiguan.config.bodies import Bounded  # noqa: E402

HOT: Mapping[tuple[str, str], HotPath] = dict.fromkeys(PATHS, Tills())

application = Entry(pages=Bounded(_pages), hot=HOT)
