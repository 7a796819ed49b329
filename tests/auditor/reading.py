"""The rulebook's figures for the model: the file as text, every scalar as it is written, and nothing of the product."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

RULEBOOK = Path(__file__).parents[2] / "rulebooks/designer-wear/rulebook.yaml"


def clauses_of(source: str) -> list[dict[str, Any]]:
    """The clauses, in their order."""
    clauses: list[dict[str, Any]] = YAML(typ="base", pure=True).load(source)["clauses"]
    return clauses
