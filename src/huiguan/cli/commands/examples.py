"""`huiguan examples`: run the examples of a rulebook, one's own or those that come with the product."""

from __future__ import annotations

import json
import secrets
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import click
from django.conf import settings

from huiguan.cli.terminal import out
from huiguan.foundation.databases import throwaway_database
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.foundation.hands import collect_seldom
from huiguan.foundation.secrets import KEY_BYTES
from huiguan.kernel.text import Text
from huiguan.rehearsal.rehearsing import example_files, number_of_examples, rehearse, shipped_examples
from huiguan.rehearsal.values import Outcome

_ALL_PASSED = Text(
    zh="{total:count} 个例子全部与章程相符，用时 {seconds} 秒。",
    en="All {total:count} {total:example comes|examples come} out as they say, in {seconds} {seconds:second|seconds}.",
)
_SOME_FAILED = Text(
    zh="{total:count} 个例子中有 {failed:count} 个不符。",
    en="{failed:count} of {total:count} {total:example|examples} fail.",
)


@click.command("examples", short_help="Run a rulebook's examples. 运行章程的例子。")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON: file, clause, passed, message.")
@click.option("--lang", type=click.Choice(["zh", "en"]), help="The messages' language.")
@click.option(
    "--rulebook",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Run the examples under this rulebook file instead of the one they name.",
)
@click.option("--clause", "clauses", multiple=True, help="Only the examples of this clause; may be repeated.")
@click.option(
    "--full",
    is_flag=True,
    hidden=True,
    help="With --json: line and sentence of each example, and the message in both languages.",
)
@click.option(
    "--stream",
    is_flag=True,
    hidden=True,
    help="A line of JSON as soon as there is one: the number of examples, then each as with --full.",
)
def command(
    paths: Sequence[Path],
    as_json: bool,
    lang: str | None,
    rulebook: Path | None,
    clauses: Sequence[str],
    full: bool,
    stream: bool,
) -> None:
    """Run the examples in PATHS (files or folders) on a throw-away database; those of all shipped rulebooks where no
    path is given. Ends with 1 where one fails.

    在一次性数据库上运行 PATHS（文件或文件夹）里的例子；不写路径则运行自带章程的全部例子。有一个不符即以 1 退出。
    """
    lang = lang or spoken_language()
    files = example_files(paths or shipped_examples())
    source = rulebook.read_text(encoding="utf-8") if rulebook else None
    outcomes: list[Outcome] = []
    # Nothing sealed here is ever opened again, so the installation's own key is not needed, nor used.
    settings.HUIGUAN_FIELD_KEY = secrets.token_bytes(KEY_BYTES)
    collect_seldom()
    with throwaway_database():
        began = time.monotonic()
        if stream:
            _say({"total": number_of_examples(files)})
        for outcome in rehearse(files, source=source, clauses=frozenset(clauses)):
            outcomes.append(outcome)
            if stream:
                _say(_row(outcome, lang, full=True))
            elif not as_json and not outcome.passed:
                out.print(f"✗ {_told(outcome, lang)}", markup=False)
        seconds = time.monotonic() - began
    failed = sum(not outcome.passed for outcome in outcomes)
    if not stream:
        _sum_up(outcomes, as_json, lang, full, seconds)
    sys.exit(1 if failed else 0)


def _sum_up(outcomes: Sequence[Outcome], as_json: bool, lang: str, full: bool, seconds: float) -> None:
    failed = sum(not outcome.passed for outcome in outcomes)
    if as_json:
        click.echo(json.dumps([_row(each, lang, full) for each in outcomes], ensure_ascii=False, indent=1))
    else:
        text = _SOME_FAILED if failed else _ALL_PASSED
        told = text.fill(lang, total=len(outcomes), failed=failed, seconds=f"{seconds:.1f}")
        out.print(f"{'✗' if failed else '✓'} {told}", markup=False)


def _say(row: dict[str, object]) -> None:
    """One line, at once: whoever started this process shows how far it is."""
    click.echo(json.dumps(row, ensure_ascii=False))
    sys.stdout.flush()


def _told(outcome: Outcome, lang: str) -> str:
    place = f"{outcome.file}:{outcome.line}" if outcome.line else outcome.file
    return f"{place} {outcome.clause} {outcome.says}\n  {outcome.message.of(lang)}"


def _row(outcome: Outcome, lang: str, full: bool) -> dict[str, object]:
    if not full:
        return outcome.as_row(lang)
    text = {"zh": outcome.message.zh, "en": outcome.message.en}
    return {**outcome.as_row(lang), "line": outcome.line, "says": outcome.says, "text": text}
