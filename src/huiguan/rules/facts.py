"""What is known when a clause decides, as frozen records. Rooms fill them; kinds only read them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime
from fractions import Fraction

from huiguan.kernel.records import record, replace
from huiguan.rules.passes import Allowance, Use

LotKey = tuple[int, int]  # journal seq and position, within one membership

MEASURES_ALWAYS = ("spend", "visits")  # fen paid net of returns, sales with a kept line; per local day


@record
class LotFact:
    """A lot still open: what is left of value that arrived once. Whole units; moments are aware."""

    key: LotKey
    left: int
    earned_at: datetime
    expires_at: datetime | None
    usable_from: datetime | None = None


@record
class RightFact:
    """A right held: `name` is the coupon's name in the rulebook, `code` what is shown at the till, `worth` fen. `mark`:
    the last mark on it (reserved, locked, released, given, returned, taken, lapsed, revoked), which holds until `mark_until` where it has
    an end; `mark_for`: the order it is locked for. `claimed`: the member took it as an offer."""

    id: int
    code: str
    name: str
    clause: str
    worth: int
    granted_at: datetime
    valid_from: datetime
    valid_until: datetime | None
    used_at: datetime | None = None
    mark: str = ""
    mark_until: datetime | None = None
    mark_for: str = ""
    claimed: bool = False

    def marked(self, at: datetime, hold: str = "") -> str | None:
        """The mark that keeps it from being used at `at`, by an order other than `hold`; None where none does."""
        if self.mark in ("", "released", "returned"):
            return None
        if self.mark == "reserved":
            return self.mark if self.mark_until and at < self.mark_until else "lapsed"
        if self.mark_until is not None and at >= self.mark_until:
            return None
        return None if self.mark == "locked" and hold and self.mark_for == hold else self.mark

    @property
    def gone(self) -> bool:
        """Whether it is hers no more: given away and accepted, or revoked."""
        return self.mark in ("taken", "revoked", "lapsed")


@record
class PackageFact:
    """A package held, as it was sold: `name` in the rulebook, `code` what is shown, `price` fen. `uses` so far, those
    carried over from another among them; `ended`: swapped, refunded, transferred, moved."""

    id: int
    code: str
    name: str
    clause: str
    price: int
    valid_from: datetime
    valid_until: datetime | None
    allowances: tuple[Allowance, ...]
    uses: tuple[Use, ...] = ()
    ended: str | None = None
    sold_at: datetime | None = None
    cause: str = ""  # the sale it was bought in ("sale:382-5"), or where it came from
    origin: int | None = None  # the package that was handed in for it
    line: int = -1  # the line of that sale, from 0

    @property
    def used(self) -> int:
        """How many uses were made of it altogether."""
        return sum(quantity for _, _, quantity in self.uses)


@record
class CardFact:
    """The newest card: `status` is active, waiting (not opened for use yet), lost, replaced, expired; `shop` issued it."""

    number: str
    status: str
    issued_at: datetime
    clause: str | None = None
    shop: int | None = None
    term_since: datetime | None = None  # from when its years count; None: from its issue
    reviewed_at: datetime | None = None  # the end of the last year of it that was judged


@record
class MemberFacts:
    """All the till's clauses may ask about one membership, read in one go."""

    membership: int
    number: str
    standing: str
    joined_at: datetime
    tier: str
    tier_since: datetime
    birthday: date | None
    card: CardFact | None
    profile_complete: bool
    days: Mapping[date, Mapping[str, int]] = field(default_factory=dict)  # local day -> measure -> value
    lots: Mapping[str, tuple[LotFact, ...]] = field(default_factory=dict)  # unit -> open lots
    held: Mapping[str, int] = field(default_factory=dict)
    rights: tuple[RightFact, ...] = ()
    packages: tuple[PackageFact, ...] = ()  # read where the rulebook sells packages
    opened_at: datetime | None = None  # when the first card was issued
    type: str = ""  # of the rulebook's sorts of members, as it was written down last

    def having_used(self, right: RightFact, at: datetime) -> MemberFacts:
        """The member once `right` is used."""
        rights = tuple(replace(held, used_at=at) if held.id == right.id else held for held in self.rights)
        return replace(self, rights=rights)

    def sum(self, measure: str, first: date, last: date) -> int:
        """A measure over the local days `first` to `last`, both included."""
        return sum([values.get(measure, 0) for day, values in self.days.items() if first <= day <= last])

    def purchases_before(self, at: datetime) -> int:
        """How many purchases are known of before `at`: those of the days read, and one where something was earned
        earlier than they reach."""
        known = sum([values.get("visits", 0) for values in self.days.values()])
        return max(known, any(lot.earned_at < at for lots in self.lots.values() for lot in lots))

    def available(self, unit: str, at: datetime) -> int:
        """What may be spent of a unit at `at`: live lots less what is held."""
        return sum([lot.left for lot in self.lots.get(unit, ()) if alive(lot, at)]) - self.held.get(unit, 0)


