"""An import from the first row to the file of rejected ones.

Reading: every row is read, its member and shop looked up, and put on the spool. Committing: bills by moment, 500 in a
transaction, each with its key and a note that it came in, so that a second run leaves them as they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import islice
from pathlib import Path

from huiguan.checkout.committing import commit_sales
from huiguan.checkout.importing.register import DIFFERENT, NEW, Register
from huiguan.checkout.importing.rows import FIELDS, TITLES, Ground, SoldLine, key_of, read_line
from huiguan.checkout.importing.sales import product_of, sale_of
from huiguan.checkout.importing.spool import Bill, Spool
from huiguan.checkout.inputs import ProductsInput, SaleInput
from huiguan.checkout.models import Product
from huiguan.checkout.refusals import QuoteChanged
from huiguan.checkout.stocking import register_products
from huiguan.checkout.values import SaleView
from huiguan.foundation.performing import in_transaction, perform
from huiguan.foundation.sheets import (
    Columns,
    Imported,
    Progress,
    Row,
    chunks,
    demand_required,
    open_sheet,
    preview,
    reason_told,
    shown,
    write_rejects,
)
from huiguan.identity import queries as identity
from huiguan.identity.values import SHOP
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules import countersigned

COMMITTED_AT_ONCE = 500
_SHOP = Text(zh="门店", en="shop")
_NOBODY = Text(zh="没有这位会员：{given}", en="no such member: {given}")
_TWO_PEOPLE = Text(zh="{one} 与 {other} 不是同一位会员", en="{one} and {other} are two different members")
_OTHER_CONTENT = Text(zh="这张单已经在账上，内容不同", en="the bill is on the books already, with other contents")
_OTHER_AMOUNT = Text(
    zh="按章程应收 {due:yuan}，表里是 {given:yuan}", en="the rulebook makes it {due:yuan}, the sheet says {given:yuan}"
)


class _OnlyTried(Exception):
    """Leaves the transaction of a trial, which must not stay."""


@dataclass(slots=True)
class _Run:
    actor: Actor
    at: datetime
    ground: Ground
    columns: Columns
    spool: Spool
    dry_run: bool
    progress: Progress
    rows: int = 0
    taken: int = 0
    again: int = 0
    records: int = 0


def import_sales(
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
    """Bring in the sales of a file (.xlsx, .xls, .csv), a row a line, rows of one shop and bill number a sale.

    `columns` as a person confirmed them, guessed where None; `shop` the code for rows that name none (not needed where
    the actor has one shop only). Products the catalogue does not know are put on it. What is refused is written to
    `rejects` with the reason (no file where nothing is); a bill comes in whole or not at all, and only once, however
    often the file is read. `dry_run` does everything and keeps nothing but the rejects. `progress` is told (rows read,
    0) and then (bills done, all bills).

    Refuses SheetUnreadable, SheetEmpty, SheetTooLarge, HeadingsUnknown, NotFound (shop), Forbidden.
    """
    actor.demand("import")
    actor.demand("sell")
    columns = columns or preview(path, FIELDS).columns
    demand_required(FIELDS, columns)
    with Spool() as spool:
        run = _Run(actor, at, _ground(actor, at, shop), columns, spool, dry_run, progress or (lambda done, total: None))
        _read(run, path)
        _commit(run)
        rejected = spool.rejected_count()
        if rejected:
            write_rejects(rejects, columns.headings, spool.rejected(), lang)
    told = Imported(run.rows, run.taken, run.again, rejected, run.records)
    if not dry_run:
        _leave_trace(run, path, told)
    return told


def _ground(actor: Actor, at: datetime, shop: str | None) -> Ground:
    """Closed shops are among them: their sales may come in late."""
    shops: dict[str, str] = {}
    places = [place for place in identity.tree(actor) if place.kind == SHOP]
    mine = [place for place in places if actor.shops is None or place.id in actor.shops]
    for place in mine:
        shops |= dict.fromkeys((place.name.zh, place.name.en, place.code, place.code.upper()), place.code)
    if shop is not None and shop not in shops:
        raise NotFound(field="shop", what=_SHOP, given=shop)
    only = mine[0].code if len(mine) == 1 else None
    rulebook = programmes.programme_at(actor.programme, at)
    return Ground(shops, shops[shop] if shop else only, rulebook.zone, at, countersigned.signers(rulebook))


def _read(run: _Run, path: Path) -> None:
    with open_sheet(path) as sheet:
        for chunk in chunks(sheet, run.columns):
            run.spool.add(_spooled(run, chunk))
            run.rows += len(chunk)
            run.progress(run.rows, 0)


def _spooled(
    run: _Run, chunk: list[Row]
) -> Iterator[tuple[int, tuple[str, ...], SoldLine | tuple[str, str] | None, int | None, Text | None]]:
    read = [_line_or_refusal(run, row) for row in chunk]
    references = {each for line in read if isinstance(line, SoldLine) for each in _references(line)}
    found = members.resolve(run.actor.programme, references) if references else {}
    for row, line in zip(chunk, read, strict=True):
        cells = tuple(map(shown, row.cells))
        if isinstance(line, Refusal):
            yield row.number, cells, key_of(run.columns.of(row), run.ground), None, reason_told(line, TITLES)
        else:
            hits = [found.get(each) for each in _references(line)]
            yield row.number, cells, line, hits[0] if hits else None, _member_fault(line, hits)


def _line_or_refusal(run: _Run, row: Row) -> SoldLine | Refusal:
    try:
        return read_line(run.columns.of(row), run.ground)
    except Refusal as refusal:
        return refusal


def _references(line: SoldLine) -> list[tuple[str, str]]:
    return [line.member, *line.also] if line.member else []


def _member_fault(line: SoldLine, hits: list[int | None]) -> Text | None:
    """Every reference of a row must find the same member."""
    for (_, value), hit in zip(_references(line), hits, strict=True):
        if hit is None:
            return Text(**_NOBODY.both(given=value))
    others = [value for (_, value), hit in zip(_references(line), hits, strict=True) if hit != hits[0]]
    if others and line.member:
        return Text(**_TWO_PEOPLE.both(one=line.member[1], other=others[0]))
    return None


def _commit(run: _Run) -> None:
    total, done = run.spool.sort(), 0
    bills = run.spool.bills()
    while batch := list(islice(bills, COMMITTED_AT_ONCE)):
        told = _tried(run, batch) if run.dry_run else in_transaction(partial(_enter, run, batch))
        for bill, outcome in zip(batch, told, strict=True):
            _note(run, bill, outcome)
        done += len(batch)
        run.progress(done, total)


Outcome = SaleView | Text | None  # committed; refused, with the reason; there already


def _note(run: _Run, bill: Bill, outcome: Outcome) -> None:
    if isinstance(outcome, Text):
        run.spool.refuse(bill, outcome)
    elif outcome is None or outcome.replayed:
        run.again += len(bill.rows)
    else:
        run.taken += len(bill.rows)
        run.records += 1


def _tried(run: _Run, batch: list[Bill]) -> list[Outcome]:
    told: list[Outcome] = []

    def do() -> None:
        told[:] = _enter(run, batch)
        raise _OnlyTried

    with suppress(_OnlyTried):
        in_transaction(do)
    return told


def _enter(run: _Run, batch: list[Bill]) -> list[Outcome]:
    """One batch inside the caller's transaction: what became of each bill."""
    sales = [sale_of(bill) for bill in batch]
    register = Register.locked(run.actor.programme, sales)
    found = [register.stands(given) for given in sales]
    new = [i for i, what in enumerate(found) if what == NEW]
    _stock(run, [batch[i] for i in new])
    told = commit_sales(actor=run.actor, at=run.at, sales=[sales[i] for i in new], recorded=True)
    answers = dict(zip(new, told, strict=True))
    committed = [(sales[i], answer) for i, answer in answers.items() if isinstance(answer, SaleView)]
    register.note(committed, run.at)
    return [_outcome(given, what, answers.get(i)) for i, (given, what) in enumerate(zip(sales, found, strict=True))]


