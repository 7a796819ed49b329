"""What is wrong between clauses, and what is unwise."""

from __future__ import annotations

from huiguan.rules.findings import Finding
from huiguan.rules.kinds import KINDS
from huiguan.rules.programme import Programme


def lint(programme: Programme, *, whole: bool = True) -> list[Finding]:
    """All findings between clauses. `whole` false: some clauses could not be read, so references are not judged."""
    found: list[Finding] = []
    for kind, module in KINDS.items():
        check = getattr(module, "check", None)
        if check is not None and whole:
            found += check(programme.of(kind), programme)
    return found
