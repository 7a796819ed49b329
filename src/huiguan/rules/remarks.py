"""Findings about a clause that has been read."""

from __future__ import annotations

from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.findings import REFUSE, WARN, Finding, filled
from huiguan.rules.programme import Clause, Programme


def refused(programme: Programme, clause: Clause, code: str, path: str, text: Text, **values: Any) -> Finding:
    """`clause` cannot be run; `path` is the dotted parameter at fault."""
    return _about(REFUSE, programme, clause, code, path, text, values)


def unwise(programme: Programme, clause: Clause, code: str, path: str, text: Text, **values: Any) -> Finding:
    """`clause` can be run and should be looked at again."""
    return _about(WARN, programme, clause, code, path, text, values)


def _about(
    level: str, programme: Programme, clause: Clause, code: str, path: str, text: Text, values: dict[str, Any]
) -> Finding:
    line = clause.lines.get(path.partition(".")[0], clause.line)
    return Finding(level, code, filled(text, **values), clause.id, line, programme.file, path)
