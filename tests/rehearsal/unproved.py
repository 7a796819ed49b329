"""Clauses that act and have no example of their own. There is none; the list stays for whoever must leave one out for a day,
and says so."""

from __future__ import annotations

UNPROVED: frozenset[str] = frozenset()
