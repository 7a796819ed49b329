"""Packages: sold as a line of a sale, used up one by one, handed in for a larger one, passed on, taken back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.auditor.model.answers import Expected, Refused, answer, refused
from tests.auditor.model.figures import Clause, fen
from tests.auditor.model.shop.days import months_later

if TYPE_CHECKING:
    from tests.auditor.model.shop.books import ShopBooks

Given = dict[str, Any]


@dataclass(frozen=True)
class Allowance:
    """`times` None: any number; `branch` None: no branch of a choice."""

    items: tuple[str, ...]
    times: int | None
    branch: int | None


@dataclass(frozen=True)
class Kind:
    """What is sold under a number."""

    clause: str
    name: str
    price: int
    months: int
    allowances: tuple[Allowance, ...]
    back_clause: str
    swap_clause: str | None
    swap_to: frozenset[str]


def kinds(clauses: Iterable[Clause]) -> Mapping[str, Kind]:
    """By SKU."""
    clauses = list(clauses)
    back = next(each for each in clauses if "refund" in each)["id"]
    swap: Clause = next(each for each in clauses if "swap" in each)
    found = {}
    for each in clauses:
        if "sku" in each:
            name = each["packages"][0]
            swaps = name in swap["packages"]
            found[each["sku"]] = Kind(
                each["id"], name, fen(each["price"]), int(each["months"]), tuple(_allowances(each)), back,
                swap["id"] if swaps else None, frozenset(swap["swap_to"]) if swaps else frozenset(),
            )  # fmt: skip
    return found


def _allowances(clause: Clause) -> Iterable[Allowance]:
    for item in clause.get("freely", ()):
        yield Allowance((item,), None, None)
    for given in clause.get("gives", ()):
        yield Allowance((given["item"],), int(given["times"]), None)
    for branch, given in enumerate(clause.get("choice", ())):
        yield Allowance(tuple(given["of"]), int(given["times"]), branch)


@dataclass
class Package:
    """`number`: the order in which they were sold; `origin`: the one handed in for it; `uses`: which allowance, what, how
    often, under which label, and whether it counts still."""

    label: str
    owner: str
    kind: Kind
    since: datetime
    until: datetime
    number: int
    sale: str
    line: int
    origin: Package | None = None
    uses: dict[str, tuple[int, str, int]] = field(default_factory=dict)
    ended: str | None = None

    def count(self, place: int) -> int:
        return sum(n for at, _, n in self.uses.values() if at == place)

    @property
    def used(self) -> int:
        return sum(n for _, _, n in self.uses.values())

    def shut(self, place: int) -> bool:
        """Whether another branch was chosen."""
        mine = self.kind.allowances[place].branch
        return mine is not None and any(
            each.branch not in (None, mine) and self.count(other) for other, each in enumerate(self.kind.allowances)
        )

    def left(self, place: int) -> int | None:
        times = self.kind.allowances[place].times
        return None if times is None else times - self.count(place)

    def room(self, item: str, quantity: int) -> int | None:
        """Where a use goes: what has no number first, what is no choice, then a branch chosen already."""
        fits = []
        for place, each in enumerate(self.kind.allowances):
            left = self.left(place)
            if item in each.items and not self.shut(place) and (left is None or left >= quantity):
                rank = (each.times is not None, each.branch is not None, not self.count(place), place)
                fits.append((rank, place))
        return min(fits)[1] if fits else None

    def state(self, now: datetime) -> str:
        if self.ended:
            return self.ended
        if now >= self.until:
            return "expired"
        places = range(len(self.kind.allowances))
        left = [self.left(place) for place in places if not self.shut(place)]
        return "open" if any(each is None or each > 0 for each in left) else "spent"

    def told(self) -> list[tuple[int, int | None, bool]]:
        """Of each allowance: used, left, whether it is open."""
        places = range(len(self.kind.allowances))
        return [(self.count(place), self.left(place), not self.shut(place)) for place in places]

    def over(self, now: datetime) -> list[Refused]:
        if self.ended:
            return [Refused("PackageEnded", "state", self.kind.clause)]
        return [Refused("OutsideWindow", "window", self.kind.clause)] if now >= self.until else []


def hers(books: ShopBooks, member: str, label: str) -> Package | None:
    """A package she holds or held; where it was hers twice the one that goes on, or else the later one."""
    held = [each for each in books.packages if each.owner == member and each.label == label]
    return next((each for each in held if not each.ended), held[-1] if held else None)


# ── sold ──


def against_line(books: ShopBooks, member: str, line: Given, handed: set[str], now: datetime) -> list[Refused]:
    """What stands against handing one package in for another."""
    kind, old = books.terms.packages[line["sku"]], hers(books, member, line["swaps"])
    if old is None:
        return [Refused("PackageUnknown", "existence")]
    if old.label in handed:
        return [Refused("PackageEnded", "state", old.kind.clause)]
    over = old.over(now)
    if over:
        return over
    if kind.name not in old.kind.swap_to or kind.price <= old.kind.price:
        return [Refused("SwapNotOffered", "window", old.kind.swap_clause or old.kind.clause)]
    return []


def opened(books: ShopBooks, member: str, sale: str, lines: list[Given], now: datetime) -> None:
    """Each piece is a package of its own; one handed in ends, and what was used of it is crossed off as far as it can be."""
    for n, line in enumerate(lines):
        kind = books.terms.packages.get(line["sku"])
        for copy in range(line["quantity"] if kind else 0):
            assert kind is not None
            until = months_later(now, kind.months)
            made = Package(f"{sale}.{n}.{copy}", member, kind, now, until, len(books.packages), sale, n)
            old = hers(books, member, line["swaps"]) if "swaps" in line else None
            if old is not None:
                made.origin, old.ended = old, "swapped"
                _carry(old, made)
            books.packages.append(made)


def _carry(old: Package, made: Package) -> None:
    for n, (_, item, quantity) in enumerate(list(old.uses.values())):
        for piece in range(quantity):
            place = made.room(item, 1)
            if place is not None:
                made.uses[f"carried {n} {piece}"] = (place, item, 1)


def coming_back(books: ShopBooks, sale: str, kept: list[int], left: list[int]) -> tuple[list[Package], list[Refused]]:
    """The packages that come back with a sale's lines, unused ones first; and what stands against one."""
    chosen: list[Package] = []
    for line, (had, has) in enumerate(zip(kept, left, strict=True)):
        own = [p for p in books.packages if (p.sale, p.line) == (sale, line) and p.ended != "refunded"]
        own.sort(key=lambda each: (each.ended is not None, each.used, each.number))
        chosen += own[: had - has]
    found = []
    for each in chosen:
        if each.ended:
            found.append(Refused("PackageEnded", "state", each.kind.back_clause))
        elif each.used:
            found.append(Refused("PackageInUse", "limit", each.kind.back_clause))
    return chosen, found


