"""A picture is what its content says, never what it is called."""

from __future__ import annotations

import struct

import pytest

from huiguan.rewards.images import MOST_BYTES, Seen, seen
from tests.rewards.pictures import png
from tests.rewards.refusing import refused

JPEG = (
    b"\xff\xd8\xff\xe0" + struct.pack(">H", 16) + b"JFIF\x00" + b"\x00" * 9
    + b"\xff\xc0" + struct.pack(">HBHH", 17, 8, 300, 400) + b"\x00" * 10
)  # fmt: skip
LOSSY = b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\x00" * 7 + b"\x9d\x01\x2a" + struct.pack("<HH", 320, 240)
EXTENDED = b"RIFF\x00\x00\x00\x00WEBPVP8X" + b"\x00" * 8 + (319).to_bytes(3, "little") + (239).to_bytes(3, "little")


@pytest.mark.parametrize(("content", "what"), [
    (png(), Seen("image/png", 96, 96)), (JPEG, Seen("image/jpeg", 400, 300)),
    (LOSSY, Seen("image/webp", 320, 240)), (EXTENDED, Seen("image/webp", 320, 240)),
])  # fmt: skip
def test_it_is_known_by_its_content(content, what):
    assert seen(content) == what


@pytest.mark.parametrize("content", [
    b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"<html>", b"GIF89a" + b"\x00" * 40, png()[:20], png()[:-20],
    b"\xff\xd8\xff", b"RIFF\x00\x00\x00\x00WEBP", png(63, 96), png(96, 63),
    b"\x89PNG\r\n\x1a\n" + b"\x00" * MOST_BYTES,
])  # fmt: skip
def test_everything_else_is_refused(content):
    refused("PictureWrong", lambda: seen(content), field="picture")
