"""Sums of a simulation: amounts by name, in cells (all, a shop, a tier, a month). Pure.

Amounts: `sales`, `paid`, `refunded`, `discount`, `voucher` (fen), `refused`; of each unit `issued:`, `used:`,
`given_back:`, `taken_back:`, `brought:`, `expired:`, `start:`, `end:`; `granted`, `granted_worth`, `redemptions`,
`rises`, `falls`; in tier cells also `members` at the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

ALL = "all"
Amounts = dict[str, int]
Cells = dict[str, Amounts]


def add(cells: Cells, names: Iterable[str], amounts: Mapping[str, int]) -> None:
    """Add `amounts` to each of the cells named."""
    for name in names:
        cell = cells.get(name)
        if cell is None:
            cells[name] = {what: amount for what, amount in amounts.items() if amount}
            continue
        for what, amount in amounts.items():
            if amount:
                cell[what] = cell.get(what, 0) + amount


def merged(parts: Iterable[Cells]) -> Cells:
    """The sums of several ranges of members as one."""
    whole: Cells = {}
    for part in parts:
        for name, amounts in part.items():
            add(whole, (name,), amounts)
    return whole


def kept(amounts: Mapping[str, int]) -> int:
    """Paid and not refunded, fen."""
    return amounts.get("paid", 0) - amounts.get("refunded", 0)


def units_of(amounts: Mapping[str, int]) -> Iterator[str]:
    """The units these amounts speak of."""
    yield from dict.fromkeys(name.partition(":")[2] for name in amounts if ":" in name)


def same(real: Mapping[str, int], draft: Mapping[str, int]) -> bool:
    """Whether both sides come to the same; a name left out is nought."""
    return all(real.get(name, 0) == draft.get(name, 0) for name in {*real, *draft})
