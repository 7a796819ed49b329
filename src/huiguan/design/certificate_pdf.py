"""A certificate as one A4 page in PDF: a frame, the words in Chinese and English, the number, a QR of the public page.

The words are set in the standard Song type of PDF readers, which is named and not embedded: no font lies in the house.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject, TextStringObject

WIDTH, HEIGHT = 595, 842  # A4 in points
_HALF = 500  # a Latin letter's width, in thousandths of the type's size
QUIET = 2  # modules of white around a code


@dataclass(frozen=True, slots=True)
class Paper:
    """What the page says: the house, the title in both languages, whose it is, lines of (label, value), the number, and
    the address its code opens."""

    house: str
    title: str
    subtitle: str
    name: str
    lines: Sequence[tuple[str, str]]
    number: str
    address: str


def drawn(paper: Paper) -> bytes:
    """The page as a PDF file."""
    writer = PdfWriter()
    page = writer.add_blank_page(width=WIDTH, height=HEIGHT)
    content = DecodedStreamObject()
    content.set_data("\n".join(_strokes(paper)).encode("ascii"))
    fonts = DictionaryObject({NameObject("/F1"): writer._add_object(_song(writer))})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.add_metadata({"/Title": f"{paper.title} {paper.number}", "/Author": paper.house})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _song(writer: PdfWriter) -> DictionaryObject:
    """The standard Song type, by its name; Latin letters half as wide as signs."""
    system = DictionaryObject({
        NameObject("/Registry"): TextStringObject("Adobe"),
        NameObject("/Ordering"): TextStringObject("GB1"),
        NameObject("/Supplement"): NumberObject(4),
    })  # fmt: skip
    descriptor = DictionaryObject({
        NameObject("/Type"): NameObject("/FontDescriptor"), NameObject("/FontName"): NameObject("/STSong-Light"),
        NameObject("/Flags"): NumberObject(6), NameObject("/ItalicAngle"): NumberObject(0),
        NameObject("/Ascent"): NumberObject(857), NameObject("/Descent"): NumberObject(-143),
        NameObject("/CapHeight"): NumberObject(857), NameObject("/StemV"): NumberObject(93),
        NameObject("/FontBBox"): ArrayObject(map(NumberObject, (-250, -143, 600, 857))),
    })  # fmt: skip
    signs = DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/CIDFontType0"),
        NameObject("/BaseFont"): NameObject("/STSong-Light"), NameObject("/CIDSystemInfo"): system,
        NameObject("/DW"): NumberObject(1000), NameObject("/FontDescriptor"): writer._add_object(descriptor),
        NameObject("/W"): ArrayObject([NumberObject(1), NumberObject(95), NumberObject(_HALF)]),
    })  # fmt: skip
    return DictionaryObject({
        NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type0"),
        NameObject("/BaseFont"): NameObject("/STSong-Light-UniGB-UCS2-H"),
        NameObject("/Encoding"): NameObject("/UniGB-UCS2-H"),
        NameObject("/DescendantFonts"): ArrayObject([writer._add_object(signs)]),
    })  # fmt: skip


def _strokes(paper: Paper) -> list[str]:
    """What is drawn, in the page's own language."""
    found = ["0.55 0.13 0.13 RG 2.5 w 40 40 515 762 re S 0.6 w 48 48 499 746 re S 0 0 0 rg"]
    found += [_centred(paper.house, 700, 18), _centred(paper.title, 630, 40), _centred(paper.subtitle, 600, 14)]
    found.append(_centred(paper.name, 510, 30))
    found += [_said(f"{label}  {value}", 130, 440 - 30 * place, 14) for place, (label, value) in enumerate(paper.lines)]
    found.append(_said(f"No. {paper.number}", 130, 150, 14))
    return [*found, *_code(paper.address, 390, 110, 110)]


def _width(text: str, size: int) -> float:
    return sum(_HALF if sign.isascii() else 1000 for sign in text) * size / 1000


def _centred(text: str, y: int, size: int) -> str:
    while size > 9 and _width(text, size) > 440:
        size -= 1
    return _said(text, int((WIDTH - _width(text, size)) / 2), y, size)


def _said(text: str, x: int, y: int, size: int) -> str:
    """Text at a place; signs the type has not are left out by the reader."""
    plain = "".join(sign for sign in text if ord(sign) < 0x10000)
    return f"BT /F1 {size} Tf {x} {y} Td <{plain.encode('utf-16-be').hex()}> Tj ET"


def _code(address: str, x: int, y: int, side: int) -> list[str]:
    """The address as a QR code, its dark modules as squares."""
    rows = list(segno.make(address, error="m", micro=False).matrix)
    step = side / (len(rows) + 2 * QUIET)
    return [
        f"{x + (QUIET + place) * step:.3f} {y + side - (QUIET + line + 1) * step:.3f} {step:.3f} {step:.3f} re f"
        for line, row in enumerate(rows)
        for place, dark in enumerate(row)
        if dark
    ]
