"""What comes in at the till, from any entrance."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from huiguan.kernel.inputs import Count, Input, Line, Money, Points, Word
from huiguan.kernel.text import Text

_ONE = Text(zh="写会员号、卡号、手机号中的一个", en="names one of number, card and phone")
_HANDED = Text(zh="只有现金写收了多少，且不少于应付", en="goes with cash only, and is no less than the amount")
Means = Literal["cash", "card", "wechat", "alipay"]
SaleMeans = Literal["cash", "card", "wechat", "alipay", "wallet"]
Signer = Literal["member", "guide"]


class MemberReference(Input):
    """Who buys: one of member number, card number or phone, never none and never two."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    number: Word | None = None
    card: Word | None = None
    phone: Word | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(each is not None for each in (self.number, self.card, self.phone)) != 1:
            raise PydanticCustomError("refused", "{en}", _ONE.both())
        return self


def _reference(value: object) -> object:
    return {"number": value} if isinstance(value, str) else value


def _presented(value: object) -> object:
    return (
        {"what": value} if isinstance(value, str) else {"what": "card", **value} if isinstance(value, dict) else value
    )


class Presented(Input):
    """What was shown at the till: `card` (its number where it was scanned), `phone`, `number` where a card's number was
    only quoted, or `none`; and after how many lines had been scanned."""

    what: Literal["card", "phone", "number", "none"] = "none"
    card: Word | None = None
    at_line: Annotated[int, Field(ge=0, le=500)] = 0


Member = Annotated[MemberReference, BeforeValidator(_reference)]
Shown = Annotated[Presented, BeforeValidator(_presented)]


class AgreedItem(Input):
    """So many `times` of the `item`; without a number, as often as one likes."""

    item: Annotated[Word, Field(max_length=40)]
    times: Count | None = None


class Agreement(Input):
    """What a negotiated package gives, and the number of the `paper` it was agreed on."""

    paper: Word
    gives: Annotated[list[AgreedItem], Field(min_length=1, max_length=50)]


class SaleLine(Input):
    """`price` overrides the catalogue's price of one piece (yuan); it takes the power to import or correct. Of a package:
    `swaps` the code of the one handed in for it, `agreement` what was negotiated."""

    sku: Word
    quantity: Count = 1
    price: Money | None = None
    swaps: Word | None = None
    agreement: Agreement | None = None


class Tender(Input):
    """`wallet` is the member's stored value. `received`: the cash that was handed over, where there was change."""

    means: SaleMeans
    amount: Money
    received: Money | None = None

    @model_validator(mode="after")
    def _handed(self) -> Self:
        if self.received is not None and (self.means != "cash" or self.received < self.amount):
            raise PydanticCustomError("refused", "{en}", _HANDED.both())
        return self


class SaleInput(Input):
    """A sale. Absent `member`: a walk-in. `buyer_name` of somebody else who buys in the member's name. `number` is the shop's own bill number; `at` its moment where it is not now
    (ISO; without offset, local); `trade_ups` the SKUs that are had for points and less money; `hold` the order its coupons are locked for; `quoted` the amount due that was shown,
    refused where it has changed; `pin` or the `proof` of a one-time code where stored value pays much; `signed` who has signed its record, where the rulebook
    has it signed."""

    member: Member | None = None
    presented: Shown = Presented()
    buyer: Literal["member", "other"] = "member"
    buyer_name: Annotated[Word, Field(max_length=60)] | None = None
    shop: Word | None = None
    clerk: Annotated[Word, Field(max_length=80)] | None = None
    number: Annotated[Word, Field(max_length=60)] | None = None
    at: Word | None = None
    lines: Annotated[list[SaleLine], Field(min_length=1, max_length=500)]
    benefits: Annotated[list[Word], Field(max_length=20)] = Field(default_factory=list)
    vouchers: Annotated[list[Word], Field(max_length=20)] = Field(default_factory=list)
    points: Annotated[int, Field(ge=0, le=10**13)] = 0
    trade_ups: Annotated[list[Word], Field(max_length=100)] = Field(default_factory=list)
    tenders: Annotated[list[Tender], Field(max_length=20)] = Field(default_factory=list)
    order: Annotated[list[Literal["group", "promotion", "proxy"]], Field(max_length=3)] = Field(default_factory=list)
    signed: Annotated[list[Signer], Field(max_length=2)] = Field(default_factory=list)
    hold: Annotated[Word, Field(max_length=60)] | None = None
    quoted: Money | None = None
    pin: Annotated[str, Field(max_length=20)] | None = None
    proof: Annotated[str, Field(max_length=100)] | None = None
    key: Annotated[Word, Field(max_length=120)] | None = None


class ReturnLine(Input):
    """`line` counts from 1."""

    line: Count
    quantity: Count


