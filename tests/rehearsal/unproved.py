"""Clauses that act and have no example of their own yet, by 2026-11-22: what they say is shown under a clause beside them,
or by the tests of their room. The list only grows shorter: a clause that is proved leaves it."""

from __future__ import annotations

UNPROVED = frozenset({
    "B09-05a", "B33-11", "B33-12", "B35-09", "B35-10", "B35-11", "B42-01a", "B42-01b", "B42-01c", "B42-02", "B42-04a",
    "B42-06", "B42-06a", "B42-07", "B42-09", "B42-13a", "B42-13b", "B42-14a", "B42-14b", "B42-15a",
})  # fmt: skip
