"""What the pages of dues are given. Money is fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from huiguan.billing.queries import Ower
from huiguan.design.values import Cursor, Figure, Mark, Refused, Why, Words


@dataclass(frozen=True, slots=True)
class ChargeRow:
    number: str
    href: str
    title: Words
    who: str
    who_href: str
    member: str
    amount: int
    owed: int
    due: date
    mark: Mark
    aside: Words = ""
    covers: str = ""
    whys: Sequence[Why] = ()


@dataclass(frozen=True, slots=True)
class Overview:
    """What is owed by age; `rows` of the one that is open."""

    figures: Sequence[Figure]
    rows: Sequence[ChargeRow]
    waiting_lines: int
    waiting_waivers: int
    has_deposits: bool
    has_shares: bool
    empty: Words


@dataclass(frozen=True, slots=True)
class WhosePage:
    """Whose dues to look at: the search, and who owes, most first, with where the dues of each stand."""

    rows: Sequence[tuple[Ower, str]]
    query: str = ""
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Field:
    """A blank of a form: `choices` where it is a select, `tick` a box, `kind` an input's."""

    name: str
    label: Words
    kind: str = "text"
    choices: Sequence[tuple[str, Words]] = ()
    value: str = ""
    needed: bool = True
    hint: Words = ""


@dataclass(frozen=True, slots=True)
class DeedForm:
    """Something that can be done here, in a form of its own. `wrong`: the field at fault."""

    name: str
    title: Words
    act: Words
    fields: Sequence[Field]
    href: str
    key: str
    says: Words = ""
    open: bool = False
    wrong: str = ""
    refused: Refused | None = None

    def as_typed(self, typed: Mapping[str, str], told: Refused | None) -> DeedForm:
        """The form with what was typed into it, open where it was refused."""
        fields = [replace(field, value=typed.get(field.name, field.value)) for field in self.fields]
        return replace(self, fields=fields, refused=told, open=told is not None)


@dataclass(frozen=True, slots=True)
class MoneyRow:
    number: str
    href: str
    title: Words
    who: str
    day: date
    amount: int
    out: bool
    aside: Words = ""
    struck: bool = False


@dataclass(frozen=True, slots=True)
class DepositRow:
    title: Words
    held: int
    required: int | None
    short: int
    mark: Mark
    whys: Sequence[Why]
    who: str = ""
    who_href: str = ""


@dataclass(frozen=True, slots=True)
class MemberDues:
    number: str
    name: str
    member_href: str
    figures: Sequence[Figure]
    charges: Sequence[ChargeRow]
    deposits: Sequence[DepositRow]
    money: Sequence[MoneyRow]
    paid_until: Sequence[tuple[Words, date]]
    deeds: Sequence[DeedForm]


@dataclass(frozen=True, slots=True)
class MoveRow:
    what: Words
    amount: int
    day: date
    at: datetime
    money: str
    money_href: str
    reason: str


@dataclass(frozen=True, slots=True)
class ChargePage:
    row: ChargeRow
    facts: Sequence[tuple[Words, Words]]
    parts: Sequence[tuple[Words, int, int]]
    moves: Sequence[MoveRow]
    deeds: Sequence[DeedForm]


@dataclass(frozen=True, slots=True)
class MoneyPage:
    """A receipt or voucher. `paid`: (charge, its page, what for, amount)."""

    row: MoneyRow
    facts: Sequence[tuple[Words, Words]]
    paid: Sequence[tuple[str, str, Words, int]]
    over: int
    house: Words
    deeds: Sequence[DeedForm]
    at: datetime


@dataclass(frozen=True, slots=True)
class WaiverRow:
    id: int
    charge: str
    charge_href: str
    who: str
    title: Words
    amount: int
    reason: str
    asked: Words
    own: bool
    key: str
    mark: Mark | None = None
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class RunRow:
    title: Words
    day: date
    charged: int
    left_out: int
    total: int
    by: str
    at: datetime
    mark: Mark


@dataclass(frozen=True, slots=True)
class PlannedRow:
    who: str
    number: str
    amount: int
    due: date | None
    why: Why


@dataclass(frozen=True, slots=True)
class RunPage:
    """Fees that can be raised for everybody; what that would do, where one is chosen."""

    fees: Sequence[tuple[str, Words, bool]]
    day: str
    runs: Sequence[RunRow]
    key: str
    title: Words = ""
    charged: int | None = None
    left_out: int = 0
    total: int = 0
    lines: Sequence[PlannedRow] = ()
    out: Sequence[PlannedRow] = ()
    refused: Refused | None = None


@dataclass(frozen=True, slots=True)
class Guess:
    """Whose a line may be: `value` member and charges as the form sends them."""

    value: str
    who: str
    number: str
    owed: int
    why: Words
    sure: bool


@dataclass(frozen=True, slots=True)
class LineRow:
    id: int
    day: date
    amount: int
    payer: str
    text: str
    reference: str
    mark: Mark | None
    guesses: Sequence[Guess]
    key: str
    typed: Mapping[str, str] = field(default_factory=dict)
    refused: Refused | None = None
    money: str = ""
    money_href: str = ""
    aside: Words = ""


@dataclass(frozen=True, slots=True)
class StatementPage:
    state: str
    rows: Sequence[LineRow]
    may_import: bool


@dataclass(frozen=True, slots=True)
class SharePage:
    deeds: Sequence[DeedForm]
    rows: Sequence[tuple[Words, str, int, int, datetime, Sequence[tuple[str, str, int, Why]]]]


@dataclass(frozen=True, slots=True)
class ListPage:
    """Rows of one sort with the way on."""

    rows: Sequence[MoneyRow] = ()
    deposits: Sequence[DepositRow] = ()
    waivers: Sequence[WaiverRow] = ()
    decided: Sequence[WaiverRow] = ()
    cursor: Cursor | None = None


@dataclass(frozen=True, slots=True)
class DuesAside:
    """A member's dues beside her page: what is open, what is held; `href` where her book is, '' for who may not see it."""

    href: str
    owed: int
    credit: int
    rows: Sequence[ChargeRow]
    paid_until: Sequence[tuple[Words, date]]
