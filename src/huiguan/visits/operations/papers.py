"""A member's own papers: handed in, read and taken back by herself, and what she signs."""

from __future__ import annotations

from datetime import datetime

from huiguan.documents import operations as documents
from huiguan.documents.inputs import SignAcceptance, UploadDocument, WithdrawDocument
from huiguan.documents.values import DocumentView, OpenedFile, SignedView, Upload
from huiguan.kernel.actors import Actor
from huiguan.programme import queries as programmes
from huiguan.visits.inputs import OwnPaper, OwnSignature
from huiguan.visits.queries import own_holder


def upload_own_document(
    *, actor: Actor, at: datetime, given: OwnPaper, file: Upload, key: str | None = None
) -> DocumentView:
    """The acting member hands in a paper of her own, or its next version. Refuses what `documents.upload_document` does."""
    own = own_holder(actor)
    asked = UploadDocument(**given.model_dump(), holder=own)
    return documents.upload_document(actor=actor, at=at, given=asked, file=file, own=own, key=key)


def open_own_document(*, actor: Actor, at: datetime, document: str) -> OpenedFile:
    """The file of the acting member's own paper. Refuses NotFound, NoFileYet."""
    return documents.open_document(actor=actor, at=at, document=document, own=own_holder(actor))


def withdraw_own_document(*, actor: Actor, at: datetime, document: str, key: str | None = None) -> DocumentView:
    """The acting member takes a paper of her own back. Refuses NotFound, DocumentWithdrawn."""
    given = WithdrawDocument(document=document)
    return documents.withdraw_document(actor=actor, at=at, given=given, own=own_holder(actor), key=key)


def sign_own(*, actor: Actor, at: datetime, given: OwnSignature, key: str | None = None) -> SignedView:
    """The acting member signs. Refuses what `documents.sign_acceptance` does."""
    own = own_holder(actor)
    rulebook = programmes.programme_at(actor.programme, at)
    asked = SignAcceptance(**given.model_dump(), holder=own)
    return documents.sign_acceptance(actor=actor, at=at, given=asked, rulebook=rulebook, own=own, key=key)
