"""Keeping files: judged, scanned for viruses, sealed, and found again; every reading leaves a line."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.conf import settings

from huiguan.documents.judging import Content, judged
from huiguan.documents.models import Document, File, Note, Reading
from huiguan.documents.scanning import scan
from huiguan.documents.values import FileView, NoteView, OpenedFile, Upload
from huiguan.foundation.sealing import seal_bytes, unseal_bytes
from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text

_DOCUMENT = Text(zh="材料", en="paper")


def fit(upload: Upload) -> Content:
    """The file fit to be kept, or the refusal. Outside the transaction: it takes its time and touches nothing."""
    content = judged(upload.name, upload.data)
    scan(settings.HUIGUAN_CLAMD, upload.data)
    return content


def keep(actor: Actor, at: datetime, content: Content) -> File:
    """The file's row; its bytes are sealed, bound to the programme and to what they are."""
    digest = hashlib.sha256(content.data).digest()
    return File.objects.create(
        programme_id=actor.programme,
        name=content.name,
        media=content.media,
        size=len(content.data),
        pages=content.pages,
        digest=digest,
        sealed=seal_bytes(content.data, bound=_bound(actor.programme, digest)),
        at=at,
        actor=actor.reference,
    )


def opened(actor: Actor, at: datetime, file: File, document: Document | None) -> OpenedFile:
    """The bytes in the clear, and the line that says who read them."""
    Reading.objects.create(
        programme_id=actor.programme, file=file, document=document, at=at, actor=actor.reference, actor_name=actor.name
    )
    data = unseal_bytes(bytes(file.sealed), bound=_bound(actor.programme, bytes(file.digest)))
    return OpenedFile(file.name, file.media, data)


def _bound(programme: int, digest: bytes) -> str:
    return f"file:{programme}:{digest.hex()}"


def demand_may(actor: Actor, holder: str, own: str | None) -> None:
    """Forbidden unless the actor keeps papers, or they are `own`."""
    if own is None or holder != own:
        actor.demand("documents")


def number_of(document: Document) -> str:
    return f"D{document.pk:06d}"


def found(actor: Actor, number: str, own: str | None, *, locked: bool = False) -> Document:
    """The paper of this number. NotFound where there is none, or it is another's and the actor may not even know."""
    key = int(number[1:]) if number[1:].isdecimal() and number.startswith("D") else 0
    rows = Document.objects.filter(programme_id=actor.programme, pk=key)
    row = (rows.select_for_update() if locked else rows).first()
    if row is None or (own is not None and row.holder != own and not actor.may("documents")):
        raise NotFound(field="document", what=_DOCUMENT, given=number)
    demand_may(actor, row.holder, own)
    return row


def file_view(file: File | None) -> FileView | None:
    return None if file is None else FileView(file.name, file.media, file.size, file.pages, bytes(file.digest).hex())


def note_view(note: Note | None) -> NoteView | None:
    return None if note is None else NoteView(note.verdict, note.words, note.actor_name, note.at)
