"""A member's own papers on her phone: hers alone, received, refused by name, given out as attachments."""

from __future__ import annotations

from datetime import UTC, datetime

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiguan.documents import operations as documents
from huiguan.documents.inputs import JudgeDocument, KeepTemplate
from huiguan.documents.models import Document
from huiguan.documents.values import Upload
from huiguan.kernel.actors import system
from tests.documents.sheets import pdf, picture
from tests.portal.world import BASE, Portal
from tests.visits.world import AT, HERS


def test_she_hands_in_a_paper_and_reads_the_verdict(portal: Portal) -> None:
    client = portal.browser(HERS)
    wrong = SimpleUploadedFile("card.pdf", b"MZ" + bytes(80))
    refused = client.post(f"{BASE}me/papers", {"doc": "other", "file": wrong})
    assert refused.status_code == 422 and "Windows 程序" in refused.content.decode()
    shot = SimpleUploadedFile("card.jpg", picture())
    assert client.post(f"{BASE}me/papers", {"doc": "other", "scan": "1", "file": shot}).status_code == 302
    row = Document.objects.get()
    number, house = f"D{row.pk:06d}", system(row.programme_id)
    told = JudgeDocument(document=number, verdict="fail", why="请正面拍")
    documents.judge_document(actor=house, at=AT, given=told)
    page = client.get(f"{BASE}me/papers").content.decode()
    assert "card.jpg" in page and "请重交" in page and "请正面拍" in page
    opened = client.get(f"{BASE}me/papers/{number}")
    assert opened["Content-Disposition"].startswith("attachment") and opened["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in opened["Content-Security-Policy"]


def test_somebody_elses_paper_is_not_there(portal: Portal) -> None:
    client = portal.browser(HERS)
    assert client.get(f"{BASE}me/papers/D000999").status_code == 404
    assert client.get(f"{BASE}me/papers/x").status_code == 404
    # Signed out, nobody gets anything.
    assert Client().get(f"{BASE}me/papers/D000001").status_code in (302, 401, 403)


def test_a_template_is_downloaded(portal: Portal) -> None:
    client = portal.browser(HERS)
    client.post(f"{BASE}me/papers", {"doc": "other", "file": SimpleUploadedFile("a.pdf", pdf())})
    house = system(Document.objects.get().programme_id)
    given = KeepTemplate(name="pledge", title_zh="承诺书", title_en="Pledge")
    documents.keep_template(actor=house, at=datetime.now(UTC), given=given, file=Upload("pledge.pdf", pdf()))
    assert "承诺书" in client.get(f"{BASE}me/papers").content.decode()
    assert client.get(f"{BASE}me/papers/templates/pledge")["Content-Type"] == "application/pdf"
    wrong = client.post(f"{BASE}me/papers/signature", {"acceptance": "pledge", "edition": "1", "signer": "林溪"})
    assert wrong.status_code == 404
