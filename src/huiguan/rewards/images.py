"""What an uploaded picture really is, judged by its content: PNG, JPEG or WebP, of a size a page can show. Pure."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from huiguan.kernel.text import Text
from huiguan.rewards.refusals import PictureWrong

MOST_BYTES = 2 * 1024 * 1024
LEAST_SIDE, MOST_SIDE = 64, 6000
_NONE = Text(zh="没有选图片。", en="No picture was chosen.")
_LARGE = Text(zh="图片太大：至多 2 MB。", en="The picture is too large: 2 MB at most.")
_KIND = Text(zh="只收 PNG、JPEG 和 WebP 图片。", en="Pictures are PNG, JPEG or WebP.")
_SIDES = Text(zh="每边须在 64 至 6000 像素之间。", en="Each side takes 64 to 6000 pixels.")


@dataclass(frozen=True, slots=True)
class Seen:
    """`kind` as HTTP calls it; sides in pixels."""

    kind: str
    width: int
    height: int


def seen(content: bytes) -> Seen:
    """What `content` is. PictureWrong for what is none, or of another kind or size."""
    if not content:
        raise PictureWrong(field="picture", rule=_NONE)
    if len(content) > MOST_BYTES:
        raise PictureWrong(field="picture", rule=_LARGE)
    try:
        found = _png(content) or _jpeg(content) or _webp(content)
    except (struct.error, IndexError):
        found = None
    if found is None:
        raise PictureWrong(field="picture", rule=_KIND)
    if not all(LEAST_SIDE <= side <= MOST_SIDE for side in (found.width, found.height)):
        raise PictureWrong(field="picture", rule=_SIDES)
    return found


def _png(content: bytes) -> Seen | None:
    if content[:8] != b"\x89PNG\r\n\x1a\n" or content[12:16] != b"IHDR" or b"IEND" not in content[-16:]:
        return None
    return Seen("image/png", *struct.unpack(">II", content[16:24]))


def _jpeg(content: bytes) -> Seen | None:
    """The first frame header among the segments says how large it is."""
    if content[:3] != b"\xff\xd8\xff":
        return None
    place = 2
    while content[place] == 0xFF:
        marker = content[place + 1]
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            height, width = struct.unpack(">HH", content[place + 5 : place + 9])
            return Seen("image/jpeg", width, height)
        place += 2 + struct.unpack(">H", content[place + 2 : place + 4])[0]
    return None


def _webp(content: bytes) -> Seen | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP":
        return None
    if content[12:16] == b"VP8X":
        return Seen("image/webp", *(1 + int.from_bytes(content[at : at + 3], "little") for at in (24, 27)))
    if content[12:16] == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return Seen("image/webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if content[12:16] == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        return Seen("image/webp", *(side & 0x3FFF for side in struct.unpack("<HH", content[26:30])))
    return None
