"""What comes in at the mall, from any entrance."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.inputs import Count, Input, Line, Money, Points, Word

Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Sort = Literal["goods", "gift", "voucher", "code"]
Per = Literal["day", "month", "quarter", "year", "ever"]
Nought = Annotated[int, Field(ge=0, le=10**13)]
Pieces = Annotated[int, Field(ge=1, le=1_000_000)]
Named = Annotated[Word, Field(max_length=120)]
Short = Annotated[Word, Field(max_length=60)]
Why = Annotated[Line, Field(max_length=200)]


class KeepZone(Input):
    """A zone, made or renamed. `place` orders the zones, the smallest first."""

    code: Code
    zh: Short
    en: Short
    place: Nought = 0


class Voucher(Input):
    """The coupon a voucher gives: its `name` in the rulebook, `worth` and how many `days` it is good; null: no end."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
    worth: Money
    days: Count | None = None


class KeepItem(Input):
    """A thing of the mall, made or changed as a whole.

    `points` and `cash` are its price; with `mixed` they are not, and `worth` is what it costs in money, of which the
    member lets points pay a part. `tiers` whom it is for (nobody named: everybody). `most` pieces a member `per` period.
    `dispatch` workdays of its own; `low` from how few pieces on it is watched; `substitute` the item given instead.
    """

    code: Code
    sort: Sort = "gift"
    zone: Code | None = None
    zh: Named
    en: Named
    about_zh: Line = ""
    about_en: Line = ""
    points: Nought = 0
    cash: Money = 0
    worth: Money = 0
    mixed: bool = False
    tiers: Annotated[list[Word], Field(max_length=20)] = []
    most: Count | None = None
    per: Per = "ever"
    opens: Word | None = None
    closes: Word | None = None
    everyday: bool = False
    dispatch: Annotated[int, Field(ge=1, le=250)] | None = None
    low: Nought = 0
    voucher: Voucher | None = None
    substitute: Code | None = None


class WithdrawItem(Input):
    item: Code


class StockInput(Input):
    """Pieces that came (`pieces` above nought) or went (below), at a shop or the centre. `why` is kept with them."""

    item: Code
    shop: Word | None = None
    pieces: Annotated[int, Field(ge=-1_000_000, le=1_000_000)]
    why: Annotated[Word, Field(max_length=200)]


class CountStock(Input):
    """What was `counted` at a place: the difference is written as a move of its own."""

    item: Code
    shop: Word | None = None
    counted: Nought
    why: Why = ""


class TransferStock(Input):
    """Pieces from one place to another; null is the centre."""

    item: Code
    source: Word | None = None
    target: Word | None = None
    pieces: Pieces


class AddCodes(Input):
    """Codes of somebody else, each handed out once. Those already here are left as they are."""

    item: Code
    codes: Annotated[list[Annotated[Word, Field(max_length=100)]], Field(min_length=1, max_length=10_000)]


class Address(Input):
    name: Annotated[Word, Field(max_length=60)]
    phone: Annotated[Word, Field(max_length=20)]
    where: Annotated[Word, Field(max_length=200)]


class Tender(Input):
    """Money taken: by which means, and the reference of the terminal. `shift`: whose drawer the cash is in."""

    means: Literal["cash", "card", "wechat", "alipay"]
    amount: Money
    reference: Why = ""
    shift: Word | None = None


class PlaceOrder(Input):
    """A thing ordered from the mall. `member` is left out by a member acting for herself. `shop`: where it is collected;
    `points`: how many pay of a mixed price; `flash`: in which flash sale; `tender`: money taken at once."""

    item: Code
    member: Word | None = None
    quantity: Annotated[int, Field(ge=1, le=99)] = 1
    way: Literal["delivery", "pickup", "instant"] | None = None
    shop: Word | None = None
    address: Address | None = None
    points: Nought | None = None
    flash: Code | None = None
    tender: Tender | None = None


class ArrangeOrder(Input):
    """How an order reaches the member: collected at a `shop`, or sent to an `address`; one of the two."""

    order: Word
    shop: Word | None = None
    address: Address | None = None


class PayOrder(Input):
    order: Word
    tender: Tender


class PrepareOrder(Input):
    order: Word
    why: Why = ""


class SendOrder(Input):
    """It left the house: `carrier` and `tracking` where it goes by post; nothing where it waits at the shop."""

    order: Word
    carrier: Annotated[Line, Field(max_length=60)] = ""
    tracking: Annotated[Line, Field(max_length=60)] = ""


class ReceiveOrder(Input):
    """It is in the member's hands: proved by her `code`, or by who signed."""

    order: Word
    code: Annotated[Line, Field(max_length=12)] = ""
    signed: Annotated[Line, Field(max_length=60)] = ""


class EndOrder(Input):
    """An order cancelled, or its goods returned. `shift`: out of whose drawer cash goes back."""

    order: Word
    why: Annotated[Word, Field(max_length=200)]
    shift: Word | None = None


class Substitute(Input):
    """Another item instead of what ran out."""

    order: Word
    item: Code
    why: Why = ""


class JoinWaitList(Input):
    item: Code
    member: Word | None = None
    shop: Word | None = None


class OpenFlash(Input):
    """A flash sale: `quantity` pieces of an item at the centre are set aside for it, at most `most` a member."""

    code: Code
    item: Code
    points: Nought = 0
    cash: Money = 0
    quantity: Pieces
    most: Count = 1
    opens: Word
    closes: Word


class OpenAuction(Input):
    """An item put up for auction: a first bid of `reserve` at least; `step` above the one before, the clause's where
    none is named."""

    code: Code
    item: Code
    reserve: Points
    step: Points | None = None
    opens: Word
    closes: Word


class PlaceBid(Input):
    auction: Code
    points: Points
    member: Word | None = None


class PrizeInput(Input):
    """`pieces` of an item; the first prize named is the first grade."""

    item: Code
    pieces: Pieces


class OpenDraw(Input):
    """A draw: a ticket costs `points`, `most` tickets a member (the clause's number where none is named)."""

    code: Code
    zh: Named
    en: Named
    points: Nought = 0
    most: Count | None = None
    opens: Word
    closes: Word
    prizes: Annotated[list[PrizeInput], Field(min_length=1, max_length=20)]


class EnterDraw(Input):
    draw: Code
    tickets: Annotated[int, Field(ge=1, le=100)] = 1
    member: Word | None = None


class Withdraw(Input):
    """Something taken back before its time: an auction, a draw, a flash sale."""

    code: Code
    why: Annotated[Word, Field(max_length=200)]
