"""Rows of the room found, numbered, and what follows from those that stand."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.db import connection
from django.db.models import Q

from huiguan.conduct.models import Breach, Measure
from huiguan.conduct.refusals import BreachUnknown, TakenUnknown
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.events import Event
from huiguan.members import operations as members
from huiguan.programme import queries as programmes
from huiguan.rules.kinds import measure_taken
from huiguan.rules.kinds.measure_taken import Standing
from huiguan.rules.programme import Programme

POWER = "conduct"
_NEXT = """
INSERT INTO conduct_series (programme_id, name, last) VALUES (%s, %s, 1)
ON CONFLICT (programme_id, name) DO UPDATE SET last = conduct_series.last + 1 RETURNING last
"""

_OVER = "SELECT id FROM conduct_measure WHERE programme_id = %s AND NOT settled AND until <= %s"


def next_number(programme: int, letter: str) -> tuple[int, str]:
    """The next of a series without gaps: B000001, …"""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [programme, letter])
        (last,) = cursor.fetchone()
    return last, f"{letter}{last:06d}"


def breach(actor: Actor, number: str, *, field: str = "breach", lock: bool = False) -> Breach:
    """A breach by its number; BreachUnknown."""
    rows = Breach.objects.select_for_update() if lock else Breach.objects.all()
    row = rows.filter(programme_id=actor.programme, number=number.strip().upper()).first()
    if row is None:
        raise BreachUnknown(field=field, given=number)
    return row


def measure(actor: Actor, number: str, *, lock: bool = False) -> Measure:
    """A measure by its number, for those who deal with it and for the member herself; TakenUnknown."""
    rows = Measure.objects.select_for_update() if lock else Measure.objects.all()
    row = rows.filter(programme_id=actor.programme, number=number.strip().upper()).first()
    if row is None or (actor.kind == "member" and row.membership_id != actor.membership):
        raise TakenUnknown(field="measure", given=number)
    return row


def standing_of(row: Measure) -> Standing | None:
    """The measure as it acts; None where it never did."""
    return Standing(row.measure, row.since, row.until) if row.since is not None else None


def stands(row: Measure, at: datetime) -> bool:
    held = standing_of(row)
    return held is not None and held.stands(at)


def taken(membership: int) -> list[Standing]:
    """The measures of a membership that ever acted."""
    rows = Measure.objects.filter(membership_id=membership, since__isnull=False)
    return [held for row in rows if (held := standing_of(row)) is not None]


def settle_member(actor: Actor, membership: int | None, at: datetime, why: Measure) -> None:
    """Make the membership what the measures that stand at `at` say, and close what they close; its card and tier too. One
    of the staff has none of them."""
    if not membership:
        return
    rulebook = programmes.programme_at(actor.programme, at)
    held = taken(membership)
    to, until = measure_taken.standing(rulebook, held, at)
    members.impose(
        programme=actor.programme, membership=membership, to=to, until=until, at=at, actor=actor.reference,
        clause=why.clause, cause=why.number,
    )  # fmt: skip
    told = {"programme": actor.programme, "membership": membership, "at": at, "actor": actor.reference,
            "clause": why.clause, "cause": why.number}  # fmt: skip
    ahead = sorted({each.until for each in held if each.until is not None and each.until > at})
    later = [(moment, measure_taken.card(rulebook, held, moment)) for moment in ahead]
    members.impose_card(to=measure_taken.card(rulebook, held, at), later=later, **told)  # type: ignore[arg-type]

    def lower(tier: str, since: datetime | None, moment: datetime) -> str:
        mine = [each for each in held if since is None or each.since >= since]
        return measure_taken.lower(rulebook, tier, mine, moment)

    members.impose_tier(lower=lower, ends=ahead, **told)  # type: ignore[arg-type]
    for right in measure_taken.CLOSABLE:
        ends = _ends(rulebook, held, right, at)
        members.put_mark(
            programme=actor.programme, membership=membership, name=f"closed_{right}",
            value="closed" if ends else None, at=at, actor=actor.reference, clause=why.clause, cause=why.number,
            until=None if not ends or None in ends else max(end for end in ends if end is not None),
        )  # fmt: skip


def _ends(rulebook: Programme, taken: list[Standing], right: str, at: datetime) -> list[datetime | None]:
    """When each measure that closes the right now is over."""
    known = measure_taken.measures(rulebook)
    return [
        each.until
        for each in taken
        if each.stands(at) and each.name in known and right in measure_taken.rule(known[each.name]).rights
    ]


def settle_over(programme: int, until: datetime) -> int:
    """Measures that were over by `until` and still act on card or tier: written down, each at its own moment; how many.
    Running it again changes nothing."""
    due = [key for (key,) in hot_rows(_OVER, [programme, until])]
    if not due:
        return 0
    rows = Measure.objects.filter(pk__in=due).order_by("until", "seq")
    house = system(programme, "nightly")
    for row in rows:
        in_transaction(partial(_over, house, row, until))
    return len(rows)


def _over(house: Actor, row: Measure, now: datetime) -> None:
    """At its own moment; where something newer was decided since, now: what that did is not undone."""
    assert row.until is not None, "it was looked for by its end"
    newer = Q(since__gt=row.until) | Q(ended_at__gt=row.until)
    later = Measure.objects.filter(newer, membership_id=row.membership_id).exclude(pk=row.pk)
    settle_member(house, row.membership_id, now if later.exists() else row.until, row)
    Measure.objects.filter(pk=row.pk).update(settled=True)


def announce(actor: Actor, at: datetime, event: Event) -> None:
    tell(actor.programme, [event], at)
