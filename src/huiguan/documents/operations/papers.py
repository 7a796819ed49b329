"""Papers come in, are told of, come anew, and are taken back."""

from __future__ import annotations

from datetime import datetime

from huiguan.documents.inputs import UploadDocument, WithdrawDocument
from huiguan.documents.judging import Content
from huiguan.documents.keeping import demand_may, fit, found, keep, number_of
from huiguan.documents.models import Document, Signed, Version
from huiguan.documents.refusals import DocumentWithdrawn, NothingUploaded, TooManyPapers
from huiguan.documents.telling import paper_number, sealed_number, views
from huiguan.documents.values import DocumentView, Upload
from huiguan.foundation.performing import perform, plain_of
from huiguan.kernel.actors import Actor

PAPERS, VERSIONS = 300, 50  # of one holder, of one paper
_TOLD = ("form", "issuer", "issued", "expires", "period", "whose", "part", "pair", "stamped", "scan")


def upload_document(
    *,
    actor: Actor,
    at: datetime,
    given: UploadDocument,
    file: Upload | None = None,
    own: str | None = None,
    key: str | None = None,
) -> DocumentView:
    """A paper of `given.holder`, with its file or on paper alone; of `given.document` its next version, which nobody has
    judged yet. It takes `documents`, unless the room above says that the papers of `own` are the actor's own.

    Refuses Forbidden, NotFound, NothingUploaded, DocumentWithdrawn, TooManyPapers, and whatever is wrong with the file: FileEmpty,
    PaperTooLarge, FileNotAccepted, FileDisguised, FileLocked, FileDamaged, FileActive, FileSwells, FileOfTwoKinds,
    VirusFound, ScannerSilent.
    """
    demand_may(actor, given.holder, own)
    if file is None and not given.paper:
        raise NothingUploaded(field="file")
    content = None if file is None else fit(file)

    def do() -> DocumentView:
        row = _opened(actor, at, given, own)
        _version(actor, at, row, given, content)
        return views([row])[0]

    told = {**plain_of(given), "file": None if content is None else content.name}
    return perform(
        "upload_document", actor=actor, at=at, subject=given.holder, given=told, do=do, returns=DocumentView, key=key,
        secret=frozenset({"number"}),
    )  # fmt: skip


def _opened(actor: Actor, at: datetime, given: UploadDocument, own: str | None) -> Document:
    """The paper's row as it is told from now on."""
    if given.document is None:
        if Document.objects.filter(programme_id=actor.programme, holder=given.holder).count() >= PAPERS:
            raise TooManyPapers(field="file", most=PAPERS)
        row = Document(programme_id=actor.programme, holder=given.holder, doc=given.doc, created_at=at, edition=0)
    else:
        row = found(actor, given.document, own, locked=True)
        if row.withdrawn_at is not None:
            raise DocumentWithdrawn(field="document", number=given.document)
        if row.edition >= VERSIONS:
            raise TooManyPapers(field="document", most=VERSIONS)
    for name in _TOLD:
        setattr(row, name, getattr(given, name))
    row.sealed_number = sealed_number(row.holder, given.number)
    row.edition += 1
    row.save()
    return row


def _version(actor: Actor, at: datetime, row: Document, given: UploadDocument, content: Content | None) -> None:
    # The number lies sealed on the row; the history keeps the rest of what was told.
    told = {name: value for name, value in plain_of(given).items() if name in _TOLD}
    Version.objects.create(
        programme_id=actor.programme,
        document=row,
        edition=row.edition,
        file=None if content is None else keep(actor, at, content),
        told=told,
        at=at,
        actor=actor.reference,
        actor_name=actor.name,
    )


def withdraw_document(
    *, actor: Actor, at: datetime, given: WithdrawDocument, own: str | None = None, key: str | None = None
) -> DocumentView:
    """The paper serves no dossier any more; it stays readable to those who keep papers.

    Refuses Forbidden, NotFound, DocumentWithdrawn.
    """
    before = found(actor, given.document, own)

    def do() -> DocumentView:
        row = found(actor, given.document, own, locked=True)
        if row.withdrawn_at is not None:
            raise DocumentWithdrawn(field="document", number=number_of(row))
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        return views([row])[0]

    return perform(
        "withdraw_document",
        actor=actor,
        at=at,
        subject=before.holder,
        given=given,
        do=do,
        returns=DocumentView,
        key=key,
    )


def move_documents(*, actor: Actor, at: datetime, holder: str, to: str) -> int:
    """The papers of `holder` are those of `to` from now on: an applicant's, once it is known which party she is. Called
    by the room above inside its own transaction; how many."""
    rows = list(Document.objects.select_for_update().filter(programme_id=actor.programme, holder=holder))
    for row in rows:
        number = paper_number(row)
        row.holder = to
        row.sealed_number = sealed_number(to, number)
        row.save(update_fields=["holder", "sealed_number"])
    Signed.objects.filter(programme_id=actor.programme, holder=holder).update(holder=to)
    return len(rows)
