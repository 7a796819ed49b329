"""A decided sale as the row that is its evidence."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from huiguan.checkout.documents import lines_of, signatures_of, steps_of
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.quoting import Judged
from huiguan.checkout.storing import NewSale, client_of
from huiguan.checkout.till import Till
from huiguan.identity.values import Shop
from huiguan.rules.effects import Spend
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import WALLET

_NEVER_MARKED = {"key", "pin", "proof"}
_ONCE_UNKNOWN = ("trade_ups", "signed")


def plain_document(judged: Judged, till: Till, given: SaleInput, shop: Shop, at: datetime) -> dict[str, Any]:
    sale = judged.bill.sale
    names = tuple(till.name_of(line.sku, at) for line in sale.lines)
    promotions = tuple(till.promotion_name(line.sku, shop, at) if line.promotion else "" for line in sale.lines)
    tenders = [[tender.means, tender.amount] for tender in given.tenders] or _unnamed(judged)
    return {
        "lines": lines_of(judged, names, promotions),
        "steps": steps_of(judged.bill),
        "tenders": tenders,
        "received": sum(tender.received or 0 for tender in given.tenders),
        "shown": sale.shown,
        "by_member": sale.by_member,
        "opening": sale.opening,
        "order": list(sale.order),
        "multiplied": list(judged.multiplied),
        "earned": {},
        "expires": {},
        "used": {},
        "rights": [],
        "counted": [],
        "balance": {},
        "wallet": None,
        "tier": None,
        "card": None,
        "reasons": [],
        **(signatures_of(till.rulebook(at), sale) if given.member is not None else {}),
    }


def used_units(spends: Iterable[Spend]) -> dict[str, int]:
    """What a sale uses of each unit that is no money: an offset and a trade-up may both."""
    used: dict[str, int] = {}
    for spend in spends:
        if spend.purpose != WALLET:
            used[spend.unit] = used.get(spend.unit, 0) + spend.amount
    return used


def _unnamed(judged: Judged) -> list[list[Any]]:
    """Where no means is named: what stored value pays of itself, and cash."""
    stored = judged.stored.total
    if not stored:
        return [["cash", judged.bill.due]]
    rest = judged.bill.due - stored
    return [[WALLET, stored], *([["cash", rest]] if rest else [])]


@lru_cache(maxsize=64)
def _day(day: date) -> str:
    return f"{day:%y%m%d}"


def new_sale(
    till: Till,
    given: SaleInput,
    mark: bytes,
    shop: Shop,
    rulebook: Programme,
    judged: Judged,
    membership: int,
    seq: int,
    document: dict[str, Any],
) -> NewSale:
    sale = judged.bill.sale
    return NewSale(
        membership=membership,
        seq=seq,
        programme=till.actor.programme,
        shop_id=shop.id,
        shop=shop.code,
        number=given.number or f"{shop.code}-{_day(sale.day)}-{membership}-{seq}",
        client=client_of(till.actor),
        key=given.key or "",
        fingerprint=mark,
        at=sale.at,
        written_at=till.now,
        version=rulebook.version,
        price_total=sum(line.price for line in sale.lines),
        paid=judged.bill.due,
        clerk=given.clerk or till.actor.name,
        document=document,
    )


def fingerprint_of(given: SaleInput) -> bytes:
    """By which a request is known again under its key."""
    # What was sent before there were trade-ups or signatures is known again by the same mark.
    silent = _NEVER_MARKED | {name for name in _ONCE_UNKNOWN if not getattr(given, name)}
    return hashlib.sha256(given.model_dump_json(exclude=silent).encode()).digest()
