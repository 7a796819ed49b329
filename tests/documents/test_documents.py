"""Papers kept: sealed, versioned, judged, seen, counted, read by those who may, with a line for every reading."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from huiguan.documents import operations as papers
from huiguan.documents import queries
from huiguan.documents import refusals as no
from huiguan.documents.inputs import (
    JudgeDocument,
    KeepTemplate,
    ReceiveCopies,
    SeeOriginal,
    SignAcceptance,
    UploadDocument,
    WithdrawDocument,
    WithdrawTemplate,
)
from huiguan.documents.models import File, Reading
from huiguan.documents.operations import papers as limits
from huiguan.documents.values import DocumentView, Upload
from huiguan.foundation.models import AuditEntry
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, NotFound
from tests.documents.sheets import pdf, picture
from tests.rules.writing import compiled

pytestmark = pytest.mark.django_db

AT = datetime(2026, 6, 1, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
CLERK = Actor("staff", 7, "王秀", 1, frozenset({"documents"}))
MEMBER = Actor("member", 3, "会员", 1, membership=3)
STRANGER = Actor("staff", 8, "外人", 1, frozenset({"read_members"}))
HOLDER, OTHER = "party:12", "party:13"
SCAN = Upload("营业执照.pdf", pdf())


def uploaded(actor: Actor = CLERK, file: Upload | None = SCAN, *, own: str | None = None, key: str | None = None, at: datetime = AT, **told: Any) -> DocumentView:  # fmt: skip
    given = read(UploadDocument, {"holder": HOLDER, "doc": "licence", **told})
    return papers.upload_document(actor=actor, at=at, given=given, file=file, own=own, key=key)


def test_a_paper_is_kept_as_it_was_told() -> None:
    view = uploaded(
        number="310101199001011234", issuer="市监局", issued="2020-01-01", expires="2030-01-01", form="duplicate"
    )
    assert (view.number[0], view.edition, view.file and view.file.pages) == ("D", 1, 1)
    assert (view.paper_number, view.issuer, view.expires) == ("••••••••••••••1234", "市监局", date(2030, 1, 1))
    assert queries.documents(CLERK, HOLDER) == (view,)
    assert queries.papers(1, [HOLDER], "")[0].number == "310101199001011234"
    assert "310101199001011234" not in str(AuditEntry.objects.get().given)


def test_bytes_lie_sealed_and_come_back_whole() -> None:
    view = uploaded()
    assert b"%PDF" not in bytes(File.objects.get().sealed)
    opened = papers.open_document(actor=CLERK, at=AT, document=view.number)
    assert (opened.name, opened.media, opened.data) == ("营业执照.pdf", "application/pdf", SCAN.data)


def test_every_reading_leaves_a_line_that_stays() -> None:
    view = uploaded(MEMBER, own=HOLDER)
    papers.open_document(actor=MEMBER, at=AT, document=view.number, own=HOLDER)
    papers.open_document(actor=CLERK, at=AT + timedelta(hours=1), document=view.number)
    assert [(each.by, each.file) for each in queries.readings(CLERK, view.number)] == [
        ("王秀", "营业执照.pdf"), ("会员", "营业执照.pdf"),
    ]  # fmt: skip
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM documents_reading")


def test_whoever_may_not_is_refused() -> None:
    view = uploaded()
    with pytest.raises(Forbidden):
        uploaded(STRANGER)
    with pytest.raises(Forbidden):
        uploaded(MEMBER, own=OTHER)
    with pytest.raises(Forbidden):
        queries.documents(MEMBER, HOLDER, own=OTHER)
    with pytest.raises(Forbidden):
        papers.open_document(actor=STRANGER, at=AT, document=view.number)
    with pytest.raises(NotFound):  # not even that it is there
        papers.open_document(actor=MEMBER, at=AT, document=view.number, own=OTHER)
    with pytest.raises(Forbidden):
        papers.judge_document(actor=MEMBER, at=AT, given=JudgeDocument(document=view.number, verdict="pass"))
    elsewhere = Actor("staff", 7, "王秀", 2, frozenset({"documents"}))
    with pytest.raises(NotFound):
        papers.open_document(actor=elsewhere, at=AT, document=view.number)
    assert Reading.objects.count() == 0


def test_a_new_version_is_looked_at_anew_and_the_old_one_stays() -> None:
    first = uploaded(issued="2020-01-01")
    papers.judge_document(actor=CLERK, at=AT, given=JudgeDocument(document=first.number, verdict="fail", why="模糊"))
    papers.see_original(actor=CLERK, at=AT, given=SeeOriginal(document=first.number, place="服务大厅"))
    again = uploaded(MEMBER, Upload("again.jpg", picture()), own=HOLDER, document=first.number, issued="2021-01-01")
    assert (again.number, again.edition, again.verdict, again.seen) == (first.number, 2, None, None)
    assert [each.edition for each in queries.versions(CLERK, first.number)] == [2, 1]
    old = papers.open_document(actor=CLERK, at=AT, document=first.number, edition=1)
    assert old.media == "application/pdf"
    assert len(queries.documents(CLERK, HOLDER)) == 1


def test_verdict_original_and_copies_are_what_a_dossier_sees() -> None:
    number = uploaded(scan=True, stamped=True).number
    papers.judge_document(actor=CLERK, at=AT, given=JudgeDocument(document=number, verdict="unclear", why="哪一年？"))
    papers.see_original(actor=CLERK, at=AT, given=SeeOriginal(document=number, place="服务大厅"))
    for copies in (2, 3):
        papers.receive_copies(
            actor=CLERK, at=AT, given=ReceiveCopies(document=number, dossier="matter:1", copies=copies)
        )
    (paper,) = queries.papers(1, [HOLDER], "matter:1")
    assert (paper.verdict, paper.why, paper.original_seen, paper.copies) == ("unclear", "哪一年？", True, 3)
    (elsewhere,) = queries.papers(1, [HOLDER], "matter:2")
    assert (elsewhere.original_seen, elsewhere.copies) == (True, 0)
    seen = queries.document(CLERK, number).seen
    assert seen is not None and (seen.words, seen.by, seen.at) == ("服务大厅", "王秀", AT)


def test_a_verdict_against_says_why() -> None:
    number = uploaded().number
    with pytest.raises(no.VerdictWithoutReason):
        papers.judge_document(actor=CLERK, at=AT, given=JudgeDocument(document=number, verdict="fail", why=" "))


def test_what_is_withdrawn_serves_no_more() -> None:
    number = uploaded().number
    papers.withdraw_document(actor=CLERK, at=AT, given=WithdrawDocument(document=number))
    assert queries.papers(1, [HOLDER], "") == () and queries.documents(CLERK, HOLDER) == ()
    assert queries.documents(CLERK, HOLDER, withdrawn=True)[0].withdrawn_at == AT
    for again in (
        lambda: papers.withdraw_document(actor=CLERK, at=AT, given=WithdrawDocument(document=number)),
        lambda: uploaded(document=number),
        lambda: papers.see_original(actor=CLERK, at=AT, given=SeeOriginal(document=number, place="x")),
    ):
        with pytest.raises(no.DocumentWithdrawn):
            again()


def test_as_many_papers_as_anybody_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PAPERS", 2)
    monkeypatch.setattr(limits, "VERSIONS", 2)
    first = uploaded()
    uploaded()
    with pytest.raises(no.TooManyPapers):
        uploaded()
    uploaded(holder=OTHER)
    uploaded(document=first.number)
    with pytest.raises(no.TooManyPapers):
        uploaded(document=first.number)


def test_a_paper_without_a_file_is_registered_as_such() -> None:
    with pytest.raises(no.NothingUploaded):
        uploaded(file=None)
    view = uploaded(file=None, paper=True)
    assert view.file is None and not queries.papers(1, [HOLDER], "")[0].uploaded
    with pytest.raises(no.NoFileYet):
        papers.open_document(actor=CLERK, at=AT, document=view.number)


def test_the_same_key_uploads_once() -> None:
    assert uploaded(key="k1") == uploaded(key="k1")
    assert len(queries.documents(CLERK, HOLDER)) == 1


def test_what_is_refused_leaves_nothing_behind() -> None:
    with pytest.raises(no.FileDisguised):
        uploaded(file=Upload("a.pdf", b"MZ" + b"\x00" * 50))
    assert File.objects.count() == 0 and AuditEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"issued": "2026-02-30"}, "issued"),
        ({"issued": "2026-02-02", "expires": "2026-02-01"}, "expires"),
        ({"holder": "somebody"}, "holder"),
        ({"form": "fax"}, "form"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_told_wrongly_is_named(told: dict[str, Any], field: str) -> None:
    with pytest.raises(InvalidInput) as wrong:
        uploaded(**told)
    assert wrong.value.field == field


def test_papers_move_to_whom_they_turn_out_to_be_of() -> None:
    view = uploaded(holder="matter:5", number="123456")
    assert papers.move_documents(actor=CLERK, at=AT, holder="matter:5", to=HOLDER) == 1
    assert queries.documents(CLERK, HOLDER)[0].number == view.number
    assert queries.papers(1, [HOLDER], "")[0].number == "123456"


def test_what_ends_soon_is_told_from_and_until_the_day() -> None:
    for day in ("2026-06-30", "2026-07-01", "2026-07-31", "2026-08-01"):
        uploaded(expires=day)
    told = queries.expiring(1, since=date(2026, 7, 1), until=date(2026, 7, 31))
    assert [each.expires for each in told] == [date(2026, 7, 1), date(2026, 7, 31)]


def test_templates_have_editions() -> None:
    given = KeepTemplate(name="pledge", title_zh="承诺书", title_en="Pledge")
    first = papers.keep_template(actor=CLERK, at=AT, given=given, file=Upload("a.pdf", pdf()))
    second = papers.keep_template(actor=CLERK, at=AT, given=given, file=Upload("b.pdf", pdf(pages=2)))
    assert (first.edition, second.edition, queries.templates(MEMBER)) == (1, 2, (second,))
    assert papers.open_template(actor=MEMBER, at=AT, name="pledge").name == "b.pdf"
    assert papers.open_template(actor=MEMBER, at=AT, name="pledge", edition=1).name == "a.pdf"
    papers.withdraw_template(actor=CLERK, at=AT, given=WithdrawTemplate(name="pledge"))
    assert queries.templates(MEMBER) == ()
    with pytest.raises(no.TemplateWithdrawn):
        papers.open_template(actor=MEMBER, at=AT, name="pledge")
    with pytest.raises(no.TemplateWithdrawn):
        papers.withdraw_template(actor=CLERK, at=AT, given=WithdrawTemplate(name="pledge"))
    with pytest.raises(NotFound):
        papers.open_template(actor=MEMBER, at=AT, name="other")
    with pytest.raises(Forbidden):
        papers.keep_template(actor=MEMBER, at=AT, given=given, file=SCAN)


BOOK = compiled(
    ("acceptance", "acceptance: pledge, edition: 2, before: [activation]"),
    ("acceptance", "acceptance: slip, signs: [member, guide], before: [submission]"),
)


def sign(actor: Actor = MEMBER, own: str | None = HOLDER, **given: Any) -> Any:
    asked = SignAcceptance(**{"holder": HOLDER, "acceptance": "pledge", "edition": "2", "signer": "李梅", **given})
    return papers.sign_acceptance(actor=actor, at=AT, given=asked, rulebook=BOOK, own=own)


def demand(before: Any, about: str = "") -> None:
    papers.demand_signed(actor=CLERK, at=AT, rulebook=BOOK, holder=HOLDER, before=before, about=about)


def test_nothing_opens_before_the_pledge_is_signed() -> None:
    with pytest.raises(no.AcceptanceNeeded) as told:
        demand("activation")
    assert (told.value.status, told.value.clause, "会员" in told.value.say("zh")) == (409, "T-01", True)
    view = sign()
    assert (view.edition, view.signer, view.words.zh) == ("2", "李梅", "正文")
    demand("activation")
    with pytest.raises(no.AlreadySigned):
        sign()


def test_both_sign_each_slip() -> None:
    sign(acceptance="slip", edition="1", about="sale:9")
    with pytest.raises(no.AcceptanceNeeded) as told:
        demand("submission", "sale:9")
    assert "导购" in told.value.say("zh")
    sign(CLERK, None, acceptance="slip", edition="1", about="sale:9", role="guide", way="paper", signer="王秀")
    demand("submission", "sale:9")
    with pytest.raises(no.AcceptanceNeeded):
        demand("submission", "sale:10")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"acceptance": "other"}, no.AcceptanceUnknown),
        ({"edition": "1"}, no.EditionOutdated),
        ({"role": "guide"}, no.SignerNotAsked),
        ({"holder": OTHER}, Forbidden),
    ],
)
def test_what_cannot_be_signed_says_why(given: dict[str, Any], refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        sign(**given)


@pytest.fixture
def clamd(settings: Any) -> Iterator[list[str]]:
    """A scanner of our own on a socket: it answers in clamd's words, with what the test wants."""
    answers: list[str] = []
    listening = socket.create_server(("127.0.0.1", 0))
    settings.HUIGUAN_CLAMD = f"127.0.0.1:{listening.getsockname()[1]}"

    def answer() -> None:
        while True:
            try:
                line, _ = listening.accept()
            except OSError:
                return
            with line, line.makefile("rb") as told:
                assert told.read(10) == b"zINSTREAM\0"
                while size := int.from_bytes(told.read(4), "big"):
                    told.read(size)
                line.sendall(answers[-1].encode() + b"\0")

    thread = threading.Thread(target=answer, daemon=True)
    thread.start()
    yield answers
    listening.close()


def test_a_scanner_that_is_set_up_is_asked(clamd: list[str], settings: Any) -> None:
    clamd.append("stream: OK")
    uploaded()
    clamd.append("stream: Eicar-Test-Signature FOUND")
    with pytest.raises(no.VirusFound) as told:
        uploaded()
    assert told.value.values["name"] == "Eicar-Test-Signature"
    clamd.append("stream: size limit exceeded ERROR")
    with pytest.raises(no.ScannerSilent):
        uploaded()
    settings.HUIGUAN_CLAMD = "127.0.0.1:1"
    with pytest.raises(no.ScannerSilent):
        uploaded()
    assert File.objects.count() == 1
