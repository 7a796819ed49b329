"""Papers of a matter: handed in, opened and signed by whom it is of, or by those who handle it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from huiguan.cases import codes, dossiers
from huiguan.cases.deciders import told_by
from huiguan.cases.handling import happen, in_hand
from huiguan.cases.holding import Handling, note, save
from huiguan.cases.inputs import AttachDocument, SignInMatter
from huiguan.cases.opening import fills
from huiguan.cases.queries.reading import found, judges, reads
from huiguan.cases.refusals import MakerMayNotDecide, MatterEnded, MatterUnknown, NotYourStage, OwnAddressFirst
from huiguan.cases.values import LIVING, STATES
from huiguan.documents import operations as documents
from huiguan.documents import queries
from huiguan.documents.inputs import JudgeDocument, SignAcceptance, UploadDocument
from huiguan.documents.values import DocumentView, OpenedFile, SignedView, Upload
from huiguan.foundation.performing import in_transaction
from huiguan.kernel.actors import Actor
from huiguan.rules.moving import Happening


def attach_document(
    *, actor: Actor, at: datetime, given: AttachDocument, file: Upload | None, key: str | None = None
) -> DocumentView:
    """A paper handed in with a matter that is not over, by whom it is of or by staff with `matters`: it lies with the
    member or party, or with the matter until that is known. A clock that waits for the complete file may begin.

    Refuses MatterUnknown, MatterEnded, and what `documents.upload_document` does.
    """

    def do() -> DocumentView:
        held = _own(actor, at, given.matter)
        holder = dossiers.home(held.row)
        told = given.model_dump(exclude={"matter"})
        if given.document is not None:
            holder = queries.document(actor, given.document, own=_whose(held, given.document)).holder
        asked = UploadDocument(**told, holder=holder)
        view = documents.upload_document(actor=actor, at=at, given=asked, file=file, own=holder, key=key)
        note(held, "attached", stage=held.row.stage, document=view.number, doc=view.doc)
        dossiers.start_clock(held)
        save(held)
        happen(held, Happening("looked"))
        return view

    return in_transaction(do)


def _own(actor: Actor, at: datetime, number: str) -> Handling:
    held = in_hand(actor, at, number)
    if not fills(actor, held.row):
        raise MatterUnknown(field="matter", matter=number)
    if held.row.state not in LIVING:
        raise MatterEnded(field="matter", matter=number, state=STATES[held.row.state])
    return held


def _whose(held: Handling, document: str) -> str:
    """With whom of those the matter is of a paper lies."""
    for holder in dossiers.holders(held.row):
        if any(each.number == document for each in queries.documents(held.actor, holder, own=holder)):
            return holder
    return dossiers.holders(held.row)[0]


def open_matter_document(*, actor: Actor, at: datetime, matter: str, document: str) -> OpenedFile:
    """The file of a paper that serves in a matter, for those who may read the matter. Who opened it is kept.

    Refuses MatterUnknown, NotFound, NoFileYet, OwnAddressFirst (under a code the house was told).
    """
    held = found(actor, matter, at)
    if codes.shut_for(actor, held.row):
        raise OwnAddressFirst(field="matter")
    return documents.open_document(actor=actor, at=at, document=document, own=_whose(held, document))


def judge_matter_document(
    *, actor: Actor, at: datetime, matter: str, given: JudgeDocument, key: str | None = None
) -> DocumentView:
    """What a reviewer finds of a paper that serves in a matter: whoever may decide the stage it is in, or keeps papers, and
    had no hand in filling it in. The applicant reads it; a paper that fails serves no more.

    Refuses MatterUnknown, MatterEnded, NotYourStage, MakerMayNotDecide, NotFound, and what `documents.judge_document` does.
    """

    def do() -> DocumentView:
        held = in_hand(actor, at, matter)
        _demand_judge(held)
        queries.document(actor, given.document, own=_whose(held, given.document))
        judging = replace(actor, powers=actor.powers | {"documents"})
        view = documents.judge_document(actor=judging, at=at, given=given, key=key)
        dossiers.start_clock(held)
        save(held)
        return view

    return in_transaction(do)


def _demand_judge(held: Handling) -> None:
    row, leg, actor = held.row, held.leg, held.actor
    if not reads(actor, row, held.at):
        raise MatterUnknown(field="matter", matter=row.number)
    if row.state not in LIVING:
        raise MatterEnded(field="matter", matter=row.number, state=STATES[row.state])
    if actor.reference in row.makers:
        raise MakerMayNotDecide(field="matter")
    if not judges(held):
        by = told_by(actor.programme, held.course, leg) if leg is not None else STATES[row.state]
        raise NotYourStage(field="stage", stage=leg.title if leg is not None else STATES[row.state], by=by)


def sign_in_matter(*, actor: Actor, at: datetime, given: SignInMatter, key: str | None = None) -> SignedView:
    """Whom the matter is of signs what the rulebook it was opened under wants signed.

    Refuses MatterUnknown, MatterEnded, and what `documents.sign_acceptance` does.
    """

    def do() -> SignedView:
        held = _own(actor, at, given.matter)
        own = dossiers.home(held.row)
        asked = SignAcceptance(**given.model_dump(exclude={"matter"}), holder=own)
        made = documents.sign_acceptance(actor=actor, at=at, given=asked, rulebook=held.rulebook, own=own, key=key)
        note(held, "signed_words", stage=held.row.stage, acceptance=given.acceptance, edition=given.edition)
        save(held)
        happen(held, Happening("looked"))
        return made

    return in_transaction(do)
