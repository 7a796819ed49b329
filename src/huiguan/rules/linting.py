"""All that is wrong between clauses, and all that is unwise, in one go."""

from __future__ import annotations

from huiguan.rules import agreement, needed, obliged, references, wisdom
from huiguan.rules.findings import REFUSE, Finding
from huiguan.rules.kinds import KINDS
from huiguan.rules.programme import Programme


def lint(programme: Programme, *, whole: bool = True) -> list[Finding]:
    """All findings between clauses. `whole` false: some clauses could not be read; what refers to them is not judged,
    nor is wisdom, which asks how clauses work together."""
    found = agreement.findings(programme)
    if whole:
        found += references.findings(programme)
        found += obliged.findings(programme)
        for kind, module in KINDS.items():
            check = getattr(module, "check", None)
            if check is not None:
                found += check(programme.of(kind), programme)
    if whole and not any(finding.level == REFUSE for finding in found):
        found += needed.findings(programme)  # of procedures that are whole
    if whole and not any(finding.level == REFUSE for finding in found):
        found += wisdom.findings(programme)
    return found
