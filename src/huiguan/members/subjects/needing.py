"""What still stands in the way of a stage beside papers and signatures: something not cleared, a mark not set."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiguan.cases.values import KnownMatter, Unmet
from huiguan.kernel.text import Text
from huiguan.members.marking import encumbrances, marks
from huiguan.programme import queries as programmes
from huiguan.rules import dossiers
from huiguan.rules.kinds import acceptance

CLEARANCE = "clearance"


def unmet(matter: KnownMatter, needs: tuple[str, ...], at: datetime) -> tuple[Unmet, ...]:
    """What of `needs` is not there at `at`. Dossiers and acceptances are looked at with the matter itself; any other name
    is an encumbrance that must be cleared, or a mark that must have been set (`mark_…`)."""
    rulebook = programmes.version(matter.version)
    elsewhere = {*dossiers.names(rulebook), *acceptance.editions(rulebook)}
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
