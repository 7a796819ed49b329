"""What the page of allowances is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from huiguan.design.values import Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class SettledLine:
    """A sale settled under an allowance."""

    href: str
    number: str
    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class AllowanceRow:
    """`points` set aside, `used` of them settled; `settle_by`: until when the till may come back."""

    id: str
    member: str
    member_href: str
    till: str
    points: int
    used: int
    granted_at: datetime
    until: datetime
    settle_by: datetime
    mark: Mark
    closable: bool
    token: str
    sales: Sequence[SettledLine]


@dataclass(frozen=True, slots=True)
class AllowancesPage:
    """`typed`: the form as it was sent; `key`: of its next press."""

    shop: Words
    rows: Sequence[AllowanceRow]
    typed: Mapping[str, str]
    key: str
    hours: int
    refused: Refused | None = None
