"""The run: command after command to the model and to the product, until they differ; then the shortest way there."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any, Protocol, Self, TypeVar

from tests.auditor.comparing import agree, differences, past_differences, unproved
from tests.auditor.house import FOUNDED, House
from tests.auditor.machine import Command, Machine
from tests.auditor.model.answers import Expected
from tests.auditor.model.books import Books
from tests.auditor.model.figures import fen, figures
from tests.auditor.model.people import Redemption, Sale
from tests.auditor.model.pricing import Price
from tests.auditor.reading import RULEBOOK, clauses_of

PRODUCTS = {
    "COAT": "1000.00", "SCARF": "500.00", "PIN": "0.01", "GLOVE": "99.99", "HUNDRED": "100.00", "ALMOST": "9999.99",
    "GOWN": "10000.00", "DIME": "0.10", "BELT": "30.50", "SUIT": "4000.00", "TIE": "183.33", "NEAR": "10526.31",
}  # fmt: skip
SOURCE = RULEBOOK.read_text(encoding="utf-8")
_codes = count(1)


@dataclass
class Disagreement(Exception):
    """Where model and product part. `log`: the commands up to there; `kind`: what differs; `whose`: the members it is
    about."""

    what: str
    log: list[Command] = field(default_factory=list)
    kind: object = None
    whose: frozenset[str] = frozenset()

    def __str__(self) -> str:
        return self.what


class Machinery(Protocol):
    """What draws commands, and where its clock stands."""

    now: datetime

    def next(self) -> Command: ...


class Beside:
    """A house beside its model: `books` answer a command with what must come of it, `house` with what came."""

    books: Any
    house: Any
    log: list[Command]
    answered: Counter[tuple[str, str]]  # what was asked, and by which name it was refused, "" where it was done

    def machine(self, seed: int) -> Machinery:
        """What draws the commands."""
        raise NotImplementedError

    def anew(self) -> Self:
        """Such a house and model once more, with nothing done yet."""
        raise NotImplementedError

    def differences(self, now: datetime) -> Iterator[str]:
        """What the books say otherwise at `now`."""
        raise NotImplementedError

    def past_differences(self, now: datetime, dice: random.Random, moments: int) -> Iterator[str]:
        """What the books say otherwise of moments gone by."""
        raise NotImplementedError

    def knows(self, command: Command) -> bool:
        """Whether what a command speaks of is there."""
        raise NotImplementedError

    def whose(self, command: Command) -> frozenset[str]:
        """The members a command is about; none where it is about all, or this house cannot tell."""
        return frozenset()

    def step(self, command: Command) -> None:
        self.log.append(command)
        expected = self.books.do(command)
        got = self.house.do(command)
        if isinstance(expected, list) and isinstance(got, list):
            parts = list(zip(command["given"]["sales"], expected, got, strict=True))
        else:
            parts = [(command, expected, got)]
        for place, (slip, ours, theirs) in enumerate(parts, 1):
            if not (isinstance(ours, Expected) and isinstance(theirs, Expected) and agree(ours, theirs)):
                where = f"sale {place} of {len(parts)} in a batch: {slip}\n" if len(parts) > 1 else ""
                raise Disagreement(
                    f"{where}the model says {said(ours)}\nthe product says {said(theirs)}",
                    self.log,
                    kind_of(ours, theirs),
                    self.whose(slip),
                )
            self.answered[(command["do"], min(code for code, _ in theirs.refusals) if theirs.refusals else "")] += 1

    def look(self, dice: random.Random, *, over: bool) -> None:
        """The books against the model's, as is done every so many commands, and when they are `over`."""
        self.check(dice)

    def check(self, dice: random.Random | None = None, moments: int = 8) -> None:
        """All books against the model's: now, and at moments of the past."""
        now = self.log[-1]["now"]
        found = list(self.differences(now))
        if dice:
            found += self.past_differences(now, dice, moments)
        self.tell([*found, *unproved(self.house)])

    def tell(self, found: list[str]) -> None:
        """Raise what was found in the books, if anything."""
        if found:
            whom, what, *_ = found[0].split(" ")
            raise Disagreement("\n".join(found[:10]), self.log, what, frozenset({whom}))


Each = TypeVar("Each", bound=Beside)


