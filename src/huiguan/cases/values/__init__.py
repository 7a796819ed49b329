"""Words that cross the border of the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from huiguan.cases.values.ballots import BallotTold as BallotTold
from huiguan.cases.values.ballots import MandateTold as MandateTold
from huiguan.cases.values.ballots import VoteTold as VoteTold
from huiguan.cases.values.filling import AcceptanceTold as AcceptanceTold
from huiguan.cases.values.filling import FormPart as FormPart
from huiguan.cases.values.filling import FormTold as FormTold
from huiguan.cases.values.filling import InvitationTold as InvitationTold
from huiguan.cases.values.filling import SigningTold as SigningTold
from huiguan.cases.values.handed import HandedIn as HandedIn
from huiguan.cases.values.handed import UnderWay as UnderWay
from huiguan.cases.values.letters import Letter as Letter
from huiguan.cases.values.letters import LetterToCarry as LetterToCarry
from huiguan.cases.values.letters import LetterTold as LetterTold
from huiguan.cases.values.worklists import BOXES as BOXES
from huiguan.cases.values.worklists import LATER as LATER
from huiguan.cases.values.worklists import MatterLine as MatterLine
from huiguan.cases.values.worklists import Worklist as Worklist
from huiguan.kernel.text import Text
from huiguan.rules.kinds.profile import Field
from huiguan.rules.listed import RowChange

# What stands as the name of whoever applied, in lines that are never edited.
APPLICANT = "申请人"
DRAFT, OPEN, RETURNED = "draft", "open", "returned"
PASSED, REFUSED, LAPSED, WITHDRAWN = "passed", "refused", "lapsed", "withdrawn"
LIVING = frozenset({DRAFT, OPEN, RETURNED})
STATES: dict[str, Text] = {
    DRAFT: Text(zh="未提交", en="not handed in"),
    OPEN: Text(zh="办理中", en="under way"),
    RETURNED: Text(zh="退回补正", en="given back"),
    PASSED: Text(zh="已通过", en="passed"),
    REFUSED: Text(zh="未通过", en="refused"),
    LAPSED: Text(zh="已失效", en="lapsed"),
    WITHDRAWN: Text(zh="已撤回", en="withdrawn"),
}
VERDICTS: dict[str, Text] = {
    "pass": Text(zh="同意", en="Pass"),
    "return": Text(zh="退回", en="Return"),
    "refuse": Text(zh="拒绝", en="Refuse"),
    "forward": Text(zh="转交", en="Forward"),
    "add_signer": Text(zh="加签", en="Add a signer"),
}
BARRED: dict[str, Text] = {
    "maker": Text(zh="这件事您经手填报过，由他人决定。", en="You had a hand in filling this in: others decide it."),
    "concerned": Text(
        zh="这件事关系到您本人，您须回避，由他人决定。", en="This is about you: you take no part, others decide it."
    ),
    "decided": Text(
        zh="这件事，或它所申诉的决定，您已决定过，由他人办理。",
        en="You decided this, or what it appeals against, already: others do.",
    ),
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing the house looked at by itself: `passed`, and why, with its clause ('' where none says it). `conflict`:
    something a reviewer should know before deciding; it stands in nobody's way."""

    clause: str
    passed: bool
    text: Text
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class Unmet:
    """Something that still stands in the way of a stage's end, by its clause; `until` a moment where it is over by itself."""

    clause: str
    text: Text
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class KnownMatter:
    """A matter as the room that owns its subject sees it. `id` is its key; `form` holds every answer in the clear."""

    id: int
    programme: int
    number: str
    procedure: str
    version: int
    subject: str
    subject_ref: str
    party: int | None
    membership: int | None
    shop: int | None
    name: str
    form: Mapping[str, Any]
    state: str
    stage: str
    opened_at: datetime
    submitted_at: datetime | None
    clause: str
    follows: int | None = None


