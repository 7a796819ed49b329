"""Word and Excel files: packed folders, unpacked with a measure in hand, without macros or anything fetched from outside."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from huiguan.documents.refusals import FileActive, FileDamaged, FileLocked, FileSwells
from huiguan.kernel.text import Text

MOST_PARTS = 2000
MOST_OPENED = 100 * 1024 * 1024
MOST_RATIO = 200
_MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx"}
_WHY = Text(zh="不是完整的 Office 文件", en="it is not a whole Office file")
_OUTSIDE = re.compile(rb'attachedTemplate"[^>]*TargetMode="External"|TargetMode="External"[^>]*attachedTemplate"', re.I)
_OPENED = Text(zh="解开后的内容", en="what is packed inside")


def office(data: bytes) -> str | None:
    """docx, xlsx, or None for any other archive. Refuses FileLocked, FileDamaged, FileActive, FileSwells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            parts = packed.infolist()
            _demand_measure(parts, len(data))
            names = {each.filename for each in parts}
            kind = next((kind for main, kind in _MAIN.items() if main in names), None)
            if kind is None or "[Content_Types].xml" not in names:
                return None
            if any(each.flag_bits & 1 for each in parts):
                raise FileLocked(field="file")
            _demand_still(packed, parts)
            return kind
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError):
        raise FileDamaged(field="file", why=_WHY) from None


def _demand_measure(parts: list[zipfile.ZipInfo], size: int) -> None:
    opened = sum(each.file_size for each in parts)
    if len(parts) > MOST_PARTS or opened > MOST_OPENED or opened > size * MOST_RATIO:
        raise FileSwells(field="file", what=_OPENED)


def _demand_still(packed: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> None:
    """Unpack everything once, counted as it comes: what a part says of its size need not be so."""
    left = MOST_OPENED
    for each in parts:
        name = each.filename.lower()
        if name.endswith((".bin", ".exe", ".dll", ".js", ".vbs")) and "printersettings" not in name:
            raise FileActive(field="file", what=Text(zh="宏或内嵌对象", en="macros or objects inside it"))
        with packed.open(each) as part:
            while chunk := part.read(65_536):
                left -= len(chunk)
                if left < 0:
                    raise FileSwells(field="file", what=_OPENED)
                if name.endswith(".rels") and _OUTSIDE.search(chunk):
                    raise FileActive(field="file", what=Text(zh="外部模板", en="a template from outside"))
