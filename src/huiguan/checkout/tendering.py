"""By which means money goes back. Pure; amounts in fen."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from huiguan.kernel.amounts import allocate
from huiguan.rules.wallet import WALLET

Tenders = Sequence[Sequence[int | str]]  # (means, fen) pairs, as a document stores them
CASH = "cash"


def summed(parts: Iterable[Sequence[int | str]]) -> dict[str, int]:
    """Amounts by means, in the order the means come."""
    sums: dict[str, int] = {}
    for means, amount in parts:
        sums[str(means)] = sums.get(str(means), 0) + int(amount)
    return sums


def tenders_back(
    paid: Tenders, earlier: Iterable[Tenders], refund: int, means: str | None = None, stored: int = 0
) -> list[list[int | str]]:
    """How `refund` goes back for a sale that was `paid` like this and has had `earlier` refunds: `stored` of it to stored
    value, the rest by the `means` named, else the way it came, shared among what is left of each means. Below nought the
    customer pays in."""
    if stored:
        return [[WALLET, stored], *tenders_back(paid, earlier, refund - stored, means)]
    if not refund:
        return []
    if means is not None or refund < 0:
        return [[means or CASH, refund]]
    back = summed(part for each in earlier for part in each)
    left = {each: max(0, amount - back.get(each, 0)) for each, amount in summed(paid).items() if each != WALLET}
    covered = min(refund, sum(left.values()))
    parts = dict(zip(left, allocate(covered, list(left.values())), strict=True)) if covered else {}
    if refund > covered:
        parts[CASH] = parts.get(CASH, 0) + refund - covered
    return [[each, amount] for each, amount in parts.items() if amount]
