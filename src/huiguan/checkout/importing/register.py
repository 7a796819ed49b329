"""Which bills came in already: by an earlier import, whoever ran it, or at the till itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection

from huiguan.checkout.importing.sales import digest_of
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.storing import sale_key
from huiguan.checkout.values import SaleView
from huiguan.identity import queries as identity

A_DAY = timedelta(days=1)  # an export rounds moments, or names the day alone
NEW, AGAIN, DIFFERENT = "new", "again", "different"
_IMPORTED = """
SELECT shop_id, number, digest FROM checkout_importedbill
WHERE (programme_id, shop_id, number) IN (SELECT %s, * FROM unnest(%s::bigint[], %s::text[]))
"""
_RUNG_UP = """
SELECT s.shop_id, s.number, s.paid FROM checkout_sale s
WHERE s.shop_id = ANY(%s::bigint[]) AND s.at >= %s AND s.at <= %s AND s.number = ANY(%s::text[])
"""
_NOTE = """
INSERT INTO checkout_importedbill (programme_id, shop_id, number, membership_id, seq, digest, written_at)
SELECT %s, sh, n, m, s, decode(d, 'hex'), %s
FROM unnest(%s::bigint[], %s::text[], %s::bigint[], %s::bigint[], %s::text[]) AS r(sh, n, m, s, d)
"""


@dataclass(slots=True)
class Register:
    """The bills of one batch that are on the books. `imported`: their digests; `rung_up`: what was paid, in fen."""

    programme: int
    shops: dict[str, int]
    imported: dict[tuple[int, str], bytes] = field(default_factory=dict)
    rung_up: dict[tuple[int, str], int] = field(default_factory=dict)

    @classmethod
    def locked(cls, programme: int, sales: Sequence[SaleInput]) -> Register:
        """Read what is known of `sales`; another import waits until this transaction ends."""
        codes = {given.shop for given in sales if given.shop}
        register = cls(programme, {code: shop.id for code, shop in identity.shops_by_code(programme, codes).items()})
        keys = [register.key(given) for given in sales]
        ids, numbers = [shop for shop, _ in keys], [number for _, number in keys]
        moments = [datetime.fromisoformat(given.at) for given in sales if given.at]
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 17))", [f"import|{programme}"])
            cursor.execute(_IMPORTED, [programme, ids, numbers])
            register.imported = {(shop, number): bytes(digest) for shop, number, digest in cursor.fetchall()}
            cursor.execute(_RUNG_UP, [sorted(set(ids)), min(moments) - A_DAY, max(moments) + A_DAY, numbers])
            register.rung_up = {(shop, number): paid for shop, number, paid in cursor.fetchall()}
        return register

    def key(self, given: SaleInput) -> tuple[int, str]:
        return self.shops[given.shop or ""], given.number or ""

    def stands(self, given: SaleInput) -> str:
        """NEW, AGAIN (the same bill), or DIFFERENT (the number, with other contents)."""
        key = self.key(given)
        if key in self.imported:
            return AGAIN if self.imported[key] == digest_of(given) else DIFFERENT
        if key in self.rung_up:
            return AGAIN if self.rung_up[key] == given.quoted else DIFFERENT
        return NEW

    def note(self, committed: Sequence[tuple[SaleInput, SaleView]], at: datetime) -> None:
        """Remember that these came in."""
        if not committed:
            return
        keys = [self.key(given) for given, _ in committed]
        rows = [
            (*key, *sale_key(view.id), digest_of(given).hex())
            for key, (given, view) in zip(keys, committed, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [self.programme, at, *map(list, zip(*rows, strict=True))])
