"""What the pages of an application are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import ClauseRef, Mark, Words


@dataclass(frozen=True, slots=True)
class OfferCard:
    """Something one may apply for: `does` the beginning of its clause, `takes` a few words each on time, papers, money."""

    name: str
    title: Words
    text: Words
    takes: Sequence[Words]


@dataclass(frozen=True, slots=True)
class Course:
    """A stage as it is drawn: `aside` who and how long, `clause` where it stands."""

    title: Words
    aside: Words
    standing: str
    clause: ClauseRef | None


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What one procedure takes: who may, which papers, what it costs, how it goes. `call`: when forms are handed in, ''
    all year; `taken`: today."""

    name: str
    title: Words
    text: Words
    clause: ClauseRef
    who: Sequence[Words]
    conditions: Sequence[tuple[Words, ClauseRef]]
    papers: Sequence[Words]
    costs: Sequence[tuple[Words, Words, ClauseRef]]
    course: Sequence[Course]
    sorts: Sequence[tuple[str, Words]]
    follows: Words
    fields: int
    call: Words = ""
    taken: bool = True


@dataclass(frozen=True, slots=True)
class StepLink:
    """A step of the wizard; `state`: done, now, open."""

    href: str
    title: Words
    state: str


@dataclass(frozen=True, slots=True)
class Wizard:
    """Where one stands in the wizard: the step `n` of `of`, the way back and on."""

    number: str
    here: str
    title: Words
    steps: Sequence[StepLink]
    n: int
    back: str
    onward: str
    reason: str = ""
    due: datetime | None = None

    @property
    def of(self) -> int:
        return len(self.steps)


@dataclass(frozen=True, slots=True)
class PaperLine:
    """A line of a dossier: what is asked, how it stands and why, the files that serve (number, name, mark, why) and what
    is told of the paper besides."""

    id: str
    doc: str
    title: Words
    mark: Mark
    why: Words
    files: Sequence[tuple[str, str, Mark, str]]
    template: str
    asks: Sequence[str]
    form: str
    stamp: bool
    period: str
    whose: str
    parts: Sequence[tuple[str, Words]]
    blocks: bool
    clause: ClauseRef


@dataclass(frozen=True, slots=True)
class DossierPart:
    """A dossier and before which stage it must be whole."""

    title: Words
    stage: Words
    open: int
    lines: Sequence[PaperLine]


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """An answer in the summary; `before` what it was in the round before, where it differs; of a list `rows`, each that
    differs as it was and as it is."""

    title: Words
    value: Words
    missing: bool = False
    changed: bool = False
    before: Words = ""
    rows: Sequence[tuple[Words, Words]] = ()


@dataclass(frozen=True, slots=True)
class AnswerPart:
    title: Words
    href: str
    lines: Sequence[AnswerLine]


@dataclass(frozen=True, slots=True)
class Past:
    at: datetime
    text: Words
    clause: ClauseRef | None
