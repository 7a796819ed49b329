"""The files that are imported once the house stands. A file that cannot be read does not undo the founding."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from huiguan.cli.importing import agree, bring_in, rejects_of, show_columns, tell_imported
from huiguan.cli.terminal import err, tell
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.foundation.sheets import Preview
from huiguan.founding.answers import FILES, Answers
from huiguan.founding.draft import Draft
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

_IMPORTING = Text(zh="导入 {path}", en="Importing {path}")
_AFTERWARDS = Text(
    zh="其余都已建好；文件改好后运行 huiguan import {kind} {path}",
    en="Everything else is founded; when the file is right, run huiguan import {kind} {path}",
)


def import_files(answers: Answers, draft: Draft, *, asks: bool, quiet: bool) -> dict[str, dict[str, Any]]:
    """Import what was named and has not come in yet; by kind, how it went or what kept it out."""
    told: dict[str, dict[str, Any]] = {}
    for kind in FILES:
        path = getattr(answers, kind)
        if path is None or kind in draft.imported:
            continue
        try:
            told[kind] = _import(kind, Path(path), asks=asks, quiet=quiet)
        except Refusal as refusal:
            told[kind] = {"refused": refusal.as_problem()}
            err.print(f"✗ {refusal.say(spoken_language())}", markup=False)
            tell(_AFTERWARDS, kind=kind, path=path)
        draft.imported.append(kind)
        draft.keep()
    return told


def _import(kind: str, path: Path, *, asks: bool, quiet: bool) -> dict[str, Any]:
    tell(_IMPORTING, path=path)

    def agreed(seen: Preview) -> bool:
        if asks:
            show_columns(seen)
        return not asks or agree()

    _, told = bring_in(kind, path, rejects_of(path), agreed)
    if told is None:
        return {"rows": 0, "taken": 0, "again": 0, "rejected": 0, "records": 0}
    if not quiet:
        tell_imported(kind, told, rejects_of(path))
    return {**asdict(told), "rejects": str(rejects_of(path)) if told.rejected else None}