class Settlement(Input):
    """How a shortfall of points is settled: `cash` out of the refund or paid in, or the `gift` of a redemption."""

    way: Literal["cash", "gift"]
    redemption: Word | None = None


class ReturnInput(Input):
    """`sale` is the sale's id. Without `lines`, everything that is left comes back. `shop` is where the goods came back,
    `means` how the money goes back where that is not the way it came, `clerk` who took them for a program."""

    sale: Word
    lines: Annotated[list[ReturnLine], Field(min_length=1, max_length=500)] | None = None
    settle: Settlement | None = None
    means: Means | None = None
    shop: Word | None = None
    clerk: Annotated[Word, Field(max_length=80)] | None = None
    at: Word | None = None
    reason: Line = ""


class VoidInput(Input):
    sale: Word
    reason: Word
    clerk: Annotated[Word, Field(max_length=80)] | None = None


class SignInput(Input):
    """Who has signed the record of the `sale` (its id), after it was made; `clerk` who saw to it for a program."""

    sale: Word
    signed: Annotated[list[Signer], Field(min_length=1, max_length=2)]
    clerk: Annotated[Word, Field(max_length=80)] | None = None


class MemberInput(Input):
    """Whom it is about."""

    member: Member


class CounterInput(MemberInput):
    """A member at the counter: herself or somebody for her, and the papers shown."""

    buyer: Literal["member", "other"] = "member"
    presented: Annotated[list[Literal["card", "id"]], Field(max_length=2)] = []
    shop: Word | None = None
    at: Word | None = None


class RedeemInput(CounterInput):
    """Points for a gift, or for the coupon so many points give, outside any sale."""

    points: Points
    gift: Word = "gift"


class UsePackage(CounterInput):
    """`quantity` uses of the `item` under the `package` with that code; of those that have room the one that ends first
    where none is named."""

    item: Annotated[Word, Field(max_length=40)]
    package: Word | None = None
    quantity: Annotated[int, Field(ge=1, le=1000)] = 1


class UndoPackageUse(MemberInput):
    """The `n`th step of the `package` was a use made by mistake."""

    package: Word
    n: Count
    reason: Word
    shop: Word | None = None


class TransferPackage(MemberInput):
    """The `package` goes over to the member `to`."""

    package: Word
    to: Member
    shop: Word | None = None
    reason: Line = ""


class ClaimInput(CounterInput):
    """A gift of the member's day, by its name in the rulebook."""

    gift: Word


class GiftReturnInput(Input):
    redemption: Word
    at: Word | None = None


class ProductInput(Input):
    sku: Annotated[str, Field(pattern=r"^[^\s\x00-\x1f]{1,60}$")]
    name: Word
    category: Annotated[str, Field(max_length=80)] = ""
    list_price: Money
    cost: Money | None = None


class ProductsInput(Input):
    """`since`: from when these prices hold; long ago where not said."""

    products: Annotated[list[ProductInput], Field(min_length=1, max_length=5000)]
    since: Word | None = None


class WithdrawProduct(Input):
    sku: Word


class RenameProduct(WithdrawProduct):
    name: Word
    category: Annotated[str, Field(max_length=80)] = ""


class PriceInput(Input):
    """`member` prices hold for members beside the ordinary one, `exclusive` ones for members only. `shop` absent: every
    shop. `until` is the first moment the price no longer holds; a day's end may be written 24:00."""

    sku: Word
    kind: Literal["list", "promotion", "cost", "member", "exclusive"]
    amount: Money
    shop: Word | None = None
    since: Word
    until: Word | None = None
    name: Annotated[str, Field(max_length=120)] = ""


class PricesInput(Input):
    prices: Annotated[list[PriceInput], Field(min_length=1, max_length=5000)]


_ONE_SOURCE = Text(zh="写 version、draft、source 中的一个", en="names one of version, draft and source")


class SimulateInput(Input):
    """Which rulebook: a `version` or a `draft` by its number, or a `source` as text (`title` says which file). `from` and
    `until`: the first and the last local day, both included."""

    model_config = ConfigDict(populate_by_name=True)

    version: Annotated[int, Field(ge=1, le=10**9)] | None = None
    draft: Annotated[int, Field(ge=1, le=10**9)] | None = None
    source: Annotated[str, Field(max_length=1_000_000)] | None = None
    title: Annotated[Line, Field(max_length=200)] = ""
    since: Annotated[Word, Field(alias="from")]
    until: Word

    @model_validator(mode="after")
    def _one(self) -> Self:
        if sum(each is not None for each in (self.version, self.draft, self.source)) != 1:
            raise PydanticCustomError("refused", "{en}", _ONE_SOURCE.both())
        return self
