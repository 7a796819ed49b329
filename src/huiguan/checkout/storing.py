"""Sales in and out of their table, many at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import msgspec
from django.db import connection

from huiguan.checkout.balances import wallet_paid
from huiguan.checkout.refusals import SaleUnknown
from huiguan.checkout.signatures import signed_later
from huiguan.checkout.tendering import Tenders, tenders_back
from huiguan.checkout.values import SaleView
from huiguan.foundation.statements import Question, Row, hot_rows
from huiguan.kernel.actors import Actor
from huiguan.kernel.records import record
from huiguan.rules.wallet import Parts

_encode = msgspec.json.Encoder().encode
_INSERT = """
INSERT INTO checkout_sale (membership_id, seq, programme_id, shop_id, number, client, key, fingerprint, at, written_at,
                           version, price_total, paid, clerk, document)
SELECT m, s, p, sh, n, c, k, decode(f, 'hex'), at, w, v, pt, pd, cl, d
FROM jsonb_to_recordset(%s::jsonb) AS r(m bigint, s bigint, p bigint, sh bigint, n text, c text, k text, f text,
     at timestamptz, w timestamptz, v bigint, pt bigint, pd bigint, cl text, d jsonb)
"""
SALE_COLUMNS = """
SELECT s.key, s.fingerprint, s.membership_id, s.seq, s.number, n.code, s.clerk, s.at, s.version, s.price_total, s.paid,
       s.document, m.number
FROM checkout_sale s JOIN identity_node n ON n.id = s.shop_id LEFT JOIN members_membership m ON m.id = s.membership_id
"""
# A member may have been merged since: the sale then stands with the membership she had.
# OFFSET 0: one look into the index for each, whatever the planner thinks of a table that has grown since it looked.
_ANSWERED = """
SELECT asked.m, s.membership_id, s.seq
FROM unnest(%(members)s::bigint[], %(keys)s::text[]) AS asked(m, k), LATERAL (
    SELECT membership_id, seq FROM checkout_sale
    WHERE membership_id = asked.m AND client = %(client)s AND key = asked.k OFFSET 0) AS s
UNION ALL
SELECT asked.m, s.membership_id, s.seq
FROM unnest(%(members)s::bigint[], %(keys)s::text[]) AS asked(m, k), LATERAL (
    SELECT id FROM members_membership WHERE merged_into = asked.m OFFSET 0) AS hers, LATERAL (
    SELECT membership_id, seq FROM checkout_sale
    WHERE membership_id = hers.id AND client = %(client)s AND key = asked.k OFFSET 0) AS s
"""
_EARLIER = f"""{SALE_COLUMNS}
WHERE (s.membership_id, s.seq) IN (SELECT * FROM unnest(%s::bigint[], %s::bigint[]))
"""
_WALK_INS = "SELECT nextval('checkout_walk_in') FROM generate_series(1, %s::int)"
_LOCK_KEYS = """
SELECT pg_advisory_xact_lock(hashtextextended(name, 13)) IS NULL FROM unnest(%s::text[]) AS t(name)
"""


@record
class NewSale:
    """A sale about to be written."""

    membership: int
    seq: int
    programme: int
    shop_id: int
    shop: str
    number: str
    client: str
    key: str
    fingerprint: bytes
    at: datetime
    written_at: datetime
    version: int
    price_total: int
    paid: int
    clerk: str
    document: dict[str, Any]

    @property
    def id(self) -> str:
        return f"{self.membership}-{self.seq}" if self.seq else ""

    def view(self, member: str | None) -> SaleView:
        quoted = not self.fingerprint
        return SaleView(
            id="" if quoted else self.id,
            number="" if quoted else self.number,
            member=member,
            shop=self.shop,
            clerk=self.clerk,
            at=self.at,
            version=self.version,
            price_total=self.price_total,
            paid=self.paid,
            document=self.document,
        )


def writing_sales(rows: Sequence[NewSale]) -> Question[list[Row]]:
    """Inserts all rows in one statement."""
    told = [
        {
            "m": row.membership, "s": row.seq, "p": row.programme, "sh": row.shop_id, "n": row.number,
            "c": row.client, "k": row.key or f"~{row.id}", "f": row.fingerprint.hex(), "at": row.at,
            "w": row.written_at, "v": row.version, "pt": row.price_total, "pd": row.paid, "cl": row.clerk,
            "d": row.document,
        }
        for row in rows
    ]  # fmt: skip
    return Question(_INSERT, [_encode(told).decode()], list)


def client_of(actor: Actor) -> str:
    """Whose keys these are. The house itself acts in every programme under one reference, and has keys in each."""
    return f"system:{actor.programme}" if actor.kind == "system" else actor.reference


def answered_keys(actor: Actor, memberships: list[int], keys: Sequence[str]) -> Question[list[Row]]:
    """Under which of these keys, each with whose it is, this actor has committed a sale: the membership asked for and the
    sale's own membership and seq, as a rule none. Walk-ins are membership 0; no sale has an empty key."""
    given = {"members": memberships, "keys": list(keys), "client": client_of(actor)}
    return Question(_ANSWERED, given, list)


def earlier_sales(answered: Sequence[Row]) -> dict[tuple[int, str], tuple[bytes, SaleView]]:
    """The sales found by `answered_keys` by (membership, key), each with the fingerprint of what was asked then."""
    if not answered:
        return {}
    asked = {(membership, seq): whose for whose, membership, seq in answered}
    rows = hot_rows(_EARLIER, [list(column) for column in zip(*asked, strict=True)])
    return {(asked[row[2], row[3]], row[0]): (bytes(row[1]), view_of(row)) for row in rows}


