"""How often a program may call: a bucket of a minute's calls for each, refilled evenly, on wall time, in this process."""

from __future__ import annotations

import math
import threading
import time
from dataclasses import dataclass, field

from huiguan.api.refusals import TooManyRequests
from huiguan.identity.values import KnownClient


@dataclass(slots=True)
class _Bucket:
    left: float
    filled_at: float


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after a call. `reset`: seconds until the bucket is full again."""

    limit: int
    remaining: int
    reset: int

    def headers(self) -> tuple[tuple[str, str], ...]:
        return (
            ("RateLimit-Limit", str(self.limit)),
            ("RateLimit-Remaining", str(self.remaining)),
            ("RateLimit-Reset", str(self.reset)),
        )


@dataclass(slots=True)
class Limiter:
    """Buckets by client id. Calls of one client in several threads are counted one after another."""

    _buckets: dict[int, _Bucket] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, client: KnownClient, now: float | None = None) -> Allowance:
        """Count one call; TooManyRequests (`wait` seconds) where the bucket is empty."""
        now = time.monotonic() if now is None else now
        size = client.rate_per_minute
        with self._lock:
            bucket = self._buckets.get(client.actor.id)
            if bucket is None:
                bucket = self._buckets[client.actor.id] = _Bucket(size, now)
            bucket.left = min(size, bucket.left + (now - bucket.filled_at) * size / 60)
            bucket.filled_at = now
            if bucket.left < 1:
                raise TooManyRequests(wait=math.ceil((1 - bucket.left) * 60 / size), limit=size)
            bucket.left -= 1
            return Allowance(size, int(bucket.left), math.ceil((size - bucket.left) * 60 / size))

    def forget(self) -> None:
        """Every bucket is full again."""
        with self._lock:
            self._buckets.clear()


limiter = Limiter()
