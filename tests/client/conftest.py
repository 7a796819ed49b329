"""Receivers stand in for servers that misbehave."""

from __future__ import annotations

from tests.hooks.conftest import receiver

__all__ = ["receiver"]
