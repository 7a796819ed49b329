"""Sales and returns as they bear on a drawer and a day: read in one statement each, bills of another till left out.

A bill that was imported was rung up, counted and closed where it came from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import connection

from huiguan.checkout.shifts.summing import BackPaper, SoldPaper, StoredPaper

_SALES = """
SELECT s.membership_id, s.seq, s.at, s.written_at, s.client, s.clerk, s.paid, s.document
FROM checkout_sale s
WHERE s.programme_id = %s AND s.shop_id = %s AND {where}
  AND NOT EXISTS (SELECT 1 FROM checkout_importedbill b WHERE b.programme_id = s.programme_id AND b.shop_id = s.shop_id
                  AND b.number = s.number AND b.membership_id = s.membership_id AND b.seq = s.seq)
ORDER BY s.at, s.membership_id, s.seq
"""
_RETURNS = """
SELECT r.membership_id, r.sale_seq, r.n, r.kind, r.at, r.written_at, r.refund, r.document, s.document->'tenders'
FROM checkout_return r JOIN checkout_sale s ON s.membership_id = r.membership_id AND s.seq = r.sale_seq
WHERE r.programme_id = %s AND r.shop_id = %s AND {where}
ORDER BY r.at, r.membership_id, r.sale_seq, r.n
"""
_TOP_UPS = """
SELECT t.membership_id || '-' || t.seq, t.at, t.written_at, t.amount, t.bonus, t.document
FROM checkout_topup t WHERE t.programme_id = %s AND t.shop_id = %s AND {where} ORDER BY t.at, t.membership_id, t.seq
"""
_REFUNDS = """
SELECT b.membership_id || '-' || b.top_up_seq || '.' || b.n, b.at, b.written_at, b.refund, b.bonus, b.document
FROM checkout_topuprefund b
WHERE b.programme_id = %s AND b.shop_id = %s AND {where} ORDER BY b.at, b.membership_id, b.top_up_seq, b.n
"""


def sold_papers(programme: int, shop: int, where: str, values: Sequence[Any]) -> list[SoldPaper]:
    """The sales of a shop that meet a condition on `s`."""
    with connection.cursor() as cursor:
        cursor.execute(_SALES.format(where=where), [programme, shop, *values])
        return [
            SoldPaper(f"{membership}-{seq}", at, written, client, clerk, paid, _decoded(document))
            for membership, seq, at, written, client, clerk, paid, document in cursor.fetchall()
        ]


def back_papers(programme: int, shop: int, where: str, values: Sequence[Any]) -> list[BackPaper]:
    """The returns taken at a shop that meet a condition on `r`."""
    with connection.cursor() as cursor:
        cursor.execute(_RETURNS.format(where=where), [programme, shop, *values])
        return [_back(row) for row in cursor.fetchall()]


def _back(row: Sequence[Any]) -> BackPaper:
    membership, seq, n, kind, at, written, refund, document, paid = row
    told = _decoded(document)
    # A return recorded before refunds named their means: by the first means of the sale.
    tenders = told.get("tenders", [[_decoded(paid)[0][0], refund]] if refund else [])
    return BackPaper(f"{membership}-{seq}.{n}", kind, at, written, refund, told, tenders)


def stored_papers(programme: int, shop: int, where: str, values: Sequence[Any]) -> list[StoredPaper]:
    """The top-ups of a shop that meet a condition on `t`."""
    with connection.cursor() as cursor:
        cursor.execute(_TOP_UPS.format(where=where), [programme, shop, *values])
        return [_stored(row) for row in cursor.fetchall()]


def refunded_papers(programme: int, shop: int, where: str, values: Sequence[Any]) -> list[StoredPaper]:
    """The refunds of top-ups at a shop that meet a condition on `b`."""
    with connection.cursor() as cursor:
        cursor.execute(_REFUNDS.format(where=where), [programme, shop, *values])
        return [_stored(row) for row in cursor.fetchall()]


def _stored(row: Sequence[Any]) -> StoredPaper:
    name, at, written, amount, bonus, document = row
    return StoredPaper(name, at, written, amount, bonus, _decoded(document)["tenders"])


def _decoded(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, str) else value