def _outcome(given: SaleInput, stands: str, answer: SaleView | Refusal | None) -> Outcome:
    if stands == DIFFERENT:
        return _OTHER_CONTENT
    return _reason(given, answer) if isinstance(answer, Refusal) else answer


def _reason(given: SaleInput, refusal: Refusal) -> Text:
    if isinstance(refusal, QuoteChanged):
        return Text(**_OTHER_AMOUNT.both(due=refusal.values["due"], given=given.quoted))
    return reason_told(refusal, TITLES)


def _stock(run: _Run, bills: list[Bill]) -> None:
    """Put the products nobody knows on the catalogue; it belongs to importing, so it takes no power of its own."""
    lines = {line.sku: line for bill in reversed(bills) for line in reversed(bill.lines)}
    known = Product.objects.filter(programme_id=run.actor.programme, sku__in=list(lines), active=True)
    for sku in known.values_list("sku", flat=True):
        del lines[sku]
    if lines:
        given = ProductsInput(products=[product_of(line) for line in lines.values()])
        register_products(actor=system(run.actor.programme, run.actor.name), at=run.at, given=given)


def _leave_trace(run: _Run, path: Path, told: Imported) -> None:
    given = {
        "file": path.name, "rows": told.rows, "taken": told.taken, "again": told.again, "rejected": told.rejected,
        "sales": told.records,
    }  # fmt: skip
    perform("import_sales", actor=run.actor, at=run.at, subject="sales", given=given, do=lambda: told, returns=Imported)
