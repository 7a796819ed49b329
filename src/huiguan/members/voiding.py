"""What a membership loses with its end: units that are void, by the ground on which it ended."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, Movement, house_address, member_address
from huiguan.members.models import Membership
from huiguan.rules.programme import Programme


def void_units(
    by: str, rulebook: Programme, member: Membership, at: datetime, clause: str, units: Iterable[str]
) -> None:
    """Everything of `units` that is the member's own at `at` goes back to the house, in one journal; what is set aside in
    an open hold stays with what it is held for. Inside the caller's transaction."""
    account = ledger.settle_accounts([member.pk], at=at)[member.pk]
    movements = tuple(each for unit in units if (each := _movement(account, unit, at, clause)) is not None)
    if not movements:
        return
    journal = Journal(
        at=at, cause=("exit", member.number), actor=by, clause=clause, version=rulebook.version, movements=movements
    )
    account, one = fold(account, journal, written_at=at)
    ledger.write_sealed(member.programme_id, [account], [(member.pk, one)], at)


def _movement(account: Account, unit: str, at: datetime, clause: str) -> Movement | None:
    state = account.unit(unit)
    uses, _ = lot_choice.claw(state.lots, lot_choice.available(state, at), at)
    taken = sum(part for _, part in uses)
    if not taken:
        return None
    mine, house = member_address(account.membership, unit), house_address(unit, "clawed")
    return Movement(unit, taken, mine, house, clause, uses=uses)
