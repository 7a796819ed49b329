"""Goods come back to the shop: the kept part is priced again, and what paid for the rest goes back to where it came from."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.auditor.model.answers import Expected, Refused, answer, refused
from tests.auditor.model.giving_back import parts_back
from tests.auditor.model.shop import packages
from tests.auditor.model.shop.people import Buyer, Sold
from tests.auditor.model.shop.selling import Bill, earned, parted, restated
from tests.auditor.model.shop.wallet import Parts, stays, wallet_told

if TYPE_CHECKING:
    from tests.auditor.model.shop.books import ShopBooks

Given = dict[str, Any]


def returned(books: ShopBooks, now: datetime, given: Given, *, preview: bool = False, kind: str = "return") -> Expected:
    sale = books.sales.get(given["sale"])
    if sale is None:
        return refused(Refused("SaleUnknown", "existence"))
    found, kept = _kept(sale, given)
    if found:
        return refused(*found)
    back, found = packages.coming_back(books, sale.label, sale.kept, kept)
    told = refused(*found) if found else _given_back(books, sale, kept, now, given, preview, kind)
    if told.values is not None and not preview:
        packages.taken_back(back)
    return told


def _kept(sale: Sold, given: Given) -> tuple[list[Refused], list[int]]:
    kept, found = list(sale.kept), []
    if not any(kept):
        found.append(Refused("AlreadyReturned", "state"))
    for line in given.get("lines") or [{"line": n, "quantity": pieces} for n, pieces in enumerate(kept, 1) if pieces]:
        if line["line"] > len(kept):
            found.append(Refused("LineUnknown", "existence"))
        elif line["quantity"] > kept[line["line"] - 1]:
            found.append(Refused("MoreThanSold", "limit"))
        else:
            kept[line["line"] - 1] -= line["quantity"]
    return found, kept


def _still(books: ShopBooks, sale: Sold, kept: list[int]) -> tuple[Bill, Parts]:
    """What the kept part costs, and what of it stored value pays."""
    made = restated(sale, kept, books.terms)
    return made, stays(books.terms.paying.order, sale.wallet, sale.due, parted(sale.items, made, books.terms))


def _given_back(
    books: ShopBooks, sale: Sold, kept: list[int], now: datetime, given: Given, preview: bool, kind: str
) -> Expected:
    (before, was), (after, keeps) = _still(books, sale, sale.kept), _still(books, sale, kept)
    if not sale.returns:
        was = sale.wallet
    money = before.due - after.due
    basic: Given = {"kind": kind, "kept": kept, "left_paid": after.due}
    if sale.member is None:
        plain = {**basic, "refund": money, "claim": 0, "given_back": 0, "taken_back": 0, "forgiven": 0}
        if preview:
            return answer(**plain, short=0, wallet=(0, 0))
        sale.kept, sale.returns = kept, sale.returns + 1
        return answer(**plain, balance=0, wallet=wallet_told(Parts(), Parts()))
    member = books.members[sale.member]
    points = before.points - after.points
    owed = max(0, earned(before, was, books.terms) - earned(after, keeps, books.terms))
    forgiven, has = _covering(sale, member, points, owed, now)
    short = max(0, owed - forgiven - has)
    if short and not preview and not given.get("settle"):
        return refused(Refused("ShortfallUnsettled", "balance", books.terms.shortfall_clause))
    claim = 0 if preview else short * books.terms.offset_worth
    taken = owed - forgiven - short
    paid, back = sale.wallet, sale.back
    # Where goods come back with which a coupon went, the rest may cost more: what is back is not asked for again.
    parts = Parts(
        max(0, paid.principal - keeps.principal - back["principal"]), max(0, paid.bonus - keeps.bonus - back["bonus"])
    )
    told: Given = {
        "refund": money - claim, "claim": claim, "given_back": points, "taken_back": taken, "forgiven": forgiven,
    }  # fmt: skip
    if preview:
        return answer(**basic, **told, short=short, wallet=(parts.principal, parts.bonus))
    for coupon in before.still:
        if coupon not in after.still:
            coupon.used = None
    _write(member, sale, kept, (points, parts, taken, forgiven), money, now)
    wallet = wallet_told(parts, member.stored(now))
    return answer(**basic, **told, balance=member.free("points", now), wallet=wallet)


def _covering(sale: Sold, member: Buyer, coming: int, owed: int, now: datetime) -> tuple[int, int]:
    """What of the goods' own points lapsed unused and is forgiven; and what there is to take the rest from, with what
    comes back alive."""
    purse = member.purses["points"]
    lapsed = purse.lots[sale.lot].lapsed(now) if sale.lot is not None else 0
    parts = parts_back(sale.taken.get("points", []), sale.back["points"], coming)
    alive = sum(units for number, units in parts if now < purse.lots[number].dies)
    return min(owed, max(0, lapsed - sale.forgiven)), max(0, purse.balance(now) + alive - member.held)


def _write(
    member: Buyer, sale: Sold, kept: list[int], moved: tuple[int, Parts, int, int], money: int, now: datetime
) -> None:
    points, parts, taken, forgiven = moved
    for unit, amount in (("points", points), ("principal", parts.principal), ("bonus", parts.bonus)):
        if amount:
            member.purses[unit].give_back(amount, sale.taken[unit], sale.back[unit], now, now)
            sale.back[unit] += amount
    lots = member.spendable("points", now)
    own = [lot for lot in lots if lot.number == sale.lot]
    member.purses["points"].take(taken, own + [lot for lot in lots if lot.number != sale.lot], now, now)
    sale.forgiven += forgiven
    sale.kept = kept
    sale.returns += 1
    member.spend[sale.at.date()] -= money
    if not any(kept):
        member.visits[sale.at.date()] -= 1


def voided(books: ShopBooks, now: datetime, given: Given) -> Expected:
    """Only on the sale's own day, and only where nothing has come back yet."""
    sale = books.sales.get(given["sale"])
    if sale is None:
        return refused(Refused("SaleUnknown", "existence"))
    if sale.returns or sale.at.date() != now.date():
        return refused(Refused("VoidWindowClosed", "window"))
    return returned(books, now, {"sale": given["sale"]}, kind="void")
