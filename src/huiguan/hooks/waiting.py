"""How long after a failed attempt the next one comes. Pure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

# From seconds to half a day: three days in all, then the receiver is given up.
PAUSES = tuple(
    timedelta(seconds=seconds)
    for seconds in (5, 30, 120, 600, 1800, 3600, 7200, 14400, 28800, 28800, 43200, 43200, 43200, 43200)
)
ATTEMPTS = len(PAUSES) + 1
LONGEST_ASKED = timedelta(hours=1)
_JITTER = 20  # per cent, either way: receivers that fell together are not called together


def pause_after(failures: int, dice: Callable[[int, int], int], asked: int = 0) -> timedelta | None:
    """The pause after so many failed attempts at one message; None: given up. `dice(a, b)` a whole number from a to b;
    `asked` seconds by the receiver itself, heard up to an hour."""
    if failures >= ATTEMPTS:
        return None
    pause = PAUSES[failures - 1] * (100 + dice(-_JITTER, _JITTER)) // 100
    return max(pause, min(timedelta(seconds=asked), LONGEST_ASKED))
