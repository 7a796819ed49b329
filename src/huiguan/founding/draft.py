"""Answers that were given and are not acted on yet: kept in the data folder, so that nobody is asked twice."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FILE, FOLDER = "founding.json", "founding"


@dataclass(slots=True)
class Draft:
    """`answers` as far as they are known, never a password; `imported`: the files that came in already.

    Of the browser: `template`, the shipped rulebook whose figures were filled in; `errand`, the run of its examples;
    `aside`: those that come out otherwise are meant to.
    """

    path: Path
    answers: dict[str, Any] = field(default_factory=dict)
    imported: list[str] = field(default_factory=list)
    template: str | None = None
    errand: int | None = None
    aside: bool = False
    found: bool = False

    @classmethod
    def of(cls, data: Path) -> Draft:
        """What was kept in the data folder; empty where nothing was, or what was cannot be read."""
        path = data / FILE
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            answers, imported = dict(kept["answers"]), list(kept["imported"])
        except (OSError, ValueError, KeyError, TypeError):
            return cls(path)
        more = {name: kept.get(name) for name in ("template", "errand")}
        return cls(path, answers, imported, **more, aside=bool(kept.get("aside")), found=True)

    @property
    def folder(self) -> Path:
        """Where a rulebook is kept that is none of the shipped ones as it stands."""
        return self.path.with_name(FOLDER)

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
        told = {name: getattr(self, name) for name in ("answers", "imported", "template", "errand", "aside")}
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            json.dump(told, file, ensure_ascii=False, indent=1, default=str)
        half.replace(self.path)

    def lay_down(self, source: str, examples: Mapping[str, str] | Path) -> None:
        """Keep a rulebook with its examples, by name or as a folder of them, as the one to be founded on."""
        half = self.path.with_name(f"{FOLDER}.new")
        shutil.rmtree(half, ignore_errors=True)
        (half / "examples").mkdir(parents=True)
        (half / "rulebook.yaml").write_text(source, encoding="utf-8", newline="")
        if isinstance(examples, Path):
            shutil.copytree(examples, half / "examples", dirs_exist_ok=True)
        else:
            for name, text in examples.items():
                (half / "examples" / name).write_text(text, encoding="utf-8")
        shutil.rmtree(self.folder, ignore_errors=True)
        half.rename(self.folder)
        self.answers["rulebook"] = str(self.folder)

    def forget(self) -> None:
        self.path.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)
