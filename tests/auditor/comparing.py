"""What the product's books say against the model's: members, lots, coupons, days; now, and as they were."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from huiguan.checkout.queries.recorded import returns_by_id, sales_by_id
from huiguan.entitlements import queries as entitlements
from huiguan.ledger import queries as ledger
from huiguan.ledger.lots import settled
from huiguan.ledger.proof import prove
from huiguan.members import queries as members
from tests.auditor.house import House, here, there
from tests.auditor.model.answers import Expected
from tests.auditor.model.books import Books
from tests.auditor.model.people import Member, Sale

MANY = 1000  # sales looked up at once


def agree(expected: Expected, got: Expected) -> bool:
    """The figures are the same, or one of the refusals expected is the one told."""
    if expected.values is None or got.values is None:
        return expected.values is None and got.values is None and got.refusals <= expected.refusals
    return expected.values == got.values


def differences(books: Books, house: House, now: datetime) -> Iterator[str]:
    """Everything that reads otherwise at `now`, member by member."""
    yield from of_members(books, house, now, books.members)
    sold = {house.sales[label]: sale for label, sale in books.sales.items()}
    for start in range(0, len(sold), MANY):
        yield from _left(dict([*sold.items()][start : start + MANY]))


def of_members(books: Books, house: House, now: datetime, labels: Iterable[str]) -> Iterator[str]:
    """What reads otherwise of these members."""
    labels = list(labels)
    memberships = [house.memberships[label] for label in labels]
    accounts = ledger.accounts(actor=house.actor, memberships=memberships)
    days = ledger.measure_days(actor=house.actor, memberships=memberships, since=date(2020, 1, 1))
    for label in labels:
        key = house.memberships[label]
        account = settled(accounts[key], there(now))
        for what, ours, theirs in _member(books, house, label, now, account.unit("points"), days[key]):
            if ours != theirs:
                yield f"{label} {what}: the model says {ours}, the books say {theirs}"


def _left(sold: Mapping[str, Sale]) -> Iterator[str]:
    """What is left of sales, by their ids: by the last return of each, which no other follows, else by its lines."""
    told = sales_by_id([*sold])
    last = returns_by_id([f"{key}.{sale.returns}" for key, sale in sold.items() if sale.returns])
    more = returns_by_id([f"{key}.{sale.returns + 1}" for key, sale in sold.items()])
    for key, sale in sold.items():
        theirs: Any = None
        if sale.returns and f"{key}.{sale.returns}" in last:
            theirs = json.loads(last[f"{key}.{sale.returns}"].kept)
        elif not sale.returns and key in told:
            theirs = [line["quantity"] for line in told[key].document["lines"]]
        if theirs != sale.kept or f"{key}.{sale.returns + 1}" in more:
            yield f"{sale.label} left: the model says {sale.kept} after {sale.returns} returns, the till says {theirs}"


def _member(
    books: Books, house: House, label: str, now: datetime, points: Any, days: Mapping[date, Mapping[str, int]]
) -> Iterator[tuple[str, Any, Any]]:
    member, membership, at = books.members[label], house.memberships[label], there(now)
    yield "balance", member.purse.balance(now), points.balance
    yield (
        "lots",
        _lots(member, now),
        sorted((here(lot.earned_at), here(lot.expires_at), lot.left) for lot in points.lots),
    )
    shown = books.holder(label) or member
    standing = members.standing(house.actor, house.numbers[label], at)
    yield "standing", (shown.standing_at(now), shown.tier_at(now)), (standing.standing, standing.tier)
    yield "coupons", _coupons(member, now), _rights(membership, at)
    for measure, ours in (("spend", member.spend), ("visits", member.visits)):
        theirs = {day: each[measure] for day, each in days.items() if each.get(measure)}
        yield measure, {day: n for day, n in ours.items() if n}, theirs


def _lots(member: Member, now: datetime) -> list[tuple[datetime, datetime, int]]:
    return sorted((lot.earned, lot.dies, lot.left) for lot in member.purse.alive(now))


def _coupons(member: Member, now: datetime) -> list[tuple[str, int, str, Any]]:
    return sorted((each.gift.name, each.gift.worth, each.state(now), str(each.until)) for each in member.coupons)


def _rights(membership: int, at: datetime) -> list[tuple[str, int, str, Any]]:
    held = entitlements.held_rights(membership, at)
    return sorted((e.right.name, e.right.worth, e.state, str(here(e.right.valid_until))) for e in held)


def past_differences(
    books: Books, house: House, now: datetime, dice: random.Random, moments: int, whose: Iterable[str] | None = None
) -> Iterator[str]:
    """Balances, tiers and standings at moments gone by, and what the books had said of them at other moments; of all,
    or of those named."""
    for label in books.members if whose is None else whose:
        member = books.members[label]
        membership = house.memberships[label]
        for _ in range(moments):
            at, known = sorted((_moment(member, now, dice), _moment(member, now, dice)))
            for seen in (now, known):
                ours = member.purse.balance_at(at, seen)
                theirs = ledger.balances_at(
                    actor=house.actor,
                    membership=membership,
                    at=there(at),
                    as_written=None if seen == now else there(seen),
                ).get("points", 0)
                if ours != theirs:
                    yield f"{label} balance at {at}, as written at {seen}: the model says {ours}, the books say {theirs}"
            told = (members.standing_at(membership, there(at)), members.tier_at(membership, there(at)))
            if told != (member.standing_at(at), member.tier_at(at)):
                yield f"{label} at {at}: the model says {member.standing_at(at), member.tier_at(at)}, the house says {told}"


def _moment(member: Member, now: datetime, dice: random.Random) -> datetime:
    """Any moment of her membership, or one at which something of hers moved or died, or a second beside it."""
    moved = [move.at for lot in member.purse.lots for move in lot.moves]
    moved += [each for lot in member.purse.lots for each in (lot.earned, lot.dies, lot.counts, lot.written)]
    moved += [at for at, _ in member.tiers]
    if moved and dice.random() < 0.8:
        at = dice.choice(moved) + timedelta(seconds=dice.choice((-1, 0, 0, 1)))
    else:
        at = member.entered + (now - member.entered) * dice.random()
    return min(max(at, member.entered), now)


def unproved(house: House) -> list[str]:
    """What `prove` finds in the house's books: nothing."""
    return [str(finding) for finding in prove(house.actor.programme).findings]
