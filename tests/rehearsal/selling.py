"""Which rulebooks' examples sell something: those are lived through once, where their sales are judged again as well."""

from __future__ import annotations

from pathlib import Path


def sells(examples: Path) -> bool:
    return any("commit_sale" in file.read_text(encoding="utf-8") for file in examples.glob("*.yaml"))
