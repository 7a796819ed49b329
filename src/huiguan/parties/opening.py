"""A kept value in the clear, and what of it was sealed."""

from __future__ import annotations

from huiguan.parties.models import PartyField
from huiguan.parties.sealing import bound_of, unseal
from huiguan.rules.listed import MASK, rows_of


def in_clear(row: PartyField) -> str:
    """The whole value, opened where it is sealed; of a list its text."""
    if row.sealed is None:
        return row.value or ""
    return unseal(bytes(row.sealed), bound=bound_of(row.party_id, row.name))


def sealed_parts(row: PartyField) -> tuple[str, ...]:
    """What of it is sealed, as `NewParty.sensitive` names it: the field, or the parts of a list."""
    if row.sealed is None:
        return ()
    if row.value is None:
        return (row.name,)
    hidden = {name for each in rows_of(row.value) for name, value in each.items() if value == MASK}
    return tuple(f"{row.name}.{name}" for name in sorted(hidden))
