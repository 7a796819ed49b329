"""Files handed in for an import: kept in the data folder until a week has passed, with what is known of them."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from huiguan.console.acting import Acting
from huiguan.foundation.sheets import SheetEmpty
from huiguan.kernel.refusals import NotFound, Refusal
from huiguan.kernel.text import Text

MOST_BYTES = 200 * 1024 * 1024
KEPT_SECONDS = 7 * 24 * 3600
_FILE = Text(zh="文件", en="file")
_TOKEN = re.compile("[0-9a-f]{32}")  # what uuid4 gives; anything else is no name of a folder here
_ABOUT, _SOURCE, _REJECTED = "about.json", "source", "rejected.xlsx"


class NoFileChosen(Refusal):
    text = Text(zh="没有选文件。", en="No file was chosen.")
    status = 422
    rank = "input"


class FileTooLarge(Refusal):
    text = Text(zh="文件太大：至多 {most} MB。请分开导入。", en="The file is too large: {most} MB at most. Split it.")
    status = 422
    rank = "input"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file handed in. `digest` names it by its content; `name` is what the person called it."""

    token: str
    programme: int
    kind: str
    name: str
    size: int
    digest: str

    @property
    def path(self) -> Path:
        return _folder() / self.token / _SOURCE

    @property
    def rejected(self) -> Path:
        """Where the file of rejected rows lies, if there is one."""
        return self.path.with_name(_REJECTED)

    @property
    def rejected_name(self) -> str:
        return f"{Path(self.name).stem}-rejected.xlsx"


def _folder() -> Path:
    return Path(settings.HUIGUAN_DATA) / "imports"


def keep(now: Acting, kind: str, file: UploadedFile[Any] | None) -> Upload:
    """Keep a file that was handed in. Refuses NoFileChosen, SheetEmpty, FileTooLarge."""
    if file is None:
        raise NoFileChosen(field="file")
    if not file.size:
        raise SheetEmpty(field="file")
    if file.size > MOST_BYTES:
        raise FileTooLarge(field="file", most=MOST_BYTES // 1024 // 1024)
    _sweep()
    token = uuid4().hex
    place = _folder() / token
    place.mkdir(parents=True, mode=0o700)
    digest = hashlib.sha256()
    with (place / _SOURCE).open("wb") as kept:
        for chunk in file.chunks():
            digest.update(chunk)
            kept.write(chunk)
    name = Path(file.name or "").name[:120] or "file"
    upload = Upload(token, now.actor.programme, kind, name, file.size, digest.hexdigest())
    (place / _ABOUT).write_text(json.dumps(asdict(upload), ensure_ascii=False), encoding="utf-8")
    return upload


def kept(programme: int, token: str) -> Upload:
    """A file of this programme by its token; NotFound where it is another's, or gone."""
    place = _folder() / token
    if _TOKEN.fullmatch(token) and (place / _ABOUT).is_file():
        upload = Upload(**json.loads((place / _ABOUT).read_text(encoding="utf-8")))
        if upload.programme == programme:
            return upload
    raise NotFound(field="file", what=_FILE, given=token[:40])


def forget(upload: Upload) -> None:
    """Throw a file away."""
    shutil.rmtree(_folder() / upload.token, ignore_errors=True)


def _sweep() -> None:
    """Throw away what is older than a week: these files are full of names and phones."""
    old = time.time() - KEPT_SECONDS
    for place in _folder().glob("*"):
        if place.stat().st_mtime < old:
            shutil.rmtree(place, ignore_errors=True)
