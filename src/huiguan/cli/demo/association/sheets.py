"""Papers of the demonstration: sheets that look like scans and say that they are samples."""

from __future__ import annotations

import io
from collections.abc import Mapping
from functools import cache

from PIL import Image, ImageDraw, ImageFont

_PAPER, _INK, _SEAL, _RULE = (250, 248, 242), (60, 56, 48), (179, 48, 28), (205, 198, 184)
_SIZE = (620, 860)


def sheet(title: str, lines: int, *, sealed: bool) -> Image.Image:
    """A form with ruled lines, a heading and, where it is `sealed`, a round stamp."""
    image = Image.new("RGB", _SIZE, _PAPER)
    pen = ImageDraw.Draw(image)
    pen.rectangle((36, 36, _SIZE[0] - 36, _SIZE[1] - 36), outline=_INK, width=2)
    pen.text((64, 64), title, fill=_INK, font=ImageFont.load_default(26))
    pen.text((64, 104), "SAMPLE", fill=_RULE, font=ImageFont.load_default(18))
    for n in range(lines):
        y = 170 + n * 52
        pen.line((64, y, _SIZE[0] - 64, y), fill=_RULE, width=2)
        pen.rectangle((64, y - 26, 64 + 90 + 37 * n % 160, y - 14), fill=_RULE)
        pen.rectangle((250, y - 28, 250 + 120 + 61 * n % 190, y - 12), fill=_INK)
    if sealed:
        pen.ellipse((404, 640, 544, 780), outline=_SEAL, width=6)
        pen.regular_polygon((474, 710, 30), 3, fill=_SEAL)
    return image


def jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=70)
    return out.getvalue()


def pdf(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PDF")
    return out.getvalue()


@cache
def scan(doc: str) -> tuple[str, bytes]:
    """A firm's form or licence as a file: its name and its bytes."""
    name, title, lines = _SCANS[doc]
    return name, jpeg(sheet(title, lines, sealed=True))


_SCANS: Mapping[str, tuple[str, str, int]] = {
    "form": ("入会申请表.jpg", "APPLICATION FORM", 10),
    "licence": ("营业执照.jpg", "BUSINESS LICENCE", 7),
}


def template() -> bytes:
    """The application form to fill in, as a PDF."""
    return pdf(sheet("APPLICATION FORM", 12, sealed=False))
