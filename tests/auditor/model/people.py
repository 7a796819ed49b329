"""A member as the model knows her: cards, standing, tier, coupons, what she did on which day, her points."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.auditor.model.days import end_of, window_start
from tests.auditor.model.figures import Figures, Gift, Step
from tests.auditor.model.lots import Purse, Taken
from tests.auditor.model.pricing import Terms


@dataclass
class Card:
    issued: datetime
    lost: datetime | None = None
    replaced: datetime | None = None

    def usable(self, at: datetime) -> bool:
        return not (self.lost and self.lost <= at) and not (self.replaced and self.replaced <= at)


@dataclass
class Coupon:
    """`occasion`: the month it is for, "" for the card's; `owner`: to whom it was given; `origin`: through whose hands it
    has come since."""

    gift: Gift
    occasion: str
    since: datetime
    until: datetime | None
    owner: str = ""
    used: bool = False
    origin: tuple[str, ...] = ()

    def of(self, other: Coupon) -> bool:
        """Whether it is the same coupon, in whosever hands."""
        return (self.gift, self.occasion, self.owner) == (other.gift, other.occasion, other.owner)

    def state(self, at: datetime) -> str:
        if self.used:
            return "used"
        if at < self.since:
            return "waiting"
        return "expired" if self.until and at >= self.until else "ready"


@dataclass
class Sale:
    """A sale and what is left of it. `kept` pieces per line; `step`: the rung it brought, until withdrawn."""

    label: str
    member: str | None
    shop: str
    at: datetime
    unit_prices: list[int]
    kept: list[int]
    terms: Terms
    coupons: list[Coupon]
    benefit: str | None
    taken: Taken
    lot: int | None
    step: tuple[str, str] | None
    back: int = 0
    forgiven: int = 0
    returns: int = 0

    def amounts(self, kept: list[int]) -> list[int]:
        return [price * pieces for price, pieces in zip(self.unit_prices, kept, strict=True)]


@dataclass
class Redemption:
    label: str
    member: str
    at: datetime
    units: int
    taken: Taken
    returned: bool = False


@dataclass
class Member:
    label: str
    joined: datetime
    entered: datetime
    birthday: date
    tier: str
    cards: list[Card] = field(default_factory=list)
    coupons: list[Coupon] = field(default_factory=list)
    purse: Purse = field(default_factory=Purse)
    spend: Counter[date] = field(default_factory=Counter)
    visits: Counter[date] = field(default_factory=Counter)
    benefits: Counter[tuple[str, date]] = field(default_factory=Counter)
    redeemed: Counter[date] = field(default_factory=Counter)
    standings: list[tuple[datetime, str]] = field(default_factory=list)
    tiers: list[tuple[datetime, str]] = field(default_factory=list)
    bills: set[str] = field(default_factory=set)
    into: str | None = None  # who goes on for her

    def card_at(self, at: datetime) -> int:
        """The newest card of a moment, by its place; the first one before it was issued."""
        issued = [n for n, card in enumerate(self.cards) if card.issued <= at]
        return max(issued, default=0)

    def standing_at(self, at: datetime) -> str:
        return _latest(self.standings, at)

    def tier_at(self, at: datetime) -> str:
        return _latest(self.tiers, at)

    def window(self, last: date, months: int) -> int:
        """What was paid, net, in the `months` months that end on the day `last`."""
        first = window_start(last, months)
        return sum(spent for day, spent in self.spend.items() if first <= day <= last)

    def reaches(self, step: Step, first: date, last: date) -> bool:
        """Whether the amount is reached on any day from `first` to `last`. The total grows only on days of spending."""
        days = {first, *(day for day in self.spend if first <= day <= last)}
        return any(self.window(day, step.months) >= step.reach for day in days)

    def is_opening(self, at: datetime) -> bool:
        """The first purchase of the day on which the first card was handed out."""
        return bool(self.cards) and self.cards[0].issued.date() == at.date() and not self.visits[at.date()]

    def turns_in(self, at: datetime) -> int:
        return sum(n for day, n in self.redeemed.items() if (day.year, day.month) == (at.year, at.month))

    def uses_in_year(self, benefit: str, year: int) -> int:
        return sum(n for (name, day), n in self.benefits.items() if name == benefit and day.year == year)

    def dies(self, earned: datetime, figures: Figures) -> datetime:
        """When points earned then are cleared: the first clearing that takes them, newcomers' first year left out."""
        year = earned.year if earned < end_of(earned.year, figures.takes_until) else earned.year + 1
        if figures.skips_first:
            year = max(year, self.joined.year + 1)
        return end_of(year, figures.clears)


def _latest(history: list[tuple[datetime, str]], at: datetime) -> str:
    """The word that held at `at`: of the changes by then the latest, and of one moment the last written. Before the
    first of them, on the day on which the card was opened, the first."""
    held = [(moment, n, word) for n, (moment, word) in enumerate(history) if moment <= at]
    return max(held)[2] if held else history[0][1]
