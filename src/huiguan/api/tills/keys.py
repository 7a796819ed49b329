"""Whose key it is, known in the process: a look-up a second for each key, so a revoked one closes within that second."""

from __future__ import annotations

import asyncio
import hashlib
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from django.db import connection

from huiguan.api.tallies import tally
from huiguan.identity.queries import known_client
from huiguan.identity.values import KnownClient
from huiguan.kernel.refusals import Refusal

TRUSTED_SECONDS = 1.0
_MOST = 10_000  # keys kept, known and unknown; then all are forgotten and asked for again


class KnownKeys:
    """Clients by the hash of their key."""

    def __init__(self) -> None:
        self._known: dict[bytes, tuple[float, KnownClient | None]] = {}
        self._asking: dict[bytes, asyncio.Future[KnownClient | None]] = {}
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="huiguan-keys")

    def remembered(self, key: str) -> tuple[bytes, KnownClient | None, bool]:
        """The key's hash, its client, and whether that may still be trusted."""
        digest = hashlib.sha256(key.encode()).digest()
        until, client = self._known.get(digest, (0.0, None))
        return digest, client, time.monotonic() < until

    async def client(self, key: str) -> KnownClient | None:
        """The client of a key, None for an unknown or revoked one."""
        digest, client, trusted = self.remembered(key)
        if trusted:
            return client
        asking = self._asking.get(digest)
        if asking is None:
            asking = asyncio.get_running_loop().run_in_executor(self._threads, _look_up, key)
            self._asking[digest] = asking
            asking.add_done_callback(lambda done: self._keep(digest, done))
        return await asyncio.shield(asking)

    def _keep(self, digest: bytes, done: asyncio.Future[KnownClient | None]) -> None:
        self._asking.pop(digest, None)
        if done.cancelled() or done.exception() is not None:
            return
        if len(self._known) >= _MOST:
            self._known.clear()
        self._known[digest] = (time.monotonic() + TRUSTED_SECONDS, done.result())

    def note(self, client: KnownClient, refusal: Refusal, address: str) -> None:
        """Note a refusal beside the answer, which does not wait for it."""
        self._threads.submit(_note, client.actor.id, refusal, address)

    def close(self) -> None:
        self._threads.shutdown()


def _note(client: int, refusal: Refusal, address: str) -> None:
    try:
        tally.refused(client, refusal, address)
    finally:
        connection.close()


def _look_up(key: str) -> KnownClient | None:
    try:
        client = known_client(key, datetime.now(UTC))
        if client is not None:
            tally.called(client.actor.id)
        return client
    finally:
        connection.close()  # back to the pool: a look-up a second needs no connection of its own
