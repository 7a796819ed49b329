"""Files for the tests of papers, made here: whole ones, and every sort that is refused."""

from __future__ import annotations

import io
import zipfile

from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def pdf(*, pages: int = 1, password: str = "", script: str = "", attached: bytes = b"", launch: bool = False) -> bytes:
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(width=200, height=200)
    if script:
        writer.root_object[NameObject("/OpenAction")] = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject(script)}
        )
    if attached:
        writer.add_attachment("inside.exe", attached)
    if launch:
        action = DictionaryObject({NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("x")})
        writer.root_object[NameObject("/OpenAction")] = action
    if password:
        writer.encrypt(password, algorithm="AES-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def picture(form: str = "JPEG", *, size: tuple[int, int] = (60, 40), place: bool = False) -> bytes:
    image = Image.new("RGB", size, (200, 30, 30))
    out = io.BytesIO()
    exif = Image.Exif()
    if place:
        exif[0x010E] = "taken at home"
        exif[0x0112] = 6  # lying on its side
    image.save(out, form, exif=exif)
    return out.getvalue()


def archive(parts: dict[str, bytes], *, packed: bool = True) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as file:
        for name, data in parts.items():
            file.writestr(name, data)
    return out.getvalue()


def office(**more: bytes) -> bytes:
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}
    return archive({**parts, **{name.replace("__", "/"): data for name, data in more.items()}})
