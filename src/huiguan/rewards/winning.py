"""What was won in an auction or a draw becomes an order like any other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from huiguan.foundation.outbox import tell
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import local_day
from huiguan.rewards.events import OrderPlaced
from huiguan.rewards.handing_out import due_on, hand_out
from huiguan.rewards.models import Item, Order, Pool
from huiguan.rewards.stepping import next_number, return_days_of, write_step
from huiguan.rewards.telling import reasons_told
from huiguan.rewards.values import PLACED
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import allocation, catalogue
from huiguan.rules.programme import Clause, Programme


@dataclass(frozen=True, slots=True)
class Won:
    """An `item` for `membership`: what it cost in units, by which journal, from which pool of pieces."""

    source: str
    code: str
    item: Item
    membership: int
    units: int
    seq: int | None
    pool: Pool | None


def order_won(
    actor: Actor, rulebook: Programme, clause: Clause, won: Won, why: Reason, *, at: datetime, now: datetime
) -> Order:
    """The order of what was won, to be sent to the member unless she says that she collects it."""
    key, number = next_number()
    mall = catalogue.rule(rulebook)
    item, instant = won.item, won.item.sort == "voucher"
    row = Order(
        pk=key, programme_id=item.programme_id, number=number, membership_id=won.membership, item=item, quantity=1,
        unit=allocation.said(clause).unit or "", units=won.units, owed=0, way="instant" if instant else "delivery",
        state=PLACED, source=won.source, pool=won.pool, placed_at=at, seq=won.seq,
        due_on=None if instant else due_on(rulebook, item.programme_id, item, local_day(at, rulebook.zone)),
        clause=(mall or clause).id, version=rulebook.version, document=_document(rulebook, won, why),
    )  # fmt: skip
    row.save(force_insert=True)
    write_step(actor, row, PLACED, at=at, now=now)
    hand_out(actor, rulebook, row, at, now)
    told = OrderPlaced(
        membership=won.membership, reference=number, at=at, clause=row.clause, item=item.code, quantity=1,
        unit=row.unit, units=won.units, cash=0, source=won.source,
    )  # fmt: skip
    tell(item.programme_id, [told], now)
    return row


def _document(rulebook: Programme, won: Won, why: Reason) -> dict[str, object]:
    return {
        "name": {"zh": won.item.name_zh, "en": won.item.name_en},
        "worth": won.item.worth,
        "from": won.code,
        "return_days": return_days_of(rulebook),
        "reasons": reasons_told(rulebook, [why]),
    }
