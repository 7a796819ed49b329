"""What members owe by a day: gathered from what was noted, handed in, charged and called, and judged by the rulebook."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from huiguan.billing import queries as billing
from huiguan.calendar import queries as calendar
from huiguan.calendar.values import Workdays
from huiguan.cases import queries as cases
from huiguan.cases.values import HandedIn
from huiguan.conduct.models import Completion, Occurrence
from huiguan.kernel.moments import at_day, local_day
from huiguan.members.values.bodies import Belonging
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import obligation
from huiguan.rules.kinds.obligation import AMOUNT, EVENT, HAPPENED, Known, Obligation, Owed
from huiguan.rules.programme import Programme

Line = tuple[Belonging, tuple[Obligation, Owed, bool]]


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything one reading asks: of whom, and what there is of each."""

    rulebook: Programme
    today: date
    since: Mapping[str, date]
    workdays: Workdays
    handed: Sequence[HandedIn]
    occurred: Sequence[Occurrence]
    completed: Mapping[tuple[int, str, str], date]
    called: Sequence[Any]


def gathered(programme: int, at: datetime, who: Collection[int] | None) -> Facts | None:
    """What there is to judge; None where the rulebook in force obliges nobody to anything."""
    rulebook = programmes.ruling_at(programme, at)
    known = obligation.obligations(rulebook) if rulebook is not None else {}
    if rulebook is None or not known:
        return None
    wanted = {each.rule.procedure for each in known.values()} - {None}
    occurred = Occurrence.objects.filter(programme_id=programme, withdrawn_at=None, noted_at__lte=at)
    completed = Completion.objects.filter(programme_id=programme, at__lte=at)
    if who is not None:
        occurred, completed = occurred.filter(membership_id__in=who), completed.filter(membership_id__in=who)
    handed = cases.all_handed_in(programme, [name for name in wanted if name is not None], who) if wanted else ()
    fees = {each.rule.fee for each in known.values()} - {None}
    deposits = {each.rule.deposit for each in known.values()} - {None}
    return Facts(
        rulebook, local_day(at, rulebook.zone), _since(programme, known), calendar.workdays(programme),
        [each for each in handed if each.at <= at], list(occurred.order_by("pk")),
        {(row.membership_id, row.obligation, row.key): row.done_on for row in completed},
        billing.asked_for(programme, fees, deposits, who) if fees or deposits else (),
    )  # fmt: skip


def _since(programme: int, known: Mapping[str, Obligation]) -> dict[str, date]:
    """The local day from which each obligation was first in force."""
    found: dict[str, date] = {}
    for begins, rulebook in programmes.timeline(programme):
        for name in obligation.obligations(rulebook):
            day = local_day(begins, rulebook.zone)
            found[name] = min(day, found.get(name, day))
    return {name: found.get(name, date.min) for name in known}


def owed_by(facts: Facts, member: Belonging) -> Iterator[tuple[Obligation, Owed, bool]]:
    """Everything a member owes, done or not, with whether its day may still move."""
    for each in obligation.obligations(facts.rulebook).values():
        if not obligation.binds(each, member.type):
            continue
        for known in _known(facts, each, member):
            noted = facts.completed.get((member.membership, each.name, known.key))
            if noted is not None and (known.done is None or noted < known.done):
                known = replace(known, done=noted, by="")
            judged = obligation.stands(each, known, facts.today, partial(_ends, facts))
            if judged.due >= facts.since[each.name]:
                length = each.rule.within
                counted = length is not None and length.unit == "workday"
                yield each, judged, counted and not facts.workdays.are_known(known.arose, judged.due)


def _known(facts: Facts, each: Obligation, member: Belonging) -> Iterator[Known]:
    """What calls for it, and what of it is done."""
    rule, handed = each.rule, _handed(facts, each, member)
    if rule.on == "event":
        yield from _events(facts, each, member, handed)
    elif rule.on == "joining":
        yield _first(Known("joining", member.since), handed)
    elif rule.on == "year":
        years = list(obligation.years(each, member.since, facts.since[each.name], facts.today))
        for n, year in enumerate(years):
            until = years[n + 1].arose if n + 1 < len(years) else date.max
            yield _first(year, [one for one in handed if one[0] < until])
    else:
        for one in facts.called:
            if (one.membership, one.name) == (member.membership, rule.fee or rule.deposit):
                yield Known(one.number, one.asked_on, done=one.settled_on, due=one.due)


def _first(known: Known, handed: Sequence[tuple[date, str, HandedIn]]) -> Known:
    """Done by the first matter handed in since it arose."""
    done = next(((day, number) for day, number, _ in handed if day >= known.arose), None)
    return known if done is None else replace(known, done=done[0], by=done[1])


def _handed(facts: Facts, each: Obligation, member: Belonging) -> list[tuple[date, str, HandedIn]]:
    """The matters of the member that may fulfil it, each with the local day on which it counts, the first before."""
    found = []
    for one in facts.handed:
        moment = one.at if each.rule.counts == "handed_in" else one.passed
        if (one.procedure, one.membership) == (each.rule.procedure, member.membership) and moment is not None:
            found.append((local_day(moment, facts.rulebook.zone), one.number, one))
    return sorted(found, key=lambda each: (each[0], each[1]))


def _events(
    facts: Facts, each: Obligation, member: Belonging, handed: Sequence[tuple[date, str, HandedIn]]
) -> Iterator[Known]:
    """Events the house noted and those the member reported; one of the same day is one."""
    found: dict[str, Known] = {}
    for row in facts.occurred:
        if (row.membership_id, row.obligation) == (member.membership, each.name) and row.event in each.events:
            key = key_of(row.event, row.happened_on)
            found[key] = Known(key, row.happened_on, row.event)
    for day, number, one in handed:
        event, happened = str(one.form.get(EVENT, "")), _day(one.form.get(HAPPENED))
        if happened is None or not obligation.reportable(each, event, str(one.form.get(AMOUNT, ""))):
            continue
        key = key_of(event, happened)
        known = found.get(key, Known(key, happened, event))
        if known.done is None:
            found[key] = replace(known, done=day, by=number)
    yield from sorted(found.values(), key=lambda known: (known.arose, known.key))


def _day(given: object) -> date | None:
    """The day a form names, None where it is none."""
    try:
        return date.fromisoformat(str(given))
    except ValueError:
        return None


def key_of(event: str, day: date) -> str:
    """What an event of a day is called within its obligation."""
    return f"{event}:{day.isoformat()}"


def _ends(facts: Facts, day: date, count: int, unit: str) -> date:
    """The last local day of a length behind `day`."""
    zone = facts.rulebook.zone
    over = calendar.lasting(facts.workdays, at_day(day, zone), count, unit, zone)
    return local_day(over.at - timedelta(microseconds=1), zone)
