"""Values of the mall as answers."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from huiguan.kernel.amounts import as_yuan

_MONEY = frozenset({"cash", "deposit", "owed", "worth", "refund", "waits"})


def told(value: Any) -> Any:
    """A value of the mall as an answer: money in yuan by its name."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {each.name: _field(each.name, getattr(value, each.name)) for each in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {name: _field(name, each) for name, each in value.items()}
    return [told(each) for each in value] if isinstance(value, list | tuple) else value


def _field(name: str, value: Any) -> Any:
    if name in ("reasons", "why") and isinstance(value, tuple):
        return [dict(each) for each in value]  # their figures are what the sentence was made of
    if name in _MONEY and isinstance(value, int):
        return as_yuan(value)
    return dict(value) if name in ("voucher", "balance") else told(value)
