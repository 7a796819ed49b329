"""Bringing in the list of members a shop kept before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from pathlib import Path

from huiguan.foundation.performing import in_transaction, perform
from huiguan.foundation.sheets import (
    Cell,
    Columns,
    Field,
    Imported,
    Row,
    demand_required,
    open_sheet,
    preview,
    write_rejects,
)
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members.bringing import AGAIN, DONE, REFUSED, Bringing, Given, begin, bring
from huiguan.members.importing import member_fields, reason_told
from huiguan.members.values import RowTold

CHUNK = 500
Progress = Callable[[int, int], None]
Rejected = tuple[int, tuple[Cell, ...], Text]


class _OnlyTried(Exception):
    """Carries the answers of a trial out of the transaction that must not stay."""

    def __init__(self, told: list[RowTold]) -> None:
        self.told = told


@dataclass(slots=True)
class _Run:
    """An import under way: what it reads, and how far it is."""

    coming: Bringing
    fields: tuple[Field, ...]
    columns: Columns
    dry_run: bool
    progress: Progress | None
    total: int
    rows: int = 0
    taken: int = 0
    again: int = 0
    rejected: int = 0


def import_members(
    *,
    actor: Actor,
    at: datetime,
    path: Path,
    rejects: Path,
    columns: Columns | None = None,
    shop: str | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    lang: str = "zh",
) -> Imported:
    """Bring in a file of members from before, with tiers, points and spending; a chunk a transaction.

    `columns` as a person confirmed them, guessed where None; `shop` the code for rows that name none. Profiles may be incomplete. Rows that are refused are
    written to `rejects` with the reason (no file where there are none), and the file can be imported again: who is here
    already stays as she is. `dry_run` does everything and keeps nothing but the rejects. `progress` is told (done, all).

    Refuses SheetUnreadable, SheetEmpty, SheetTooLarge, HeadingsUnknown, NotFound (shop), Forbidden.
    """
    actor.demand("import")
    actor.demand("enrol")
    coming = begin(actor, at, shop)
    fields = member_fields(coming.rulebook)
    columns = columns or preview(path, fields).columns
    demand_required(fields, columns)
    run = _Run(coming, fields, columns, dry_run, progress, _count(path, columns) if progress else 0)
    refused = _refused(run, path)
    first = next(refused, None)
    if first is not None:
        write_rejects(rejects, columns.headings, chain([first], refused), lang)
    return Imported(run.rows, run.taken, run.again, run.rejected, run.taken)


def import_rows(coming: Bringing, given: Sequence[Given], *, dry_run: bool = False) -> list[RowTold]:
    """Enter one chunk of a list in one transaction; with `dry_run` everything is done and nothing kept.

    What became of each row, in order: done, again (nothing of it was new), or refused with the reason. Run again, the
    same rows answer `again`. Takes the powers `import` and `enrol`.
    """
    coming.actor.demand("import")
    if dry_run:
        return _tried(coming, given)
    return perform(
        "import_members",
        actor=coming.actor,
        at=coming.at,
        subject="members",
        given={"rows": len(given), "from": given[0][0] if given else 0},
        do=lambda: bring(coming, given),
        returns=list,
    )


def _tried(coming: Bringing, given: Sequence[Given]) -> list[RowTold]:
    def do() -> None:
        raise _OnlyTried(bring(coming, given))

    try:
        in_transaction(do)
    except _OnlyTried as tried:
        return tried.told
    raise AssertionError("unreachable")


def _refused(run: _Run, path: Path) -> Iterator[Rejected]:
    """Do the work, chunk by chunk, giving out the rows that are refused."""
    with open_sheet(path) as sheet:
        rows = _below(sheet.rows(), run.columns)
        while chunk := list(islice(rows, CHUNK)):
            told = import_rows(run.coming, [(row.number, run.columns.of(row)) for row in chunk], dry_run=run.dry_run)
            run.rows += len(chunk)
            run.taken += sum(1 for each in told if each.outcome == DONE)
            run.again += sum(1 for each in told if each.outcome == AGAIN)
            for row, each in zip(chunk, told, strict=True):
                if each.outcome == REFUSED and each.refusal is not None:
                    run.rejected += 1
                    yield row.number, row.cells, reason_told(each.refusal, run.fields)
            if run.progress is not None:
                run.progress(run.rows, run.total)


def _below(rows: Iterable[Row], columns: Columns) -> Iterator[Row]:
    """The rows under the headings that hold anything."""
    return (row for row in rows if row.number > columns.heading_row and not row.empty)


def _count(path: Path, columns: Columns) -> int:
    with open_sheet(path) as sheet:
        return sum(1 for _ in _below(sheet.rows(), columns))
