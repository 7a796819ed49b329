"""Matters as programs read them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from huiguan.api.schemas import Answer, Both
from huiguan.kernel.inputs import Input


class SavedMatterAnswer(Answer):
    """Where a matter stands. `code` opens it to its applicant, told this once."""

    number: str
    procedure: str
    state: str
    stage: str
    ball: str
    revision: int
    due_at: datetime | None
    code: str | None


class MatterLineAnswer(Answer):
    """A matter in a list: `age` in workdays, `late` whether its time is over, `provisional` whether that may still move."""

    number: str
    procedure: str
    title: Both
    name: str
    state: str
    stage: str
    stage_title: Both
    ball: str
    opened_at: datetime
    submitted_at: datetime | None
    entered_at: datetime | None
    due_at: datetime | None
    age: int
    late: bool
    provisional: bool


class StageAnswer(Answer):
    """`standing`: done, now, ahead, ended. `within` as the rulebook writes it."""

    stage: str
    clause: str
    title: Both
    does: str
    by: Both
    standing: str
    within: str


class CheckAnswer(Answer):
    clause: str
    passed: bool
    text: Both
    conflict: bool


class MatterStepAnswer(Answer):
    n: int
    what: str
    stage: str
    clause: str
    text: Both
    at: datetime
    by: str
    inner: bool


class VerdictAnswer(Answer):
    stage: str
    round: int
    verdict: str
    reason: str
    capacity: str
    at: datetime
    by: str


class MatterAnswer(MatterLineAnswer):
    """A matter whole; sensitive answers are masked."""

    revision: int
    round: int
    subject: str
    subject_ref: str
    form: dict[str, Any]
    stages: list[StageAnswer]
    checks: list[CheckAnswer]
    steps: list[MatterStepAnswer]
    decisions: list[VerdictAnswer]
    follows: str | None


class MattersPage(Answer):
    items: list[MatterLineAnswer]
    next: str | None


class MatterLetterAnswer(Answer):
    """What the applicant was told: `n` which letter of the matter, `told` submitted, pass, return, refuse, passed, lapsed
    or remind."""

    n: int
    told: str
    subject: Both
    text: Both
    at: datetime


class MatterLettersPage(Answer):
    items: list[MatterLetterAnswer]
    next: str | None


class MatterFieldAnswer(Answer):
    """A field of a form, or a part of each row of a list; a list has `parts`, and where anything is filled in at `least`
    so many rows and at `most`."""

    name: str
    title: Both
    type: str
    required: bool
    sensitive: bool
    choices: list[str]
    parts: list[MatterFieldAnswer] = []
    least: int | None = None
    most: int | None = None


class ProcedureAnswer(Answer):
    """A procedure of the rulebook in force, the fields of its form, its stages. `called_from`, `called_until`: first and
    last day of the call under way, else of the next; null where applications are taken all year; `taken`: today."""

    name: str
    title: Both
    clause: str
    subject: str
    opened_by: list[str]
    fields: list[MatterFieldAnswer]
    stages: list[StageAnswer]
    called_from: date | None
    called_until: date | None
    taken: bool


class ProceduresPage(Answer):
    items: list[ProcedureAnswer]
    next: str | None


class ShownAnswer(Answer):
    title: Both
    value: Both


class NoticeAnswer(Answer):
    """What is shown to the public, masked."""

    matter: str
    procedure: Both
    stage: Both
    shown: list[ShownAnswer]
    posted_at: datetime
    ends_at: datetime


class NoticesPage(Answer):
    items: list[NoticeAnswer]
    next: str | None


class ObjectionAnswer(Answer):
    """The number of the objection to this matter's notice."""

    n: int


class InvitedAnswer(Answer):
    """`token` opens one answer, told this once."""

    matter: str
    name: str
    token: str | None


class SaveForm(Input):
    """Answers that replace those of the same name; null takes one away."""

    form: dict[str, Any]
