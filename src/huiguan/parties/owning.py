"""What may be one person's alone, and what a party has in the clear: for the rooms above, shown to nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiguan.parties.models import PartyField
from huiguan.parties.opening import in_clear
from huiguan.parties.storing import found_by, once_mark


def holders_of_once(programme: int, asked: Iterable[tuple[str, str]]) -> dict[tuple[str, str], frozenset[int]]:
    """Which parties have these values alone (`NewParty.once`), those set aside too: (what it is compared by, value) ->
    parties, a few statements for all. An identity number and a credit code are known also where they were written down
    before they were one person's alone."""
    rows = PartyField.objects.filter(programme_id=programme, until=None)
    marks: dict[bytes, tuple[str, str]] = {}
    blinds: dict[bytes, tuple[str, str]] = {}
    for kind, value in asked:
        marks[once_mark(programme, kind, value)] = (kind, value)
        found = found_by(programme, value)
        if found is not None:
            blinds[found] = (kind, value)
    held: dict[tuple[str, str], set[int]] = {}
    for aside in (False, True):
        for once, party in rows.filter(once__in=list(marks), aside=aside).values_list("once", "party"):
            held.setdefault(marks[bytes(once or b"")], set()).add(party)
    for blind_, party in rows.filter(blind__in=list(blinds)).values_list("blind", "party") if blinds else ():
        held.setdefault(blinds[bytes(blind_ or b"")], set()).add(party)
    return {pair: frozenset(parties) for pair, parties in held.items()}


def kept_in_clear(party: int, names: Sequence[str]) -> dict[str, str]:
    """Fields as they are now, opened: for the room above, which lays what is changed over it; shown to nobody."""
    rows = PartyField.objects.filter(party=party, name__in=list(names), until=None)
    return {row.name: in_clear(row) for row in rows}
