"""Breaches and measures as programs read them. Money is in yuan with two decimals."""

from __future__ import annotations

from datetime import date, datetime

from huiguan.api.schemas import Answer, Both, ReasonAnswer


class BreachAnswer(Answer):
    """A breach. `state`: open, proposed, found or dismissed; `proposes`: measures by name, with `why`;
    `says`: what was owed and missed, or gathered, where that was it. Of the `staff` by username `member` is empty; `sale`:
    the one it was about."""

    number: str
    member: str
    name: str
    duty: str
    title: Both
    clause: str
    on: date
    words: str
    person: str
    amount: str | None
    evidence: list[str]
    state: str
    reason: str
    reported_at: datetime
    reported_by: str
    proposes: list[str]
    why: list[ReasonAnswer]
    says: list[ReasonAnswer]
    staff: list[str]
    sale: str


class MeasureTaskAnswer(Answer):
    """What a measure asks for: rectify, training, apology, dismissal or fine; `late` where its time is over and it is not done."""

    id: int
    what: str
    person: str
    due_at: datetime
    done_at: datetime | None
    note: str
    late: bool


class PleaAnswer(Answer):
    words: str
    at: datetime
    by: str


class TakenAnswer(Answer):
    """A measure. `state`: proposed, decided, dropped, lifted or overturned; `stands`: whether it acts at the moment. Of one
    of the `staff` by username `member` is empty; `charge`: its fine, as the member owes it."""

    number: str
    member: str
    name: str
    measure: str
    staff: str
    charge: str
    title: Both
    clause: str
    state: str
    stands: bool
    breaches: list[str]
    matter: str
    appeal: str
    words: str
    fine: str | None
    demerits: int
    proposed_at: datetime
    heard_until: datetime | None
    decided_at: datetime | None
    appeal_until: datetime | None
    since: datetime | None
    until: datetime | None
    ended_at: datetime | None
    ended_why: str
    tasks: list[MeasureTaskAnswer]
    pleas: list[PleaAnswer]
    says: list[ReasonAnswer]


class BreachesPage(Answer):
    items: list[BreachAnswer]
    next: str | None


class TakenPage(Answer):
    items: list[TakenAnswer]
    next: str | None


class DutyAnswer(Answer):
    """A duty a report may name; `measures` that may follow, any where there are none."""

    duty: str
    title: Both
    clause: str
    measures: list[str]


class MeasureKindAnswer(Answer):
    measure: str
    title: Both
    clause: str
    level: int


class DutiesAnswer(Answer):
    """What a report may name, and what may follow, the lightest first."""

    duties: list[DutyAnswer]
    measures: list[MeasureKindAnswer]


class OwedAnswer(Answer):
    """What a member owes by the day `due`: `state` open, overdue, done or late; `key` names it within its obligation; `by`:
    the matter it was done with, `under_way`: the one begun for it; `number`: the event that was noted; `breach`: what was reported where it was missed."""

    member: str
    name: str
    obligation: str
    called: Both
    key: str
    event: str
    title: Both
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
    under_way: str
    reason: list[ReasonAnswer]


class ObligationsPage(Answer):
    items: list[OwedAnswer]
    next: str | None


class EventKindAnswer(Answer):
    """An event that must be reported `within` a length; from `least` yuan on where that is said."""

    obligation: str
    called: Both
    event: str
    title: Both
    clause: str
    within: str
    least: str | None
    confidential: bool


class EventKindsPage(Answer):
    items: list[EventKindAnswer]
    next: str | None


class NotedAnswer(Answer):
    """An event that was noted; `due`: the last day on which it is reported in time."""

    number: str
    member: str
    obligation: str
    event: str
    on: date
    due: date
    withdrawn: bool


class AwardFieldAnswer(Answer):
    """What else the form of a proposal asks; `choices` as pairs of value and title, where there are some."""

    name: str
    title: Both
    required: bool
    choices: list[tuple[str, Both]]


class AwardKindAnswer(Answer):
    """An award of the rulebook in force; `categories` as pairs of name and title, `most` of them a year."""

    award: str
    title: Both
    clause: str
    categories: list[tuple[str, Both]]
    most: int | None
    asks: list[AwardFieldAnswer]


class AwardKindsPage(Answer):
    items: list[AwardKindAnswer]
    next: str | None


class AwardAnswer(Answer):
    """An award. `state`: proposed, granted, dropped or withdrawn; `borne`: whether the title is borne at the moment, `since`
    to just before `until`, for good where that is empty; `says`: what it brings."""

    number: str
    member: str
    name: str
    award: str
    title: Both
    category: Both | None
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
    says: list[ReasonAnswer]


class AwardsPage(Answer):
    items: list[AwardAnswer]
    next: str | None
