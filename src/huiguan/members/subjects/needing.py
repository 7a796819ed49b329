"""Whom a matter is for; what still stands in the way of a stage beside papers and signatures: something not cleared, a mark
not set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiguan.cases.values import KnownMatter, Unmet
from huiguan.kernel.text import Text
from huiguan.members.admitting import stands
from huiguan.members.life_refusals import NotForTheseMembers
from huiguan.members.marking import encumbrances, marks
from huiguan.members.segments import inside
from huiguan.programme import queries as programmes
from huiguan.rules import dossiers, needed
from huiguan.rules.courses import course
from huiguan.rules.kinds import acceptance, eligibility

CLEARANCE = "clearance"


def demand_only(matter: KnownMatter, member: int, at: datetime) -> None:
    """NotForTheseMembers where the procedure is for a segment the member is not in."""
    rulebook = programmes.version(matter.version)
    found = course(rulebook, matter.procedure)
    clause = rulebook.first_of("segment", name=found.terms.only) if found and found.terms.only else None
    if found is None or clause is None or inside(rulebook, clause, matter.programme, member, at).given:
        return
    raise NotForTheseMembers(field="procedure", clause=found.head.id, procedure=found.title, segment=clause.title)


def unmet(matter: KnownMatter, needs: tuple[str, ...], at: datetime) -> tuple[Unmet, ...]:
    """What of `needs` is not there at `at`. Dossiers and acceptances are looked at with the matter itself, fees and
    deposits by the room that charges them; any other name is an encumbrance that must be cleared, or a mark that must have been set (`mark_…`)."""
    rulebook = programmes.version(matter.version)
    elsewhere = {*dossiers.names(rulebook), *acceptance.editions(rulebook)}
    elsewhere |= {*needed.fees(rulebook), *needed.deposits(rulebook)}
    found: list[Unmet] = []
    for name in needs:
        if name in elsewhere:
            continue
        found += _mark(matter, name.removeprefix("mark_"), at) if name.startswith("mark_") else _ties(matter, name)
    return tuple(found)


def _mark(matter: KnownMatter, name: str, at: datetime) -> Iterator[Unmet]:
    if matter.membership is None or name not in marks(matter.membership, at):
        yield Unmet("", Text(zh=f"还没有“{name}”的记录。", en=f"Nothing says {name} yet."))


def _ties(matter: KnownMatter, name: str) -> Iterator[Unmet]:
    if matter.membership is None:
        return
    for each in encumbrances([matter.membership]):
        if name in (CLEARANCE, each.kind):
            yield Unmet(each.clause or "", Text(zh=f"{each.said} 还没有了结。", en=f"{each.said} is not cleared."))


def demand_rows(matter: KnownMatter) -> None:
    """RowsNotAsAsked where a list of the form is not as the rulebook wants it."""
    rulebook = programmes.version(matter.version)
    found = course(rulebook, matter.procedure)
    fields = [field for _, field in found.fields] if found is not None else []
    values = {field.name: str(matter.form[field.name]) for field in fields if matter.form.get(field.name)}
    stands(rulebook, eligibility.counted(rulebook, fields, values), within="form")
