"""What the till leaves behind: receipts, shifts, closed days, invoices. Money in fen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A line of a receipt. `piece`, `listed`: the list price of one piece and of the line, `offs` what came off it by
    name, `due` what it came to, all in fen; of a return only name and pieces are told (`piece` None)."""

    name: str
    quantity: int
    piece: int | None = None
    listed: int = 0
    offs: tuple[tuple[Text, int], ...] = ()
    due: int = 0


@dataclass(frozen=True, slots=True)
class Receipt:
    """The slip of a sale, a return or a void, as it was decided then. Money in fen.

    `facts` and `member` are pairs of word and value; `sums` and `tenders` of word and fen, the last of `sums` being
    what was paid or given back; `says` short sentences; `signs` who signs it and whether that was done; `number` the sale's, which `code` repeats for the scanner.
    """

    house: Text
    shop: Text
    title: Text
    number: str
    facts: tuple[tuple[Text, str], ...]
    lines: tuple[ReceiptLine, ...]
    sums: tuple[tuple[Text, int], ...]
    tenders: tuple[tuple[Text, int], ...] = ()
    member: tuple[tuple[Text, Text], ...] = ()
    says: tuple[Text, ...] = ()
    policy: tuple[Text, ...] = ()
    signs: tuple[tuple[Text, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class ShiftView:
    """A shift; money in fen. `sheet` as handed over, or how it stands now while it is open (`closed_at` None).

    `sheet` keys: sales, paid, returns, voids, refunds, in, out, moves (kind, amount, reason, at, hand), stored (count,
    amount, refunds, refund: no turnover), tenders (by means: sales, refunds, stored net, expected, and counted, difference once handed over), late (sales, paid, tenders: of before the shift),
    reason, overnight.
    """

    id: str
    shop: str
    till: str
    clerk: str
    opened_at: datetime
    opening: int
    closed_at: datetime | None
    closed_by: str
    sheet: dict[str, Any]
    mine: bool = False


@dataclass(frozen=True, slots=True)
class DayView:
    """A shop's day, closed (its `number`th close) or as it stands (`number` 0). Money in fen.

    `document` keys: sales (count, members, pieces, listed, paid, discounts by name, tenders), returns and voids (count,
    refund, tenders), net (by means), clerks, stored (value stored and refunded: count, amount, bonus, refunds, refund, bonus_back, tenders net by means; spent and
    back: what goods took of stored value and gave back), units (by unit: earned, used, taken_back, given_back, redeemed, gifts_back),
    late (of earlier days, one row each), shifts, outside (sales of no shift), note.
    """

    shop: str
    day: date
    number: int
    closed_at: datetime | None
    closed_by: str
    document: dict[str, Any]


INVOICE_KINDS: dict[str, Text] = {
    "personal": Text(zh="个人普票", en="Personal"),
    "company": Text(zh="单位普票", en="Company"),
    "special": Text(zh="增值税专票", en="VAT special"),
}
INVOICE_STATES: dict[str, Text] = {
    "asked": Text(zh="待开", en="Asked for"),
    "issued": Text(zh="已开", en="Issued"),
    "red": Text(zh="已红冲", en="Reversed"),
    "withdrawn": Text(zh="已撤回", en="Withdrawn"),
}


@dataclass(frozen=True, slots=True)
class InvoiceView:
    """An invoice as it stands. `amount`: fen it was asked for or issued over; `due`: fen that may be invoiced now, after
    what came back. An issued one whose `amount` is no longer `due` is `stale`: it is to be reversed."""

    id: str
    sale: str
    sale_number: str
    shop: str
    member: str | None
    kind: str
    state: str
    title: str
    tax_number: str
    address: str
    bank: str
    email: str
    phone: str
    amount: int
    due: int
    asked_at: datetime
    asked_by: str
    number: str
    issued_on: date | None
    issued_by: str
    red_number: str
    red_on: date | None
    red_by: str

    @property
    def stale(self) -> bool:
        return self.state == "issued" and self.amount != self.due


@dataclass(frozen=True, slots=True)
class AllowanceView:
    """What a till may take offline: `points` of `unit`, each worth `worth` fen, before `until`; settled by `settle_by`.
    `token` is the signed text the till keeps."""

    id: str
    member: str
    shop: str
    till: str
    unit: str
    points: int
    worth: int
    granted_at: datetime
    until: datetime
    settle_by: datetime
    used: int
    closed_at: datetime | None
    token: str


@dataclass(frozen=True, slots=True)
class SettledUnder:
    """A sale settled under an allowance, with the units it used."""

    sale: str
    points: int
    at: datetime


@dataclass(frozen=True, slots=True)
class SettledSale:
    """The answer to one sale of a settlement: the `sale`'s id, or the `refusal` that leaves it outside."""

    key: str
    sale: str | None
    replayed: bool
    refusal: Refusal | None
