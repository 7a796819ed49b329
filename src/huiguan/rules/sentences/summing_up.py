"""A rulebook in a few lines: what kind of business it is for, and what it does, for somebody who chooses one."""

from __future__ import annotations

from huiguan.rules.programme import Programme
from huiguan.rules.sentences.telling import Term, terms

# What a shop owner asks first: who belongs, what it costs, what comes back, for what, until when.
_FIRST = (
    ("tier_ladder", "rungs"),
    ("benefit", "rates"),
    ("price", "holds"),
    ("earn", "per"),
    ("redemption", "ways"),
    ("redemption", "rewards"),
    ("redemption", "months"),
    ("expiry", "clears"),
    ("multiplier", "times"),
    ("grant", "on"),
    ("tier_ladder", "promote"),
    ("credential", "fee"),
    ("profile", "fields"),
)


def in_short(rulebook: Programme, lines: int = 5) -> tuple[Term, ...]:
    """The first sentence that says each of the first few things the rulebook settles."""
    found = (_first(rulebook, kind, parameter) for kind, parameter in _FIRST)
    return tuple(term for term in found if term is not None)[:lines]


def _first(rulebook: Programme, kind: str, parameter: str) -> Term | None:
    told = (term for clause in rulebook.of(kind) for term in terms(rulebook, clause))
    return next((term for term in told if any(name.partition("_")[0] == parameter for name in term.values)), None)
