"""What the pages of programs are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.console.staff.pages import Tick
from huiguan.design.values import Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class ProgramRow:
    name: str
    href: str
    tail: str
    powers: Sequence[Words]
    shops: Words
    rate: int
    last_used_at: datetime | None
    marks: Sequence[Mark] = ()


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """What a program was refused, in words where its code is known."""

    code: str
    says: Words
    address: str
    times: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class ProgramPage:
    """A program, or one being made (`number` 0). `key`: its key, shown this once; `ended`: revoked."""

    number: int
    name: str
    powers: Sequence[Tick]
    shops: Sequence[Tick]
    every_shop: bool
    rate: str
    tail: str = ""
    facts: Sequence[tuple[Words, Words]] = ()
    marks: Sequence[Mark] = ()
    refusals: Sequence[RefusalRow] = ()
    key: str = ""
    ended: bool = False
    refused: Refused | None = None
    once: str = ""
