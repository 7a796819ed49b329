"""Papers are looked at: read, judged, compared with their originals, counted on paper."""

from __future__ import annotations

from datetime import datetime

from huiguan.documents.inputs import JudgeDocument, ReceiveCopies, SeeOriginal
from huiguan.documents.keeping import found, opened
from huiguan.documents.models import Document, Note, Version
from huiguan.documents.refusals import DocumentWithdrawn, NoFileYet, VerdictWithoutReason
from huiguan.documents.telling import views
from huiguan.documents.values import DocumentView, OpenedFile
from huiguan.foundation.performing import in_transaction, perform
from huiguan.kernel.actors import Actor


def open_document(
    *, actor: Actor, at: datetime, document: str, edition: int | None = None, own: str | None = None
) -> OpenedFile:
    """The file of a paper (its newest version, or `edition`), to be handed out as an attachment. Who read it is kept.

    Refuses Forbidden, NotFound, NoFileYet.
    """

    def do() -> OpenedFile:
        row = found(actor, document, own)
        version = Version.objects.select_related("file").filter(document=row, edition=edition or row.edition).first()
        if version is None or version.file is None:
            raise NoFileYet(field="document", number=document)
        return opened(actor, at, version.file, row)

    return in_transaction(do)


def judge_document(*, actor: Actor, at: datetime, given: JudgeDocument, key: str | None = None) -> DocumentView:
    """What a reviewer finds of the newest version: pass, fail or unclear; the last word counts.

    Refuses Forbidden, NotFound, DocumentWithdrawn, VerdictWithoutReason.
    """
    if given.verdict != "pass" and not given.why.strip():
        raise VerdictWithoutReason(field="why")
    note = Note(kind=Note.Kind.VERDICT, verdict=given.verdict, words=given.why.strip())
    return _noted("judge_document", actor, at, given, note, key)


def see_original(*, actor: Actor, at: datetime, given: SeeOriginal, key: str | None = None) -> DocumentView:
    """Somebody held the original of the newest version in hand: who, where, when.

    Refuses Forbidden, NotFound, DocumentWithdrawn.
    """
    return _noted("see_original", actor, at, given, Note(kind=Note.Kind.SEEN, words=given.place), key)


def receive_copies(*, actor: Actor, at: datetime, given: ReceiveCopies, key: str | None = None) -> DocumentView:
    """How many copies on paper there are for a dossier; the last count holds.

    Refuses Forbidden, NotFound, DocumentWithdrawn.
    """
    note = Note(kind=Note.Kind.COPIES, dossier=given.dossier, copies=given.copies)
    return _noted("receive_copies", actor, at, given, note, key)


def _noted(
    operation: str, actor: Actor, at: datetime, given: JudgeDocument | SeeOriginal | ReceiveCopies, note: Note,
    key: str | None,
) -> DocumentView:  # fmt: skip
    actor.demand("documents")
    before = found(actor, given.document, None)

    def do() -> DocumentView:
        row = _locked(actor, given.document)
        note.pk, note.programme_id, note.document, note.edition = None, actor.programme, row, row.edition
        note.at, note.actor, note.actor_name = at, actor.reference, actor.name
        note.save(force_insert=True)
        return views([row])[0]

    return perform(
        operation, actor=actor, at=at, subject=before.holder, given=given, do=do, returns=DocumentView, key=key
    )


def _locked(actor: Actor, number: str) -> Document:
    row = found(actor, number, None, locked=True)
    if row.withdrawn_at is not None:
        raise DocumentWithdrawn(field="document", number=number)
    return row
