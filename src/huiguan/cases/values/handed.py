"""Matters of members as rooms above ask for them: handed in, or under way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class HandedIn:
    """A matter of a member's that was handed in: first `at`, and `passed` at, None before it is; `form` in the clear."""

    number: str
    procedure: str
    membership: int
    at: datetime
    passed: datetime | None
    form: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A matter of a member's that is not over, opened `at`, handed in or not; `form` in the clear."""

    number: str
    procedure: str
    membership: int
    at: datetime
    form: Mapping[str, Any]
