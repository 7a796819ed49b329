"""Coupons: who may claim one, what keeps one from being used, what it takes off and what of that stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from tests.auditor.model.answers import Expected, Refused, answer, refused
from tests.auditor.model.pricing import half_up, shares
from tests.auditor.model.shop.days import days_later, same
from tests.auditor.model.shop.people import Item
from tests.auditor.model.shop.products import Product

if TYPE_CHECKING:
    from tests.auditor.model.shop.books import ShopBooks

Given = dict[str, Any]


@dataclass
class Mark:
    """`what`: reserved, locked, given, taken, revoked, free; until `until`, for the order or gift `by`."""

    what: str = "free"
    until: datetime | None = None
    by: str = ""


@dataclass
class Coupon:
    """`claimed`: taken as an offer, which counts for good. `used`: when, unless it came back since."""

    label: str
    owner: str
    product: Product
    since: datetime
    granted: datetime
    until: datetime | None
    claimed: bool = False
    used: datetime | None = None
    mark: Mark = field(default_factory=Mark)

    def barred(self, now: datetime, order: str = "") -> str | None:
        """What keeps it from being used: the mark that still holds, other than by its own order."""
        mark = self.mark
        if mark.what == "free":
            return None
        if mark.what == "reserved":
            return "reserved" if mark.until and now < mark.until else "lapsed"
        if mark.until and now >= mark.until:
            return None
        return None if mark.what == "locked" and order and mark.by == order else mark.what

    def over(self, now: datetime) -> bool:
        return self.until is not None and now >= self.until

    def state(self, now: datetime) -> str:
        if self.used:
            return "used"
        barred = self.barred(now)
        if barred and (not self.over(now) or self.mark.what in ("taken", "revoked")):
            return barred
        if now < self.since:
            return "waiting"
        return "expired" if self.over(now) else "ready"

    def against(self, now: datetime, order: str = "") -> Iterator[Refused]:
        """What stands against the coupon itself, whatever is bought."""
        if now < self.since or self.over(now):
            yield Refused("OutsideWindow", "window", self.product.clause)
        if self.used:
            yield Refused("RightUsed", "limit", self.product.clause)
        if self.barred(now, order):
            yield Refused("RightNotFree", "limit", self.product.clause)


# ── off a sale ──


@dataclass(frozen=True)
class Taken:
    """A coupon on a sale: what it took off each line."""

    coupon: Coupon
    offs: tuple[int, ...]


def fits(product: Product, items: Sequence[Item]) -> list[bool]:
    return [
        (product.category is None or item.category == product.category) and (product.sku in (None, item.sku))
        for item in items
    ]


def base(product: Product, items: Sequence[Item], due: Sequence[int], before: Sequence[Sequence[int]]) -> int:
    """What is due for its goods before any coupon."""
    lines = [each + sum(offs[i] for offs in before) for i, each in enumerate(due)]
    return sum(line for line, fit in zip(lines, fits(product, items), strict=True) if fit)


def off(product: Product, items: Sequence[Item], pieces: Sequence[int], due: Sequence[int]) -> tuple[int, ...]:
    """What it takes off each line of goods for `due`, at most what is due on its own."""
    own = [line if fit else 0 for line, fit in zip(due, fits(product, items), strict=True)]
    if product.what == "off":
        return tuple(shares(min(product.amount, sum(own)), own))
    if product.what == "rate":
        whole = sum(own) - half_up(sum(own) * product.rate)
        return tuple(shares(min(whole, product.amount), own))
    each = {i: line // n for i, (line, n) in enumerate(zip(own, pieces, strict=True)) if n and line // n}
    if not each:
        return tuple(0 for _ in own)
    wanted = min(each.values()) if product.what == "free" else max(each.values())
    place = min(i for i, price in each.items() if price == wanted)
    fixed = 0 if product.what == "free" else product.amount
    return tuple(wanted - min(wanted, fixed) if i == place else 0 for i in range(len(own)))


def stays(taken: Taken, items: Sequence[Item], kept: Sequence[int], due: Sequence[int],
          before: Sequence[Sequence[int]]) -> tuple[tuple[int, ...], bool]:  # fmt: skip
    """What of a coupon stays where `kept` pieces are, and whether it is still used."""
    product = taken.coupon.product
    goods = [fit and n > 0 for fit, n in zip(fits(product, items), kept, strict=True)]
    if not product.unmet:
        parts = zip(taken.offs, items, kept, due, strict=True)
        offs = tuple(min(-(-part * n // item.pieces), line) for part, item, n, line in parts)
        used_on = [n > 0 and part > 0 for part, n in zip(taken.offs, kept, strict=True)]
        return offs, any(used_on) if any(taken.offs) else any(goods)
    if not any(goods) or base(product, items, due, before) < product.minimum:
        return tuple(0 for _ in items), False
    offs = off(product, items, kept, due)
    return offs, True


def against_sale(
    books: ShopBooks,
    coupon: Coupon,
    given: Given,
    items: Sequence[Item],
    now: datetime,
    so_far: Sequence[Taken],
    due: Sequence[int],
) -> list[Refused]:
    """All that stands against a coupon on a sale on which those `so_far` are."""
    product, clause = coupon.product, coupon.product.clause
    found = list(coupon.against(now, given.get("hold", "")))
    if not any(fits(product, items)):
        found.append(Refused("CouponNotFor", "window", clause))
    if any(_apart(product, each.coupon.product) for each in so_far) or (
        "points" in product.apart and given.get("points")
    ):
        found.append(Refused("NotTogether", "window", clause))
    if product.uses:
        times, per = product.uses
        used = [c.used for c in books.coupons.values() if c.used and c.owner == coupon.owner and c.product is product]
        used += [now for each in so_far if each.coupon.product is product]
        if sum(same(per, at.date(), now.date()) for at in used) >= times:
            found.append(Refused("LimitReached", "limit", clause))
    if base(product, items, due, [each.offs for each in so_far]) < product.minimum:
        found.append(Refused("MinimumNotMet", "limit", clause))
    return found


def _apart(one: Product, other: Product) -> bool:
    """Whether either bars the other, or every other."""
    return bool({"coupons", other.name} & one.apart) or bool({"coupons", one.name} & other.apart)


# ── in members' hands ──


def claimed(books: ShopBooks, now: datetime, given: Given, label: str) -> Expected:
    """An offer taken: in each period so many in all, so many by one."""
    product = books.terms.products[given["coupon"]]
    if product.claim is None:
        return refused(Refused("CouponNotOffered", "window", product.clause))
    found, (quota, times, per) = [], product.claim
    day = now.date()
    if (product.first and day < product.first) or (product.last and day > product.last):
        found.append(Refused("OutsideWindow", "window", product.clause))
    taken = [
        c for c in books.coupons.values() if c.claimed and c.product is product and same(per, c.granted.date(), day)
    ]
    if sum(each.owner == given["member"] for each in taken) >= times:
        found.append(Refused("LimitReached", "limit", product.clause))
    if quota is not None and len(taken) >= quota:
        found.append(Refused("AllGone", "limit", product.clause))
    if found:
        return refused(*found)
    return _told(_new(books, label, given["member"], product, now, claimed=True), now)


def _new(books: ShopBooks, label: str, owner: str, product: Product, now: datetime, *, claimed: bool = False) -> Coupon:
    since = max(now, datetime(*product.first.timetuple()[:3])) if product.first else now
    ends = [days_later(now, product.days)] if product.days else []
    if product.last:
        ends.append(datetime(*product.last.timetuple()[:3]) + timedelta(days=1))
    made = Coupon(label, owner, product, since, now, min(ends, default=None), claimed)
    books.coupons[label] = made
    return made


def _told(coupon: Coupon, now: datetime) -> Expected:
    return answer(state=coupon.state(now), since=coupon.since, until=coupon.until)


def handed_out(books: ShopBooks, now: datetime, given: Given, label: str) -> Expected:
    """By the house, beside every quota; with `until` reserved so long."""
    product = books.terms.products[given["coupon"]]
    if product.last and now.date() > product.last:
        return refused(Refused("OutsideWindow", "window", product.clause))
    made = _new(books, label, given["member"], product, now)
    if "until" in given:
        made.mark = Mark("reserved", given["until"])
    return _told(made, now)


def hers(books: ShopBooks, given: Given, name: str = "coupon") -> Coupon | None:
    found = books.coupons.get(given[name])
    return found if found and found.owner == given["member"] else None


NOT_HELD = Refused("RightNotHeld", "existence")


def accepted_reserved(books: ShopBooks, now: datetime, given: Given) -> Expected:
    coupon = hers(books, given)
    if coupon is None:
        return refused(NOT_HELD)
    if coupon.mark.what != "reserved" or coupon.barred(now) != "reserved":
        against = list(coupon.against(now))
        return refused(*(against or [Refused("RightNotFree", "limit")]))
    coupon.mark = Mark()
    return answer(state="ready")


def locked(books: ShopBooks, now: datetime, given: Given) -> Expected:
    """All of them or none."""
    found, coupons = [], []
    for label in dict.fromkeys(given["coupons"]):
        coupon = hers(books, {**given, "coupon": label})
        found += [NOT_HELD] if coupon is None else list(coupon.against(now, given["order"]))
        coupons += [coupon] if coupon else []
    if found:
        return refused(*found)
    until = now + timedelta(minutes=given["minutes"])
    for coupon in coupons:
        coupon.mark = Mark("locked", until, given["order"])
    return answer(until=until, count=len(coupons))


def released(books: ShopBooks, now: datetime, given: Given) -> Expected:
    for coupon in books.coupons.values():
        held = coupon.owner == given["member"] and coupon.mark.what == "locked" and coupon.mark.by == given["order"]
        if held and not coupon.used:
            coupon.mark = Mark()
    return answer()


def given_away(books: ShopBooks, now: datetime, given: Given, label: str) -> Expected:
    coupon = hers(books, given)
    if coupon is None:
        return refused(NOT_HELD)
    found = list(coupon.against(now))
    if not found and coupon.product.give is None:
        found.append(Refused("CouponNotFor", "window", coupon.product.clause))
    if found:
        return refused(*found)
    assert coupon.product.give is not None
    until = days_later(now, coupon.product.give)
    until = min(until, coupon.until) if coupon.until else until
    coupon.mark = Mark("given", until, label)
    books.gifts[label] = coupon.label
    return answer(until=until)


def accepted(books: ShopBooks, now: datetime, given: Given, label: str) -> Expected:
    """A friend accepts what was offered under a gift's code: hers under the same terms."""
    coupon = books.coupons[books.gifts[given["gift"]]]
    if coupon.owner == given["member"]:
        return refused(Refused("RightNotFree", "limit"))
    if coupon.mark.by != given["gift"] or coupon.barred(now) != "given" or coupon.used:
        return refused(Refused("GiftCodeUnknown", "existence"))
    coupon.mark = Mark("taken")
    books.coupons[label] = Coupon(label, given["member"], coupon.product, coupon.since, now, coupon.until)
    return answer(state="ready", since=coupon.since, until=coupon.until)


def taken_back(books: ShopBooks, now: datetime, given: Given) -> Expected:
    coupon = hers(books, given)
    if coupon is None:
        return refused(NOT_HELD)
    if coupon.barred(now) != "given":
        return refused(*(list(coupon.against(now)) or [Refused("RightNotFree", "limit")]))
    coupon.mark = Mark()
    return answer(state="ready")


def revoked(books: ShopBooks, now: datetime, given: Given) -> Expected:
    """One that is not used, whatever else keeps it."""
    coupon = hers(books, given)
    if coupon is None:
        return refused(NOT_HELD)
    if coupon.used or coupon.mark.what in ("taken", "revoked"):
        return refused(*coupon.against(now))
    coupon.mark = Mark("revoked")
    return answer(state="revoked")
