"""What the rulebook's pages are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.console.matters.pages import CourseRow
from huiguan.design.values import ClauseRef, Mark, Words
from huiguan.kernel.text import Text
from huiguan.programme.values import Review
from huiguan.rules.sentences.telling import Term


@dataclass(frozen=True, slots=True)
class ClauseRow:
    """A clause in the contents and in the text. `place`: its number within the chapter; `shown` false: not among those
    asked for; `again`: under the same number as the one before."""

    id: str
    number: str
    place: str
    title: Text
    text: Text
    href: str
    marks: Sequence[Mark] = ()
    current: bool = False
    shown: bool = True
    again: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    """`number` as the source writes it, '' where clauses have none; `title` where the rulebook names it."""

    number: str
    title: Words
    clauses: Sequence[ClauseRow]

    @property
    def shown(self) -> bool:
        return any(clause.shown for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A published version. `state`: now, coming, past."""

    number: int
    since: datetime
    published: datetime
    by: Words
    examples: int
    passed: int
    state: str
    href: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Sort:
    """One way of looking at the text: all clauses, those that act, that fill a gap, that wait."""

    name: str
    label: Text
    count: int
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class RulebookPage:
    """The whole text of one version. `review`: by when the one in force is looked through again,
    and the clause that says so."""

    title: Text
    source: Words
    version: VersionRow
    versions: Sequence[VersionRow]
    chapters: Sequence[Chapter]
    sorts: Sequence[Sort]
    file_href: str
    simulations_href: str = ""
    review: Review | None = None
    review_clause: ClauseRef | None = None


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """An example of the clause. `steps`: what is done and what is to come, a line each; `passed` None: not run here."""

    line: int
    says: str
    file: str
    steps: Sequence[str]
    passed: bool | None = None
    message: Words = ""


@dataclass(frozen=True, slots=True)
class ExamplesPart:
    """The examples of a clause, and how the last run came out. `state`: none, idle, waiting, working, done, failed."""

    clause: str
    rows: Sequence[ExampleRow] = ()
    state: str = "idle"
    passed: int = 0
    failed: int = 0
    run_href: str = ""
    poll_href: str = ""
    message: Words = ""


@dataclass(frozen=True, slots=True)
class ClausePage:
    """One clause. `terms`: its parameters as sentences, none where its kind is
    told by the file alone; `course`: the procedure it is part of, drawn; `acts`: it does something; `facts`: word and value; `other`: clauses of the same kind."""

    id: str
    number: str
    title: Text
    text: Text
    marks: Sequence[Mark]
    waits: Words
    missing: bool
    terms: Sequence[Term]
    acts: bool
    facts: Sequence[tuple[Words, Words]]
    version: VersionRow
    chapters: Sequence[Chapter]
    other: Sequence[ClauseRow]
    before: ClauseRow | None
    after: ClauseRow | None
    file_href: str
    excerpt: str
    course: Sequence[CourseRow] = ()
