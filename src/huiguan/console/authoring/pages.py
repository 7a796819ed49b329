"""What the pages of a draft's forms are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from huiguan.console.rulebook.pages import ExampleRow
from huiguan.design.values import Mark, Refused, Words
from huiguan.kernel.text import Text
from huiguan.rules.sentences.filling import Line, Rows, fields_of
from huiguan.rules.sentences.telling import Term
from huiguan.rules.sentences.wheres import COMPARISONS


@dataclass(frozen=True, slots=True)
class DraftHead:
    """The draft every page stands in. `open`: it may still be written in; `writes`: by who reads the page."""

    number: int
    title: str
    revision: int
    base: int | None
    open: bool
    href: str
    saved: str
    writes: bool = True


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in plain words. `stop`: it cannot be run so; `clause` and `href` where it is another clause's."""

    text: Text
    stop: bool
    line: int = 0
    clause: Words = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A clause of the draft in the text: `terms` what it does; `marks` changed, new, wrong, unwise, waits."""

    id: str
    number: str
    place: str
    title: Words
    text: Words
    href: str
    terms: Sequence[Term] = ()
    marks: Sequence[Mark] = ()
    current: bool = False
    again: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Chapter:
    number: str
    title: Words
    clauses: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Gone:
    """A clause of the version the draft is based on that the draft has no more."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class FormPage:
    """The whole draft as sentences."""

    draft: DraftHead
    title: Words
    chapters: Sequence[Chapter]
    findings: Sequence[Said]
    gone: Sequence[Gone] = ()
    kinds: Sequence[tuple[str, Text]] = ()
    changed: int = 0
    readable: bool = True


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a text laid over the one before: '' the same, 'ins' come, 'del' gone."""

    words: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Worth:
    """One rung's sample sale: what is paid and earned, before and now. None: cannot be worked out."""

    tier: Words
    due: int | None
    due_before: int | None
    earned: Words
    earned_before: Words
    back: int | None
    back_before: int | None
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Means:
    """What a clause as filled in comes to; drawn anew while it is being filled in. `text`: language -> the member's
    text laid over what it was; `missed`: figures that changed and are not in it; `elsewhere`: findings of other clauses
    that came with the change."""

    text: Mapping[str, Sequence[Piece]]
    missed: Sequence[Words]
    findings: Sequence[Said]
    elsewhere: Sequence[Said]
    amount: int
    worths: Sequence[Worth]
    runs: bool
    changed: bool
    terms: Sequence[Term] = ()


@dataclass(frozen=True, slots=True)
class Texts:
    """The clause's own words as fields: `auto` what they were set to without anybody typing."""

    title_zh: str
    title_en: str
    zh: str
    en: str
    auto_zh: str
    auto_en: str
    number: str
    source: str
    titled: bool = True


@dataclass(frozen=True, slots=True)
class ClauseForm:
    """One clause to be filled in. `errors`: field -> what is wrong there; `loose` what has no field."""

    draft: DraftHead
    id: str
    number: str
    title: Words
    kind: Text
    parts: Sequence[Line | Rows]
    texts: Texts
    means: Means
    chapters: Sequence[Chapter]
    errors: Mapping[str, Text] = field(default_factory=dict)
    examples: Sequence[ExampleRow] = ()
    others: Sequence[Row] = ()
    before: Row | None = None
    after: Row | None = None
    refused: Refused | None = None
    waits: Words = ""
    file_line: int = 0
    loose: Sequence[Text] = ()
    lang: str = "zh"
    blanks: int = 0

    @property
    def names(self) -> Sequence[str]:
        """The fields of the form, each with a place for what is wrong in it."""
        return [control.name for control in fields_of(self.parts)]

    @property
    def comparisons(self) -> Mapping[str, Text]:
        return COMPARISONS

    @property
    def free(self) -> Sequence[Line]:
        """Conditions that may be added."""
        return [part for part in self.parts if isinstance(part, Line) and not part.on]

    @property
    def said(self) -> Sequence[Line | Rows]:
        return [part for part in self.parts if not (isinstance(part, Line) and not part.on)]


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the file: its number and what is said of it."""

    number: int
    findings: Sequence[Said] = ()


@dataclass(frozen=True, slots=True)
class SourcePage:
    draft: DraftHead
    source: str
    findings: Sequence[Said]
    lines: Sequence[SourceLine]
    refused: Refused | None = None
