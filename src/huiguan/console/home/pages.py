"""What the front page is given: a work list and today's figures, no wall of charts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from huiguan.console.matters.pages import LineRow
from huiguan.console.pages import Act, SaleRow
from huiguan.design.values import Figure, Words


@dataclass(frozen=True, slots=True)
class Duty:
    """Something that waits for this person. `count`: how many; `urgent`: late, or ends today, said in `why`."""

    label: Words
    count: int
    href: str
    why: Words = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Matters as they lie before this person: `boxes` open the work list, `rows` are due first, `more` lie beneath them."""

    boxes: Sequence[Figure]
    rows: Sequence[LineRow]
    more: int


@dataclass(frozen=True, slots=True)
class HomePage:
    """`acts`: what this person does most, each with its key, the first one solid; `figures`: today's; `duties`: most
    overdue first; `desk`: her matters, where there are procedures; `sells`: whether sales are made here, of which `sales`
    are the last ones at this person's shops; `notes`: (kind, title, text), e.g. a rulebook that comes into force soon;
    `programme`: name of the programme and its rulebook's version."""

    acts: Sequence[Act]
    figures: Sequence[Figure]
    duties: Sequence[Duty] = ()
    desk: Desk | None = None
    sells: bool = True
    sales: Sequence[SaleRow] = ()
    sales_href: str = ""
    notes: Sequence[tuple[str, Words, Words]] = ()
    programme: Words = ""
