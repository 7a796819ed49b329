"""Files are judged by their content: what is taken, and what is refused by name."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from huiguan.documents import refusals as no
from huiguan.documents.judging import judged
from huiguan.documents.judging.contents import MOST
from huiguan.kernel.refusals import Refusal
from tests.documents.sheets import archive, office, pdf, picture


@pytest.mark.parametrize(
    ("name", "data", "kept", "media"),
    [
        ("营业执照.pdf", pdf(pages=2), "营业执照.pdf", "application/pdf"),
        ("photo.JPEG", picture(), "photo.jpg", "image/jpeg"),
        ("scan.png", picture("PNG"), "scan.png", "image/png"),
        ("scan.webp", picture("WEBP"), "scan.jpg", "image/jpeg"),
        ("scan", picture(), "scan.jpg", "image/jpeg"),
        ("申请表.docx", office(), "申请表.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("..\\..\\etc/pass\u202ewd.pdf", pdf(), "passwd.pdf", "application/pdf"),
        ("x" * 300 + ".pdf", pdf(), "x" * 110 + ".pdf", "application/pdf"),
    ],
)  # fmt: skip
def test_what_is_whole_is_kept_under_a_plain_name(name: str, data: bytes, kept: str, media: str) -> None:
    content = judged(name, data)
    assert (content.name, content.media) == (kept, media)


def test_pages_are_counted() -> None:
    assert judged("a.pdf", pdf(pages=3)).pages == 3


def test_a_picture_is_drawn_anew_upright_without_place_or_tail() -> None:
    content = judged("p.jpg", picture(place=True) + b"hidden tail")
    drawn = Image.open(io.BytesIO(content.data))
    assert drawn.size == (40, 60)
    assert dict(drawn.getexif()) == {}
    assert b"hidden tail" not in content.data


PROGRAM = b"MZ\x90\x00" + b"\x00" * 100
BOMB = archive({"[Content_Types].xml": b"x", "word/document.xml": b"\x00" * 30_000_000})
MANY = archive({f"p{n}": b"" for n in range(2001)})


@pytest.mark.parametrize(
    ("name", "data", "refusal"),
    [
        ("a.pdf", b"", no.FileEmpty),
        ("a.pdf", b" \r\n", no.FileEmpty),
        ("a.pdf", PROGRAM, no.FileDisguised),
        ("a.jpg", b"\x7fELF" + b"\x01" * 50, no.FileDisguised),
        ("a.pdf", b"<html><script>alert(1)</script>", no.FileDisguised),
        ("a.png", picture("JPEG"), no.FileDisguised),
        ("a.exe", PROGRAM, no.FileNotAccepted),
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", no.FileNotAccepted),
        ("a.heic", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 40, no.FileNotAccepted),
        ("a.zip", archive({"a.txt": b"hello"}), no.FileNotAccepted),
        ("a.gif", b"GIF89a" + b"\x00" * 40, no.FileNotAccepted),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 40, no.FileNotAccepted),
        ("a.txt", b"just words", no.FileNotAccepted),
        ("a.pdf", b"%PDF-" + b"\x00" * MOST, no.PaperTooLarge),
        ("a.pdf", pdf(password="secret"), no.FileLocked),
        ("a.pdf", pdf(script="app.alert(1)"), no.FileActive),
        ("a.pdf", pdf(attached=PROGRAM), no.FileActive),
        ("a.pdf", pdf(launch=True), no.FileActive),
        ("a.pdf", pdf()[:200], no.FileDamaged),
        ("a.pdf", b"%PDF-1.7\n" + b"not at all\n" * 40, no.FileDamaged),
        ("a.pdf", pdf(pages=501), no.FileSwells),
        ("a.pdf", pdf() + archive({"a": b"b"}), no.FileOfTwoKinds),
        ("a.pdf", pdf() + b"#!/bin/sh\n" * 200, no.FileOfTwoKinds),
        ("a.jpg", picture() + archive({"a": b"b"}), no.FileOfTwoKinds),
        ("a.jpg", picture()[:60], no.FileDamaged),
        ("a.png", picture("PNG", size=(9000, 9000)), no.FileSwells),
        ("a.docx", BOMB, no.FileSwells),
        ("a.zip", MANY, no.FileSwells),
        ("a.docx", office(word__vbaProject__bin=b"x").replace(b"vbaProject/bin", b"vbaProject.bin"), no.FileActive),
        ("a.docx", office()[:-30], no.FileDamaged),
        ("a.xlsx", office(), no.FileDisguised),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_by_name(name: str, data: bytes, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal) as told:
        judged(name, data)
    assert told.value.field == "file"
    assert told.value.say("zh") != told.value.say("en")


def test_a_template_fetched_from_outside_is_something_that_runs() -> None:
    far = b'<Relationship Type="x/attachedTemplate" Target="http://x" TargetMode="External"/>'
    parts = {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w/>", "word/_rels/settings.xml.rels": far}
    with pytest.raises(no.FileActive):
        judged("a.docx", archive(parts))


def test_a_locked_office_file_says_so() -> None:
    locked = bytearray(office())
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = locked.find(sign)
        while place >= 0:
            locked[place + at] |= 1
            place = locked.find(sign, place + 1)
    with pytest.raises(no.FileLocked):
        judged("a.docx", bytes(locked))
