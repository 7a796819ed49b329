"""An exchange as it is told, with the words heard of it."""

from __future__ import annotations

from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.rewards import partner_refusals as refusals
from huiguan.rewards.models import Exchange
from huiguan.rewards.values.partners import ExchangeTold, WordTold
from huiguan.rewards.whom import MEMBER


def exchange_told(actor: Actor, row: Exchange, *, whole: bool = True) -> ExchangeTold:
    """An exchange; `whole` with its words, which a member does not see."""
    number = members.numbers(row.programme_id, [row.membership_id]).get(row.membership_id, "")
    words = row.heard.order_by("n") if whole and actor.kind != MEMBER else ()
    return ExchangeTold(
        number=row.number, partner=row.partner, member=number, direction=row.direction, account=f"•••{row.account}",
        reference=row.reference, begun_by=row.begun_by, unit=row.unit, ours=row.ours, theirs=row.theirs, fee_points=row.fee,
        owed=row.owed, state=row.state, asked_at=row.asked_at, ended_at=row.ended_at, clause=row.clause, why=row.why,
        told=row.told, odd=row.odd, reasons=tuple(row.document.get("reasons", ())),
        words=tuple(WordTold(w.n, w.via, w.state, w.units, w.told, w.at, w.actor) for w in words),
    )  # fmt: skip


def found_exchange(actor: Actor, number: str, *, lock: bool = False) -> Exchange:
    """An exchange of the actor's programme; a member's own only. ExchangeUnknown."""
    rows = Exchange.objects.filter(programme_id=actor.programme, number=number.strip().upper())
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.first()
    if row is None or (actor.kind == MEMBER and members.holder_of(row.membership_id) != actor.membership):
        raise refusals.ExchangeUnknown(field="exchange", exchange=number[:40])
    return row
