"""Who belongs to a segment: computed when asked, never kept."""

from __future__ import annotations

from datetime import datetime

from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.kernel.refusals import NotFound
from huiguan.kernel.text import Text
from huiguan.members.columns import SOURCE, column_reader
from huiguan.members.facts import member_facts
from huiguan.members.resolving import membership_of
from huiguan.members.storing import run
from huiguan.programme import queries as programmes
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import segment as segment_kind
from huiguan.rules.needs import needs
from huiguan.rules.programme import Clause, Programme
from huiguan.rules.selecting import Fragment, where

_SEGMENT = Text(zh="分群", en="segment")


def segment(actor: Actor, name: str, at: datetime, *, after: str = "", limit: int = 100) -> tuple[str, ...]:
    """The numbers of the members inside the segment (its name or clause id) at `at`, in order, from beyond `after` on."""
    actor.demand("read_members")
    chosen = _chosen(actor, name, at)
    rows = run(
        f"SELECT held.number FROM {SOURCE} WHERE held.programme_id = %s AND held.merged_into IS NULL AND {chosen.sql} AND held.number > %s"
        " ORDER BY held.number LIMIT %s",
        [actor.programme, *chosen.parameters, after, limit],
    )
    return tuple(row[0] for row in rows)


def segment_size(actor: Actor, name: str, at: datetime) -> int:
    """How many members are inside the segment at `at`."""
    actor.demand("read_members")
    chosen = _chosen(actor, name, at)
    rows = run(
        f"SELECT count(*) FROM {SOURCE} WHERE held.programme_id = %s AND held.merged_into IS NULL AND {chosen.sql}",
        [actor.programme, *chosen.parameters],
    )
    return int(rows[0][0])


def in_segment(actor: Actor, ref: str, name: str, at: datetime) -> Reason:
    """Whether one member is inside the segment at `at`, and if not how far off: the clause's own reason."""
    actor.demand("read_members")
    rulebook = programmes.programme_at(actor.programme, at)
    return inside(rulebook, _clause(rulebook, name), actor.programme, membership_of(actor.programme, ref), at)


def inside(rulebook: Programme, clause: Clause, programme: int, membership: int, at: datetime) -> Reason:
    """The same of a membership by its key, under `rulebook`; it asks for no power."""
    day = local_day(at, rulebook.zone)
    facts = member_facts(programme, [membership], at=at, since=needs(rulebook).since(day))[membership]
    return segment_kind.decide(rulebook, clause, facts, day).reasons[0]


def _chosen(actor: Actor, name: str, at: datetime) -> Fragment:
    rulebook = programmes.programme_at(actor.programme, at)
    day = local_day(at, rulebook.zone)
    condition = _clause(rulebook, name).parameters.where  # type: ignore[attr-defined]
    return where(condition, column_reader(day, rulebook.zone_name, at))


def _clause(rulebook: Programme, name: str) -> Clause:
    for clause in rulebook.of("segment"):
        if name in (clause.id, clause.parameters.name):  # type: ignore[attr-defined]
            return clause
    raise NotFound(field="segment", what=_SEGMENT, given=name)


def inside_segment(rulebook: Programme, name: str, programme: int, membership: int, at: datetime) -> bool:
    """Whether a membership is inside the segment of this name at `at`; nobody is in one the rulebook has not. It asks for
    no power."""
    clause = rulebook.first_of("segment", name=name)
    return clause is not None and inside(rulebook, clause, programme, membership, at).given
