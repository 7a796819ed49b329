"""The shop beside its model."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import count, product
from pathlib import Path
from typing import Self

from tests.auditor.model.shop.books import ShopBooks
from tests.auditor.model.shop.mall import Thing
from tests.auditor.model.shop.terms import terms
from tests.auditor.reading import clauses_of
from tests.auditor.running import Beside
from tests.auditor.shop.comparing import differences, past_differences
from tests.auditor.shop.drawing import Command
from tests.auditor.shop.house import ShopHouse
from tests.auditor.shop.machine import ShopMachine

GOODS = {
    "BREAD": ("food", 12_50), "TEA": ("food", 188_00), "CAKE": ("food", 99_99), "MATCH": ("food", 1),
    "WINE": ("wine", 268_00), "BEER": ("wine", 9_90), "POT": ("home", 1000_00), "CUP": ("home", 33_33),
}  # fmt: skip
THINGS = {
    "MUG": Thing("plain", points=120), "PEN": Thing("everyday", points=15), "PAD": Thing("everyday", points=40),
    "SET": Thing("plain", points=200, cash=9_90), "LAMP": Thing("plain", worth=6_66, mixed=True),
    "FAN": Thing("plain", points=300, most=2),
}  # fmt: skip
SOURCE = (Path(__file__).parent / "rulebook.yaml").read_text(encoding="utf-8")
_WAYS = tuple(product(("principal_first", "bonus_first", "ratio"), (("all", "0"), ("share", "3"))))
_codes = count(1)
_LABEL = re.compile(r"([a-z]\d+)(\.\d+\.\d+|\.won)?")


def source_of(seed: int) -> str:
    """Each seed another of the ways to spend and to give back."""
    spend, (back, fee) = _WAYS[seed % len(_WAYS)]
    return SOURCE.replace("SPEND", spend).replace("BACK", back).replace("FEE", fee)


class ShopAudit(Beside):
    """One shop beside its model, as `seed` has it."""

    books: ShopBooks
    house: ShopHouse

    def __init__(self, seed: int) -> None:
        self.seed = seed
        source = source_of(seed)
        self.books = ShopBooks(terms(clauses_of(source)), GOODS, THINGS)
        self.house = ShopHouse(f"sh{next(_codes)}", source, GOODS, THINGS)
        self.log, self.answered = [], Counter()

    def machine(self, seed: int) -> ShopMachine:
        return ShopMachine(seed, self.books)

    def anew(self) -> Self:
        return type(self)(self.seed)

    def differences(self, now: datetime) -> Iterator[str]:
        return differences(self.books, self.house, now)

    def past_differences(self, now: datetime, dice: random.Random, moments: int) -> Iterator[str]:
        return past_differences(self.books, self.house, now, dice, moments)

    def knows(self, command: Command) -> bool:
        """Whether what a command names is there: in a shortened log its maker may be missing, or refused."""
        return _named(command.get("given", {})) <= self.books.labels()


def _named(given: object) -> set[str]:
    if isinstance(given, dict):
        return {name for key, value in given.items() if key not in ("as", "key") for name in _named(value)}
    if isinstance(given, list | tuple):
        return {name for value in given for name in _named(value)}
    found = _LABEL.fullmatch(given) if isinstance(given, str) else None
    return {str(given)} if found else set()
