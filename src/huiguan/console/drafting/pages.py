"""What the pages of drafts and versions are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiguan.design.values import Mark, Refused, Words
from huiguan.kernel.text import Text
from huiguan.programme.values import SetAside
from huiguan.rules.differing import Change, Line
from huiguan.rules.sentences.telling import Term


@dataclass(frozen=True, slots=True)
class Tab:
    """One of a draft's pages. `name`: the part of the address, '' for the first."""

    label: Text
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class ClauseDiff:
    """A clause as it changes. `gone`, `put`: what it did and will do, in sentences; `figures`: parameters as written;
    `texts`: what members are told, value by value; `unsaid`: what they are still told where only figures changed."""

    id: str
    number: str
    title: Words
    mark: Mark
    gone: Sequence[Term] = ()
    put: Sequence[Term] = ()
    figures: Sequence[Change] = ()
    texts: Sequence[Change] = ()
    excerpt: Words = ""
    unsaid: Words = ""


@dataclass(frozen=True, slots=True)
class DifferencePart:
    """What one text changes in another. `before`, `after` name them; `more`: lines that are not shown."""

    before: Words
    after: Words
    clauses: Sequence[ClauseDiff] = ()
    head: Sequence[Change] = ()
    moved: Sequence[str] = ()
    comments: bool = False
    readable: bool = True
    lines: Sequence[Line] = ()
    more: int = 0
    none: bool = False
    counts: Sequence[tuple[Text, int]] = ()


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What the lint says. `written`: the line it speaks of."""

    mark: Mark
    line: int
    clause: str
    text: Words
    written: str


@dataclass(frozen=True, slots=True)
class DraftProofPart:
    """The proof of a draft. `state`: none, stale (the text changed since), waiting, working, done, failed. `failed`: the
    first of them, `more` there are."""

    href: str
    state: str
    done: int = 0
    total: int = 0
    examples: int = 0
    passed: int = 0
    at: datetime | None = None
    by: str = ""
    failed: Sequence[Mapping[str, Any]] = ()
    more: int = 0
    aside: Sequence[SetAside] = ()
    set_aside: int = 0
    number: int = 0
    message: Words = ""
    poll_href: str = ""
    may_run: bool = False
    may_write: bool = False

    @property
    def differing(self) -> int:
        """How many stand in the way."""
        return len(self.failed) + self.more


@dataclass(frozen=True, slots=True)
class DraftRow:
    number: int
    href: str
    title: str
    mark: Mark
    based_on: int | None
    saved_at: datetime
    saved_by: str
    revision: int


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """What was done. `href`: the text as it was then."""

    what: Text
    revision: int
    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Steps:
    """What may be done with the draft now, by whoever looks. `waits`: why nothing may, in a sentence."""

    submit: bool = False
    approve: bool = False
    give_back: bool = False
    publish: bool = False
    withdraw: bool = False
    rebase: int | None = None
    earliest: datetime | None = None
    suggested: str = ""
    notice: Words = ""
    resolved_by: Words = ""
    waits: Words = ""


@dataclass(frozen=True, slots=True)
class DraftPage:
    """One draft. `lint`: of its latest text; `unproved`: clauses that do something else
    now and have no example of one's own; `version` once it was published."""

    number: int
    href: str
    title: str
    mark: Mark
    state: str
    revision: int
    tabs: Sequence[Tab]
    facts: Sequence[tuple[Words, Words]]
    difference: DifferencePart | None
    lint: Sequence[FindingRow]
    proof: DraftProofPart
    unproved: Sequence[str]
    steps: Steps
    history: Sequence[HistoryRow]
    version: int | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class ExamplesPage:
    """A draft's own examples, to be written. `token`: the number they are written over; `clash`: what somebody else saved
    meanwhile, line by line against this; `skeleton`: how one looks."""

    number: int
    href: str
    title: str
    mark: Mark
    tabs: Sequence[Tab]
    text: str
    token: int | str
    writes: bool
    skeleton: str
    refused: Refused | None = None
    clash: Sequence[Line] = ()


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version. `state`: now, coming, past; `approved`: by whom, '' where nobody was asked; `resolution`: which
    passed it, where one was named."""

    number: int
    href: str
    state: str
    since: datetime
    published: datetime
    by: Words
    approved: str
    resolution: str
    draft_href: str
    examples: int
    passed: int
    aside: int
