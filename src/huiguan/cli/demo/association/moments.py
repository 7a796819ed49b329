"""Moments of the autumn, as its tables write them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from huiguan.cli.demo.story import ZONE

Step = tuple[datetime, Callable[[datetime], None]]


def at_of(text: str) -> datetime:
    """The moment "12-08 15:00" in 2026."""
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=ZONE)
