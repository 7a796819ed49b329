"""A list of members from before, chunk by chunk: read, sorted out, entered with what they bring. Safe to run twice.

A row comes in whole or not at all. Who is a member already (every key of the row finds her, under the same name) is left
as she is, and only what the list brings and was not entered yet is entered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from huiguan.foundation.sheets import Cell
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.moments import local_day, moment_of
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text
from huiguan.members import register
from huiguan.members.changes import record_changes
from huiguan.members.enrolling import enrol
from huiguan.members.facts import bare_facts
from huiguan.members.importing import MemberRow, opening_of, read_row
from huiguan.members.inputs import RecordOpening
from huiguan.members.opening import promised, read_opening, record
from huiguan.members.refusals import BillAlreadyRecorded, PointsExpired, RepeatedInFile
from huiguan.members.resolving import Reference, resolve
from huiguan.members.values import EnrolledMember, NewChange, RowTold
from huiguan.parties.names import person_name, plain
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import tier_ladder
from huiguan.rules.programme import Programme

WHAT = {
    "phone": Text(zh="手机号", en="phone"),
    "card": Text(zh="卡号", en="card"),
    "number": Text(zh="会员号", en="member number"),
    "bill": Text(zh="单据", en="bill"),
}
DONE, AGAIN, REFUSED = "done", "again", "refused"
Given = tuple[int, Mapping[str, Cell]]  # the row's number in the sheet, its cells by column name


@dataclass(slots=True)
class Bringing:
    """One list on its way in. `seen` remembers by hash the keys of all rows before (a list may have a million);
    `shops` finds a shop by code or name, `shop` is for rows that name none."""

    actor: Actor
    at: datetime
    rulebook: Programme
    shops: Mapping[str, str]
    shop: str | None = None
    seen: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """A row at work. `keys` find its member, `member` her number once she is known, `fresh` if she came in by it."""

    number: int
    row: MemberRow
    keys: tuple[Reference, ...]
    membership: int = 0
    member: str = ""
    fresh: bool = False


def begin(actor: Actor, at: datetime, shop: str | None = None) -> Bringing:
    """A list about to come in under the rulebook in force at `at`; `shop` is the code for rows that name none."""
    if shop is not None:
        identity.shop(actor.programme, shop)
    shops: dict[str, str] = {}
    for each in identity.shops(actor):
        shops |= dict.fromkeys((each.name.zh, each.name.en, each.code, each.code.upper()), each.code)
    return Bringing(actor, at, programmes.programme_at(actor.programme, at), shops, shop)


def bring(coming: Bringing, given: Sequence[Given]) -> list[RowTold]:
    """Enter one chunk inside the caller's transaction; what became of each row, in order."""
    told: dict[int, RowTold] = {}
    lines = _recognised(coming, _read(coming, given, told), told)
    lines = _entered(coming, lines, told)
    again = _record(coming, lines)
    _set_tiers(coming, [line for line in lines if line.fresh and line.row.tier])
    for line in lines:
        told[line.number] = RowTold(line.number, AGAIN if line.number in again else DONE, line.member)
    return [told[number] for number, _ in given]


def _read(coming: Bringing, given: Sequence[Given], told: dict[int, RowTold]) -> list[Line]:
    lines = []
    for number, cells in given:
        try:
            row = read_row(coming.rulebook, cells, coming.shops)
            if row.form.shop is None and coming.shop is not None:
                row = replace(row, form=row.form.model_copy(update={"shop": coming.shop}))
            keys = keys_of(row)
            _demand_new_to_file(coming, number, row, keys)
            _demand_sound(coming, row)
            lines.append(Line(number, row, keys))
        except Refusal as refusal:
            told[number] = RowTold(number, REFUSED, None, refusal)
    return lines


def keys_of(row: MemberRow) -> tuple[Reference, ...]:
    """By what the row's member is found, written one way."""
    given = (("number", row.form.number), ("card", row.form.card), ("phone", row.form.phone))
    return tuple((kind, plain(text).replace(" ", "").upper()) for kind, text in given if text and text.strip())


