"""A deed as it is asked in a sheet: what it takes, what it explains, what it says when it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiguan.console.acting import Acting
from huiguan.console.members.knowing import Member
from huiguan.design.values import Said, Words
from huiguan.kernel.text import Text

Form = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Blank:
    """A field of a sheet. `mode`: how a phone's keyboard shows; `choices`: one of these is chosen; `tick`: a box that is
    ticked or not; `field`: what the operation calls it, where that is another word; `needed` false: may stay empty."""

    name: str
    label: Text
    mode: str = "text"
    choices: tuple[tuple[str, Text], ...] = ()
    tick: bool = False
    field: str = ""
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Deed:
    """`title`, `explains` what it does, `blanks` to fill in, `button`; `do` does it and tells what was done."""

    power: str
    title: Text
    explains: Callable[[Member], Words]
    blanks: Callable[[Member], Sequence[Blank]]
    button: Text
    do: Callable[[Acting, Member, Form, str | None], Text | Said]
    book: str = ""  # the ledger that stands open afterwards


def always(*blanks: Blank) -> Callable[[Member], Sequence[Blank]]:
    """The same blanks whatever the rulebook."""
    return lambda member: blanks


def nothing(member: Member) -> Sequence[Blank]:
    """A deed that only asks whether."""
    return ()


def place_of(now: Acting) -> dict[str, Any]:
    """The shop she stands in, as operations take it; nothing where she stands in none."""
    return {"shop": now.shop.code} if now.shop else {}
