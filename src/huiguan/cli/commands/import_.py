"""`huiguan import`: products, members and sales of another till, from its own export."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.progress import BarColumn, Progress, TextColumn

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as sales
from huiguan.cli.columns import aligned
from huiguan.cli.ground import ready_database
from huiguan.cli.terminal import err, out, say, tell
from huiguan.foundation import clock
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.foundation.sheets import Field, Imported, Preview, demand_required, preview
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.text import Text
from huiguan.members import operations as members
from huiguan.members import queries as register
from huiguan.programme import queries as programmes
from huiguan.programme.values import KnownProgramme

_HEADS = (Text(zh="列", en="Column"), Text(zh="当作", en="Taken for"), Text(zh="头几行", en="First rows"))
_NOT_TAKEN = Text(zh="（不导入）", en="(not taken)")
_ASK = Text(zh="就这样导入吗？", en="Import it so?")
_NOTHING = Text(zh="没有导入。", en="Nothing was imported.")
_READ = Text(zh="读表", en="Reading")
_WRITE = Text(zh="写入", en="Writing")
_TRIED = Text(zh="试导，什么都没有留下：", en="A trial, nothing was kept:")
_TOLD = Text(
    zh="读 {rows:count} 行；导入 {taken:count} 行（{records:count} {what}），原已在册 {again:count} 行，未导入 {rejected:count} 行。",
    en="{rows:count} rows read; {taken:count} imported ({records:count} {what}), {again:count} there already,"
    " {rejected:count} rejected.",
)
_REJECTS = Text(zh="未导入的行与原因在：{path}", en="The rejected rows, each with its reason: {path}")
_WRONG_MAP = Text(zh="--map 写作 列名=字段", en="--map is written heading=field")
_WHICH = Text(
    zh="有几个计划，请用 --programme 指明：{known}",
    en="there are several programmes; name one with --programme: {known}",
)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is imported: its columns, what it makes, and the operation."""

    records: Text
    fields: Callable[[Actor, datetime], tuple[Field, ...]]
    run: Callable[..., Imported]


_KINDS = {
    "members": _Kind(Text(zh="位会员", en="members"), register.import_fields, members.import_members),
    "products": _Kind(
        Text(zh="件商品", en="products"), lambda actor, at: sales.product_fields(actor), checkout.import_products
    ),
    "sales": _Kind(Text(zh="单", en="sales"), lambda actor, at: sales.import_fields(actor), checkout.import_sales),
}


@click.command("import", short_help="Import products, members or sales. 导入商品、会员或销售。")
@click.argument("kind", type=click.Choice(sorted(_KINDS)))
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
    what = _KINDS[kind]
    rejects = rejects or file.with_name(f"{file.stem}-rejected.xlsx")
    with ready_database():
        actor, at = system(_programme(code).id, "huiguan import"), clock.now()
        seen = preview(file, what.fields(actor, at), dict(map(_pair, said)))
        if not as_json:
            _show(seen)
        demand_required(seen.fields, seen.columns)
        if not (yes or as_json or dry_run) and sys.stdin.isatty() and not click.confirm(say(_ASK), err=True):
            tell(_NOTHING)
            return
        with _progress() as heard:
            told = what.run(
                actor=actor, at=at, path=file, rejects=rejects, columns=seen.columns, shop=shop, dry_run=dry_run,
                progress=heard, lang=spoken_language(),
            )  # fmt: skip
    _tell(what, told, rejects, dry_run=dry_run, as_json=as_json, seen=seen)
    sys.exit(1 if told.rejected else 0)


def _pair(said: str) -> tuple[str, str]:
    heading, equals, field = said.partition("=")
    if not equals or not heading:
        raise click.BadParameter(say(_WRONG_MAP), param_hint="--map")
    return heading, field.strip()


def _programme(code: str | None) -> KnownProgramme:
    known = programmes.programmes()
    if code is None and len(known) == 1:
        return known[0]
    if code is None and known:
        raise click.UsageError(say(_WHICH, known=", ".join(each.code for each in known)))
    return programmes.programme(code or "")


def _show(seen: Preview) -> None:
    titles = {field.name: f"{say(field.title)} ({field.name})" for field in seen.fields}
    taken = {place: titles[name] for name, place in seen.columns.places.items()}
    rows = [[say(head) for head in _HEADS]]
    for place, heading in enumerate(seen.columns.headings):
        samples = list(dict.fromkeys(row[place] for row in seen.rows if row[place]))[:3]
        rows.append([heading or "—", taken.get(place, say(_NOT_TAKEN)), " · ".join(sample[:24] for sample in samples)])
    for line in aligned(rows):
        out.print(line, markup=False)


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None] | None]:
    """A bar on a terminal, nothing elsewhere."""
    if not err.is_terminal:
        yield None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[shown]}"))
    with Progress(*columns, console=err, transient=True) as bar:
        task = bar.add_task(say(_READ), total=None, shown="")

        def heard(done: int, total: int) -> None:
            shown = f"{done:,} / {total:,}" if total else f"{done:,}"
            bar.update(
                task, completed=done, total=total or None, shown=shown, description=say(_WRITE if total else _READ)
            )

        yield heard


def _tell(what: _Kind, told: Imported, rejects: Path, *, dry_run: bool, as_json: bool, seen: Preview) -> None:
    if as_json:
        headings = seen.columns.headings
        answer: dict[str, Any] = {
            **asdict(told), "dry_run": dry_run, "rejects": str(rejects) if told.rejected else None,
            "columns": {name: headings[place] for name, place in seen.columns.places.items()},
        }  # fmt: skip
        click.echo(json.dumps(answer, ensure_ascii=False, indent=1))
        return
    if dry_run:
        out.print(say(_TRIED), markup=False)
    out.print(f"{'✗' if told.rejected else '✓'} {say(_TOLD, **asdict(told), what=what.records)}", markup=False)
    if told.rejected:
        out.print(say(_REJECTS, path=rejects), markup=False)
