"""What is left in an account at a moment: units by name, and stored value apart from them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from huiguan.ledger import lots as lot_choice
from huiguan.ledger.values import NOTHING_HELD, UnitState
from huiguan.rules.wallet import BONUS, MONEY, PRINCIPAL, Parts

Units = Mapping[str, UnitState]


def units_left(units: Units, at: datetime) -> dict[str, int]:
    """What may be spent of each unit; stored value is none of them."""
    return {unit: lot_choice.available(state, at) for unit, state in units.items() if unit not in MONEY}


def stored_left(units: Units, at: datetime) -> Parts:
    """What may be spent of stored value."""
    return Parts(*(lot_choice.available(units.get(unit, NOTHING_HELD), at) for unit in (PRINCIPAL, BONUS)))


def wallet_of(moved: Parts, units: Units, at: datetime) -> dict[str, int] | None:
    """What stored value paid, or got back, and what is then left, as a document keeps it: fen. None for who has none."""
    if not moved.total and PRINCIPAL not in units and BONUS not in units:
        return None
    left = stored_left(units, at)
    if not (moved.total or left.total):
        return None
    told = {PRINCIPAL: moved.principal, BONUS: moved.bonus}
    return told | {f"{PRINCIPAL}_left": left.principal, f"{BONUS}_left": left.bonus}


def wallet_paid(document: Mapping[str, object]) -> Parts:
    """What stored value paid of a stored sale."""
    told = document.get("wallet")
    return Parts(int(told[PRINCIPAL]), int(told[BONUS])) if isinstance(told, Mapping) else Parts()
