"""What programs do, kept for those who let them in: when one last called, and what it is refused.

In this process and sparingly: a program that is refused a thousand times a second costs one write a second.
"""

from __future__ import annotations

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import DatabaseError

from huiguan.identity import operations as identity
from huiguan.kernel.refusals import Refusal

PAUSE = 1.0  # seconds between two writes of one refusal
_MOST = 10_000  # refusals told apart; then all are forgotten

Key = tuple[int, str, str]


@dataclass(slots=True)
class Tally:
    """Refusals by client, code and address that wait for the next write."""

    _waiting: dict[Key, int] = field(default_factory=dict)
    _written: dict[Key, float] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def refused(self, client: int, refusal: Refusal, address: str) -> None:
        """Count a refusal; write it with those that waited, unless one like it was written within the second."""
        key = (client, refusal.code, address)
        with self._lock:
            if len(self._written) >= _MOST:
                self._written.clear()
                self._waiting.clear()
            self._waiting[key] = self._waiting.get(key, 0) + 1
            if time.monotonic() - self._written.get(key, -PAUSE) < PAUSE:
                return
            self._written[key] = time.monotonic()
            times = self._waiting.pop(key)
        with suppress(DatabaseError):  # the refusal is answered whether or not it can be noted
            identity.note_refusals(
                client=client, code=refusal.code, address=address, times=times, wall=datetime.now(UTC)
            )

    def called(self, client: int) -> None:
        """The client called just now."""
        with suppress(DatabaseError):
            identity.note_call(client=client, wall=datetime.now(UTC))

    def forget(self) -> None:
        """Nothing waits and nothing was written."""
        with self._lock:
            self._waiting.clear()
            self._written.clear()


tally = Tally()
