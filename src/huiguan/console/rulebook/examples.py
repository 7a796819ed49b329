"""The examples of a clause: as written, and how they come out when run again, in a process and on a database of their own."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from huiguan.console.acting import Acting
from huiguan.console.rulebook.pages import ExampleRow, ExamplesPart
from huiguan.console.rulebook.reading import book_of
from huiguan.foundation.errands import DONE, Errand, Report, ask_errand, errand, errands
from huiguan.kernel.actors import system
from huiguan.kernel.text import Text
from huiguan.programme import queries as programmes
from huiguan.rehearsal.reading import read_examples
from huiguan.rehearsal.values import UNSAID, Example, Step
from huiguan.rules import shelf

KIND = "console.rehearse_clause"
_LONGEST = 600  # seconds
_NOT_RUN = Text(zh="没能重演，见服务日志。", en="They could not be run; the log says why.")


def ask_rehearsal(now: Acting, clause: str, version: str | None) -> int:
    """Have a clause's examples run under a published version; the errand's number."""
    book = book_of(now, version)
    given = {"clause": clause, "version": book.version.number}
    return ask_errand(KIND, actor=now.actor, at=now.at, given=given)


def rehearse_clause(asked: Errand, report: Report) -> dict[str, Any]:
    """The errand itself: `huiguan examples` in a process of its own, for it takes the database of its process."""
    book = programmes.rulebook_of(system(asked.programme), asked.given["version"])
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        file.write(book.source)
        file.flush()
        command = [sys.executable, "-m", "huiguan.cli.main", "examples", "--json", "--full", "--lang", "zh"]
        command += ["--rulebook", file.name, "--clause", asked.given["clause"], str(_folder(book.compiled.name))]
        told = subprocess.run(command, capture_output=True, text=True, timeout=_LONGEST, check=False)
    return {"outcomes": json.loads(told.stdout)}


def _folder(rulebook: str) -> Path:
    return shelf.shelf() / rulebook / "examples"


def examples_part(now: Acting, clause: str, version: str | None, number: int | None = None) -> ExamplesPart:
    """The examples of a clause with the outcome of an errand (`number`), or of the last one for this version."""
    book = book_of(now, version)
    rows = written_examples(book.compiled.name, clause)
    run = errand(now.actor, number, KIND) if number else _last(now, clause, book.version.number)
    within = f"?version={version}" if version else ""
    part = ExamplesPart(clause, rows, "idle" if rows else "none", run_href=f"/rulebook/{clause}/rehearsal{within}")
    return part if run is None else _with(part, run, within)


def written_examples(rulebook: str, clause: str) -> list[ExampleRow]:
    """The examples a shipped rulebook brings for a clause, as they are written; none for a rulebook of another name."""
    files = sorted({path for path, _ in shelf.examples_by_clause(_folder(rulebook)).get(clause, ())})
    return [_row(each) for path in files for each in read_examples(path, shelf.place(path)) if _is_of(each, clause)]


def _is_of(example: object, clause: str) -> bool:
    return isinstance(example, Example) and example.clause == clause


def _last(now: Acting, clause: str, version: int) -> Errand | None:
    for each in errands(now.actor, KIND, limit=30):
        if each.given["clause"] == clause and each.given["version"] == version:
            return each
    return None


def _with(part: ExamplesPart, run: Errand, within: str) -> ExamplesPart:
    poll = f"/rulebook/{part.clause}/rehearsal/{run.id}{within}"
    if not run.ended:
        return ExamplesPart(part.clause, part.rows, run.state, run_href=part.run_href, poll_href=poll)
    if run.state != DONE or run.answer is None:
        return ExamplesPart(part.clause, part.rows, "failed", run_href=part.run_href, message=_NOT_RUN)
    outcomes = {(each["file"], each["line"]): each for each in run.answer["outcomes"]}
    rows = [_judged(row, outcomes.get((row.file, row.line))) for row in part.rows]
    passed = sum(1 for row in rows if row.passed)
    failed = sum(1 for row in rows if row.passed is False)
    return ExamplesPart(part.clause, rows, "done", passed, failed, part.run_href)


def _judged(row: ExampleRow, outcome: Mapping[str, Any] | None) -> ExampleRow:
    if outcome is None:
        return row
    return ExampleRow(row.line, row.says, row.file, row.steps, outcome["passed"], outcome["message"])


def _row(example: object) -> ExampleRow:
    assert isinstance(example, Example)
    steps = [_told(step) for step in example.steps]
    return ExampleRow(example.line, example.says, example.file, steps)


def _told(step: Step) -> str:
    """A step on one line, as its file would write it."""
    parts = [step.at or "", step.name, _plain(step.given)]
    if step.each:
        parts.append(f"× {len(step.each)}")
    checks = step.checks
    if checks.refused:
        because = f" ({', '.join(checks.because)})" if checks.because else ""
        parts.append(f"→ {checks.refused}{because}")
    elif checks.exactly is not UNSAID:
        parts.append(f"→ {_plain(checks.exactly)}")
    elif checks.expect is not UNSAID:
        parts.append(f"→ {_plain(checks.expect)}")
    return " ".join(part for part in parts if part)


def _plain(value: Any) -> str:
    """Plain data the short way: {member: $li, points: 5}."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{name}: {_plain(each)}" for name, each in value.items()) + "}" if value else ""
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_plain, value)) + "]"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else str(value)
