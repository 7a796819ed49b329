"""The rulebooks that come with the product, and the examples that prove their clauses.

A rulebook is a folder: `rulebook.yaml`, and `examples/` with one or more YAML files whose examples each name the
`clause` they prove.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from huiguan.rules.compiling import compile_rulebook
from huiguan.rules.programme import Clause, Programme

_PACKAGE = Path(__file__).resolve().parents[1]
_CLAUSE = re.compile(r"^(?:- )?clause:[ \t]*[\"']?([A-Za-z0-9.-]+)", re.MULTILINE)
RULEBOOK = "rulebook.yaml"


@dataclass(frozen=True, slots=True)
class ShelvedClause:
    """A clause of a shipped rulebook: where it stands and the examples (file, line) that prove it."""

    clause: Clause
    programme: Programme
    file: Path
    examples: tuple[tuple[Path, int], ...]


def shelf() -> Path:
    """The folder of shipped rulebooks: inside the installed package, or beside `src` in a checkout."""
    inside = _PACKAGE / "rulebooks"
    return inside if inside.is_dir() else _PACKAGE.parents[1] / "rulebooks"


def shipped() -> tuple[str, ...]:
    """The names of the shipped rulebooks."""
    return tuple(sorted(path.parent.name for path in shelf().glob(f"*/{RULEBOOK}")))


def source_of(name: str) -> bytes:
    """A shipped rulebook's file; KeyError where there is none of that name."""
    if name not in shipped():
        raise KeyError(name)
    return (shelf() / name / RULEBOOK).read_bytes()


@cache
def shelved(name: str) -> tuple[ShelvedClause, ...]:
    """The clauses of a shipped rulebook in its order, each with its examples."""
    file = shelf() / name / RULEBOOK
    programme = compile_rulebook(source_of(name), f"rulebooks/{name}/{RULEBOOK}")
    proofs = examples_by_clause(shelf() / name / "examples")
    return tuple(
        ShelvedClause(clause, programme, file, tuple(proofs.get(clause.id, ())))
        for clause in programme.clauses.values()
    )


def all_shelved() -> tuple[ShelvedClause, ...]:
    """The clauses of every shipped rulebook."""
    return tuple(each for name in shipped() for each in shelved(name))


def examples_by_clause(folder: Path) -> dict[str, list[tuple[Path, int]]]:
    """Clause id -> (file, line) of each example under `folder` that names it."""
    found: dict[str, list[tuple[Path, int]]] = {}
    for path in sorted(folder.rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        for example in _CLAUSE.finditer(text):
            line = text.count("\n", 0, example.start()) + 1
            found.setdefault(example.group(1), []).append((path, line))
    return found


def clauses_named(examples: str) -> frozenset[str]:
    """The clauses that a file of examples names."""
    return frozenset(_CLAUSE.findall(examples))


def place(path: Path) -> str:
    """A path as a reader of the checkout writes it; inside an installed package, from the package on."""
    for root in (_PACKAGE.parents[1], _PACKAGE.parent):
        if path.is_relative_to(root):
            return path.relative_to(root).as_posix()
    return path.as_posix()
