"""A new draft from its form: from a version, or from a file."""

from __future__ import annotations

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from huiguan.console.acting import Acting
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.programme import operations
from huiguan.programme.inputs import OpenDraft
from huiguan.rules.reading import LARGEST

_TOO_LARGE = Text(zh="文件超过 1 MB，不是章程", en="is larger than 1 MB; that is no rulebook")
_NOT_TEXT = Text(zh="不是 UTF-8 文本", en="is not UTF-8 text")


def opened(now: Acting, request: HttpRequest) -> int:
    """The number of the draft that was opened."""
    asked = request.POST.get("based_on", "")
    given = {
        "title": request.POST.get("title", ""),
        "based_on": int(asked) if asked.isdecimal() and len(asked) < 9 else None,
        "source": _uploaded(request),
    }
    made = operations.open_draft(
        actor=now.actor, at=now.at, given=read(OpenDraft, given), key=request.POST.get("key") or None
    )
    return made.number


def _uploaded(request: HttpRequest) -> str | None:
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not file.size:
        return None
    if file.size > LARGEST:
        raise InvalidInput(field="file", rule=_TOO_LARGE)
    try:
        text: str = file.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput(field="file", rule=_NOT_TEXT) from None
    return text.replace("\r\n", "\n").replace("\x00", "")
