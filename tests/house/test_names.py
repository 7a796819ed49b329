"""Names that say nothing are no names; modules and functions stay small enough to be read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.source import ROOT, SOURCE, Module, modules

EMPTY = frozenset({"util", "utils", "helper", "helpers", "common", "core", "manager", "handler", "service", "misc"})
LONGEST_MODULE = 300
LONGEST_FUNCTION = 40

# What is longer than the wall, with its own bound, the day it was let through, and why.
LONGER: dict[str, tuple[int, str, str]] = {}


def words(name: str) -> set[str]:
    """The words of a snake_case or CamelCase name, in small letters."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def _defined(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node


def test_no_empty_names() -> None:
    empty = [path.as_posix() for path in SOURCE.rglob("*") if words(path.stem) & EMPTY and path.suffix != ".pyc"]
    for module in modules():
        empty += [
            f"{module.path}:{node.lineno} {node.name}"
            for node in _defined(module)
            if not isinstance(node, ast.ClassDef)
            if words(node.name) & EMPTY or node.name.lstrip("_").startswith("process_")
        ]
    assert empty == []


def _too_long() -> Iterator[tuple[str, int, int]]:
    for module in modules():
        yield module.path, len(module.text.splitlines()), LONGEST_MODULE
        for node in _defined(module):
            if not isinstance(node, ast.ClassDef):
                size = (node.end_lineno or node.lineno) - node.lineno + 1
                yield f"{module.path}::{node.name}", size, LONGEST_FUNCTION


def test_modules_and_functions_stay_within_the_walls() -> None:
    over = {name: size for name, size, wall in _too_long() if size > (LONGER[name][0] if name in LONGER else wall)}
    assert over == {}


def test_no_exception_outlives_its_need() -> None:
    sizes = {name: (size, wall) for name, size, wall in _too_long()}
    stale = [name for name in LONGER if name not in sizes or sizes[name][0] <= sizes[name][1]]
    assert stale == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        module.path
        for module in modules()
        if not module.path.endswith("/apps.py") and module.tree.body and not ast.get_docstring(module.tree)
    ]
    assert silent == []


def test_no_word_of_unfinished_work() -> None:
    unfinished = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError")
    found = [
        f"{module.path}:{number}"
        for module in modules()
        for number, line in enumerate(module.text.splitlines(), 1)
        if unfinished.search(line)
    ]
    assert found == []


def test_no_path_of_a_single_machine() -> None:
    """Nothing that is kept names a folder of whoever wrote it."""
    private = re.compile(r"(?<![\w.])/(?:work|home|Users|root)/")
    kept = [path for folder in ("src", "docs", "rulebooks", "tests") for path in (ROOT / folder).rglob("*")]
    kept += [path for path in ROOT.iterdir() if path.is_file() and path.name != ".git"]  # a file in a second work tree
    found = [path.relative_to(ROOT).as_posix() for path in kept if _is_text(path) and private.search(_text(path))]
    assert [path for path in found if path != "tests/house/test_names.py"] == []


def _is_text(path: Path) -> bool:
    return path.is_file() and path.suffix in {
        ".py",
        ".md",
        ".yaml",
        ".toml",
        ".html",
        ".css",
        ".js",
        ".txt",
        ".lock",
        "",
    }


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
