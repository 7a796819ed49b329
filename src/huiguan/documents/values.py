"""Papers, templates and signatures as other rooms see them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from huiguan.kernel.text import Text

PARTY, MATTER = "party", "matter"


def holder_of(kind: str, key: int) -> str:
    """Whose papers: the word under which those of a party or a matter lie."""
    return f"{kind}:{key}"


def party_in(holder: str) -> int | None:
    """The party whose papers lie under this word; None where they are a matter's."""
    kind, _, key = holder.partition(":")
    return int(key) if kind == PARTY else None


OTHER = Text(zh="其他材料", en="Another paper")
# What became of a paper, by `DocumentView.state`.
STATE_TITLES: dict[str, Text] = {
    "": Text(zh="待看", en="To look at"),
    "pass": Text(zh="通过", en="Passed"),
    "fail": Text(zh="已退回", en="Returned"),
    "unclear": Text(zh="要说明", en="Unclear"),
    "withdrawn": Text(zh="已撤回", en="Withdrawn"),
}


def called(titles: Mapping[str, Text], doc: str) -> Text:
    """What a sort of paper is called, as its dossier's line is in `titles`."""
    return titles.get(doc, OTHER if doc == "other" else Text(zh=doc, en=doc))


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it came in: its name as the sender called it, and its bytes."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FileView:
    """A file that is kept. `size` in bytes; `digest` is the SHA-256 of its bytes, hexadecimal."""

    name: str
    media: str
    size: int
    pages: int | None
    digest: str


@dataclass(frozen=True, slots=True)
class NoteView:
    """What somebody found, when: `verdict` pass, fail or unclear with the `words` why; or where the original was seen."""

    verdict: str
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DocumentView:
    """A paper as it is now. `paper_number` is the paper's own, masked but for its last four characters. `verdict` and
    `seen` are of its newest version, `edition`; None where nobody looked. `copies` on paper for each dossier."""

    number: str
    holder: str
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
    file: FileView | None
    verdict: NoteView | None
    seen: NoteView | None
    copies: dict[str, int]
    uploaded_at: datetime
    uploaded_by: str
    withdrawn_at: datetime | None = None

    @property
    def state(self) -> str:
        """withdrawn, the verdict, or "" where nobody looked."""
        return "withdrawn" if self.withdrawn_at is not None else self.verdict.verdict if self.verdict else ""


@dataclass(frozen=True, slots=True)
class VersionView:
    """One version of a paper: when it came, from whom, with which file."""

    edition: int
    file: FileView | None
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ReadingView:
    """Somebody opened the file."""

    by: str
    at: datetime
    file: str
    actor: str = ""


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """A file to hand out, as an attachment and nothing else."""

    name: str
    media: str
    data: bytes


@dataclass(frozen=True, slots=True)
class TemplateView:
    """A paper to fill in, in the `edition` now in use."""

    name: str
    title: Text
    edition: int
    file: FileView
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class SignedView:
    """A signature: what, in which edition, as whom (`role`), by whom, in which `post` where she signed for the house, how,
    when, and the words themselves."""

    acceptance: str
    edition: str
    clause: str
    role: str
    signer: str
    way: str
    about: str
    at: datetime
    words: Text
    post: Text | None = None


@dataclass(frozen=True, slots=True)
class Expiring:
    """A paper that ends on `expires`. `party` whose it is; None for one that lies with a matter."""

    number: str
    holder: str
    party: int | None
    doc: str
    expires: date
