"""Small pictures, made by hand."""

from __future__ import annotations

import struct
import zlib


def png(width: int = 96, height: int = 96, colour: tuple[int, int, int] = (176, 66, 52)) -> bytes:
    """A PNG of one colour."""
    row = b"\x00" + bytes(colour) * width
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(row * height)),
        (b"IEND", b""),
    ]
    told = b"".join(struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + told