def view_of(row: tuple[Any, ...]) -> SaleView:
    _, _, membership, seq, number, shop, clerk, at, version, total, paid, document, member = row
    document = _decoded(document)
    return SaleView(f"{membership}-{seq}", number, member, shop, clerk, at, version, total, paid, document)


def locking_walk_in_keys(actor: Actor, keys: Sequence[str]) -> Question[list[Row]]:
    """Walk-ins lock no account, so two requests under one key wait for each other on the key itself."""
    return Question(_LOCK_KEYS, [sorted(f"{client_of(actor)}|{key}" for key in set(keys))], list)


def lock_walk_in_sale(sale: str) -> None:
    """A return of a walk-in locks no account either: whoever takes goods back waits on the sale itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 19))", [sale])


def walk_in_numbers(count: int) -> Question[list[int]]:
    """Numbers for `count` sales without a member; those not used are skipped for good."""
    return Question(_WALK_INS, [count], lambda rows: [row[0] for row in rows])


@dataclass(frozen=True, slots=True)
class SoldSale:
    """A committed sale with what returns have left of it. `kept` quantities per line."""

    membership: int
    seq: int
    programme: int
    shop_id: int
    shop: str
    member: str | None
    number: str
    at: datetime
    version: int
    document: dict[str, Any]
    kept: tuple[int, ...]
    returns: int
    forgiven_so_far: dict[str, int]
    withdrawn: bool  # whether one of its returns took back the rung it had brought
    refunds: tuple[Tenders, ...]  # what has gone back, by means
    client: str
    clerk: str
    signed_on: date | None = None  # the local day on which the last signature came in, where that was later
    signed_by: int | None = None  # the journal of that

    @property
    def id(self) -> str:
        return f"{self.membership}-{self.seq}"

    @property
    def brought_by(self) -> int:
        """The journal by which the sale's units came."""
        return self.signed_by or self.seq

    @property
    def rights(self) -> tuple[int, ...]:
        return tuple(self.document["rights"])

    @property
    def tenders(self) -> Tenders:
        """By which means it was paid."""
        return list(self.document["tenders"])

    @property
    def stored(self) -> Parts:
        """What stored value paid of it."""
        return wallet_paid(self.document)

    @property
    def counted(self) -> tuple[str, ...]:
        """The benefits whose use this sale counted."""
        return tuple(self.document["counted"])

    def forgiven(self, unit: str) -> int:
        return self.forgiven_so_far.get(unit, 0)


def sale_key(reference: str) -> tuple[int, int]:
    """A sale's id ("382-17") as membership and seq; SaleUnknown for anything else."""
    membership, dash, seq = reference.partition("-")
    if not (dash and membership.isdecimal() and seq.isdecimal() and len(membership) < 19 and len(seq) < 19):
        raise SaleUnknown(field="sale", sale=reference[:60])
    return int(membership), int(seq)


def sold_sale(actor: Actor, reference: str, power: str = "return") -> SoldSale:
    """The sale and what is left of it, for whoever holds `power` there. SaleUnknown outside the actor's programme and
    shops."""
    membership, seq = sale_key(reference)
    with connection.cursor() as cursor:
        cursor.execute(_SOLD, [membership, seq, actor.programme])
        row = cursor.fetchone()
        if row is None:
            raise SaleUnknown(field="sale", sale=reference)
        cursor.execute(_RETURNS, [membership, seq])
        returns = cursor.fetchall()
    shop_id, shop, member, number, at, version, document, client, clerk = row
    actor.demand(power, shop_id)
    late = signed_later([(membership, seq)]).get((membership, seq))
    document = _decoded(document) | (late.document if late else {})
    kept = _decoded(returns[-1][0]) if returns else [line["quantity"] for line in document["lines"]]
    forgiven: dict[str, int] = {}
    told_before = [_decoded(told) for _, told, _ in returns]
    for told in told_before:
        for unit, amount in told["forgiven"].items():
            forgiven[unit] = forgiven.get(unit, 0) + amount
    return SoldSale(
        membership, seq, actor.programme, shop_id, shop, member, number, at, version, document,
        tuple(kept), len(returns), forgiven, any(told["withdrawn"] for told in told_before),
        _refunds(document, [(refund, told) for (_, _, refund), told in zip(returns, told_before, strict=True)]),
        client, clerk, *((late.counted_on, late.journal) if late else ()),
    )  # fmt: skip


def _refunds(document: dict[str, Any], returns: Sequence[tuple[int, dict[str, Any]]]) -> tuple[Tenders, ...]:
    """The refunds by means, in order; of a return that does not say, the way the money came."""
    refunds: list[Tenders] = []
    for refund, told in returns:
        refunds.append(told["tenders"] if "tenders" in told else tenders_back(document["tenders"], refunds, refund))
    return tuple(refunds)


def _decoded(value: Any) -> Any:
    return msgspec.json.decode(value) if isinstance(value, str) else value


_SOLD = """
SELECT s.shop_id, n.code, m.number, s.number, s.at, s.version, s.document, s.client, s.clerk
FROM checkout_sale s JOIN identity_node n ON n.id = s.shop_id LEFT JOIN members_membership m ON m.id = s.membership_id
WHERE s.membership_id = %s AND s.seq = %s AND s.programme_id = %s
"""
_RETURNS = "SELECT kept, document, refund FROM checkout_return WHERE membership_id = %s AND sale_seq = %s ORDER BY n"
