"""What the pages of coupons are given. Money is fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.design.values import ClauseRef, Mark, Refused, Words


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A coupon of the rulebook: its terms, how many were given and are used, how many of its quota are left."""

    name: str
    title: Words
    terms: Sequence[Words]
    clauses: Sequence[ClauseRef]
    given: int
    used: int
    left: int | None = None
    of: int | None = None


@dataclass(frozen=True, slots=True)
class BatchRow:
    """A batch of codes; `percent` of it made so far."""

    id: int
    title: Words
    note: str
    at: datetime
    by: str
    size: int
    made: int
    claimed: int
    percent: int
    mark: Mark
    until: Words = ""
    may_stop: bool = False


@dataclass(frozen=True, slots=True)
class CouponsPage:
    """`own` coupons codes can be made of, `outside` those that are another house's codes; `making`: a batch is at work;
    `typed`: the form as it was sent, `form` which one."""

    products: Sequence[ProductRow]
    batches: Sequence[BatchRow]
    own: Sequence[tuple[str, Words, bool]]
    outside: Sequence[tuple[str, Words, bool]]
    key: str
    making: bool = False
    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None
