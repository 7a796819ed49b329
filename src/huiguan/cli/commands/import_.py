"""`huiguan import`: products, members and sales of another till, from its own export."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from huiguan.cli.importing import KINDS, agree, bring_in, rejects_of, show_columns, tell_imported
from huiguan.cli.terminal import tell
from huiguan.foundation.sheets import Imported, Preview, demand_required
from huiguan.kernel.text import Text

_NOTHING = Text(zh="没有导入。", en="Nothing was imported.")


@click.command("import", short_help="Import products, members or sales. 导入商品、会员或销售。")
@click.argument("kind", type=click.Choice(sorted(KINDS)))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--map", "said", multiple=True, metavar="HEADING=FIELD", help="What a column is; may be repeated.")
@click.option("--shop", metavar="CODE", help="The shop of rows that name none.")
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Where rejected rows are written.")
@click.option("--programme", "code", metavar="CODE", help="The programme, where there are several.")
@click.option("--dry-run", is_flag=True, help="Go through everything, keep nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON; does not ask.")
def command(
    kind: str,
    file: Path,
    said: Sequence[str],
    shop: str | None,
    rejects: Path | None,
    code: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Import FILE (.xlsx, .xls, .csv) as `products`, `members` or `sales`: shows what its columns were taken for, asks,
    and imports.

    Running it twice changes nothing. Rejected rows go to FILE-rejected.xlsx with the reason; ends with 1 where there
    are any.

    把 FILE 作为商品（products）、会员（members）或销售（sales）导入：先列出每一列当作什么，问过再导。
    导两次不会重复。未导入的行连同原因写进 FILE-rejected.xlsx；有未导入的行即以 1 退出。
    """
    rejects = rejects or rejects_of(file)

    def agreed(seen: Preview) -> bool:
        if not as_json:
            show_columns(seen)
        demand_required(seen.fields, seen.columns)
        return yes or as_json or dry_run or agree()

    seen, told = bring_in(kind, file, rejects, agreed, said=said, shop=shop, code=code, dry_run=dry_run)
    if told is None:
        tell(_NOTHING)
        return
    if as_json:
        _answer(told, rejects, dry_run=dry_run, seen=seen)
    else:
        tell_imported(kind, told, rejects, dry_run=dry_run)
    sys.exit(1 if told.rejected else 0)


def _answer(told: Imported, rejects: Path, *, dry_run: bool, seen: Preview) -> None:
    headings = seen.columns.headings
    answer: dict[str, Any] = {
        **asdict(told), "dry_run": dry_run, "rejects": str(rejects) if told.rejected else None,
        "columns": {name: headings[place] for name, place in seen.columns.places.items()},
    }  # fmt: skip
    click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
