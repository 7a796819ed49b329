"""What a matter's stages need of papers and signatures: which dossiers are complete, what is missing by name, and since
when a file is complete.

Papers lie with whom they are of, her party, and with the matter itself until that is known; they serve in every later
matter. Those of a matter this one follows serve too. Copies on paper are counted for this matter's dossier alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from huiguan.cases import clocks, forms
from huiguan.cases.holding import Handling
from huiguan.cases.models import Matter
from huiguan.cases.subjects import party_of
from huiguan.cases.values import Unmet
from huiguan.documents import queries as documents
from huiguan.documents.refusals import AcceptanceNeeded
from huiguan.documents.values import MATTER, PARTY, holder_of
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text
from huiguan.rules import dossiers
from huiguan.rules.courses import Leg
from huiguan.rules.dossiers import Standing
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import acceptance, dossier
from huiguan.rules.kinds.acceptance import Signature
from huiguan.rules.moving import OPEN
from huiguan.rules.papers import Handed
from huiguan.rules.programme import Clause


def holders(row: Matter) -> tuple[str, ...]:
    """With whom the papers lie that serve in this matter: itself, whom it is of, and the matters it comes after."""
    matters = [holder_of(MATTER, row.seq), *(holder_of(MATTER, seq) for seq in _before(row))]
    return (*matters, home(row)) if home(row) not in matters else tuple(matters)


def _before(row: Matter) -> Iterator[int]:
    """The matters this one comes after, whose papers serve again."""
    seen = {row.seq}
    while row.follows is not None and row.follows.seq not in seen:
        row = row.follows
        seen.add(row.seq)
        yield row.seq


def home(row: Matter) -> str:
    """Where papers handed in with this matter go: to the party it is of, to the matter itself until that is known."""
    party = row.party_id if row.party_id is not None else party_of(row.membership_id)
    return holder_of(PARTY, party) if party is not None else holder_of(MATTER, row.seq)


def copies_of(row: Matter, name: str) -> str:
    """Under which word copies on paper are counted for a dossier of this matter."""
    return f"{row.number}/{name}"


def needed(held: Handling) -> tuple[str, ...]:
    """The dossiers the stages of the matter ask for, in their order."""
    known = dossiers.names(held.rulebook)
    asked = (name for leg in held.course.legs for name in leg.stage.needs if name in known)
    return tuple(dict.fromkeys(asked))


def standing(held: Handling, name: str) -> Standing:
    """How a dossier of the matter stands at its moment, under the rulebook it was opened under."""
    row, zone = held.row, held.rulebook.zone
    papers = documents.papers(row.programme_id, holders(row), copies_of(row, name))
    form = {field: str(answer) for field, answer in forms.answers_of(row).items()}
    applied = local_day(row.submitted_at or held.at, zone)
    return dossiers.standing(held.rulebook, name, Handed(papers, applied, form), local_day(held.at, zone))


def signatures(held: Handling) -> tuple[Signature, ...]:
    """What was signed by whom the matter is of, and in the matter itself."""
    found = (documents.signatures(held.row.programme_id, holder) for holder in holders(held.row))
    return tuple(signature for each in found for signature in each)


def unmet(held: Handling, leg: Leg) -> tuple[Unmet, ...]:
    """What of the stage's papers and signatures still stands in its way, each by its clause and its name."""
    known, found = dossiers.names(held.rulebook), list[Unmet]()
    for name in leg.stage.needs:
        if name in known:
            found += [Unmet(line.clause, dossier_said(line.reason)) for line in standing(held, name).open]
        clause = acceptance.clause_of(held.rulebook, name)
        if clause is not None:
            reason = acceptance.standing(clause, signatures(held))
            found += [] if reason.given else [Unmet(clause.id, acceptance_said(reason))]
    return tuple(found)


def dossier_said(reason: Reason) -> Text:
    return Text(**dossier.SAYS[reason.say].both(**reason.values))


def acceptance_said(reason: Reason) -> Text:
    return Text(**acceptance.SAYS[reason.say].both(**reason.values))


def signed_first(held: Handling) -> tuple[Clause, ...]:
    """What is signed before an application is handed in: a matter applicants open. A member's complaint, a change of her data or
    a level that staff proposes waits for no signature."""
    asked = "applicant" in held.course.terms.opened_by
    return tuple(acceptance.needed(held.rulebook, "submission")) if asked else ()


def demand_signed(held: Handling) -> None:
    """AcceptanceNeeded where something must be signed before an application is handed in."""
    signed = signatures(held)
    for clause in signed_first(held):
        reason = acceptance.standing(clause, signed)
        if not reason.given:
            raise AcceptanceNeeded(clause=clause.id, why=acceptance_said(reason))


def complete(held: Handling, leg: Leg) -> bool:
    """Whether the file a stage's clock waits for is complete."""
    known = dossiers.names(held.rulebook)
    return all(standing(held, name).complete for name in leg.stage.needs if name in known)


def completed_at(held: Handling) -> datetime:
    """Since when the file is complete: since the last of its papers came, was seen or counted, and not before the
    matter was handed in."""
    row = held.row
    last = documents.changed_at(row.programme_id, holders(row), held.at)
    return max(each for each in (row.submitted_at or held.at, last) if each is not None)


def start_clock(held: Handling) -> bool:
    """A clock that waited for the complete file runs from the moment it was; whether one began."""
    row, leg = held.row, held.leg
    if not row.awaits_file or row.state != OPEN or leg is None or leg.stage.within is None:
        return False
    if not complete(held, leg):
        return False
    length, warn = leg.stage.within, leg.stage.warn
    over = clocks.due(held.days, completed_at(held), length.count, length.unit)
    row.due_at, row.provisional, row.awaits_file = over.at, over.provisional, False
    row.warn_at = clocks.before(held.days, over.at, warn.count, warn.unit) if warn is not None else None
    return True