@dataclass(frozen=True, slots=True)
class SavedMatter:
    """Where a matter stands after something was done with it. `code` opens it to its applicant, told this once."""

    number: str
    procedure: str
    state: str
    stage: str
    ball: str
    revision: int
    due_at: datetime | None = None
    code: str | None = None


@dataclass(frozen=True, slots=True)
class StageTold:
    """A stage of a matter's course: `standing` is done, now, ahead or skipped; `by` who takes it."""

    stage: str
    clause: str
    title: Text
    does: str
    by: Text
    standing: str
    within: str = ""


@dataclass(frozen=True, slots=True)
class StepTold:
    """What happened, told in both languages, with its clause."""

    n: int
    what: str
    stage: str
    clause: str
    text: Text
    at: datetime
    by: str
    inner: bool = False


@dataclass(frozen=True, slots=True)
class DecisionTold:
    stage: str
    round: int
    verdict: str
    reason: str
    remark: str
    judged: Mapping[str, Any]
    seen: Mapping[str, Any]
    capacity: str
    given_to: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class RoundTold:
    """A submission; `changed` names the answers that differ from the one before, with both; `rows` of the lists among them
    what became of each row that differs."""

    n: int
    at: datetime
    by: str
    changed: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    rows: Mapping[str, tuple[RowChange, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ObjectionTold:
    """An objection; `who` only for those who answer it."""

    n: int
    words: str
    at: datetime
    answer: str
    upheld: bool | None
    answered_at: datetime | None
    who: str = ""


@dataclass(frozen=True, slots=True)
class NoticeTold:
    """A notice as the public sees it: `shown` field titles and masked answers."""

    matter: str
    procedure: Text
    stage: Text
    shown: tuple[tuple[Text, Text], ...]
    posted_at: datetime
    ends_at: datetime
    running: bool
    objections: tuple[ObjectionTold, ...] = ()


@dataclass(frozen=True, slots=True)
class MatterView:
    """A matter whole. `form` has sensitive answers masked; `stages` the course its answers call for; `may` what the
    asking person can do with it now; `barred` which of BARRED keeps her from deciding what her post or place would let her."""

    line: MatterLine
    revision: int
    round: int
    version: int
    subject: str
    subject_ref: str
    party: int | None
    form: Mapping[str, Any]
    stages: tuple[StageTold, ...]
    checks: tuple[Check, ...]
    unmet: tuple[Unmet, ...]
    rounds: tuple[RoundTold, ...]
    decisions: tuple[DecisionTold, ...]
    steps: tuple[StepTold, ...]
    notices: tuple[NoticeTold, ...]
    may: tuple[str, ...]
    follows: str | None = None
    ballots: tuple[BallotTold, ...] = ()
    invitations: tuple[InvitationTold, ...] = ()
    barred: str = ""


@dataclass(frozen=True, slots=True)
class ApplicantStatus:
    """What an applicant reads: where it stands, what happens next and by when, why it came back. `membership` once she has
    one by it; `provisional`: the end may move, days off are not announced; `counted_in` what its
    time is counted (hour, day, workday, week, …) and `left` how much of it, in seconds, workdays or days. `hidden`: why sealed answers are, under a
    code the house knows: `own` until she gets one at her own address, `house` since the house wrote that."""

    number: str
    title: Text
    state: str
    stage: Text
    ball: str
    due_at: datetime | None
    next: Text
    reason: str
    stages: tuple[StageTold, ...]
    steps: tuple[StepTold, ...]
    form: Mapping[str, Any]
    membership: int | None = None
    provisional: bool = False
    counted_in: str = ""
    left: int | None = None
    hidden: str = ""
    opened_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProcedureTold:
    """A procedure of the rulebook: what it is of, who opens it, its stages, the fields of its form. `called_from`, `called_until`: first and
    last day of the call under way, else of the next, None where applications are taken all year; `taken`: today."""

    name: str
    title: Text
    clause: str
    subject: str
    opened_by: tuple[str, ...]
    stages: tuple[StageTold, ...]
    fields: tuple[Field, ...]
    called_from: date | None = None
    called_until: date | None = None
    taken: bool = True
