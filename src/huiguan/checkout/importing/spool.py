"""Rows on their way in, kept on disk until the whole file is read: bills lie scattered in a file, and are committed in
the order of their moments. An SQLite file of the process's own that vanishes with it; a million rows fit.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from types import TracebackType
from typing import Any

from huiguan.checkout.importing.rows import SoldLine
from huiguan.kernel.text import Text

MOST_LINES = 500
_TABLES = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;
CREATE TABLE line (row INTEGER PRIMARY KEY, shop TEXT, bill TEXT, at TEXT, membership TEXT, told TEXT, cells TEXT, zh TEXT, en TEXT);
"""
_BILLS = """
CREATE INDEX line_bill ON line (shop, bill);
CREATE TABLE bill AS SELECT shop, bill, min(at) AS at, min(row) AS row, count(*) AS lines,
    count(DISTINCT substr(at, 1, 10)) AS days, count(DISTINCT membership) AS members,
    min(CASE WHEN zh IS NOT NULL THEN row END) AS wrong FROM line WHERE bill IS NOT NULL GROUP BY shop, bill;
"""
_SAME_BILL = Text(
    zh="同一单的第 {row} 行有误，整单未导入", en="row {row} of the same bill is wrong; the bill was not imported"
)
_TOO_MANY = Text(zh="一单超过 {most} 行", en="the bill has more than {most} {most:row|rows}")
_DAYS = Text(zh="同一单号出现在不同日期", en="the bill number stands under different dates")
_MEMBERS = Text(zh="同一单号写着不同的会员", en="the bill number stands under different members")

Cells = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bill:
    """The rows of one sale, in the file's order."""

    shop: str
    number: str
    rows: tuple[int, ...]
    lines: tuple[SoldLine, ...]


class Spool:
    """Use it as a context manager; first `add` every row, then `sort`, then walk the `bills`."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)  # "": a file nobody else sees, gone when it is closed
        self._db.executescript(_TABLES)

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    def add(
        self, rows: Iterable[tuple[int, Cells, SoldLine | tuple[str, str] | None, int | None, Text | None]]
    ) -> None:
        """Rows with their number, texts, line (or only the bill's key, or nothing), membership, and what is wrong."""
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO line VALUES (?,?,?,?,?,?,?,?,?)", map(_stored, rows))
        self._db.execute("COMMIT")

    def sort(self) -> int:
        """Make bills of the rows and refuse those that cannot be one sale; how many are left."""
        self._db.executescript(_BILLS)
        self._refuse_bills("wrong IS NOT NULL", _SAME_BILL)
        self._refuse_bills(f"lines > {MOST_LINES}", Text(**_TOO_MANY.both(most=MOST_LINES)))
        self._refuse_bills("days > 1", _DAYS)
        self._refuse_bills("members > 1", _MEMBERS)
        self._db.execute(f"DELETE FROM bill WHERE wrong IS NOT NULL OR lines > {MOST_LINES} OR days > 1 OR members > 1")
        self._db.execute("CREATE INDEX bill_at ON bill (at, row)")
        return int(self._db.execute("SELECT count(*) FROM bill").fetchone()[0])

    def _refuse_bills(self, where: str, why: Text) -> None:
        self._db.execute(
            "UPDATE line SET zh = replace(?, '{row}', b.wrong), en = replace(?, '{row}', b.wrong)"
            f" FROM (SELECT shop, bill, ifnull(wrong, 0) AS wrong FROM bill WHERE {where}) AS b"
            " WHERE line.shop = b.shop AND line.bill = b.bill AND line.zh IS NULL",
            (why.zh, why.en),
        )

    def bills(self) -> Iterator[Bill]:
        """The bills that may be committed, the earliest first."""
        found = self._db.execute("SELECT shop, bill FROM bill ORDER BY at, row")
        for shop, number in found:
            lines = self._db.execute(
                "SELECT row, told FROM line WHERE shop = ? AND bill = ? ORDER BY row", (shop, number)
            ).fetchall()
            yield Bill(shop, number, tuple(row for row, _ in lines), tuple(_line(told) for _, told in lines))

    def refuse(self, bill: Bill, why: Text) -> None:
        """Note that a bill was not committed."""
        self._db.execute(
            "UPDATE line SET zh = ?, en = ? WHERE shop = ? AND bill = ?", (why.zh, why.en, bill.shop, bill.number)
        )

    def rejected(self) -> Iterator[tuple[int, Cells, Text]]:
        """The rows that were not imported, in the file's order, each with the reason."""
        found = self._db.execute("SELECT row, cells, zh, en FROM line WHERE zh IS NOT NULL ORDER BY row")
        for row, cells, zh, en in found:
            yield row, tuple(json.loads(cells)), Text(zh=zh, en=en)

    def rejected_count(self) -> int:
        return int(self._db.execute("SELECT count(*) FROM line WHERE zh IS NOT NULL").fetchone()[0])


def _stored(row: tuple[int, Cells, SoldLine | tuple[str, str] | None, int | None, Text | None]) -> tuple[Any, ...]:
    number, cells, line, membership, why = row
    zh, en = (why.zh, why.en) if why else (None, None)
    kept = json.dumps(cells, ensure_ascii=False)
    if isinstance(line, SoldLine):
        who = str(membership) if membership else None
        return number, line.shop, line.bill, line.at.isoformat(), who, _told(line), kept, zh, en
    shop, bill = line or (None, None)
    return number, shop, bill, None, None, None, kept, zh, en


def _told(line: SoldLine) -> str:
    told = [
        line.shop, line.bill, line.at.isoformat(), line.member, line.also, line.sku, line.name, line.category,
        line.quantity, line.amount, line.list_price, line.clerk, line.means, line.signed,
    ]  # fmt: skip
    return json.dumps(told, ensure_ascii=False)


def _line(told: str) -> SoldLine:
    shop, bill, at, member, also, *rest, signed = json.loads(told)
    references = tuple((kind, value) for kind, value in also)
    who = tuple(member) if member else None
    line = SoldLine(shop, bill, datetime.fromisoformat(at), who, references, *rest)
    return replace(line, signed=tuple(signed))
