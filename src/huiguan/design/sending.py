"""Files on their way: what came in with a form, and what goes out, as an attachment and nothing else."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from huiguan.documents.values import OpenedFile, Upload


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
