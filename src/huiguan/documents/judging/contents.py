"""Telling what came in: by its first bytes and a real parse, never by its name or by what the browser says."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from huiguan.documents.judging.offices import office
from huiguan.documents.judging.pdfs import pages_of
from huiguan.documents.judging.pictures import redrawn
from huiguan.documents.refusals import FileDisguised, FileEmpty, FileNotAccepted, FileOfTwoKinds, PaperTooLarge
from huiguan.kernel.text import Text

MOST = 10 * 1024 * 1024
MEGABYTE = 1024 * 1024
ENDINGS = {
    "pdf": ("pdf",),
    "jpg": ("jpg", "jpeg"),
    "png": ("png",),
    "webp": ("webp",),
    "docx": ("docx",),
    "xlsx": ("xlsx",),
}
MEDIA = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What is known by how it begins and is not taken; the name is for people.
_OTHERS: tuple[tuple[bytes, Text], ...] = (
    (b"MZ", Text(zh="Windows 程序", en="a Windows program")),
    (b"\x7fELF", Text(zh="Linux 程序", en="a Linux program")),
    (b"\xcf\xfa\xed\xfe", Text(zh="macOS 程序", en="a macOS program")),
    (b"\xca\xfe\xba\xbe", Text(zh="程序", en="a program")),
    (b"#!", Text(zh="脚本", en="a script")),
    (b"Rar!", Text(zh="RAR 压缩包", en="a RAR archive")),
    (b"7z\xbc\xaf\x27\x1c", Text(zh="7z 压缩包", en="a 7z archive")),
    (b"\x1f\x8b", Text(zh="gzip 压缩包", en="a gzip archive")),
    (b"BZh", Text(zh="bzip2 压缩包", en="a bzip2 archive")),
    (b"\xfd7zXZ", Text(zh="xz 压缩包", en="an xz archive")),
    (b"\xd0\xcf\x11\xe0", Text(zh="旧版或加密的 Office 文件", en="an old or encrypted Office file")),
    (b"GIF8", Text(zh="GIF 图", en="a GIF picture")),
    (b"BM", Text(zh="BMP 图", en="a BMP picture")),
    (b"II*\x00", Text(zh="TIFF 图", en="a TIFF picture")),
    (b"MM\x00*", Text(zh="TIFF 图", en="a TIFF picture")),
    (b"%!PS", Text(zh="PostScript", en="PostScript")),
)
_HEIC = Text(zh="HEIC 照片，请在手机里改存为 JPG", en="a HEIC photograph: save it as JPG on the phone")
_PAGE = Text(zh="网页", en="a web page")
_UNKNOWN = Text(zh="认不出的内容", en="something unknown")
_NAMES = {
    "pdf": "PDF", "jpg": "JPG", "png": "PNG", "webp": "WebP", "docx": "DOCX", "xlsx": "XLSX",
}  # fmt: skip
_ZIP_END = b"PK\x05\x06"
_TAIL = 66_000  # where a ZIP's own end lies, its comment of 64 KB included


@dataclass(frozen=True, slots=True)
class Content:
    """A file fit to be kept: its `name` with the right ending, `media` type, `data`, and `pages` where it has any."""

    name: str
    media: str
    data: bytes
    pages: int | None = None


def judged(name: str, data: bytes) -> Content:
    """The file as it will be kept, or the refusal that says what is wrong with it.

    Refuses FileEmpty, PaperTooLarge, FileNotAccepted, FileDisguised, FileLocked, FileDamaged, FileActive, FileSwells,
    FileOfTwoKinds.
    """
    if not data.strip(b"\x00 \r\n\t"):
        raise FileEmpty(field="file")
    if len(data) > MOST:
        raise PaperTooLarge(field="file", size=-(-len(data) // MEGABYTE), most=MOST // MEGABYTE)
    kind = _kind_of(data)
    plain = _plain_name(name)
    ending = PurePosixPath(plain).suffix[1:].lower()
    if kind is None:
        raise _not_taken(ending, _other(data))
    if ending and ending not in ENDINGS[kind]:
        named = f".{ending}"
        raise FileDisguised(field="file", named=named, what=Text(zh=_NAMES[kind], en=_NAMES[kind]))
    _demand_one_kind(kind, data)
    stem = PurePosixPath(plain).stem if ending else plain
    return _kept(kind, stem, data)


def _kept(kind: str, stem: str, data: bytes) -> Content:
    if kind == "pdf":
        return Content(f"{stem}.pdf", MEDIA["pdf"], data, pages_of(data))
    if kind in ("docx", "xlsx"):
        return Content(f"{stem}.{kind}", MEDIA[kind], data)
    drawn, ending = redrawn(data)
    return Content(f"{stem}.{ending}", MEDIA[ending], drawn, 1)


def _kind_of(data: bytes) -> str | None:
    """Which of the kinds taken it is, by how it begins; an office file also by what is inside."""
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return office(data) if data.startswith(b"PK\x03\x04") else None


def _other(data: bytes) -> Text:
    """What it is instead, for people."""
    if data.startswith(b"PK"):
        return Text(zh="ZIP 压缩包", en="a ZIP archive")
    if data[4:12] in (b"ftypheic", b"ftypheix", b"ftypmif1", b"ftyphevc"):
        return _HEIC
    head = data[:512].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if head.startswith((b"<html", b"<!doctype", b"<svg", b"<?xml", b"<script")):
        return _PAGE
    return next((told for begins, told in _OTHERS if data.startswith(begins)), _UNKNOWN)


def _not_taken(ending: str, what: Text) -> FileDisguised | FileNotAccepted:
    known = any(ending in endings for endings in ENDINGS.values())
    if known and what is not _UNKNOWN and what is not _HEIC:
        return FileDisguised(field="file", named=f".{ending}", what=what)
    return FileNotAccepted(field="file", what=what)


def _demand_one_kind(kind: str, data: bytes) -> None:
    """FileOfTwoKinds where another program would open the same bytes as something else."""
    if kind not in ("docx", "xlsx") and _ZIP_END in data[-_TAIL:]:
        raise FileOfTwoKinds(field="file", what=Text(zh="ZIP 压缩包", en="a ZIP archive"))
    if kind != "pdf" and b"%PDF-" in data[:1024]:
        raise FileOfTwoKinds(field="file", what=Text(zh="PDF", en="a PDF"))
    rest = data[data.rfind(b"%%EOF") + 5 :] if kind == "pdf" else b""
    if len(rest.strip(b"\x00 \r\n\t")) > 1024:
        raise FileOfTwoKinds(field="file", what=_UNKNOWN)


def _plain_name(name: str) -> str:
    """A name without folders, signs that steer, and dots at its ends; at most 120 characters, its ending kept."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    clean = "".join(each for each in last if unicodedata.category(each)[0] != "C" and each not in '<>:"|?*')
    path = PurePosixPath(clean.strip(" .") or "file")
    return f"{path.stem[:110]}{path.suffix[:10]}"
