"""Value handed from one membership to another, lot by lot, each with its own life. Pure.

Two journals with a house account between them: the giver's takes exactly the named parts of its lots, the
taker's opens lots with the same terms, or puts the parts back into the lots they once came from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from huiguan.ledger.expiry import Stamp
from huiguan.ledger.values import Journal, LotTerms, Movement, house_address, member_address
from huiguan.rules.facts import LotFact, LotKey

Tally = tuple[date, str, int]
BETWEEN = "merged"
PENDING = (BETWEEN, "passed")  # house accounts between two memberships: what one gives the other takes


@dataclass(frozen=True, slots=True)
class Part:
    """`amount` of the giver's `lot`; it goes `back` to that lot of the taker, or opens a new one where None."""

    unit: str
    lot: LotFact
    amount: int
    back: LotKey | None = None


@dataclass(frozen=True, slots=True)
class HandedLot:
    """Where a part went: from the giver's lot to the taker's, whole units."""

    unit: str
    giver: LotKey
    taker: LotKey
    amount: int


@dataclass(frozen=True, slots=True)
class Handing:
    """One pair of journals and the parts they carry, in the order of the movements."""

    gives: Journal
    takes: Journal
    parts: tuple[Part, ...]


def handings(
    giver: int,
    taker: int,
    parts: Sequence[Part],
    stamps: Mapping[LotKey, Stamp],
    *,
    head: Journal,
    tallies: Sequence[Tally] = (),
    between: str = BETWEEN,
    anew: Mapping[str, LotTerms] | None = None,
) -> Iterator[Handing]:
    """The pairs of journals, one for each version of the rulebook the lots are stamped with: it expires them as it
    would have. The first also moves `tallies`, which the giver counts no longer and the taker does; those of `head` are the giver's. The account `between` is one of
    PENDING; units in `anew` begin another life than their lots had."""
    groups: dict[int | None, list[Part]] = {None: []} if tallies and not parts else {}
    for part in parts:
        fresh = anew is not None and part.unit in anew
        version = head.version if fresh else stamps.get(part.lot.key, Stamp()).version
        groups.setdefault(version, []).append(part)
    moved, own = tuple(tallies), head.tallies
    for version, group in groups.items():
        away = tuple(_away(giver, part, between) for part in group)
        here = tuple(_here(taker, part, stamps.get(part.lot.key, Stamp()), between, anew or {}) for part in group)
        minus = tuple((day, measure, -amount) for day, measure, amount in moved)
        yield Handing(
            replace(head, version=version, movements=away, tallies=(*own, *minus)),
            replace(head, version=version, movements=here, tallies=moved),
            tuple(group),
        )
        moved, own = (), ()


def _away(giver: int, part: Part, between: str) -> Movement:
    mine, house = member_address(giver, part.unit), house_address(part.unit, between)
    return Movement(part.unit, part.amount, mine, house, uses=((part.lot.key, part.amount),))


def _here(taker: int, part: Part, stamp: Stamp, between_: str, anew: Mapping[str, LotTerms]) -> Movement:
    mine, between = member_address(taker, part.unit), house_address(part.unit, between_)
    lot = part.lot
    if part.back is not None:
        return Movement(part.unit, part.amount, between, mine, restores=((replace(lot, key=part.back), part.amount),))
    terms = anew.get(part.unit) or LotTerms(lot.earned_at, lot.usable_from, lot.expires_at, stamp.clause)
    return Movement(part.unit, part.amount, between, mine, opens=terms)
