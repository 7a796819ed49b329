"""What was paid for goods that gave a unit, month by month."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

# What was paid for goods whose sale gave the unit, less what their returns paid back, by the month of the sale.
PAID = """
SELECT date_trunc('month', s.at AT TIME ZONE %(zone)s)::date, sum(s.paid - coalesce(back.refund, 0))::bigint
FROM checkout_sale s
LEFT JOIN LATERAL (
    SELECT sum(r.refund) AS refund FROM checkout_return r
    WHERE r.membership_id = s.membership_id AND r.sale_seq = s.seq AND r.written_at <= %(at)s
) AS back ON true
WHERE s.programme_id = %(programme)s AND s.membership_id > 0 AND s.written_at <= %(at)s AND EXISTS (
    SELECT 1 FROM ledger_lot l WHERE l.membership_id = s.membership_id AND l.seq = s.seq AND l.unit = %(unit)s
) GROUP BY 1
"""


def paid_by_month(programme: int, unit: str, at: datetime, zone: str) -> dict[date, int]:
    """{first day of the month of the sale: fen} paid for goods whose sale gave `unit`, less what their returns had paid
    back, as written by `at`."""
    with connection.cursor() as cursor:
        cursor.execute(PAID, {"programme": programme, "unit": unit, "at": at, "zone": zone})
        return dict(cursor.fetchall())
