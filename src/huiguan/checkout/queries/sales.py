"""Sales, returns, redemptions and the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from huiguan.checkout.catalogue import prices_for
from huiguan.checkout.importing.products import PRODUCT_FIELDS
from huiguan.checkout.importing.rows import FIELDS
from huiguan.checkout.models import Product, Redemption, Return
from huiguan.checkout.packages.telling import packages_found
from huiguan.checkout.refusals import SaleUnknown
from huiguan.checkout.signatures import key_of, signed_later, with_signatures
from huiguan.checkout.storing import SALE_COLUMNS, sale_key, view_of
from huiguan.checkout.telling import told
from huiguan.checkout.values import ProductView, RedemptionView, SaleView
from huiguan.foundation.sheets import Field
from huiguan.identity.values import Shop
from huiguan.kernel.actors import Actor
from huiguan.kernel.amounts import as_yuan
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rules.programme import Programme


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A return as recorded. Amounts in fen; `shop` the id of where the goods came back."""

    id: str
    kind: str
    at: datetime
    refund: int
    shop: int
    kept: tuple[int, ...]
    document: dict[str, Any]


# Whoever holds one of these may read the sales of the shops she holds it at.
_READING = ("sell", "return", "void", "read_members", "audit")


def sale(actor: Actor, reference: str) -> SaleView:
    """One sale by its id or by the shop's bill number; SaleUnknown where the actor may not see it either. Forbidden
    to whoever neither sells, takes back, reads members nor audits."""
    found = _rows(actor, *_where_reference(actor, reference))
    if not found:
        raise SaleUnknown(field="sale", sale=reference)
    return found[0]


def taken_off(sale: SaleView) -> int:
    """What discounts took off a sale's prices, in fen; neither coupons nor units that were used."""
    steps = sale.document["steps"]
    return sum(sum(step["offs"]) for step in steps if step["right"] is None and not step["units"])


def _where_reference(actor: Actor, reference: str) -> tuple[str, list[Any]]:
    try:
        membership, seq = sale_key(reference)
    except SaleUnknown:
        return "s.number = %s", [reference]
    return "s.membership_id = %s AND s.seq = %s", [membership, seq]


def sales(
    actor: Actor,
    *,
    membership: int | None = None,
    shop: int | None = None,
    before: tuple[datetime, int, int] | None = None,
    limit: int = 50,
) -> list[SaleView]:
    """Sales, newest first, of one membership (with those merged into it) or shop. `before` is the last row's (at,
    membership, seq)."""
    where = ["true"]
    values: list[Any] = []
    if membership is not None:
        where.append("s.membership_id = ANY(%s)")
        values.append([membership, *members.absorbed_by(membership)])
    if shop is not None:
        where.append("s.shop_id = %s")
        values.append(shop)
    if before is not None:
        where.append("(s.at, s.membership_id, s.seq) < (%s, %s, %s)")
        values += before
    return _rows(actor, " AND ".join(where), values, limit)


def _rows(actor: Actor, where: str, values: list[Any], limit: int = 2) -> list[SaleView]:
    if actor.membership is None and not any(actor.may(power) for power in _READING):
        actor.demand("read_members")
    if actor.shops is not None:
        where, values = f"{where} AND s.shop_id = ANY(%s)", [*values, sorted(actor.shops)]
    if actor.membership is not None:
        own = [actor.membership, *members.absorbed_by(actor.membership)]
        where, values = f"{where} AND s.membership_id = ANY(%s)", [*values, own]
    with connection.cursor() as cursor:
        cursor.execute(
            f"{SALE_COLUMNS} WHERE s.programme_id = %s AND {where} ORDER BY s.at DESC, s.membership_id DESC, s.seq DESC LIMIT %s",
            [actor.programme, *values, limit],
        )
        return with_signatures(view_of(row) for row in cursor.fetchall())


def returns_of(actor: Actor, reference: str) -> list[ReturnRow]:
    """The returns of a sale, in order."""
    membership, seq = sale_key(sale(actor, reference).id)
    rows = Return.objects.filter(membership_id=membership, sale_seq=seq).order_by("n")
    return [
        ReturnRow(
            f"{membership}-{seq}.{row.n}", row.kind, row.at, row.refund, row.shop_id, tuple(row.kept), row.document
        )
        for row in rows
    ]


def signatures_of(actor: Actor, reference: str) -> list[tuple[str, datetime, str]]:
    """Who has signed the record of a sale (member, guide), when, and who saw to it; () where nobody has."""
    view = sale(actor, reference)
    later = signed_later([key_of(view)]).get(key_of(view))
    since = list(later.given) if later else []
    at_once = [role for role in view.document.get("signed", []) if role not in {given for given, _, _ in since}]
    return [*((role, view.at, view.clerk) for role in at_once), *since]


def left_of(actor: Actor, reference: str) -> list[int]:
    """Quantities of each line that may still come back."""
    returns = returns_of(actor, reference)
    if returns:
        return list(returns[-1].kept)
    return [line["quantity"] for line in sale(actor, reference).document["lines"]]