def _demand_new_to_file(coming: Bringing, number: int, row: MemberRow, keys: tuple[Reference, ...]) -> None:
    """By her phone, else her card, else her number; what else is double the register itself refuses. A chunk that is
    tried again meets its own rows."""
    unique = [*keys[-1:], *([("bill", row.bill)] if row.bill and (row.points or row.spend) else [])]
    for key in unique:
        earlier = coming.seen.get(hash(key), number)
        if earlier != number:
            raise RepeatedInFile(field=key[0], row=earlier, what=WHAT[key[0]])
    coming.seen |= dict.fromkeys(map(hash, unique), number)


def _demand_sound(coming: Bringing, row: MemberRow) -> None:
    """What she brings must be right, and points still good, before she is entered."""
    raw = opening_of(row, "?", coming.at, coming.rulebook)
    if raw is None:
        return
    ready = read_opening(coming.rulebook, read(RecordOpening, raw), 0, 0, coming.at)
    joined_at = moment_of(row.form.at, "joined_at", coming.rulebook.zone) if row.form.at else coming.at
    ends = promised(coming.rulebook, ready.earned_at, joined_at)[1]
    if ready.points and ends is not None and ends <= coming.at:
        earned = local_day(ready.earned_at, coming.rulebook.zone)
        raise PointsExpired(field="points", earned=earned.isoformat())


def _recognised(coming: Bringing, lines: list[Line], told: dict[int, RowTold]) -> list[Line]:
    """Mark who is a member already; refuse a bill that was entered for somebody else."""
    programme = coming.actor.programme
    found = resolve(programme, [key for line in lines for key in line.keys])
    known = register.names_of(programme, set(found.values()))
    bills = register.bills_held(programme, [line.row.bill for line in lines if line.row.bill])
    numbers = register.numbers_of(programme, set(bills.values()))
    kept = []
    for line in lines:
        hits = {found[key] for key in line.keys if key in found}
        if len(hits) == 1 and known[next(iter(hits))][1] == person_name(line.row.form.name or ""):
            (line.membership,) = hits
            line.member = known[line.membership][0]
        holder = bills.get(line.row.bill or "", line.membership)
        if holder != line.membership and (line.row.points or line.row.spend):
            refusal = BillAlreadyRecorded(field="bill", bill=line.row.bill, number=numbers[holder])
            told[line.number] = RowTold(line.number, REFUSED, None, refusal)
        else:
            kept.append(line)
    return kept


def _entered(coming: Bringing, lines: list[Line], told: dict[int, RowTold]) -> list[Line]:
    """Enrol who is not a member yet; those who are refused fall out."""
    new = [line for line in lines if not line.membership]
    forms = [line.row.form for line in new]
    answers = enrol(coming.actor, coming.at, forms, allow_incomplete=True, carried_over=True) if new else ()
    for line, answer in zip(new, answers, strict=True):
        if isinstance(answer, EnrolledMember):
            line.membership, line.member, line.fresh = answer.membership, answer.number, True
        else:
            told[line.number] = RowTold(line.number, REFUSED, None, answer)
    return [line for line in lines if line.membership]


def _record(coming: Bringing, lines: list[Line]) -> set[int]:
    """Enter what they bring; the rows of which nothing was new."""
    raws = [(line, opening_of(line.row, line.member, coming.at, coming.rulebook)) for line in lines]
    bringing = [(line, read(RecordOpening, raw)) for line, raw in raws if raw is not None]
    again = {line.number for line in lines if not line.fresh}
    answers = record(coming.actor, coming.at, [opening for _, opening in bringing]) if bringing else ()
    for (line, _), answer in zip(bringing, answers, strict=True):
        if not isinstance(answer, Refusal):
            again.discard(line.number)
        elif not isinstance(answer, BillAlreadyRecorded):
            raise answer  # it was sound a moment ago: the chunk is given up rather than half a row kept
    return again


def _set_tiers(coming: Bringing, lines: list[Line]) -> None:
    """The tier the list names, where it is higher than the one she stands on."""
    order = {rung.tier: place for place, rung in enumerate(tier_ladder.rungs(coming.rulebook))}
    facts = bare_facts(coming.actor.programme, [line.membership for line in lines])
    changes = []
    for line in lines:
        stands, named = facts[line.membership].tier, line.row.tier or ""
        if order[named] > order.get(stands, -1):
            changes.append(
                NewChange(
                    membership=line.membership,
                    what="tier",
                    before=stands,
                    after=named,
                    at=coming.at,
                    clause=None,
                    cause="import",
                    actor=coming.actor.reference,
                )
            )
    record_changes(changes, coming.at)
