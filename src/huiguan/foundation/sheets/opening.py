"""Opening a file as a sheet, by what is in it: its name's ending is not believed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from huiguan.foundation.sheets.delimited import Delimited
from huiguan.foundation.sheets.legacy import OldWorkbook
from huiguan.foundation.sheets.values import Sheet, SheetEmpty, SheetUnreadable
from huiguan.foundation.sheets.workbooks import Workbook
from huiguan.kernel.text import Text

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MISSING = Text(zh="打不开文件：{what}。", en="the file cannot be opened: {what}.")
_PAGE = Text(
    zh="它其实是网页，请在表格软件里另存为 .xlsx。", en="it is really a web page: save it as .xlsx in a spreadsheet."
)


@contextmanager
def open_sheet(path: Path) -> Iterator[Sheet]:
    """The sheet in a file (the first one that holds anything). Refuses SheetUnreadable, SheetEmpty, SheetTooLarge."""
    try:
        with path.open("rb") as file:
            begins = file.read(512)
    except OSError as trouble:
        raise SheetUnreadable(field="file", why=Text(**_MISSING.both(what=trouble.strerror or path.name))) from None
    if not begins.strip():
        raise SheetEmpty(field="file")
    if begins.startswith(_ZIP):
        workbook = Workbook(path)
        try:
            yield workbook
        finally:
            workbook.close()
    elif begins.startswith(_OLE):
        yield OldWorkbook(path)
    elif begins.lstrip(b"\xef\xbb\xbf \r\n\t").lower().startswith((b"<html", b"<!doctype", b"<table", b"<?xml")):
        raise SheetUnreadable(field="file", why=_PAGE)
    else:
        yield Delimited(path)
