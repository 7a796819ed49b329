"""Invoices read with what may be invoiced now."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.db import connection

from huiguan.checkout.invoices.refusals import InvoiceUnknown
from huiguan.checkout.models import Invoice
from huiguan.checkout.refusals import SaleUnknown
from huiguan.checkout.storing import sale_key
from huiguan.checkout.values import InvoiceView
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor

_NAMED = """
SELECT s.membership_id, s.seq, s.shop_id FROM checkout_sale s WHERE s.programme_id = %s AND {where}
ORDER BY s.at DESC LIMIT 1
"""
# What the kept goods cost in money: what points and coupons paid was never in `paid`, what was claimed for missing points is
# no price of goods.
_DUE = """
SELECT s.membership_id, s.seq, s.number, m.number, s.paid,
       (SELECT r.document->'left_paid' FROM checkout_return r
        WHERE r.membership_id = s.membership_id AND r.sale_seq = s.seq ORDER BY r.n DESC LIMIT 1)
FROM checkout_sale s LEFT JOIN members_membership m ON m.id = s.membership_id
WHERE s.programme_id = %s
  AND (s.membership_id, s.seq) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))
"""


def sale_named(actor: Actor, reference: str) -> tuple[int, int, int]:
    """A sale by its id or bill number as membership, seq and shop id; SaleUnknown outside the actor's shops."""
    try:
        where, values = "s.membership_id = %s AND s.seq = %s", list[Any](sale_key(reference))
    except SaleUnknown:
        where, values = "s.number = %s", [reference]
    with connection.cursor() as cursor:
        cursor.execute(_NAMED.format(where=where), [actor.programme, *values])
        row = cursor.fetchone()
    if row is None or (actor.shops is not None and row[2] not in actor.shops):
        raise SaleUnknown(field="sale", sale=reference[:60])
    return int(row[0]), int(row[1]), int(row[2])


def due_of(programme: int, keys: Sequence[tuple[int, int]]) -> dict[tuple[int, int], tuple[str, str | None, int]]:
    """By (membership, seq) of a sale: its number, its member's, and the fen that may be invoiced now."""
    with connection.cursor() as cursor:
        cursor.execute(_DUE, [programme, [key for key, _ in keys], [seq for _, seq in keys]])
        rows = cursor.fetchall()
    return {
        (membership, seq): (number, member, paid if left is None else _whole(left))
        for membership, seq, number, member, paid, left in rows
    }


def _whole(value: Any) -> int:
    return int(msgspec.json.decode(value) if isinstance(value, str) else value)


def found_invoice(actor: Actor, reference: str, *, lock: bool = False) -> Invoice:
    """The invoice with this id; InvoiceUnknown outside the actor's programme and shops."""
    rows = Invoice.objects.select_for_update() if lock else Invoice.objects
    row = None
    if reference.isdecimal() and len(reference) < 19:
        row = rows.filter(pk=int(reference), programme_id=actor.programme).first()
    if row is None or (actor.shops is not None and row.shop_id not in actor.shops):
        raise InvoiceUnknown(field="invoice", given=reference[:40])
    return row


def views_of(actor: Actor, rows: Sequence[Invoice]) -> list[InvoiceView]:
    """The invoices as told, in their order."""
    due = due_of(actor.programme, [(row.membership_id, row.sale_seq) for row in rows]) if rows else {}
    shops = identity.shops_by_id(actor.programme, {row.shop_id for row in rows})
    return [_view(row, shops[row.shop_id].code, *due[row.membership_id, row.sale_seq]) for row in rows]


def _view(row: Invoice, shop: str, sale_number: str, member: str | None, due: int) -> InvoiceView:
    return InvoiceView(
        id=str(row.pk),
        sale=f"{row.membership_id}-{row.sale_seq}",
        sale_number=sale_number,
        shop=shop,
        member=member,
        kind=row.kind,
        state=row.state,
        title=row.title,
        tax_number=row.tax_number,
        address=row.address,
        bank=row.bank,
        email=row.email,
        phone=row.phone,
        amount=row.amount,
        due=due,
        asked_at=row.asked_at,
        asked_by=row.asked_by,
        number=row.number,
        issued_on=row.issued_on,
        issued_by=row.issued_by,
        red_number=row.red_number,
        red_on=row.red_on,
        red_by=row.red_by,
    )
