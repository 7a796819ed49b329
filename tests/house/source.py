"""The source as the house tests read it: modules by room, their trees, their texts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "huiguan"
DOCS = ROOT / "docs"

ENTRANCES = frozenset({"console", "portal", "api", "cli", "rehearsal", "config", "client"})  # the client stands outside
OPEN = frozenset({"kernel", "rules", "foundation", "design"})  # rooms without doors: open to all above them


@dataclass(frozen=True)
class Module:
    """One Python file: `name` dotted ("huiguan.ledger.lots"), `room` its first part, `path` from the checkout's root."""

    name: str
    room: str
    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return _parsed(self.path, self.text)


@cache
def _parsed(path: str, text: str) -> ast.Module:
    return ast.parse(text, path)


@cache
def modules() -> tuple[Module, ...]:
    """Every module of the package but migrations, which are written by a program."""
    return tuple(_module(path) for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts)


def _module(path: Path) -> Module:
    parts = list(path.relative_to(SOURCE.parent).with_suffix("").parts)
    if parts[-1] == "__init__":
        parts.pop()
    room = parts[1] if len(parts) > 1 else ""
    return Module(".".join(parts), room, path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))


def rooms() -> tuple[str, ...]:
    return tuple(sorted(path.name for path in SOURCE.iterdir() if (path / "__init__.py").exists()))


def templates() -> Iterator[tuple[str, str]]:
    """Every template: its path from the checkout's root, and its text."""
    for path in sorted(SOURCE.rglob("templates/**/*")):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def dotted(node: ast.AST) -> str:
    """'datetime.now' for the expression of that name; '' for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def calls(module: Module) -> Iterator[tuple[str, ast.Call]]:
    """Every call of a dotted name in a module."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call):
            yield dotted(node.func), node
