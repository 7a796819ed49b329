"""What is owed, told: to those who deal with breaches all of it, to a member her own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.conduct.keeping import POWER
from huiguan.conduct.models import Breach, Occurrence
from huiguan.conduct.owed import Facts, Line, gathered, owed_by
from huiguan.conduct.values import EventKind, OwedTold
from huiguan.conduct.ways import begun_of, with_way
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.members.values.bodies import Belonging
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import obligation
from huiguan.rules.kinds.obligation import Obligation, Owed

LIMIT = 200


def obligations(actor: Actor, at: datetime, *, member: str = "", state: str = "") -> tuple[OwedTold, ...]:
    """What is owed at `at`, what is due first at the top, what is done behind it, the newest first; of one `member`, in
    one `state` (OWED_STATES), 200 at most. Takes `conduct` or `audit`; a member reads her own. What is confidential is
    told to those with `conduct`, and to her."""
    hers = actor.kind == "member"
    if not hers and not actor.may("audit"):
        actor.demand(POWER)
    one = actor.membership if hers else members.membership(actor, member) if member else None
    who = None if one is None else [one]
    facts = gathered(actor.programme, at, who)
    if facts is None:
        return ()
    lines = [(each, owed) for each in members.belonging(actor.programme, at, who) for owed in owed_by(facts, each)]
    kept = [line for line in lines if not state or line[1][1].state == state]
    found = told(actor.programme, facts, sorted(kept, key=_by_urgency)[:LIMIT])
    return found if hers or actor.may(POWER) else tuple(each for each in found if not each.confidential)


def _by_urgency(line: Line) -> tuple[bool, int]:
    """What is still to be done comes before whatever is done, however long ago that was."""
    owed = line[1][1]
    over = owed.state in ("done", "late")
    return over, -owed.due.toordinal() if over else owed.due.toordinal()


def event_kinds(actor: Actor, at: datetime) -> tuple[EventKind, ...]:
    """The events that must be reported, in the order of the rulebook. Takes `read_rulebook`."""
    actor.demand("read_rulebook")
    rulebook = programmes.programme_at(actor.programme, at)
    return tuple(
        EventKind(
            name, owed.called, event, each.title.both(), clause, str(owed.rule.within or ""), each.least,
            each.confidential,
        )
        for name, owed in obligation.obligations(rulebook).items()
        for event, (clause, each) in owed.events.items()
    )  # fmt: skip


def states_obligations(actor: Actor, at: datetime) -> bool:
    """Whether the rulebook in force obliges anybody to anything by a day."""
    rulebook = programmes.ruling_at(actor.programme, at)
    return rulebook is not None and bool(obligation.obligations(rulebook))


def told(programme: int, facts: Facts, lines: Sequence[Line]) -> tuple[OwedTold, ...]:
    """Lines as values."""
    keys = {line[0].membership for line in lines}
    named = members.called(programme, keys)
    breaches = {
        (row.membership_id or 0, row.cause): row.number
        for row in Breach.objects.filter(membership_id__in=keys).exclude(cause="")
    }
    occurred = {
        (row.membership_id, row.obligation, f"{row.event}:{row.happened_on.isoformat()}"): row for row in facts.occurred
    }
    begun = begun_of(programme, facts, lines)
    return tuple(
        with_way(
            _line(member, owed, provisional, each, named[member.membership], breaches, occurred), facts, occurred, begun
        )
        for member, (each, owed, provisional) in lines
    )


def cause_of(name: str, key: str) -> str:
    """What a breach of it is remembered by."""
    return f"{name}:{key}"


def _line(
    member: Belonging, owed: Owed, provisional: bool, each: Obligation, named: tuple[str, str],
    breaches: dict[tuple[int, str], str], occurred: dict[tuple[int, str, str], Occurrence],
) -> OwedTold:  # fmt: skip
    known = owed.known
    row = occurred.get((member.membership, each.name, known.key))
    return OwedTold(
        member=named[0], name=named[1], obligation=each.name, called=each.called, key=known.key, event=known.event,
        title=each.titled(known.event), clause=each.clause(known.event), arose=known.arose, due=owed.due,
        provisional=provisional, state=owed.state, done=known.done, by=known.by, procedure=each.rule.procedure or "",
        confidential=each.confidential(known.event), number=row.number if row else "", words=row.words if row else "",
        breach=breaches.get((member.membership, cause_of(each.name, known.key)), ""), reason=owed.reason,
        membership=member.membership,
    )  # fmt: skip
