"""What still stands in the way of a stage: a dossier that is not complete, words not signed, something not cleared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiguan.cases.values import KnownMatter, Unmet
from huiguan.documents import queries as documents
from huiguan.documents.values import MEMBER, holder_of
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.members.marking import encumbrances, marks
from huiguan.programme import queries as programmes
from huiguan.rules import dossiers
from huiguan.rules.kinds import acceptance
from huiguan.rules.papers import Handed
from huiguan.rules.programme import Programme

CLEARANCE = "clearance"


def unmet(matter: KnownMatter, needs: tuple[str, ...], at: datetime) -> tuple[Unmet, ...]:
    """What of `needs` is not there at `at`: names of dossiers and acceptances; any other name is an encumbrance that must
    be cleared, or a mark that must have been set (`mark_…`)."""
    rulebook = programmes.version(matter.version)
    known = dossiers.names(rulebook), acceptance.editions(rulebook)
    found: list[Unmet] = []
    for name in needs:
        if name in known[0]:
            found += _papers(rulebook, matter, name, at)
        elif name in known[1]:
            found += _words(rulebook, matter, name)
        elif name.startswith("mark_"):
            found += _mark(matter, name.removeprefix("mark_"), at)
        else:
            found += _ties(matter, name)
    return tuple(found)


def papers_of(number: str) -> str:
    """Under which word the papers of a matter lie before it is known whose they are: M000012 is matter:12."""
    return f"matter:{int(number.lstrip('M'))}"


def holders(matter: KnownMatter) -> list[str]:
    """Under which words the matter's papers lie: its own, and those of the member it is about."""
    own = [papers_of(matter.number)]
    own += [f"party:{matter.party}"] if matter.party is not None else []
    return own + ([holder_of(MEMBER, matter.membership)] if matter.membership is not None else [])


def _papers(rulebook: Programme, matter: KnownMatter, name: str, at: datetime) -> Iterator[Unmet]:
    applied = local_day(matter.submitted_at or at, rulebook.zone)
    form = {field: str(value) for field, value in matter.form.items() if value is not None}
    handed = Handed(documents.papers(matter.programme, holders(matter), name), applied, form)
    for line in dossiers.standing(rulebook, name, handed, local_day(at, rulebook.zone)).open:
        said: Text = rulebook.clauses[line.reason.clause].module.SAYS[line.reason.say]
        yield Unmet(line.clause, Text(**said.both(**line.reason.values)))


def _words(rulebook: Programme, matter: KnownMatter, name: str) -> Iterator[Unmet]:
    clause = acceptance.clause_of(rulebook, name)
    if clause is None:
        return
    signed = [each for holder in holders(matter) for each in documents.signatures(matter.programme, holder)]
    reason = acceptance.standing(clause, signed)
    if not reason.given:
        yield Unmet(clause.id, Text(**acceptance.SAYS[reason.say].both(**reason.values)))


def _mark(matter: KnownMatter, name: str, at: datetime) -> Iterator[Unmet]:
    if matter.membership is None or name not in marks(matter.membership, at):
        yield Unmet("", Text(zh=f"还没有“{name}”的记录。", en=f"Nothing says {name} yet."))


def _ties(matter: KnownMatter, name: str) -> Iterator[Unmet]:
    if matter.membership is None:
        return
    for each in encumbrances([matter.membership]):
        if name in (CLEARANCE, each.kind):
            yield Unmet(each.clause or "", Text(zh=f"{each.said} 还没有了结。", en=f"{each.said} is not cleared."))