def taken_back(chosen: list[Package]) -> None:
    for each in chosen:
        each.ended = "refunded"
        if each.origin is not None:
            each.origin.ended = None


# ── used ──


def used(books: ShopBooks, now: datetime, given: Given, label: str) -> Expected:
    """Of those with room the one that ends first; where none has, what stands against any of them may be told."""
    member, item, quantity = given["member"], given["item"], given["quantity"]
    held = [each for each in books.packages if each.owner == member]
    if "package" in given:
        held = [each for each in held if each.label == given["package"]]
        held = [each for each in held if not each.ended] or held
        if not held:
            return refused(Refused("PackageUnknown", "existence"))
    if not held:
        return refused(Refused("NoPackageHeld", "existence"))
    if "package" not in given:
        held = [each for each in held if not each.ended] or held
        held = [each for each in held if any(item in a.items for a in each.kind.allowances)] or held
    for each in sorted(held, key=lambda each: (each.until, each.number)):
        place = None if each.over(now) else each.room(item, quantity)
        if place is not None:
            each.uses[label] = (place, item, quantity)
            books.used[label] = each
            return answer(package=each.label, left=each.left(place))
    found = {(wrong.code, wrong.clause) for each in held for wrong in _no_room(each, item, now)}
    return Expected(refusals=frozenset(found))


def _no_room(package: Package, item: str, now: datetime) -> Iterable[Refused]:
    over, clause = package.over(now), package.kind.clause
    places = [place for place, each in enumerate(package.kind.allowances) if item in each.items]
    if over:
        return over
    if not places:
        return [Refused("NotInPackage", "limit", clause)]
    shut = all(package.shut(place) for place in places)
    return [Refused("ChoiceMade" if shut else "PackageUsedUp", "limit", clause)]


def undone(books: ShopBooks, now: datetime, given: Given) -> Expected:
    """A use noted by mistake; not of a package that has ended."""
    package = hers(books, given["member"], given["package"])
    if package is None:
        return refused(Refused("PackageUnknown", "existence"))
    if given["use"] not in package.uses:
        return refused(Refused("UseUnknown", "existence"))
    if package.ended:
        return refused(Refused("PackageEnded", "state"))
    del package.uses[given["use"]]
    return answer(state=package.state(now), told=package.told())


def transferred(books: ShopBooks, now: datetime, given: Given) -> Expected:
    """It goes on with another member, with what was used of it."""
    package = hers(books, given["member"], given["package"])
    if package is None:
        return refused(Refused("PackageUnknown", "existence"))
    over = package.over(now)
    if over:
        return refused(*over)
    package.ended = "transferred"
    made = Package(
        package.label, given["to"], package.kind, package.since, package.until, len(books.packages), "", -1,
        package.origin, {f"carried {n}": use for n, use in enumerate(package.uses.values())},
    )  # fmt: skip
    books.packages.append(made)
    return answer(state=made.state(now), told=made.told())
