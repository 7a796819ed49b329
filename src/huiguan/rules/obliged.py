"""What is wrong in the clauses of an obligation. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from huiguan.kernel.text import Text
from huiguan.rules.findings import Finding, suggestion
from huiguan.rules.kinds import duty, member_type
from huiguan.rules.kinds.obligation import EVENT, HAPPENED
from huiguan.rules.kinds.profile import Field
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.remarks import refused

_NO_HEAD = Text(zh="{name} 没有写明由什么引起（on）。", en="{name} does not say what calls for it (on).")
_TWO_HEADS = Text(zh="{name} 已由 {other} 写明。", en="{other} says already what calls for {name}.")
_NO_EVENT = Text(zh="{name} 由事项引起，却一件也没有写。", en="{name} is called for by events and names none.")
_NOT_EVENTS = Text(zh="{name} 不由事项引起，不写 events。", en="{name} is not called for by events and takes none.")
_EVENT_TWICE = Text(zh="事项 {name} 写了两次。", en="The event {name} is there twice.")
_UNKNOWN = Text(zh="没有 {name}。{near}", en="There is no {name}.{near}")
_NO_FIELD = Text(
    zh="程序 {procedure} 的表里要有“{field}”，才知道报的是哪件事、哪一天。",
    en="The form of {procedure} takes the field {field}, so that it is known what is reported and of which day.",
)
_NOT_CHOSEN = Text(
    zh="程序 {procedure} 的表里，“event”没有 {name} 这个选项。",
    en="In the form of {procedure}, event has no choice {name}.",
)


def _said(clause: Clause) -> Any:
    return clause.parameters


def findings(programme: Programme) -> Iterator[Finding]:
    """One head each; events of their own; duties, procedures, fees and sorts of members that are there."""
    clauses = programme.of("obligation")
    for name in dict.fromkeys(_said(clause).obligation for clause in clauses):
        parts = [clause for clause in clauses if _said(clause).obligation == name]
        heads = [clause for clause in parts if _said(clause).on is not None]
        if not heads:
            yield refused(programme, parts[0], "no_head", "obligation", _NO_HEAD, name=name)
        for clause in heads[1:]:
            yield refused(programme, clause, "two_heads", "on", _TWO_HEADS, name=name, other=heads[0].id)
        yield from _events(programme, name, parts, heads)
    for clause in clauses:
        yield from _names(programme, clause)


def _events(programme: Programme, name: str, parts: list[Clause], heads: list[Clause]) -> Iterator[Finding]:
    seen: set[str] = set()
    by_events = bool(heads) and _said(heads[0]).on == "event"
    procedure = _said(heads[0]).procedure if heads else None
    chosen = _choices(programme, procedure) if procedure and by_events else None
    for clause in parts:
        if heads and _said(clause).events and not by_events:
            yield refused(programme, clause, "no_events", "events", _NOT_EVENTS, name=name)
        for each in _said(clause).events:
            if each.event in seen:
                yield refused(programme, clause, "event_twice", "events", _EVENT_TWICE, name=each.event)
            seen.add(each.event)
            if chosen is not None and each.event not in chosen:
                told = {"procedure": procedure, "name": each.event}
                yield refused(programme, clause, "not_chosen", "events", _NOT_CHOSEN, **told)
    if by_events and not seen:
        yield refused(programme, heads[0], "no_event", "on", _NO_EVENT, name=name)


def _choices(programme: Programme, procedure: str) -> set[str] | None:
    """What the form lets one report; None where it may be anything, or where there is no such form."""
    fields = [field for field in _fields(programme, procedure) if field.name == EVENT]
    return {choice.value for choice in fields[0].choices} if fields and fields[0].choices else None


def _fields(programme: Programme, procedure: str) -> list[Field]:
    parts = (each for each in programme.of("procedure") if each.parameters.name == procedure)  # type: ignore[attr-defined]
    return [field for part in parts for field in part.parameters.fields]  # type: ignore[attr-defined]


def _names(programme: Programme, clause: Clause) -> Iterator[Finding]:
    given = _said(clause)
    known = {
        "procedure": {each.parameters.name for each in programme.of("procedure")},  # type: ignore[attr-defined]
        "duty": set(duty.duties(programme)),
        "fee": {each.parameters.name for each in programme.of("fee")},  # type: ignore[attr-defined]
        "deposit": {each.parameters.name for each in programme.of("deposit")},  # type: ignore[attr-defined]
    }
    for path, names in known.items():
        name = getattr(given, path)
        if name is not None and name not in names:
            near = suggestion(name, names)
            yield refused(programme, clause, f"unknown_{path}", path, _UNKNOWN, name=name, near=near)
    yield from member_type.strangers(programme, clause, given.types)
    if given.on == "event" and given.procedure in known["procedure"]:
        has = {field.name for field in _fields(programme, given.procedure or "")}
        for field in (EVENT, HAPPENED):
            if field not in has:
                told = {"procedure": given.procedure, "field": field}
                yield refused(programme, clause, "no_field", "procedure", _NO_FIELD, **told)
