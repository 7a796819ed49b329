"""Proofs for publishing, and results for showing: examples run in a process of their own, on a throw-away database.

A process that serves must not turn its database connection away; so it starts `huiguan examples` and reads the answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.programme.values import Proof, digest_of
from huiguan.rehearsal.values import Outcome

_SECONDS = 600


class RehearsalFailed(Refusal):
    """The examples could not be run at all."""

    text = Text(zh="例子没有跑起来：{why}", en="The examples could not be run: {why}")


def prove_source(
    source: str, examples: Path, *, at: datetime, report: Callable[[int, int], None] | None = None
) -> Proof:
    """Run the examples of a folder under `source`; the proof `publish_rulebook` asks for, made at `at`. `report` as
    `rehearsed` has it."""
    outcomes = rehearsed([examples], source=source, report=report)
    return Proof(digest_of(source), len(outcomes), sum(outcome.passed for outcome in outcomes), at)


def rehearsed(
    paths: Iterable[Path], *, source: str | None = None, report: Callable[[int, int], None] | None = None
) -> tuple[Outcome, ...]:
    """How the examples under `paths` come out, under the rulebooks they name or under `source`.

    `report(done, total)` is called as they run. Takes seconds. RehearsalFailed where they cannot be run.
    """
    with tempfile.TemporaryDirectory(prefix="huiguan-rehearsal-") as folder:
        command = [sys.executable, "-m", "huiguan.cli.main", "examples", "--stream", *map(str, paths)]
        if source is not None:
            draft = Path(folder) / "draft.yaml"
            draft.write_text(source, encoding="utf-8")
            command += ["--rulebook", str(draft)]
        complaint = Path(folder) / "stderr"
        with complaint.open("w", encoding="utf-8") as told:
            ran = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=told, text=True)
            outcomes = _followed(ran, report)
        if outcomes is None:
            raise RehearsalFailed(why=complaint.read_text(encoding="utf-8").strip()[-500:])
    return outcomes


def _followed(ran: subprocess.Popen[str], report: Callable[[int, int], None] | None) -> tuple[Outcome, ...] | None:
    """Read the examples as they come out; None where the process did not get through them."""
    overdue = threading.Timer(_SECONDS, ran.kill)
    overdue.start()
    outcomes: list[Outcome] = []
    total: int | None = None
    try:
        assert ran.stdout is not None
        for line in ran.stdout:
            row = json.loads(line)
            if total is None:
                total = int(row["total"])
            else:
                outcomes.append(_outcome(row))
            if report is not None:
                report(len(outcomes), total)
    except (ValueError, KeyError, TypeError):
        ran.kill()
        return None
    finally:
        overdue.cancel()
        ran.wait()
    return tuple(outcomes) if total == len(outcomes) else None


def _outcome(row: dict[str, object]) -> Outcome:
    told = row["text"]
    assert isinstance(told, dict)
    line = row["line"]
    assert isinstance(line, int)
    return Outcome(
        file=str(row["file"]),
        line=line,
        clause=str(row["clause"]),
        says=str(row["says"]),
        passed=bool(row["passed"]),
        message=Text(zh=told["zh"], en=told["en"]),
    )
