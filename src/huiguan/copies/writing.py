"""The copy written: an archive with its pages, its data, a table of every ledger, and her papers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import TextIOWrapper
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo
from zoneinfo import ZoneInfo

from huiguan.copies.accounts import LEDGER
from huiguan.copies.pages import page, shown
from huiguan.copies.values import MOST_BYTES, MOST_PAPERS, Contents, CopyMade, Paper, Part
from huiguan.documents import operations as documents
from huiguan.foundation.sheets import text_of
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text


def write_copy(out: IO[bytes], contents: Contents, actor: Actor, at: datetime, zone: ZoneInfo, of: str) -> CopyMade:
    """Write the archive into `out`, a paper at a time. Papers beyond the bounds of a copy are named and left out; who opened
    them is kept."""
    out.seek(0)
    out.truncate()
    with ZipFile(out, "w") as archive:
        papers = list(_papers(archive, contents, actor, at, zone))
        with archive.open(_entry("data.json", at, zone), "w") as raw, TextIOWrapper(raw, "utf-8") as text:
            json.dump(_data(contents, papers), text, ensure_ascii=False, indent=2, default=_plain)
        for part in contents.parts:
            if part.table and part.rows:
                archive.writestr(_entry(f"{part.name}.csv", at, zone), _table(part, zone))
        for name, language in (("index.html", "zh"), ("index.en.html", "en")):
            archive.writestr(_entry(name, at, zone), page(contents, papers, at, zone, language))
    left_out = sum(not each.path for each in papers)
    return CopyMade(of, sum(len(part.rows) for part in contents.parts), len(papers) - left_out, left_out)


def _entry(name: str, at: datetime, zone: ZoneInfo, *, packed: bool = True) -> ZipInfo:
    local = at.astimezone(zone)
    entry = ZipInfo(name, (local.year, local.month, local.day, local.hour, local.minute, local.second))
    entry.compress_type = ZIP_DEFLATED if packed else ZIP_STORED
    entry.external_attr = 0o600 << 16
    return entry


def _papers(archive: ZipFile, contents: Contents, actor: Actor, at: datetime, zone: ZoneInfo) -> Iterator[Paper]:
    rows = [row for part in contents.parts if part.name == "papers" for row in part.rows if row["name"]]
    written = 0
    for n, row in enumerate(rows):
        paper = Paper(row["number"], row["doc"], row["name"], "")
        if n < MOST_PAPERS and written < MOST_BYTES:
            file = documents.open_document(actor=actor, at=at, document=paper.number, own=row["holder"])
            if written + len(file.data) <= MOST_BYTES:
                written += len(file.data)
                paper = replace(paper, path=f"papers/{paper.number}-{file.name}")
                archive.writestr(_entry(paper.path, at, zone, packed=False), file.data)
        yield paper


def _data(contents: Contents, papers: Sequence[Paper]) -> dict[str, Any]:
    ledgers = {part.name.removeprefix(LEDGER): part.rows for part in contents.parts if part.name.startswith(LEDGER)}
    others = {part.name: part.rows for part in contents.parts if not part.name.startswith(LEDGER)}
    files = {each.number: each.path for each in papers}
    return {**contents.facts, "profile": contents.profile, **others, "ledgers": ledgers, "files": files}


def _table(part: Part, zone: ZoneInfo) -> bytes:
    rows = [
        [row[name] if isinstance(row[name], int) else shown(row[name], zone, "zh") for name, _ in part.columns]
        for row in part.rows
    ]
    return text_of([f"{title.zh} {title.en}" for _, title in part.columns], rows)


def _plain(value: Any) -> Any:
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    return value.isoformat() if isinstance(value, datetime | date) else str(value)
