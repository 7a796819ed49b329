"""Clauses that act and have no example of their own yet, by 2026-11-22: what they say is shown under a clause beside them,
or by the tests of their room. The list only grows shorter: a clause that is proved leaves it."""

from __future__ import annotations

UNPROVED = frozenset({
   
})  # fmt: skip
