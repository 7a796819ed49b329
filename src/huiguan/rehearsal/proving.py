"""Proofs for publishing, and results for showing: examples run in a process of their own, on a throw-away database.

A process that serves must not turn its database connection away; so it starts `huiguan examples` and reads the answer.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
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


def prove_source(source: str, examples: Path, *, at: datetime) -> Proof:
    """Run the examples of a folder under `source`; the proof `publish_rulebook` asks for, made at `at`."""
    outcomes = rehearsed([examples], source=source)
    return Proof(digest_of(source), len(outcomes), sum(outcome.passed for outcome in outcomes), at)


def rehearsed(paths: Iterable[Path], *, source: str | None = None) -> tuple[Outcome, ...]:
    """How the examples under `paths` come out, under the rulebooks they name or under `source`.

    Takes seconds. RehearsalFailed where they cannot be run.
    """
    with tempfile.TemporaryDirectory(prefix="huiguan-rehearsal-") as folder:
        command = [sys.executable, "-m", "huiguan.cli.main", "examples", "--json", "--full", *map(str, paths)]
        if source is not None:
            draft = Path(folder) / "draft.yaml"
            draft.write_text(source, encoding="utf-8")
            command += ["--rulebook", str(draft)]
        ran = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)
    try:
        return tuple(_outcome(row) for row in json.loads(ran.stdout))
    except (ValueError, KeyError, TypeError):
        raise RehearsalFailed(why=(ran.stderr or ran.stdout).strip()[-500:]) from None


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
