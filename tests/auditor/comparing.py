"""What the product's books say against the model's: members, lots, coupons, days; now, and as they were."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from huiguan.checkout import queries as sales
from huiguan.entitlements import queries as entitlements
from huiguan.ledger import queries as ledger
from huiguan.ledger.lots import settled
from huiguan.ledger.proof import prove
from huiguan.members import queries as members
from tests.auditor.house import House, here, there
from tests.auditor.model.answers import Expected
from tests.auditor.model.books import Books
from tests.auditor.model.people import Member


def agree(expected: Expected, got: Expected) -> bool:
    """The figures are the same, or one of the refusals expected is the one told."""
    if expected.values is None or got.values is None:
        return expected.values is None and got.values is None and got.refusals <= expected.refusals
    return expected.values == got.values


def differences(books: Books, house: House, now: datetime) -> Iterator[str]:
    """Everything that reads otherwise at `now`, member by member."""
    for label, member in books.members.items():
        for what, ours, theirs in _member(books, house, label, member, now):
            if ours != theirs:
                yield f"{label} {what}: the model says {ours}, the books say {theirs}"
    for label, sale in books.sales.items():
        left = sales.left_of(house.actor, house.sales[label])
        if left != sale.kept:
            yield f"{label} left: the model says {sale.kept}, the till says {left}"


def _member(books: Books, house: House, label: str, member: Member, now: datetime) -> Iterator[tuple[str, Any, Any]]:
    membership, at = house.memberships[label], there(now)
    account = settled(ledger.accounts(actor=house.actor, memberships=[membership])[membership], at)
    unit = account.unit("points")
    yield "balance", member.purse.balance(now), unit.balance
    yield "lots", _lots(member, now), sorted((here(lot.earned_at), here(lot.expires_at), lot.left) for lot in unit.lots)
    shown = books.holder(label) or member
    standing = members.standing(house.actor, house.numbers[label], at)
    yield "standing", (shown.standing_at(now), shown.tier_at(now)), (standing.standing, standing.tier)
    yield "coupons", _coupons(member, now), _rights(membership, at)
    days = ledger.measure_days(actor=house.actor, memberships=[membership], since=date(2020, 1, 1))[membership]
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


def past_differences(books: Books, house: House, now: datetime, dice: random.Random, moments: int) -> Iterator[str]:
    """Balances, tiers and standings at moments gone by, and what the books had said of them at other moments."""
    for label, member in books.members.items():
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
    moved += [each for lot in member.purse.lots for each in (lot.earned, lot.dies, lot.since, lot.written)]
    moved += [at for at, _ in member.tiers]
    if moved and dice.random() < 0.8:
        at = dice.choice(moved) + timedelta(seconds=dice.choice((-1, 0, 0, 1)))
    else:
        at = member.entered + (now - member.entered) * dice.random()
    return min(max(at, member.entered), now)


def unproved(house: House) -> list[str]:
    """What `prove` finds in the house's books: nothing."""
    return [str(finding) for finding in prove(house.actor.programme).findings]
