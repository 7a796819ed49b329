"""The mall: orders for points and money, the wait-list, auctions whose leading bid is held."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.auditor.model.answers import Expected, Refused, answer, refused
from tests.auditor.model.figures import Clause, fen, merged, of_kind, rate
from tests.auditor.model.lots import Taken
from tests.auditor.model.shop.days import days_later, same
from tests.auditor.model.shop.people import Buyer

if TYPE_CHECKING:
    from tests.auditor.model.shop.books import ShopBooks

Given = dict[str, Any]
OPEN = ("placed", "prepared")


@dataclass(frozen=True)
class MallTerms:
    clause: str
    worth: int
    least: Fraction
    most: Fraction
    return_days: int
    pay_within: timedelta
    wait: timedelta
    auction_clause: str
    step: int
    limits: Mapping[str, tuple[str, int, str]]  # by zone: clause, quantity, per


def mall_terms(clauses: list[Clause]) -> MallTerms:
    shelf = merged(of_kind(clauses, "catalogue"))
    ways = {clause["by"]: clause for clause in of_kind(clauses, "allocation")}
    return MallTerms(
        clause=shelf["id"],
        worth=fen(shelf["worth"]),
        least=rate(shelf["least"]),
        most=rate(shelf["most"]),
        return_days=int(shelf["return_days"]),
        pay_within=timedelta(hours=int(shelf["pay_within"])),
        wait=timedelta(hours=int(ways["wait_list"]["hours"])),
        auction_clause=ways["auction"]["id"],
        step=int(ways["auction"]["step"]),
        limits={
            clause["where"]["category"]: (clause["id"], int(clause["quantity"]), clause["per"])
            for clause in of_kind(clauses, "limit")
        },
    )


@dataclass(frozen=True)
class Thing:
    """On the shelf for `points` and `cash`; `mixed`: for `worth`, of which points pay a part. `most` a member, altogether."""

    zone: str
    points: int = 0
    cash: int = 0
    worth: int = 0
    mixed: bool = False
    most: int | None = None


@dataclass
class Order:
    label: str
    member: str
    item: str
    quantity: int
    points: int
    owed: int
    at: datetime
    pay_until: datetime | None
    taken: Taken
    state: str = "placed"
    paid: int = 0
    received: datetime | None = None
    bought: bool = True  # not won

    @property
    def due(self) -> int:
        return 0 if self.state in ("cancelled", "returned") else self.owed - self.paid

    def read(self, now: datetime, terms: MallTerms) -> str:
        closes = self.received and days_later(self.received, terms.return_days)
        return "closed" if self.state == "received" and closes and now >= closes else self.state


@dataclass
class Wait:
    member: str
    item: str
    since: datetime
    state: str = "waiting"
    until: datetime | None = None


@dataclass
class Auction:
    label: str
    item: str
    reserve: int
    opens: datetime
    closes: datetime
    bids: list[tuple[str, int]] = field(default_factory=list)
    state: str = "open"

    @property
    def leader(self) -> str | None:
        return self.bids[-1][0] if self.bids else None


class Mall:
    """Shelves, orders, lists and auctions of one shop."""

    def __init__(self, things: Mapping[str, Thing]) -> None:
        self.things = things
        self.stock = dict.fromkeys(things, 0)
        self.orders: dict[str, Order] = {}
        self.waits: list[Wait] = []
        self.auctions: dict[str, Auction] = {}

    def wait_of(self, member: str, item: str) -> Wait | None:
        open_ones = (
            w for w in self.waits if (w.member, w.item) == (member, item) and w.state in ("waiting", "offered")
        )
        return next(open_ones, None)

    def come(self, item: str, pieces: int, at: datetime, terms: MallTerms) -> None:
        """Pieces come: each is kept for the next who waits."""
        self.stock[item] += pieces
        waiting = sorted((w for w in self.waits if w.item == item and w.state == "waiting"), key=lambda w: w.since)
        for wait in waiting[: max(0, self.stock[item])]:
            wait.state, wait.until = "offered", at + terms.wait
            self.stock[item] -= 1


# ── what falls due ──


def fall_due(books: ShopBooks, now: datetime) -> None:
    """Offers that nobody took up, orders nobody paid for, auctions that are over: each at its own moment."""
    while True:
        due = min(_due(books, now), key=lambda each: each[:2], default=None)
        if due is None:
            return
        at, _, what = due
        if isinstance(what, Wait):
            what.state = "passed"
            books.mall.come(what.item, 1, at, books.terms.mall)
        elif isinstance(what, Auction):
            _close(books, what, now)
        else:
            _undo(books, what, "cancelled", at, now)


def _due(books: ShopBooks, now: datetime) -> Iterator[tuple[datetime, int, Any]]:
    for wait in books.mall.waits:
        if wait.state == "offered" and wait.until and wait.until <= now:
            yield wait.until, 0, wait
    for auction in books.mall.auctions.values():
        if auction.state == "open" and auction.closes <= now:
            yield auction.closes, 1, auction
    for order in books.mall.orders.values():
        if order.state in OPEN and order.due and order.pay_until and order.pay_until <= now:
            yield order.pay_until, 2, order


def _close(books: ShopBooks, auction: Auction, now: datetime) -> None:
    """To the highest bidder whose points live at the close, each by her highest bid."""
    at, tried = auction.closes, set()
    if auction.leader:
        books.members[auction.leader].held -= auction.bids[-1][1]
    for n, (label, units) in sorted(enumerate(auction.bids), key=lambda each: (-each[1][1], each[0])):
        if label in tried:
            continue
        tried.add(label)
        member, last = books.members[label], n == len(auction.bids) - 1
        living = [lot for lot in member.spendable("points", now) if at < lot.dies]
        has = sum(lot.left for lot in living) - (0 if last else member.held)
        if has < units:
            continue
        taken = member.purses["points"].take(units, living, at, now)
        order = f"{auction.label}.won"
        books.mall.orders[order] = Order(order, label, auction.item, 1, units, 0, at, None, taken, bought=False)
        auction.state = "sold"
        return
    auction.state = "unsold"
    books.mall.come(auction.item, 1, at, books.terms.mall)


def _undo(books: ShopBooks, order: Order, state: str, at: datetime, now: datetime) -> None:
    purse = books.members[order.member].purses["points"]
    purse.give_back(order.points, order.taken, 0, at, now)
    order.state = state
    books.mall.come(order.item, order.quantity, at, books.terms.mall)


# ── orders ──


def ordered(books: ShopBooks, now: datetime, given: Given, label: str) -> Expected:
    mall, terms, thing = books.mall, books.terms.mall, books.mall.things[given["item"]]
    member, quantity = books.members[given["member"]], given["quantity"]
    points, cash, found = _price(thing, quantity, given.get("points"), terms)
    hers = [o for o in mall.orders.values() if o.member == member.label and o.state not in ("cancelled", "returned")]
    if thing.most is not None and quantity + sum(o.quantity for o in hers if o.item == given["item"]) > thing.most:
        found.append(Refused("LimitReached", "limit", terms.clause))
    found += _limited(books, hers, thing.zone, quantity, now)
    if points > member.free("points", now) and not thing.mixed:
        found.append(Refused("BalanceTooLow", "balance", terms.clause))
    if points > member.free("points", now) and thing.mixed and not found:
        found.append(Refused("BalanceTooLow", "balance", terms.clause))
    wait = mall.wait_of(member.label, given["item"])
    kept = wait is not None and wait.state == "offered" and quantity == 1
    if not kept and mall.stock[given["item"]] < quantity:
        found.append(Refused("SoldOut", "state"))
    if found:
        return refused(*found)
    if kept and wait is not None:
        wait.state = "taken"
    else:
        mall.stock[given["item"]] -= quantity
    taken = member.spend_of("points", points, now)
    until = now + terms.pay_within if cash else None
    mall.orders[label] = Order(label, member.label, given["item"], quantity, points, cash, now, until, taken)
    return answer(points=points, cash=cash, owed=cash, state="placed", until=until, balance=member.free("points", now))


def _price(thing: Thing, quantity: int, asked: int | None, terms: MallTerms) -> tuple[int, int, list[Refused]]:
    """Points and money; of a mixed price the fewest points where she names no number."""
    if not thing.mixed:
        return thing.points * quantity, thing.cash * quantity, []
    whole = thing.worth * quantity
    fewest = -(-_up(whole * terms.least) // terms.worth)
    most = int(whole * terms.most) // terms.worth
    points = fewest if asked is None else asked
    wrong = [] if fewest <= points <= most else [Refused("WayNotOffered", "window", terms.clause)]
    return points, max(0, whole - points * terms.worth), wrong


def _up(amount: Fraction) -> int:
    return -(-amount.numerator // amount.denominator)


def _limited(books: ShopBooks, hers: list[Order], zone: str, quantity: int, now: datetime) -> list[Refused]:
    """Pieces of a zone in the period, those won left out."""
    if zone not in books.terms.mall.limits:
        return []
    clause, most, per = books.terms.mall.limits[zone]
    had = sum(
        order.quantity
        for order in hers
        if order.bought and books.mall.things[order.item].zone == zone and same(per, order.at.date(), now.date())
    )
    return [Refused("LimitReached", "limit", clause)] if had + quantity > most else []


def moved(books: ShopBooks, now: datetime, given: Given, deed: str) -> Expected:
    """An order paid, prepared, sent, received, cancelled or returned."""
    terms, order = books.terms.mall, books.mall.orders.get(given["order"])
    if order is None:
        return refused(Refused("OrderUnknown", "existence"))
    state, wrong = order.read(now, terms), set[tuple[str, str | None]]()
    may = {
        "pay": OPEN, "prepare": ("placed",), "send": OPEN, "receive": ("sent",), "cancel": OPEN,
        "return_order": ("sent", "received", "closed"),
    }[deed]  # fmt: skip
    if state not in may:
        wrong.add(("OrderNotInState", None))
    elif (deed == "pay" and given["amount"] != order.due) or (deed == "pay" and not order.due):
        wrong.add(("PaymentDiffers", None))
    elif deed == "send" and order.due:
        wrong.add(("CashOwed", None))
    elif deed == "return_order" and state == "closed":
        wrong.add(("ReturnTooLate", terms.clause))
    if wrong:
        return Expected(refusals=frozenset(wrong))
    _move(books, order, deed, now)
    return answer(state=order.read(now, terms), owed=order.due)


def _move(books: ShopBooks, order: Order, deed: str, now: datetime) -> None:
    if deed == "pay":
        order.paid = order.owed
    elif deed in ("cancel", "return_order"):
        _undo(books, order, "cancelled" if deed == "cancel" else "returned", now, now)
    else:
        order.state = {"prepare": "prepared", "send": "sent", "receive": "received"}[deed]
        order.received = now if deed == "receive" else None


# ── stock, the wait-list ──


def stocked(books: ShopBooks, now: datetime, given: Given) -> Expected:
    if books.mall.stock[given["item"]] + given["pieces"] < 0:
        return refused(Refused("StockTooLow", "state"))
    books.mall.come(given["item"], given["pieces"], now, books.terms.mall)
    return answer()


def waited(books: ShopBooks, now: datetime, given: Given) -> Expected:
    found = []
    if books.mall.stock[given["item"]]:
        found.append(Refused("StillThere", "state"))
    if books.mall.wait_of(given["member"], given["item"]):
        found.append(Refused("AlreadyWaiting", "state"))
    if found:
        return refused(*found)
    books.mall.waits.append(Wait(given["member"], given["item"], now))
    return answer(state="waiting")


def left_list(books: ShopBooks, now: datetime, given: Given) -> Expected:
    wait = books.mall.wait_of(given["member"], given["item"])
    if wait is None:
        return refused(Refused("NotWaiting", "existence"))
    kept, wait.state = wait.state == "offered", "left"
    if kept:
        books.mall.come(given["item"], 1, now, books.terms.mall)
    return answer(state="left")


# ── auctions ──


def put_up(books: ShopBooks, now: datetime, given: Given, label: str) -> Expected:
    if books.mall.stock[given["item"]] < 1:
        return refused(Refused("StockTooLow", "state"))
    books.mall.stock[given["item"]] -= 1
    books.mall.auctions[label] = Auction(label, given["item"], given["reserve"], given["opens"], given["closes"])
    return answer()


def bid(books: ShopBooks, now: datetime, given: Given) -> Expected:
    """What is bid must live at the close; who leads already need not be told more than that."""
    auction, terms = books.mall.auctions[given["auction"]], books.terms.mall
    member: Buyer = books.members[given["member"]]
    if now < auction.opens:
        return refused(Refused("NotOpen", "window"))
    if now >= auction.closes or auction.state != "open":
        return refused(Refused("Ended", "window"))
    if auction.leader == member.label:
        return refused(Refused("LeadsAlready", "state"))
    least = auction.bids[-1][1] + terms.step if auction.bids else auction.reserve
    found = [Refused("BidTooLow", "limit", terms.auction_clause)] if given["points"] < least else []
    dying = sum(lot.left for lot in member.spendable("points", now) if lot.dies <= auction.closes)
    if given["points"] > member.free("points", now) - dying:
        found.append(Refused("BalanceTooLow", "balance"))
    if found:
        return refused(*found)
    if auction.leader:
        books.members[auction.leader].held -= auction.bids[-1][1]
    member.held += given["points"]
    auction.bids.append((member.label, given["points"]))
    return answer(leading=given["points"], bids=len(auction.bids))
