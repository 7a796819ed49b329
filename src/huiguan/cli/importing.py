"""Importing at the terminal: the columns are shown, somebody agrees, a bar moves, the rejected rows are told of."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import click
from rich.progress import BarColumn, Progress, TextColumn

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as sales
from huiguan.cli.choosing import chosen_programme
from huiguan.cli.columns import aligned
from huiguan.cli.ground import ready_database
from huiguan.cli.terminal import err, out, say
from huiguan.foundation import clock
from huiguan.foundation.embedded.telling import spoken_language
from huiguan.foundation.sheets import Field, Imported, Preview, preview
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.text import Text
from huiguan.members import operations as members
from huiguan.members import queries as register

_HEADS = (Text(zh="列", en="Column"), Text(zh="当作", en="Taken for"), Text(zh="头几行", en="First rows"))
_NOT_TAKEN = Text(zh="（不导入）", en="(not taken)")
_ASK = Text(zh="就这样导入吗？", en="Import it so?")
_READ = Text(zh="读表", en="Reading")
_WRITE = Text(zh="写入", en="Writing")
_TRIED = Text(zh="试导，什么都没有留下：", en="A trial, nothing was kept:")
_TOLD = Text(
    zh="读 {rows:count} 行；导入 {taken:count} 行（{records:count} {what}），原已在册 {again:count} 行，未导入 {rejected:count} 行。",
    en="{rows:count} {rows:row|rows} read; {taken:count} imported ({records:count} {what}), {again:count} there already,"
    " {rejected:count} rejected.",
)
_REJECTS = Text(zh="未导入的行与原因在：{path}", en="The rejected rows, each with its reason: {path}")
_WRONG_MAP = Text(zh="--map 写作 列名=字段", en="--map is written heading=field")


@dataclass(frozen=True, slots=True)
class _Kind:
    """What is imported: its columns, what it makes, and the operation."""

    records: Text
    fields: Callable[[Actor, datetime], tuple[Field, ...]]
    run: Callable[..., Imported]


KINDS = {
    "members": _Kind(Text(zh="位会员", en="members"), register.import_fields, members.import_members),
    "products": _Kind(
        Text(zh="件商品", en="products"), lambda actor, at: sales.product_fields(actor), checkout.import_products
    ),
    "sales": _Kind(Text(zh="单", en="sales"), lambda actor, at: sales.import_fields(actor), checkout.import_sales),
}


def rejects_of(file: Path) -> Path:
    """Where the rejected rows of a file are written."""
    return file.with_name(f"{file.stem}-rejected.xlsx")


def agree() -> bool:
    """Whether a person says yes; where there is none to ask, it is so."""
    return not sys.stdin.isatty() or click.confirm(say(_ASK), err=True)


def bring_in(
    kind: str,
    file: Path,
    rejects: Path,
    agreed: Callable[[Preview], bool],
    *,
    said: Sequence[str] = (),
    shop: str | None = None,
    code: str | None = None,
    dry_run: bool = False,
) -> tuple[Preview, Imported | None]:
    """Import a file once its columns are `agreed` to: how they were taken, and how it went (None: not agreed)."""
    what = KINDS[kind]
    with ready_database():
        actor, at = system(chosen_programme(code).id, "huiguan import"), clock.now()
        seen = preview(file, what.fields(actor, at), dict(map(_pair, said)))
        if not agreed(seen):
            return seen, None
        with _progress() as heard:
            return seen, what.run(
                actor=actor, at=at, path=file, rejects=rejects, columns=seen.columns, shop=shop, dry_run=dry_run,
                progress=heard, lang=spoken_language(),
            )  # fmt: skip


def _pair(said: str) -> tuple[str, str]:
    heading, equals, field = said.partition("=")
    if not equals or not heading:
        raise click.BadParameter(say(_WRONG_MAP), param_hint="--map")
    return heading, field.strip()


def show_columns(seen: Preview) -> None:
    """What each column was taken for, beside its first rows."""
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


def tell_imported(kind: str, told: Imported, rejects: Path, *, dry_run: bool = False) -> None:
    """How an import went, in a sentence, and where the rejected rows are."""
    if dry_run:
        out.print(say(_TRIED), markup=False)
    said = say(_TOLD, **asdict(told), what=KINDS[kind].records)
    out.print(f"{'✗' if told.rejected else '✓'} {said}", markup=False)
    if told.rejected:
        out.print(say(_REJECTS, path=rejects), markup=False)
