"""Bringing in the list of members a shop kept before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from huiguan.foundation.performing import in_transaction, perform
from huiguan.foundation.sheets import (
    Columns,
    Entered,
    Imported,
    Progress,
    Row,
    bring_in,
    demand_required,
    open_sheet,
    preview,
    reason_told,
    rows_below,
)
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.members.bringing import AGAIN, DONE, REFUSED, Bringing, Given, begin, bring
from huiguan.members.importing import member_fields, titles_of
from huiguan.members.values import RowTold

CHUNK = 500


class _OnlyTried(Exception):
    """Carries the answers of a trial out of the transaction that must not stay."""

    def __init__(self, told: list[RowTold]) -> None:
        self.told = told


@dataclass(frozen=True, slots=True)
class _Run:
    """An import under way: what it reads, and by which names its columns are told."""

    coming: Bringing
    columns: Columns
    titles: Mapping[str, Text]
    dry_run: bool


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
    run = _Run(coming, columns, titles_of(fields), dry_run)
    total = _count(path, columns) if progress else 0
    return bring_in(
        path, columns, partial(_enter, run), rejects=rejects, lang=lang, progress=progress, at_once=CHUNK, total=total
    )


def _enter(run: _Run, chunk: list[Row]) -> Entered:
    told = import_rows(run.coming, [(row.number, run.columns.of(row)) for row in chunk], dry_run=run.dry_run)
    outcomes = [each.outcome for each in told]
    rejected = [
        (row, reason_told(each.refusal, run.titles))
        for row, each in zip(chunk, told, strict=True)
        if each.outcome == REFUSED and each.refusal is not None
    ]
    return Entered(outcomes.count(DONE), outcomes.count(AGAIN), rejected)


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


def _count(path: Path, columns: Columns) -> int:
    with open_sheet(path) as sheet:
        return sum(1 for _ in rows_below(sheet, columns))
