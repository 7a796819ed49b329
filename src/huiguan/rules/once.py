"""What is worked out once for a rulebook and asked at every sale: read from its clauses the first time, then kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TypeVar

from huiguan.rules.programme import Programme

MOST = 256  # rulebooks kept; more than one process ever runs, fewer than a long rehearsal makes

T = TypeVar("T")


def once(work_out: Callable[[Programme], T]) -> Callable[[Programme], T]:
    """`work_out` with its answer kept for each programme. A programme never changes, so neither does the answer; each is
    itself alone, so looking it up costs nothing."""
    return lru_cache(maxsize=MOST)(work_out)
