"""Obligation: something a member owes the house by a day: a report of a change, a yearly inspection, a paper after joining.

"The following are reported in writing within ten workdays; members are inspected every year by 31 March; whoever is not
is followed up." One clause, the head, says what calls for it (`on`), by when and what fulfils it; others that share its
`obligation` add events to report. What is owed is worked out from dated facts alone: nothing is written down for it to be
due. Missing it breaks a `duty`; what follows from that is for people to decide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal, Self

from pydantic import model_validator

from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.effects import Decision, Reason, Refuse
from huiguan.rules.findings import Fault, suggestion
from huiguan.rules.once import once
from huiguan.rules.parameters import Bilingual, DayOfYear, Lasting, MonthDay, Slug, Yuan
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.programme import Clause, Programme

ROOM = "conduct"
TITLE = Text(zh="报告与年检", en="Obligation")
OPEN, OVERDUE, DONE, LATE = "open", "overdue", "done", "late"
# What a matter's form calls the event, its day and the sum it is about.
EVENT, HAPPENED, AMOUNT = "event", "happened_on", "amount"
# The last local day of a length that begins behind a day: (day, count, unit).
Ends = Callable[[date, int, str], date]


class Event(Base):
    """Something that must be reported, from a sum of `least` on where one is named; `confidential`: told only to those who
    deal with breaches."""

    event: Slug
    title: Bilingual
    least: Yuan | None = None
    confidential: bool = False


class Parameters(Base):
    """One part of the `obligation`. Its head says what it is `called` and what calls for it: `on` an event, a year, joining,
    a fee's charge, a deposit's call. It is done `within` a length behind the day that calls for it; of a year by the day `due`,
    from `opens` on. It binds members of `types`, all where none is named. A matter of `procedure` fulfils it once it `counts`:
    handed in, or passed; without one somebody of the house notes that it is done. Missed, it breaks `duty`. Each clause
    may add `events`."""

    obligation: Slug
    called: Bilingual | None = None
    on: Literal["event", "year", "joining", "fee", "deposit"] | None = None
    within: Lasting | None = None
    opens: DayOfYear | None = None
    due: DayOfYear | None = None
    types: list[Slug] = []
    procedure: Slug | None = None
    counts: Literal["handed_in", "passed"] = "handed_in"
    fee: Slug | None = None
    deposit: Slug | None = None
    duty: Slug | None = None
    events: list[Event] = []

    @model_validator(mode="after")
    def _sensible(self) -> Self:
        if self.on is None and any((self.within, self.due, self.duty, self.procedure, self.called)):
            raise Fault("先写明由什么引起（on）", "say first what calls for it (on)")
        if self.on is not None and self.called is None:
            raise Fault("写明它叫什么（called）", "say what it is called (called)")
        if self.on in ("event", "joining") and self.within is None:
            raise Fault("写明多久之内（within）", "say within how long (within)")
        if self.within is not None and self.within.unit == "hour":
            raise Fault("按整天算，不用小时", "it is counted in whole days, not in hours")
        for what in ("fee", "deposit"):
            if (self.on == what) != (getattr(self, what) is not None):
                raise Fault(f"on: {what} 与 {what} 一起写", f"on: {what} and {what} go together")
        if (self.on == "year") != (self.due is not None):
            raise Fault("每年的写明到期日（due），别的不写", "a yearly one says its day (due), another does not")
        return self


SAYS = {
    "open": Text(zh="“{called}”应在 {due:day}前（含）完成。", en="“{called}” is to be done by {due:day}."),
    "done": Text(zh="“{called}”已于 {done:day}完成，{due:day}到期。", en="“{called}” was done on {done:day}; it was due by {due:day}."),
    "late": Text(zh="“{called}”{due:day}到期，{done:day}才完成。", en="“{called}” was due by {due:day} and done on {done:day}."),
    "overdue": Text(zh="“{called}”{due:day}到期，没有完成。", en="“{called}” was due by {due:day} and is not done."),
    "unknown_event": Text(zh="“{called}”里没有 {event} 这种事项。{near}", en="“{called}” knows no event {event}.{near}"),
    "below": Text(zh="“{title}”满 {least:yuan} 才要报告，这次是 {amount:yuan}。", en="“{title}” is reported from {least:yuan} on; this is {amount:yuan}."),
    "no_amount": Text(zh="“{title}”要写明涉及的金额。", en="“{title}” takes the sum it is about."),
    "not_bound": Text(zh="“{called}”不约束这种会员。", en="“{called}” does not bind this sort of member."),
    "not_events": Text(zh="“{called}”不由报告的事项引起。", en="“{called}” is not called for by an event."),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Obligation:
    """One gathered from its clauses: the head, and its events each with the clause it stands in."""

    name: str
    head: Clause
    events: Mapping[str, tuple[str, Event]]

    @property
    def rule(self) -> Parameters:
        return said(self.head)

    @property
    def called(self) -> dict[str, str]:
        named = self.rule.called
        return {"zh": named.zh, "en": named.en} if named is not None else {"zh": self.name, "en": self.name}

    def clause(self, event: str) -> str:
        """The clause that calls for it: the event's own, else the head."""
        return self.events[event][0] if event in self.events else self.head.id

    def titled(self, event: str) -> dict[str, str]:
        """What a member is asked for: the event's title, else what the obligation is called."""
        return self.events[event][1].title.both() if event in self.events else self.called

    def confidential(self, event: str) -> bool:
        return event in self.events and self.events[event][1].confidential