def redemptions(actor: Actor, membership: int) -> list[RedemptionView]:
    """A member's redemptions for gifts, newest first. `balance` is left empty: it is not a matter of that moment."""
    rows = Redemption.objects.filter(programme_id=actor.programme, membership_id=membership).order_by("-seq")
    return [
        RedemptionView(f"{row.membership_id}-{row.seq}", "", row.unit, row.units, row.gift, row.at, {}, row.returned_at)
        for row in rows
    ]


def products(actor: Actor, text: str, shop: Shop, at: datetime, limit: int = 20) -> list[ProductView]:
    """Products by SKU, name or pinyin initials with what they cost at `shop` at `at`; an exact SKU comes first."""
    text = text.strip()
    packages = packages_found(actor, text, at)
    rows = Product.objects.filter(programme_id=actor.programme, active=True)
    exact = list(rows.filter(sku=text)[:1])
    like = rows.filter(sku__icontains=text) | rows.filter(search__contains=text.lower())
    found = exact + [row for row in like.order_by("sku")[:limit] if row not in exact]
    priced = prices_for(actor.programme, [row.sku for row in found])
    return [*packages, *(_product(priced[row.sku], shop, at) for row in found[:limit])][:limit]


def _product(priced: Any, shop: Shop, at: datetime) -> ProductView:
    tag = priced.at("list", shop.id, at)
    promotion = priced.at("promotion", shop.id, at)
    price = promotion or tag
    return ProductView(
        sku=priced.sku,
        name=priced.name,
        category=priced.category,
        list_price=tag.amount if tag else None,
        price=price.amount if price else None,
        promotion=promotion.name if promotion else None,
    )


def catalogue(actor: Actor, *, after: str = "", limit: int = 100) -> list[Product]:
    """The products of the actor's programme by SKU, from beyond `after` on."""
    return list(Product.objects.filter(programme_id=actor.programme, sku__gt=after).order_by("sku")[:limit])


def import_fields(actor: Actor) -> tuple[Field, ...]:
    """The columns a list of sales may have, for `foundation.sheets.preview`."""
    actor.demand("import")
    return FIELDS


def product_fields(actor: Actor) -> tuple[Field, ...]:
    """The columns a list of products may have, likewise."""
    actor.demand("import")
    return PRODUCT_FIELDS


def as_answer(view: SaleView, rulebook: Programme | None = None) -> dict[str, Any]:
    """A sale as programs and examples read it: yuan as text, units whole, reasons with their sentences.

    `rulebook` is the version that judged it, looked up where it is not given.
    """
    document = view.document
    steps = document["steps"]
    # A trade-up's own name says of which goods.
    taken = [(step["name"].partition(":")[0], step["offs"]) for step in steps]
    return {
        "id": view.id,
        "number": view.number,
        "member": view.member,
        "shop": view.shop,
        "clerk": view.clerk,
        "card": document["card"],
        "at": view.at,
        "price": as_yuan(view.price_total),
        "paid": as_yuan(view.paid),
        "off": _off([(name, sum(offs)) for name, offs in taken]),
        "rates": {step["name"]: step["rate"] for step in steps if step["rate"]},
        "lines": [_line_answer(i, line, taken) for i, line in enumerate(document["lines"])],
        "tenders": [{"means": means, "amount": as_yuan(amount)} for means, amount in document["tenders"]],
        "change": as_yuan(change_of(document)),
        "earned": document["earned"],
        "expires": document["expires"],
        "used": document["used"],
        "balance": document["balance"],
        "wallet": wallet_answer(document.get("wallet")),
        "tier": document["tier"],
        "opening": document["opening"],
        "signed": document.get("signed", []),
        "unsigned": document.get("unsigned", []),
        "replayed": view.replayed,
        "reasons": told(rulebook or programmes.version(view.version), document["reasons"]),
    }


def wallet_answer(told: Mapping[str, int] | None) -> dict[str, str] | None:
    """Stored value as programs read it: yuan by part."""
    return {name: as_yuan(amount) for name, amount in told.items()} if told is not None else None


def change_of(document: dict[str, Any]) -> int:
    """What was given back of the cash that was handed over, in fen."""
    received = document.get("received", 0)
    cash = sum(amount for means, amount in document["tenders"] if means == "cash")
    return int(received - cash) if received else 0


def _line_answer(i: int, line: dict[str, Any], taken: list[tuple[str, list[int]]]) -> dict[str, Any]:
    return {
        "line": i + 1,
        "sku": line["sku"],
        "name": line["name"],
        "quantity": line["quantity"],
        "list": as_yuan(line["list"]),
        "price": as_yuan(line["price"]),
        "off": _off([(name, offs[i]) for name, offs in taken]),
        "paid": as_yuan(line["due"]),
    }


def _off(parts: Iterable[tuple[str, int]]) -> dict[str, str]:
    """What came off, by the benefit's name; two vouchers are one sum, and so are two trade-ups."""
    sums: dict[str, int] = {}
    for name, amount in parts:
        sums[name] = sums.get(name, 0) + amount
    return {name: as_yuan(amount) for name, amount in sums.items()}
