"""Clauses that act and have no example of their own yet, by 2026-11-22: what they say is shown under a clause beside them,
or by the tests of their room. The list only grows shorter: a clause that is proved leaves it."""

from __future__ import annotations

UNPROVED = frozenset({
    "B09-05a", "B33-11", "B33-12", "B35-09", "B35-10", "B35-11", "B42-01a", "B42-01b", "B42-01c", "B42-02", "B42-04a",
    "B42-06", "B42-06a", "B42-07", "B42-09", "B42-13a", "B42-13b", "B42-14a", "B42-14b", "B42-15a", "B47-04",
    "B47-08a", "B47-23", "B47-25", "B52-06", "B52-06a", "B52-07", "B53-09", "B54-01", "B54-01a", "B54-02", "B54-02a",
    "B54-02b", "B54-02c", "B54-03a", "B54-06", "B54-17", "B54-18a", "B54-18b",
})  # fmt: skip