@record
class Known:
    """Something that calls for it: under a `key` of its own, since the local day `arose`; done on a day, or not; the day
    it is `due` where something else says so."""

    key: str
    arose: date
    event: str = ""
    done: date | None = None
    by: str = ""
    due: date | None = None


@record
class Owed:
    """How it stands: `due` is the last day in time; `state` open, overdue, done, late."""

    known: Known
    due: date
    state: str
    reason: Reason


def said(clause: Clause) -> Parameters:
    return clause.parameters  # type: ignore[return-value]


@once
def obligations(programme: Programme) -> dict[str, Obligation]:
    """Every obligation with a head by its name, in the order of the file."""
    parts: dict[str, list[Clause]] = {}
    for clause in programme.of("obligation"):
        parts.setdefault(said(clause).obligation, []).append(clause)
    found: dict[str, Obligation] = {}
    for name, clauses in parts.items():
        head = next((clause for clause in clauses if said(clause).on is not None), None)
        if head is not None:
            events = {each.event: (clause.id, each) for clause in clauses for each in said(clause).events}
            found[name] = Obligation(name, head, events)
    return found


def binds(owed: Obligation, type: str) -> bool:
    """Whether it binds members of this sort."""
    return not owed.rule.types or type in owed.rule.types


def noted(owed: Obligation, type: str, event: str, amount: object) -> Decision:
    """Whether an event of a member is one that must be reported: a reason, or a refusal."""
    say, told = _stands_against(owed, type, event, amount)
    clause = owed.clause(event)
    reason = Reason(clause, say or "open", not say, told)
    if not say:
        return Decision()
    field = "amount" if say in ("below", "no_amount") else "member" if say == "not_bound" else "event"
    return Decision((Refuse(clause, "NotToReport", "limit", field, {"reason": reason}),), (reason,))


def _stands_against(owed: Obligation, type: str, event: str, amount: object) -> tuple[str, dict[str, object]]:
    told: dict[str, object] = {"called": owed.called}
    if owed.rule.on != "event":
        return "not_events", told
    if event not in owed.events:
        near = suggestion(event, owed.events)
        return "unknown_event", {**told, "event": event, "near": {"zh": near.zh, "en": near.en}}
    if not binds(owed, type):
        return "not_bound", told
    least, fen = owed.events[event][1].least, _fen(amount)
    if least is None:
        return "", told
    told["title"] = owed.titled(event)
    if fen is None:
        return "no_amount", told
    return ("below", {**told, "least": least, "amount": fen}) if fen < least else ("", told)


def reportable(owed: Obligation, event: str, amount: object) -> bool:
    """Whether what a member reports by herself is something she has to: a known event, from its sum on."""
    if event not in owed.events:
        return False
    least, fen = owed.events[event][1].least, _fen(amount)
    return least is None or (fen is not None and fen >= least)


def _fen(amount: object) -> int | None:
    """What a form says in yuan, or what is in fen already."""
    if isinstance(amount, int):
        return amount
    try:
        return int(Decimal(str(amount).replace(",", "")) * 100)
    except (InvalidOperation, ValueError):
        return None


def years(owed: Obligation, joined: date, since: date, today: date) -> Iterator[Known]:
    """The years of a yearly obligation that have opened up to `today` and are due on `since` or later, for whoever was a
    member when they opened."""
    rule = owed.rule
    if rule.due is None:
        return
    opens = rule.opens or MonthDay((1, 1))
    for year in range(max(joined.year, since.year - 1), today.year + 1):
        first, last = opens.of(year), rule.due.of(year)
        last = last if last >= first else rule.due.of(year + 1)
        if joined <= first <= today and last >= since:
            yield Known(str(year), first, due=last)


def stands(owed: Obligation, known: Known, today: date, ends: Ends) -> Owed:
    """How one thing owed stands on a local day."""
    length = owed.rule.within
    due = known.due or known.arose
    if length is not None:
        due = ends(due, length.count, length.unit)
    if known.done is not None:
        state = DONE if known.done <= due else LATE
    else:
        state = OPEN if today <= due else OVERDUE
    told = {"called": owed.titled(known.event), "due": due.isoformat()}
    if known.done is not None:
        told["done"] = known.done.isoformat()
    return Owed(known, due, state, Reason(owed.clause(known.event), state, state in (OPEN, DONE), told))
