"""Signatures that came in after their sale: read, and laid over the sale as it was decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec

from huiguan.checkout.values import SaleView
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.records import replace

# What the last signature brought is laid over the others', also where two were given at one moment.
_FOUND = """
SELECT g.membership_id, g.sale_seq, g.role, g.at, g.clerk, g.journal, g.counted_on, g.document::text
FROM unnest(%s::bigint[], %s::bigint[]) AS w(m, s)
JOIN checkout_salesignature g ON (g.membership_id, g.sale_seq) = (w.m, w.s) ORDER BY 1, 2, g.journal IS NOT NULL, g.at, g.role
"""
Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Later:
    """What came in on the record of a sale after it: `given` (role, moment, who saw to it); once nothing is lacking the
    journal that counts it and the local day it counts on; `document` what of the sale's own is told otherwise since."""

    given: tuple[tuple[str, datetime, str], ...]
    journal: int | None
    counted_on: date | None
    document: dict[str, Any]


def signed_later(sales: Sequence[Key]) -> dict[Key, Later]:
    """The later signatures of these sales (membership, seq), of those that have any."""
    if not sales:
        return {}
    found: dict[Key, Later] = {}
    for membership, seq, role, at, clerk, journal, counted_on, document in hot_rows(
        _FOUND, [list(column) for column in zip(*sales, strict=True)]
    ):
        known = found.get((membership, seq), Later((), None, None, {}))
        found[membership, seq] = Later(
            (*known.given, (role, at, clerk)),
            journal or known.journal,
            counted_on or known.counted_on,
            known.document | msgspec.json.decode(document),
        )
    return found


def with_signatures(views: Iterable[SaleView]) -> list[SaleView]:
    """These sales as they stand with what was signed since; no question where all is signed or nothing need be."""
    listed = list(views)
    open_ = [key_of(view) for view in listed if view.document.get("unsigned")]
    later = signed_later(open_)
    return [_with(view, later.get(key_of(view))) if view.document.get("unsigned") else view for view in listed]


def key_of(view: SaleView) -> Key:
    """A sale's membership and seq."""
    membership, _, seq = view.id.partition("-")
    return int(membership), int(seq)


def _with(view: SaleView, later: Later | None) -> SaleView:
    return view if later is None else replace(view, document=view.document | later.document)
