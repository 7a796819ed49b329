"""Words that cross the border of the room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from huiguan.kernel.text import Text
from huiguan.rules.effects import Reason

BREACH_STATES: dict[str, Text] = {
    "open": Text(zh="待处理", en="open"),
    "proposed": Text(zh="已提出处分", en="measures proposed"),
    "found": Text(zh="属实", en="established"),
    "dismissed": Text(zh="不予处理", en="dismissed"),
}
MEASURE_STATES: dict[str, Text] = {
    "proposed": Text(zh="待决定", en="proposed"),
    "decided": Text(zh="已决定", en="decided"),
    "dropped": Text(zh="未通过", en="not passed"),
    "lifted": Text(zh="已解除", en="lifted"),
    "overturned": Text(zh="申诉后撤销", en="overturned on appeal"),
}
TASKS: dict[str, Text] = {
    "rectify": Text(zh="整改", en="Putting it right"),
    "training": Text(zh="培训", en="Training"),
    "apology": Text(zh="书面检讨", en="A written apology"),
    "dismissal": Text(zh="办理辞退", en="Dismissal"),
    "fine": Text(zh="缴纳罚款", en="Paying the fine"),
}


@dataclass(frozen=True, slots=True)
class BreachTold:
    """A breach as those who deal with it see it; `amount` in fen. `proposes`: measures by name, with `why`; `says`: what was
    missed, where it is an obligation. Of staff: `member` is empty, `staff` are usernames; `sale`: the one it was about."""

    number: str
    member: str
    name: str
    duty: str
    title: dict[str, str]
    clause: str
    on: date
    words: str
    person: str
    amount: int | None
    evidence: tuple[str, ...]
    state: str
    reason: str
    reported_at: datetime
    reported_by: str
    proposes: tuple[str, ...] = ()
    why: tuple[Reason, ...] = ()
    says: tuple[Reason, ...] = ()
    staff: tuple[str, ...] = ()
    sale: str = ""


@dataclass(frozen=True, slots=True)
class TaskTold:
    id: int
    what: str
    person: str
    due_at: datetime
    done_at: datetime | None
    note: str
    late: bool


@dataclass(frozen=True, slots=True)
class PleaTold:
    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class MeasureTold:
    """A measure; `stands` says whether it acts at the moment asked about. `fine` in fen, which the member
    owes as `charge`; of one of the `staff` by username `member` is empty. `says`: what it does, in words;
    `may`: what the asking one may do now (state_case, appeal, lift)."""

    number: str
    member: str
    name: str
    measure: str
    title: dict[str, str]
    clause: str
    state: str
    stands: bool
    breaches: tuple[str, ...]
    matter: str
    appeal: str
    words: str
    fine: int | None
    demerits: int
    proposed_at: datetime
    heard_until: datetime | None
    decided_at: datetime | None
    appeal_until: datetime | None
    since: datetime | None
    until: datetime | None
    ended_at: datetime | None
    ended_why: str
    tasks: tuple[TaskTold, ...]
    pleas: tuple[PleaTold, ...]
    says: tuple[Reason, ...]
    may: tuple[str, ...]
    staff: str = ""
    charge: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What proposing these measures would do: who decides it (the procedure), what each does, in words."""

    procedure: str
    procedure_title: dict[str, str]
    says: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class DutyTold:
    """A duty a report may name, and `who` it binds: member or staff."""

    duty: str
    title: dict[str, str]
    clause: str
    measures: tuple[str, ...]
    who: str = "member"


@dataclass(frozen=True, slots=True)
class MeasureKind:
    """A measure the rulebook knows, in the order of gravity."""

    measure: str
    title: dict[str, str]
    clause: str
    level: int


@dataclass(frozen=True, slots=True)
class Published:
    """A measure that is made known to everybody."""

    number: str
    member: str
    name: str
    title: dict[str, str]
    clause: str
    since: datetime
    until: datetime | None
    words: str


OWED_STATES: dict[str, Text] = {
    "open": Text(zh="待办", en="to be done"),
    "overdue": Text(zh="逾期", en="overdue"),
    "done": Text(zh="按时完成", en="done in time"),
    "late": Text(zh="逾期完成", en="done late"),
}


@dataclass(frozen=True, slots=True)
class OwedTold:
    """Something a member owes by the local day `due`, since `arose`; `title`: what exactly. `key` names it within its
    obligation; `event` and `number` where an event calls for it; `state` of OWED_STATES; `done` by what (`by`: a matter's number, or a
    note). `provisional`: workdays of a year not announced yet are counted. `procedure` fulfils it; `breach`: what was
    reported where it was missed. `words` are the house's, told to those who deal with breaches alone. `form`: what the procedure's
    form asks that is known already; `under_way`: the matter that was begun for it."""

    member: str
    name: str
    obligation: str
    called: dict[str, str]
    key: str
    event: str
    title: dict[str, str]
    clause: str
    arose: date
    due: date
    provisional: bool
    state: str
    done: date | None
    by: str
    procedure: str
    confidential: bool
    number: str
    words: str
    breach: str
    reason: Reason
    membership: int
    form: Mapping[str, str] = field(default_factory=dict)
    under_way: str = ""


@dataclass(frozen=True, slots=True)
class EventKind:
    """An event that must be reported: under which obligation, by which clause, `within` how long, from which sum on (fen)."""

    obligation: str
    called: dict[str, str]
    event: str
    title: dict[str, str]
    clause: str
    within: str
    least: int | None
    confidential: bool


@dataclass(frozen=True, slots=True)
class Noted:
    """An event that was noted, under its number; `due`: the last day on which it is reported in time."""

    number: str
    member: str
    obligation: str
    event: str
    on: date
    due: date
    withdrawn: bool = False


AWARD_STATES: dict[str, Text] = {
    "proposed": Text(zh="待决定", en="proposed"),
    "granted": Text(zh="已授予", en="given"),
    "dropped": Text(zh="未通过", en="not passed"),
    "withdrawn": Text(zh="已收回", en="taken back"),
}


@dataclass(frozen=True, slots=True)
class FieldAsked:
    """A field of the procedure's form: `choices` by value where there are some."""

    name: str
    title: dict[str, str]
    required: bool
    choices: tuple[tuple[str, dict[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class AwardKind:
    """An award that may be proposed; `categories` by name, `asks`: fields of its form that nobody knows yet."""

    award: str
    title: dict[str, str]
    clause: str
    categories: tuple[tuple[str, dict[str, str]], ...]
    most: int | None
    asks: tuple[FieldAsked, ...] = ()


@dataclass(frozen=True, slots=True)
class AwardTold:
    """An award proposed or given; `borne` at the moment asked about, from `since` until just before `until` (None: for
    good). `says`: what it brings, in words; `may`: what the asking one may do now (withdraw)."""

    number: str
    member: str
    name: str
    award: str
    title: dict[str, str]
    category: dict[str, str] | None
    clause: str
    state: str
    borne: bool
    matter: str
    words: str
    proposed_at: datetime
    proposed_by: str
    since: datetime | None
    until: datetime | None
    ended_at: datetime | None
    ended_why: str
    certificate: str
    says: tuple[Reason, ...]
    may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Honour:
    """A line of the roll of honour: an award that is borne."""

    number: str
    name: str
    title: dict[str, str]
    category: dict[str, str] | None
    clause: str
    since: datetime
    until: datetime | None
    words: str
