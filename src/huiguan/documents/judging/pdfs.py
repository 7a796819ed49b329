"""PDFs: read whole, unlocked, and holding nothing that runs."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject

from huiguan.documents.refusals import FileActive, FileDamaged, FileLocked, FileSwells
from huiguan.kernel.text import Text, either

MOST_PAGES = 500
MOST_OBJECTS = 50_000
_ACTIONS = {
    "/JavaScript": Text(zh="JavaScript", en="JavaScript"),
    "/Launch": Text(zh="启动程序", en="it starts a program"),
    "/ImportData": Text(zh="导入数据", en="it brings in data"),
    "/SubmitForm": Text(zh="向外发送表单", en="it sends a form away"),
    "/GoToE": Text(zh="打开内嵌文件", en="it opens a file inside it"),
}
_KEYS = {
    "/JS": Text(zh="JavaScript", en="JavaScript"),
    "/EmbeddedFiles": Text(zh="内嵌文件", en="files inside it"),
    "/EF": Text(zh="内嵌文件", en="a file inside it"),
    "/RichMedia": Text(zh="内嵌媒体", en="media inside it"),
    "/XFA": Text(zh="XFA 动态表单", en="an XFA form"),
}
_WHY = Text(zh="不是完整的 PDF", en="it is not a whole PDF")
_NO_PAGES = Text(zh="一页也没有", en="it has no page")


def pages_of(data: bytes) -> int:
    """How many pages it has. Refuses FileLocked, FileDamaged, FileActive, FileSwells."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            raise FileLocked(field="file")
        pages = len(reader.pages)
        if pages > MOST_PAGES:
            raise FileSwells(field="file", what=Text(zh=f"{pages} 页", en=f"{pages} {either(pages, 'page', 'pages')}"))
        for found in _objects(reader):
            _demand_still(found)
    except FileNotDecryptedError:
        raise FileLocked(field="file") from None
    except LimitReachedError:
        raise FileSwells(field="file", what=Text(zh="压缩的内容", en="its packed contents")) from None
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OverflowError, AssertionError):  # fmt: skip
        # A parser meets a broken file in many ways; whatever it stumbles over, the file is not whole.
        raise FileDamaged(field="file", why=_WHY) from None
    if pages == 0:
        raise FileDamaged(field="file", why=_NO_PAGES)
    return pages


def _objects(reader: PdfReader) -> Iterator[Any]:
    """Every object of the file, packed ones too."""
    plain = [(number, generation) for generation, found in reader.xref.items() for number in found]
    packed = [(number, 0) for number in reader.xref_objStm]
    if len(plain) + len(packed) > MOST_OBJECTS:
        raise FileSwells(field="file", what=Text(zh="对象太多", en="too many objects"))
    for number, generation in (*plain, *packed):
        yield reader.get_object(IndirectObject(number, generation, reader))


def _demand_still(found: Any, depth: int = 0) -> None:
    """FileActive where an object, or one written inside it, runs something; references are looked at by themselves."""
    if depth > 40:
        raise FileSwells(field="file", what=Text(zh="层层嵌套", en="objects within objects"))
    if isinstance(found, DictionaryObject):
        action = str(found.raw_get("/S")) if "/S" in found else ""
        if action in _ACTIONS:
            raise FileActive(field="file", what=_ACTIONS[action])
        for key in _KEYS.keys() & found.keys():
            raise FileActive(field="file", what=_KEYS[key])
        for key in found:
            _demand_still(found.raw_get(key), depth + 1)
    elif isinstance(found, ArrayObject):
        for each in list.__iter__(found):
            _demand_still(each, depth + 1)
