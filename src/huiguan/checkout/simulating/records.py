"""What is on record of one member's months: her sales and all else that happened, in the order it was written. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import msgspec

from huiguan.checkout.storing import SoldSale
from huiguan.kernel.records import record
from huiguan.ledger.past import Moved, Past
from huiguan.ledger.values import SpentLot
from huiguan.members.past import PastMember
from huiguan.rules.facts import PackageFact
from huiguan.rules.programme import Programme


class LineDoc(msgspec.Struct):
    sku: str
    category: str
    quantity: int
    list: int
    price: int
    name: str = ""
    cost: int | None = None
    promotion: str = ""
    due: int = 0


class StepDoc(msgspec.Struct):
    name: str
    offs: list[int]
    rate: str | None = None
    units: int = 0
    right: int | None = None


class SaleDoc(msgspec.Struct):
    """What a simulation needs of a sale's document; `reasons` are read where somebody asks."""

    lines: list[LineDoc]
    steps: list[StepDoc]
    shown: str
    by_member: bool
    opening: bool
    earned: dict[str, int]
    used: dict[str, int]
    tier: dict[str, str] | None
    reasons: msgspec.Raw
    order: list[str] = []
    rights: list[int] = []
    wallet: dict[str, int] | None = None
    signed: list[str] = []


@record
class SaleMade:
    """A recorded sale of the time. `now` when it was written, `paid` fen."""

    seq: int
    at: datetime
    now: datetime
    shop_id: int
    shop: str
    version: int
    paid: int
    told: SaleDoc


@dataclass(frozen=True, slots=True)
class GoodsBack:
    """A recorded return: `kept` quantities after it; `before`: its sale where that was made before the time, with the
    units it had spent and what of those it brought had lapsed."""

    seq: int
    at: datetime
    now: datetime
    sale_seq: int
    kept: tuple[int, ...]
    refund: int
    taken_back: Mapping[str, int]
    given_back: Mapping[str, int]
    withdrawn: bool
    before: SoldSale | None = None
    spent: tuple[SpentLot, ...] = ()
    lapsed: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Signed:
    """The last signature on the record of a sale of the time, after the sale; `earned` what it brought, `tier` before and
    after."""

    seq: int
    at: datetime
    now: datetime
    sale_seq: int
    signed: tuple[str, ...]
    earned: Mapping[str, int]
    tier: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Redeemed:
    """Units turned into a gift or a coupon outside any sale."""

    seq: int
    at: datetime
    now: datetime
    unit: str
    units: int
    gift: str


@dataclass(frozen=True, slots=True)
class GiftBack:
    """A gift that came back, and the redemption it was of; `spent` where that was before the time."""

    seq: int
    at: datetime
    now: datetime
    of: int
    redeemed_at: datetime
    unit: str
    units: int
    spent: tuple[SpentLot, ...] = ()


@dataclass(frozen=True, slots=True)
class AsItWas:
    """A journal that no rulebook decided (an opening, a correction), or one outside the time: taken as it was."""

    seq: int
    at: datetime
    now: datetime
    tallies: tuple[tuple[date, str, int], ...]
    moved: tuple[Moved, ...] = ()
    within: bool = True


@dataclass(frozen=True, slots=True)
class CardHanded:
    """A card was issued; `first`: her first, and not one from before this system; `place`: before which journal
    of its own moment."""

    at: datetime
    now: datetime
    first: bool
    place: int


@dataclass(frozen=True, slots=True)
class TierGiven:
    """A tier set by hand, by an import or by spending brought from before."""

    at: datetime
    now: datetime
    tier: str


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """The last day of a month whose grants were written."""

    at: datetime
    now: datetime
    day: date


Happening = SaleMade | Signed | GoodsBack | Redeemed | GiftBack | AsItWas | CardHanded | TierGiven | MonthEnd


@dataclass(slots=True)
class Life:
    """One member of a simulation: who she is, her books where the time begins, and what happened."""

    member: PastMember
    past: Past
    happenings: list[Happening] = field(default_factory=list)
    packages: tuple[PackageFact, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """What a simulation is about: the rulebook tried, the versions that judged, latest first, and the time.

    `grants_alike`: the rulebook tried gives rights as those versions did, so that they are taken as they were given.
    """

    programme: int
    draft: Programme
    timeline: tuple[tuple[datetime, Programme], ...]
    begins: datetime
    ends: datetime
    as_written: datetime
    since: date
    grants_alike: bool
    prices: Mapping[str, Any] = field(default_factory=dict)

    def judged_by(self, version: int) -> Programme | None:
        for _, each in self.timeline:
            if each.version == version:
                return each
        return None

    def in_force(self, at: datetime) -> Programme:
        """The version in force at `at`; the first one ever before it began."""
        return next((each for begins, each in self.timeline if begins <= at), self.timeline[-1][1])
