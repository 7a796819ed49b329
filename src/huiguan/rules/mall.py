"""What is known of a thing that can be had for units, when its clauses decide. Rooms fill it; kinds only read it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.records import record
from huiguan.kernel.text import Text
from huiguan.rules.facts import Line
from huiguan.rules.parameters import Parameters as Base
from huiguan.rules.parameters import Positive, Rate

Sort = Literal["goods", "gift", "voucher", "code"]
Way = Literal["delivery", "pickup", "instant"]
PERIODS = {
    "day": Text(zh="每天", en="a day"),
    "month": Text(zh="每月", en="a month"),
    "quarter": Text(zh="每季", en="a quarter"),
    "year": Text(zh="每年", en="a year"),
    "ever": Text(zh="一共", en="altogether"),
}


class BookAhead(Base):
    """Things of so many `units` or more are had so many `days` after they are ordered, not before."""

    units: Positive
    days: Positive


class Deposit(Base):
    """This `part` of what is owed, paid in time, keeps the order for `days` more."""

    part: Annotated[Rate, Field(gt=0, lt=1)]
    days: Positive


@record
class Offer:
    """A thing on the shelf: `code`, the `zone` it stands in, what `sort` of thing it is.

    `units` and `cash` (fen) are its price; where `mixed`, `worth` (fen) is, and the member chooses how much of it units
    pay. `tiers`: whom it is for, nobody named means everybody. On the shelf from `opens_at` until just before
    `closes_at`. `most` pieces per member `per` a period ("ever": altogether), of which she has had `had`.
    """

    code: str
    zone: str
    sort: Sort
    units: int
    cash: int = 0
    worth: int = 0
    mixed: bool = False
    tiers: tuple[str, ...] = ()
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    most: int | None = None
    per: str = "ever"
    had: int = 0

    def line(self, quantity: int) -> Line:
        """As a line that conditions ask about: its code as `sku`, its zone as `category`."""
        return Line(self.code, self.zone, quantity, self.worth * quantity, self.cash * quantity)


@record
class Wish:
    """What a member asks of an offer: `quantity` pieces, `way` she gets them, `units` she pays of a mixed price."""

    quantity: int = 1
    way: Way = "delivery"
    units: int | None = None


@record
class Price:
    """What it comes to: whole units and fen."""

    units: int
    cash: int
