"""Sales and returns by the references events name them by, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiguan.checkout.signatures import with_signatures
from huiguan.checkout.storing import SALE_COLUMNS, view_of
from huiguan.checkout.values import SaleView
from huiguan.foundation.statements import hot_rows

_SALES = f"{SALE_COLUMNS} WHERE (s.membership_id, s.seq) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))"
_RETURNS = """
SELECT r.membership_id, r.sale_seq, r.n, r.kind, r.at, r.refund, r.kept::text, r.document::text, s.version, s.number
FROM unnest(%s::bigint[], %s::bigint[], %s::int[]) AS w(m, s, n)
JOIN checkout_return r ON (r.membership_id, r.sale_seq, r.n) = (w.m, w.s, w.n)
JOIN checkout_sale s ON (s.membership_id, s.seq) = (w.m, w.s)
"""


@dataclass(frozen=True, slots=True)
class RecordedReturn:
    """A return on record, with the version and the bill number of its sale. `refund` fen; `document` as text."""

    sale: str
    number: str
    version: int
    kind: str
    at: datetime
    refund: int
    kept: str
    document: str


def sales_by_id(ids: Sequence[str]) -> dict[str, SaleView]:
    """Sales by their ids ("382-17"); ids as the house wrote them."""
    if not ids:
        return {}
    keys: list[Any] = [
        [int(part) for part in column] for column in zip(*(each.split("-") for each in ids), strict=True)
    ]
    return {view.id: view for view in with_signatures(map(view_of, hot_rows(_SALES, keys)))}


def returns_by_id(ids: Sequence[str]) -> dict[str, RecordedReturn]:
    """Returns by their ids ("382-17.1")."""
    if not ids:
        return {}
    parts = [each.replace(".", "-").split("-") for each in ids]
    rows = hot_rows(_RETURNS, [[int(part) for part in column] for column in zip(*parts, strict=True)])
    return {
        f"{m}-{seq}.{n}": RecordedReturn(f"{m}-{seq}", number, version, kind, at, refund, kept, document)
        for m, seq, n, kind, at, refund, kept, document, version, number in rows
    }
