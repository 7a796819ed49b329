"""What the product's books say against the shop's model: balances and lots of every unit, now and as they were."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from huiguan.checkout import queries as sales
from huiguan.entitlements import queries as entitlements
from huiguan.ledger import queries as ledger
from huiguan.ledger.lots import settled
from huiguan.rewards import queries as shelves
from tests.auditor.house import here, there
from tests.auditor.model.shop.books import ShopBooks
from tests.auditor.model.shop.people import NEVER, UNITS, Buyer
from tests.auditor.shop.house import ShopHouse


def differences(books: ShopBooks, house: ShopHouse, now: datetime) -> Iterator[str]:
    """Everything that reads otherwise at `now`, member by member."""
    for label, member in books.members.items():
        for what, ours, theirs in _member(books, house, label, member, now):
            if ours != theirs:
                yield f"{label} {what}: the model says {ours}, the books say {theirs}"
    yield from _mall(books, house, now)
    for label, sale in books.sales.items():
        left = sales.left_of(house.actor, house.sales[label])
        if left != sale.kept:
            yield f"{label} left: the model says {sale.kept}, the till says {left}"


def _mall(books: ShopBooks, house: ShopHouse, now: datetime) -> Iterator[str]:
    """Stock, orders, lists and auctions."""
    mall, numbers = books.mall, {number: label for label, number in house.numbers.items()}
    for code, left in mall.stock.items():
        if left != (there_is := shelves.item(house.actor, code).left):
            yield f"mall stock of {code}: the model says {left}, the shelf says {there_is}"
        ours = [
            (w.member, w.state, w.until) for w in mall.waits if w.item == code and w.state in ("waiting", "offered")
        ]
        told = shelves.waits(house.actor, item=code)
        theirs = [(numbers[w.member], w.state, here(w.until)) for w in told]
        if sorted(ours, key=str) != sorted(theirs, key=str):
            yield f"mall list of {code}: the model says {ours}, the list says {theirs}"
    for label, order in mall.orders.items():
        seen = shelves.order(house.actor, house.number_of(label), there(now))
        said = (order.read(now, books.terms.mall), order.points, order.owed, order.due)
        if said != (found := (seen.state, seen.points, seen.cash, seen.owed)):
            yield f"mall order {label}: the model says {said}, the desk says {found}"
    for label, auction in mall.auctions.items():
        state = shelves.auction(house.actor, label, there(now)).state
        if auction.state != state.replace("coming", "open"):
            yield f"mall auction {label}: the model says {auction.state}, the house says {state}"
    yield from (f"mall stock {fault}" for fault in shelves.stock_faults(house.actor.programme))


def _member(
    books: ShopBooks, house: ShopHouse, label: str, member: Buyer, now: datetime
) -> Iterator[tuple[str, Any, Any]]:
    membership, at = house.memberships[label], there(now)
    account = settled(ledger.accounts(actor=house.actor, memberships=[membership])[membership], at)
    for name in UNITS:
        unit = account.unit(name)
        yield f"{name} balance", member.has(name, now), unit.balance
        yield f"{name} held", member.held if name == "points" else 0, unit.held
        ours = sorted((lot.earned, lot.dies, lot.left) for lot in member.purses[name].alive(now))
        theirs = sorted((here(lot.earned_at), here(lot.expires_at) or NEVER, lot.left) for lot in unit.lots)
        yield f"{name} lots", ours, theirs
    yield "coupons", _coupons(books, label, now), _rights(membership, at)
    yield "packages", _packages(books, label, now), _held(membership, at)
    days = ledger.measure_days(actor=house.actor, memberships=[membership], since=date(2020, 1, 1))[membership]
    for measure, counted in (("spend", member.spend), ("visits", member.visits)):
        told = {day: each[measure] for day, each in days.items() if each.get(measure)}
        yield measure, {day: n for day, n in counted.items() if n}, told


def _coupons(books: ShopBooks, label: str, now: datetime) -> list[tuple[str, str, str]]:
    held = [each for each in books.coupons.values() if each.owner == label]
    return sorted((each.product.name, each.state(now), str(each.until)) for each in held)


def _rights(membership: int, at: datetime) -> list[tuple[str, str, str]]:
    held = entitlements.held_rights(membership, at)
    return sorted((each.right.name, each.state, str(here(each.right.valid_until))) for each in held)


def _packages(books: ShopBooks, label: str, now: datetime) -> list[tuple[str, str, str]]:
    held = [each for each in books.packages if each.owner == label]
    return sorted((each.kind.name, each.state(now), str((str(each.until), each.told()))) for each in held)


def _held(membership: int, at: datetime) -> list[tuple[str, str, str]]:
    told = []
    for each in entitlements.held_packages(membership, at):
        left = [(one.used, one.left, one.open) for one in each.remaining]
        told.append((each.package.name, each.state, str((str(here(each.package.valid_until)), left))))
    return sorted(told)


def past_differences(
    books: ShopBooks, house: ShopHouse, now: datetime, dice: random.Random, moments: int
) -> Iterator[str]:
    """Balances at moments gone by."""
    for label, member in books.members.items():
        for _ in range(moments):
            at = _moment(member, now, dice)
            found = ledger.balances_at(actor=house.actor, membership=house.memberships[label], at=there(at))
            ours = {unit: member.purses[unit].balance_at(at, now) for unit in UNITS}
            if ours != (theirs := {unit: found.get(unit, 0) for unit in UNITS}):
                yield f"{label} balances at {at}: the model says {ours}, the books say {theirs}"


def _moment(member: Buyer, now: datetime, dice: random.Random) -> datetime:
    """Any moment of her membership, or one at which something of hers moved or died, or a second beside it."""
    lots = [lot for unit in UNITS for lot in member.purses[unit].lots]
    moved = [move.at for lot in lots for move in lot.moves]
    moved += [each for lot in lots for each in (lot.earned, lot.dies) if each != NEVER]
    if moved and dice.random() < 0.8:
        at = dice.choice(moved) + timedelta(seconds=dice.choice((-1, 0, 0, 1)))
    else:
        at = member.joined + (now - member.joined) * dice.random()
    return min(max(at, member.joined), now)
