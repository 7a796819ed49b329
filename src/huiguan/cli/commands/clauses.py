"""`huiguan clauses`: every clause of every shipped rulebook."""

from __future__ import annotations

import json
from pathlib import Path

import click

from huiguan.cli.columns import aligned
from huiguan.cli.terminal import out, say
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.kernel.text import Text
from huiguan.rules.coverage import page, row, standing
from huiguan.rules.explaining import western
from huiguan.rules.shelf import ShelvedClause, all_shelved

_HEADS = (
    Text(zh="条款", en="Clause"),
    Text(zh="编号", en="No."),
    Text(zh="标题", en="Title"),
    Text(zh="类型", en="Kind"),
    Text(zh="现状", en="Standing"),
    Text(zh="例子", en="Examples"),
)


@click.command("clauses", short_help="List every clause of the shipped rulebooks. 列出全部条款。")
@click.option("--json", "as_json", is_flag=True, help="A JSON list.")
@click.option(
    "--coverage", type=click.Path(dir_okay=False, path_type=Path), help="Write the coverage page to this file."
)
def command(as_json: bool, coverage: Path | None) -> None:
    """List every clause of every shipped rulebook: kind, standing, examples, and what it waits for.

    列出随产品提供的每一份章程的每一条：类型、现状、例子数，以及它在等待的部分。
    """
    clauses = all_shelved()
    if coverage is not None:
        coverage.write_text(page(clauses), encoding="utf-8")
    elif as_json:
        click.echo(json.dumps([row(each) for each in clauses], ensure_ascii=False, indent=1))
    else:
        for line in aligned(_rows(clauses)):
            out.print(line, markup=False)


def _rows(clauses: tuple[ShelvedClause, ...]) -> list[list[str]]:
    lang = spoken_language()
    rows = [[say(head) for head in _HEADS]]
    for each in clauses:
        clause = each.clause
        number = clause.number if lang == "zh" else western(clause.number)
        examples = str(len(each.examples) or "")
        rows.append([clause.id, number, clause.title.of(lang), clause.kind, standing(each).of(lang), examples])
    return rows