class Audit(Beside):
    """One house of the designer-wear rulebook beside its model."""

    books: Books
    house: House

    def __init__(self, source: str = SOURCE) -> None:
        self.source = source
        self.books = Books(figures(clauses_of(source)), frozenset({"S1", "S2"}))
        self.house = House(f"au{next(_codes)}", source, {sku: fen(price) for sku, price in PRODUCTS.items()})
        for sku, price in PRODUCTS.items():
            self.books.prices.put(Price(sku, "list", fen(price), None, FOUNDED.replace(year=1900), None))
        self.log, self.answered = [], Counter()

    def machine(self, seed: int) -> Machine:
        return Machine(seed, self.books, tuple(PRODUCTS))

    def anew(self) -> Self:
        return type(self)(self.source)

    def differences(self, now: datetime) -> Iterator[str]:
        return differences(self.books, self.house, now)

    def past_differences(self, now: datetime, dice: random.Random, moments: int) -> Iterator[str]:
        return past_differences(self.books, self.house, now, dice, moments)

    def knows(self, command: Command) -> bool:
        return known(command, self.books)

    def whose(self, command: Command) -> frozenset[str]:
        return members_of(command, self.books)


def kind_of(ours: Any, theirs: Any) -> object:
    """What sort of disagreement it is, so that the shortest way leads to the same one."""
    if not (isinstance(ours, Expected) and isinstance(theirs, Expected)):
        return None
    if ours.values is not None and theirs.values is not None:
        return sorted(name for name in ours.values | theirs.values if ours.values.get(name) != theirs.values.get(name))
    return (ours.values is None and ours.refusals, theirs.values is None and theirs.refusals)


def said(outcome: Any) -> str:
    if not isinstance(outcome, Expected):
        return repr(outcome)
    return repr(outcome.values) if outcome.values is not None else f"refused: {sorted(outcome.refusals, key=str)}"


def run(
    audit: Each, seed: int, commands: int, *, each: int = 100, tell: Callable[[int, datetime], None] | None = None
) -> Each:
    """`commands` commands of the machine `seed`, or the few more of which the last batch has; the books are compared
    every `each` commands and at the end."""
    dice, machine = random.Random(seed), audit.machine(seed)
    done, looked = 0, 0
    while done < commands:
        command = machine.next()
        audit.step(command)
        done += len(slips_of(command))
        if done - looked >= each or done >= commands:
            looked = done
            audit.look(dice, over=done >= commands)
            if tell:
                tell(done, machine.now)
    return audit


def slips_of(command: Command) -> list[Command]:
    """What was asked: the sales of a batch, or the command itself."""
    return list(command["given"]["sales"]) if command["do"] == "batch" else [command]


def replay(audit: Beside, log: list[Command]) -> Disagreement | None:
    """The commands once more beside a fresh model; those whose makers are missing are left out."""
    dice = random.Random(0)
    try:
        for command in log:
            if audit.knows(command):
                audit.step(command)
        if audit.log:
            audit.check(dice, 20)
    except Disagreement as found:
        return found
    return None


def members_of(command: Command, books: Books) -> frozenset[str]:
    """Whom a command is about, with those who were ever one with them."""
    given, label = command.get("given", {}), command.get("as", "")
    named = [label] if label in books.members else []
    for each in (given.get("member"), given.get("keep"), given.get("absorb"), given.get("presented")):
        named += [each] if isinstance(each, str) else each[:1] if isinstance(each, list) else []
    made: list[Sale | Redemption | None] = [
        books.sales.get(given.get("sale", "")),
        books.redemptions.get(given.get("redemption", "")),
    ]
    hers = {each for each in named if each in books.members} | {each.member for each in made if each and each.member}
    for merge in (*books.merges.values(), *books.undone):
        hers |= merge.both() if hers & merge.both() else set()
    return frozenset(hers)


def known(command: Command, books: Books) -> bool:
    """Whether the members, gifts and coupons a command speaks of are there."""
    given = command.get("given", {})
    if command["do"] == "batch":
        return all(known(each, books) for each in given["sales"])
    named = [given[name] for name in ("member", "keep", "absorb") if given.get(name)]
    people = [each if isinstance(each, str) else each[0] for each in named]
    cards = [given["presented"]] if isinstance(given.get("presented"), list) else []
    cards += [given["member"][::2]] if isinstance(given.get("member"), list) and given["member"][0] != "nobody" else []
    if any(label not in books.members or place >= len(books.members[label].cards) for label, place in cards):
        return False
    people += [each[0] for each in given.get("vouchers", [])]
    gifts = [given["redemption"]] if "redemption" in given else []
    gifts += [given["settle"]["redemption"]] if given.get("settle", {}).get("way") == "gift" else []
    return all(each in books.members or each == "nobody" for each in people) and all(
        each in books.redemptions for each in gifts
    )


def lines(log: list[Command]) -> Iterator[str]:
    for command in log:
        rest = {name: value for name, value in command.items() if name not in ("do", "now")}
        yield f"{command['now']} {command['do']} {rest}"
