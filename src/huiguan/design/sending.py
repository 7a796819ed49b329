"""Files on their way: what came in with a form, and what goes out, as an attachment and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from tempfile import TemporaryFile
from typing import IO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from huiguan.design.markup import tongue
from huiguan.documents.values import OpenedFile, Upload
from huiguan.foundation.sheets import Written, text_of, workbook_of
from huiguan.kernel.text import Text

_MEDIA = {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

_IN_A_FRAME = "default-src 'none'; frame-ancestors 'self'"


def uploaded(request: HttpRequest, field: str = "file") -> Upload | None:
    """The file of a form; None where none was chosen."""
    file = request.FILES.get(field)
    return Upload(file.name or "", file.read()) if isinstance(file, UploadedFile) else None


def attachment(opened: OpenedFile) -> HttpResponse:
    """A file to be saved: never a page of ours, never guessed at, running nothing."""
    response = HttpResponse(opened.data, content_type=opened.media)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=opened.name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def framed(opened: OpenedFile) -> HttpResponse:
    """A PDF to be looked at in a frame of one of our own pages, by the browser's viewer: it loads nothing, runs nothing, and
    stands in no other site's frame. Anything else is saved."""
    response = attachment(opened)
    if opened.media == _MEDIA["pdf"]:
        response["Content-Disposition"] = (
            content_disposition_header(as_attachment=False, filename=opened.name) or "inline"
        )
        response["Content-Security-Policy"] = _IN_A_FRAME
        response["X-Frame-Options"] = "SAMEORIGIN"
    return response


def archive_answer(name: str, write: Callable[[IO[bytes]], object]) -> HttpResponse:
    """An archive to be saved, as `write` writes it: it lies on the disk while it is sent piece by piece, and is gone behind it."""
    file = TemporaryFile()  # noqa: SIM115  the answer closes it once it is sent
    write(file)
    file.seek(0)
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return cast(
        HttpResponse, response
    )  # one that is sent in pieces: everything an entrance does with an answer it bears


def file_answer(data: bytes | str, name: str) -> HttpResponse:
    """A file of our own making to be saved, what it is by its name's ending."""
    response = HttpResponse(data, content_type=_MEDIA[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def sheet_answer(name: str, headings: Sequence[Text], rows: Iterable[Sequence[Written]]) -> HttpResponse:
    """A list to be saved, headed in the reader's language: text with commas where its name ends in .csv, else .xlsx."""
    write = text_of if name.endswith(".csv") else workbook_of
    return file_answer(write([each.of(tongue()) for each in headings], rows), name)
