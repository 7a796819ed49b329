"""A standing that turns: what fell due is written down first, then the turn itself, and the moments ahead follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from huiguan.kernel.moments import at_day, local_day
from huiguan.members.changes import record_changes
from huiguan.members.models import Mark, Membership
from huiguan.members.standings import due_turns
from huiguan.members.values import NewChange
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import exit as exits
from huiguan.rules.kinds import term
from huiguan.rules.programme import Programme
from huiguan.rules.standing import ACTIVE, APPROVED, EXITED, EXPELLED, LAPSED, SUSPENDED, Turn

SYSTEM = "system:0"
TERM_PAID = "term_paid"  # the mark of the last day a membership is paid for, where its term goes by that
# The moments ahead that mean nothing any more once the standing is this one.
_SPENT = {
    ACTIVE: ("opens_at", "resumes_at"),
    EXITED: ("opens_at", "resumes_at", "lapses_at", "exits_at", "exit_held"),
    EXPELLED: ("opens_at", "resumes_at", "lapses_at", "exits_at", "exit_held"),
}


@dataclass(frozen=True, slots=True)
class Why:
    """Why a standing turned: the clause and its sentence with values, or in a person's own words; by whom."""

    actor: str
    clause: str | None = None
    cause: str = ""
    values: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, reason: Reason, actor: str = SYSTEM) -> Why:
        return cls(actor, reason.clause, reason.say, {"say": reason.say, **reason.values})


def settle(rulebook: Programme, row: Membership, at: datetime) -> None:
    """Write down what fell due by `at`, each with its own moment; the row follows."""
    for due in due_turns(row, at):
        _write(row, due.to, due.at, why_due(rulebook, row, due), at)


def turn(rulebook: Programme, row: Membership, to: str, at: datetime, why: Why) -> None:
    """The standing is `to` from `at` on. `row` is locked; what fell due before is settled already."""
    _write(row, to, at, why, at)


def put_dates(row: Membership, **dates: Any) -> None:
    """Keep the moments ahead (and what goes with them) on the membership."""
    for name, value in dates.items():
        setattr(row, name, value)
    row.save(update_fields=list(dates))


def begin_term(rulebook: Programme, row: Membership, at: datetime) -> str:
    """A membership begins at `at`: its term is kept; the standing it has from now on, waiting where it opens later."""
    clause, zone = term.term(rulebook, row.type), rulebook.zone
    opened = term.opens(clause, at, zone)
    begun = local_day(opened or at, zone)
    end = term.ends(clause, begun, zone) if clause is not None else None
    if clause is not None and term.rule(clause).paid is not None:
        end = term.paid_to(clause, begun, paid_until(row.pk, at), zone)
    lapse = term.lapses(clause, end, zone) if clause is not None else None
    put_dates(row, opens_at=opened, ends_at=end, lapses_at=lapse, member_since=opened or at)
    return APPROVED if opened else ACTIVE


def paid_until(membership: int, at: datetime) -> date | None:
    """The last day a membership that lasts as long as it is paid is paid for, as of `at`."""
    then = Q(until=None) | Q(until__gt=at)
    said = Mark.objects.filter(then, membership_id=membership, name=TERM_PAID, since__lte=at).first()
    return date.fromisoformat(said.value) if said is not None else None


def end_dates(rulebook: Programme, row: Membership, left: datetime, ground: str) -> dict[str, Any]:
    """What is kept when a membership ends by a ground: the ground, and until when there is no way back."""
    day = local_day(left, rulebook.zone)
    until = exits.barred_until(rulebook, row.type, ground, day)
    barred = at_day(until, rulebook.zone) if until is not None else None
    return {"exit_ground": ground, "barred_until": barred}


def _write(row: Membership, to: str, moment: datetime, why: Why, written_at: datetime) -> None:
    change = NewChange(row.pk, "standing", row.standing, to, moment, why.clause, why.cause, why.values, why.actor)
    record_changes([change], written_at)
    row.standing, row.standing_since = to, moment
    if to in _SPENT:
        put_dates(row, **dict.fromkeys(_SPENT[to]))


def why_due(rulebook: Programme, row: Membership, due: Turn) -> Why:
    """Why a standing turned of itself."""
    day = local_day(due.at, rulebook.zone).isoformat()
    clause = term.term(rulebook, row.type)
    if due.to == LAPSED and clause is not None and row.ends_at is not None:
        told = {"until": term.last_day(row.ends_at, rulebook.zone), "last": term.last_day(due.at, rulebook.zone)}
        return Why.of(Reason(clause.id, "lapsed", False, told))
    if due.to == ACTIVE and row.standing != SUSPENDED and clause is not None:
        return Why.of(Reason(clause.id, "opened", True, {"on": day}))
    if due.to == EXITED:
        known = exits.grounds(rulebook, row.type).get(row.exit_ground)
        if known is not None:
            return Why.of(Reason(known[0].id, "ground", True, {"called": known[1].called.both()}))
    return Why(SYSTEM, cause="到期 due")
