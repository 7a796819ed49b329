"""What the pages of matters are given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.cases.values import LetterTold, MatterView, ObjectionTold, ProcedureTold
from huiguan.console.matters.files import FileOfMatter, Sheet
from huiguan.console.matters.signing import SigningRow, StuckPart
from huiguan.design.forms import ProfileForm
from huiguan.design.values import ClauseRef, Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class Tab:
    """A box of the work list and how many lie in it."""

    label: Words
    href: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class LineRow:
    """A matter in a list. `time`: how old, or how late, in a word; `tone`: '' as usual, warn, stop;
    `provisional`: it counts workdays of a year not announced yet; `key`: what leads there from the one that is open."""

    number: str
    href: str
    name: str
    title: Words
    stage: Words
    mark: Mark
    age: Words
    time: Words
    tone: str
    submitted_at: datetime | None
    why: Words = ""
    current: bool = False
    provisional: bool = False
    key: str = ""


@dataclass(frozen=True, slots=True)
class ListPage:
    """One box, or all matters."""

    tabs: Sequence[Tab]
    rows: Sequence[LineRow]
    box: str
    words: str = ""
    states: Sequence[tuple[str, Words, bool]] = ()
    openable: Sequence[tuple[Words, str]] = ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer of the form. `changed`: it differs from the round before, which said `before`; of a list `rows`, each
    that differs as it was and as it is."""

    title: Words
    value: Words
    changed: bool = False
    before: str = ""
    sealed: bool = False
    rows: Sequence[tuple[Words, Words]] = ()


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One thing the house looked at: `tone` gain, warn or stop."""

    text: Words
    icon: str
    tone: str
    clause: ClauseRef | None = None


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One point to be judged; `answer`, `points`, `comment` as typed."""

    item: str
    asks: Words
    most: int | None
    must: bool
    answer: str = ""
    points: str = ""
    comment: str = ""


@dataclass(frozen=True, slots=True)
class VerdictChoice:
    value: str
    label: Words
    key: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class CourseRow:
    """A stage of the course: `state` done, now, ahead or ended. `does` and `notes` where the rulebook is read."""

    title: Words
    by: Words
    within: Words
    state: str
    clause: ClauseRef
    does: Words = ""
    notes: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class PastRow:
    at: datetime
    text: Words
    by: Words
    clause: ClauseRef | None


@dataclass(frozen=True, slots=True)
class LetterPage:
    """What the applicant receives; empty where she is told nothing."""

    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class ToldPart:
    """What the applicant was told so far, the newest first; `href` to how it went."""

    letters: Sequence[LetterTold]
    href: str


@dataclass(frozen=True, slots=True)
class MatterPage:
    """A matter in review."""

    view: MatterView
    row: LineRow
    around: Sequence[LineRow]
    next_href: str
    answers: Sequence[AnswerRow]
    checks: Sequence[CheckRow]
    unmet: Sequence[Words]
    items: Sequence[ItemRow]
    verdicts: Sequence[VerdictChoice]
    course: Sequence[CourseRow]
    past: Sequence[PastRow]
    people: Sequence[tuple[str, str]]
    objections: Sequence[ObjectionTold]
    acts: Sequence[tuple[str, Words]]
    letter: LetterPage
    key: str
    stage: str
    files: Sequence[FileOfMatter] = ()
    sheets: Sequence[Sheet] = ()
    signings: Sequence[SigningRow] = ()
    stuck: StuckPart | None = None
    inspects: bool = False
    reason: str = ""
    remark: str = ""
    seen: Mapping[str, str] = field(default_factory=dict)
    told: ToldPart | None = None
    tomorrow: date | None = None
    refused: Refused | None = None
    why_not: Words = ""


@dataclass(frozen=True, slots=True)
class NewPage:
    """A new matter taken down at the counter, for a `member` by number where it is of one. `calls`: when applications are
    taken."""

    title: Words
    procedure: str
    form: ProfileForm
    key: str
    refused: Sequence[Refused] = ()
    calls: ProcedureTold | None = None
    member: str = ""
