"""Answers that were given and are not acted on yet: kept in the data folder, so that nobody is asked twice."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE = "founding.json"


@dataclass(slots=True)
class Draft:
    """`answers` as far as they are known, never a password; `imported`: the files that came in already."""

    path: Path
    answers: dict[str, Any] = field(default_factory=dict)
    imported: list[str] = field(default_factory=list)
    found: bool = False

    @classmethod
    def of(cls, data: Path) -> Draft:
        """What was kept in the data folder; empty where nothing was, or what was cannot be read."""
        path = data / FILE
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            return cls(path, dict(kept["answers"]), list(kept["imported"]), found=True)
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path)

    def take(self, said: Mapping[str, Any]) -> None:
        """Take newer answers over older ones; within `organisation` and `owner` one by one."""
        for name, value in said.items():
            known = self.answers.get(name)
            self.answers[name] = {**known, **value} if isinstance(known, dict) and isinstance(value, dict) else value

    def keep(self) -> None:
        """Write it beside, then rename: what is kept is whole."""
        half = self.path.with_name(f"{FILE}.new")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(
                {"answers": self.answers, "imported": self.imported}, file, ensure_ascii=False, indent=1, default=str
            )
        half.replace(self.path)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
