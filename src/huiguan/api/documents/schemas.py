"""Papers, templates and signatures as programs read and write them."""

from __future__ import annotations

import base64
import binascii
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from huiguan.api.schemas import Answer, Both
from huiguan.documents.inputs import KeepTemplate, Name, Number, PaperTold
from huiguan.documents.values import Upload
from huiguan.kernel.inputs import Input, Word
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.rules.dossiers import Standing
from huiguan.rules.kinds import dossier

_BASE64 = Text(zh="须为 base64", en="must be base64")


class FileGiven(Input):
    """A file: its `name`, and its bytes as base64. What it is, is judged by its content. Up to 5 MB this way."""

    name: Annotated[str, Field(max_length=300)] = ""
    content: Annotated[str, Field(max_length=7_000_000)]


class NewDocument(PaperTold):
    """A paper `doc` of the member, with its `file`; or `paper`: the paper itself was received. Of `document` a new
    version."""

    doc: Name
    document: Number | None = None
    paper: bool = False
    file: FileGiven | None = None


class NewTemplate(KeepTemplate):
    """A template, or its next edition, with its `file`."""

    file: FileGiven


class NewSignature(Input):
    """The member signs the acceptance in this `edition`, as `role`, under the name `signer`; on paper, the scan is the
    `document`; `about` a sale or a matter, where it is not the membership itself."""

    acceptance: Name
    edition: Annotated[str, Field(min_length=1, max_length=20)]
    role: Annotated[str, Field(pattern="^(member|guide|house)$")] = "member"
    signer: Word
    way: Annotated[str, Field(pattern="^(online|paper)$")] = "paper"
    about: Annotated[str, Field(max_length=80)] = ""
    document: Number | None = None


def uploaded(given: FileGiven | None) -> Upload | None:
    """The bytes that came in; InvalidInput where they are no base64."""
    if given is None:
        return None
    try:
        return Upload(given.name, base64.b64decode(given.content, validate=True))
    except (binascii.Error, ValueError):
        raise InvalidInput(field="file.content", rule=_BASE64) from None


class FileAnswer(Answer):
    """A file that is kept: `size` in bytes, `digest` the SHA-256 of its bytes."""

    name: str
    media: str
    size: int
    pages: int | None
    digest: str


class FoundAnswer(Answer):
    """What somebody found, and when: a `verdict` and the `words` why, or where the original was seen."""

    verdict: str
    words: str
    by: str
    at: datetime


class DocumentAnswer(Answer):
    """A paper. `paper_number` is masked; `verdict` and `seen` are of its newest version; `copies` on paper by dossier."""

    number: str
    doc: str
    form: str
    paper_number: str
    issuer: str
    issued: date | None
    expires: date | None
    period: str
    whose: str
    part: str
    pair: str
    stamped: bool
    scan: bool
    edition: int
    file: FileAnswer | None
    verdict: FoundAnswer | None
    seen: FoundAnswer | None
    copies: dict[str, int]
    uploaded_at: datetime
    uploaded_by: str
    withdrawn_at: datetime | None


class DocumentsPage(Answer):
    """A member's papers, the oldest first; all on one page."""

    items: list[DocumentAnswer]
    next: str | None


class ReadingAnswer(Answer):
    """Somebody opened the file."""

    by: str
    at: datetime
    file: str


class ReadingsPage(Answer):
    """Who opened a paper, newest first."""

    items: list[ReadingAnswer]
    next: str | None


class TemplateAnswer(Answer):
    """A paper to fill in, in the edition now in use."""

    name: str
    title: Both
    edition: int
    file: FileAnswer
    at: datetime
    by: str


class TemplatesPage(Answer):
    """The templates in use."""

    items: list[TemplateAnswer]
    next: str | None


class SignedAnswer(Answer):
    """A signature, with the words that were signed."""

    acceptance: str
    edition: str
    clause: str
    role: str
    signer: str
    way: str
    about: str
    at: datetime
    words: Both


class SignaturesPage(Answer):
    """What a member signed, newest first."""

    items: list[SignedAnswer]
    next: str | None


class ContentAnswer(Answer):
    """A file's bytes as base64, with what it is called and what it is. Who read it is kept."""

    name: str
    media: str
    content: str


class WithdrawnTemplateAnswer(Answer):
    """The template is out of use."""

    name: str


class DossierLineAnswer(Answer):
    """One line of a dossier. `state`: complete, missing, wrong, optional; `blocks` where the dossier is not complete by
    it; `papers` serve for it."""

    doc: str
    title: Both
    clause: str
    state: str
    blocks: bool
    say: str
    text: Both
    period: str
    whose: str
    template: str | None
    papers: list[str]


class DossierAnswer(Answer):
    """A dossier, line by line."""

    dossier: str
    title: Both
    complete: bool
    lines: list[DossierLineAnswer]


class DossiersPage(Answer):
    """The dossiers of a matter, in the order its stages ask for them."""

    items: list[DossierAnswer]
    next: str | None


def told_dossier(standing: Standing) -> dict[str, Any]:
    """A dossier as it is told."""
    lines = [
        {
            "doc": line.doc, "title": line.title, "clause": line.clause, "state": line.state, "blocks": line.blocks,
            "say": line.reason.say, "text": dossier.SAYS[line.reason.say].both(**line.reason.values),
            "period": line.period, "whose": line.whose, "template": line.template, "papers": list(line.papers),
        }
        for line in standing.lines
    ]  # fmt: skip
    return {"dossier": standing.dossier, "title": standing.title, "complete": standing.complete, "lines": lines}
