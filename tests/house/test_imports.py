"""Who may import what: the contracts of `.importlinter`, and the doors of the rooms."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ENTRANCES, OPEN, ROOT, Module, modules

DOORS = frozenset({"operations", "queries", "events", "values", "inputs", "refusals", "facts"})

# Arithmetic, formats and the proof of the books, which rooms open beside their doors; their pages name them.
OPENED = {
    "cases": {"subjects"},
    "checkout": {"printing", "telling"},
    "founding": {"answers", "claims", "draft", "proofs", "rulebooks", "standing", "steps"},
    "ledger": {"handing", "lots", "measures", "past", "posting", "proof"},
    "members": {"past"},
    "parties": {"formats", "names", "profiles"},
    "rewards": {"lotteries"},
}


def test_the_contracts_hold() -> None:
    linter = Path(sys.executable).parent / "lint-imports"
    told = subprocess.run([str(linter), "--no-logo"], cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert told.returncode == 0, told.stdout + told.stderr


def test_a_room_is_entered_by_its_doors() -> None:
    through_walls = sorted(
        f"{module.path} {imported}"
        for module in modules()
        for imported in _imported(module)
        if not _allowed(module, imported)
    )
    assert not through_walls, "\n".join(through_walls)


def _allowed(module: Module, imported: str) -> bool:
    parts = imported.split(".")
    room = parts[1] if len(parts) > 1 else ""
    if room in {"", module.room} or room in OPEN | ENTRANCES:
        return True
    return len(parts) > 2 and parts[2] in DOORS | OPENED.get(room, set())


def _imported(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("huiguan."):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith("huiguan."))


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        f"{module.path}:{node.lineno}"
        for module in modules()
        for function in ast.walk(module.tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_no_signals() -> None:
    listening = [
        module.path for module in modules() if "django.dispatch" in module.text or "db.models.signals" in module.text
    ]
    assert listening == []