def alive(lot: LotFact, at: datetime) -> bool:
    """A lot may be spent from `usable_from` (or when earned) until just before `expires_at`."""
    begins = lot.usable_from or lot.earned_at
    return lot.left > 0 and begins <= at and (lot.expires_at is None or at < lot.expires_at)


@record
class Line:
    """One line of a sale: amounts in fen for the whole quantity. `price` is what was asked before any benefit
    (promotion price where there is one), `list_price` the tag. `member_price` where the goods have one, and `for_member`
    where this line gets it; `ordinary_price` what others pay; `members_only` goods that others do not get."""

    sku: str
    category: str
    quantity: int
    list_price: int
    price: int
    cost: int | None = None
    promotion: bool = False
    member_price: int | None = None
    for_member: bool = False
    ordinary_price: int = 0
    members_only: bool = False
    package: str | None = None  # the clause of a package by which the member price holds
    swaps: str | None = None  # the package handed in for this one
    agreement: str = ""  # the paper on which a negotiated package was agreed
    agreed: tuple[Allowance, ...] = ()  # what it gives
    opens_at: datetime | None = None  # from when it is sold to everybody, where that is still to come


@record
class Sale:
    """A sale as the clauses see it.

    `at` aware, `day` the member's local day; `shown` is what was presented (card, phone, none); `by_member` false
    where somebody else buys; `asks` names asked-for benefits (clause `benefit` names); `vouchers` codes asked for;
    `points` units asked to offset; `opening` true for the purchase at which the card was opened.
    """

    at: datetime
    day: date
    shop: str
    lines: tuple[Line, ...]
    shown: str = "none"
    by_member: bool = True
    asks: tuple[str, ...] = ()
    vouchers: tuple[str, ...] = ()
    points: int = 0
    opening: bool = False
    order: tuple[str, ...] = ()  # order flags: group, promotion
    card_named: bool = False  # the card shown was named by its number
    wallet: int | None = 0  # fen asked to be paid from stored value; None: not said
    settled: tuple[int, int] | None = None  # principal and bonus that did pay, where the sale is judged again
    hold: str = ""  # the order whose locked coupons may be used
    trades: tuple[str, ...] = ()  # SKUs asked to be traded up
    signed: tuple[str, ...] = ()  # who signed its record: member, guide


TRADED = "trade_up:"  # the name of a step that trades goods up, before their SKU


@record
class Step:
    """What one clause took off: `offs` per line in fen (positive), under a benefit or tender name."""

    name: str
    clause: str
    offs: tuple[int, ...]
    rate: Fraction | None = None  # share paid, for a percentage
    units: int = 0  # units used, for an offset
    right: int | None = None  # the right used, for a voucher
    worth: int = 0  # fen the voucher is worth, however little of it was needed

    @property
    def off(self) -> int:
        return sum(self.offs)


@record
class Bill:
    """A sale while it is being priced: its steps so far. `due` per line is price less all steps."""

    sale: Sale
    steps: tuple[Step, ...] = ()
    silent: tuple[int, ...] = ()  # per line, what was paid from stored value so that it earns nothing
    _left: tuple[int, ...] | None = field(default=None, compare=False, repr=False)  # what `due_lines` says, worked out

    @property
    def due_lines(self) -> tuple[int, ...]:
        if self._left is not None:
            return self._left
        due = [line.price for line in self.sale.lines]
        for step in self.steps:
            for i, off in enumerate(step.offs):
                due[i] -= off
        return tuple(due)

    @property
    def due(self) -> int:
        return sum(self.due_lines)

    def after(self, step: Step) -> Bill:
        left = tuple([due - off for due, off in zip(self.due_lines, step.offs, strict=True)])
        return Bill(self.sale, (*self.steps, step), self.silent, left)

    def without(self, silent: tuple[int, ...]) -> Bill:
        """The same bill, of which `silent` earns nothing."""
        return Bill(self.sale, self.steps, silent, self._left) if silent else self

    @property
    def traded(self) -> frozenset[int]:
        """The lines, from 0, that were traded up: no discount is taken off them."""
        traded = [step for step in self.steps if step.name.startswith(TRADED)]
        return frozenset(i for step in traded for i, off in enumerate(step.offs) if off) if traded else frozenset()

    def step(self, name: str) -> Step | None:
        return next((step for step in self.steps if step.name == name), None)
