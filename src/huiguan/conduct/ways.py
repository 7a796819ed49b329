"""By which matter something owed is done: the one that was begun for it, or what a new one would be filled in with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from huiguan.cases import queries as cases
from huiguan.cases.values import UnderWay
from huiguan.conduct.models import Occurrence
from huiguan.conduct.owed import Facts, Line
from huiguan.conduct.values import OwedTold
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.moments import local_day
from huiguan.rules.courses import course
from huiguan.rules.kinds.obligation import AMOUNT, EVENT, HAPPENED

Begun = Sequence[UnderWay]


def begun_of(programme: int, facts: Facts, lines: Sequence[Line]) -> Begun:
    """The matters under way that may be about what is still owed, the newest first."""
    open_ones = [
        (member.membership, each.rule.procedure) for member, (each, owed, _) in lines if owed.known.done is None
    ]
    procedures = {name for _, name in open_ones if name is not None}
    return cases.under_way(programme, procedures, {key for key, _ in open_ones}) if procedures else ()


def with_way(
    told: OwedTold, facts: Facts, occurred: Mapping[tuple[int, str, str], Occurrence], begun: Begun
) -> OwedTold:
    """Something owed with the matter that was begun for it, else with what is known of the form to be filled in."""
    if told.done is not None or not told.procedure:
        return told
    for each in begun:
        if _is_about(each, told, facts):
            return replace(told, under_way=each.number)
    return replace(told, form=_form(told, facts, occurred.get((told.membership, told.obligation, told.key))))


def _is_about(begun: UnderWay, told: OwedTold, facts: Facts) -> bool:
    if (begun.membership, begun.procedure) != (told.membership, told.procedure):
        return False
    if told.event:
        said = (str(begun.form.get(EVENT, "")), str(begun.form.get(HAPPENED, "")))
        return said == (told.event, told.arose.isoformat())
    return local_day(begun.at, facts.rulebook.zone) >= told.arose


def _form(told: OwedTold, facts: Facts, noted: Occurrence | None) -> dict[str, str]:
    found = course(facts.rulebook, told.procedure)
    known = {"member": told.member}
    if found is not None and found.terms.of != "profile_change":  # there `name` is the new one
        known["name"] = told.name
    if told.event:
        known |= {EVENT: told.event, HAPPENED: told.arose.isoformat()}
    if noted is not None and noted.amount is not None:
        known[AMOUNT] = as_yuan(noted.amount)
    return {name: value for name, value in known.items() if found is not None and found.field(name) is not None}
