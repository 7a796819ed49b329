"""What the till's templates are given. Money is fen, points whole; words a Text, a {"zh","en"} mapping or plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from huiguan.design.values import ClauseRef, Climb, Figure, Mark, Refused, Words
from huiguan.kernel.text import Text
from huiguan.rules.wallet import WALLET

PRESENTED: tuple[tuple[str, Text], ...] = (
    ("card", Text(zh="已出示会员卡", en="Card shown")),
    ("phone", Text(zh="报了手机号", en="Phone given")),
    ("none", Text(zh="未出示", en="Nothing shown")),
)
BUYING: tuple[tuple[str, Text], ...] = (
    ("member", Text(zh="本人", en="In person")),
    ("other", Text(zh="他人代买", en="Someone else buys")),
)


@dataclass(frozen=True, slots=True)
class Means:
    """A recorded means of payment; `key` chooses it once the focus is on paying."""

    value: str
    label: Text
    key: str


MEANS: tuple[Means, ...] = (
    Means("wechat", Text(zh="微信", en="WeChat"), "1"),
    Means("alipay", Text(zh="支付宝", en="Alipay"), "2"),
    Means("card", Text(zh="刷卡", en="Card"), "3"),
    Means("cash", Text(zh="现金", en="Cash"), "4"),
    Means("mixed", Text(zh="组合", en="Mixed"), "5"),
    Means(WALLET, Text(zh="储值", en="Stored"), "6"),
)


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who buys. `aside`: number and masked phone; `figures`: at most four, each opening its ledger; `note`: a warning
    (card lost, profile short of a field)."""

    number: str
    name: str
    href: str
    aside: Words = ""
    marks: Sequence[Mark] = ()
    figures: Sequence[Figure] = ()
    note: Words = ""


@dataclass(frozen=True, slots=True)
class BuyerHit:
    """One member found for the buyer's field."""

    number: str
    name: str
    aside: Words = ""
    marks: Sequence[Mark] = ()
    presented: str = "none"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, amounts for its whole quantity (None where the sale cannot be priced). `offs`: fen taken off under each of the page's columns (0: none),
    `promotion`: price after a promotion, None without one; `made`: how its price came about, for F9."""

    n: int
    sku: str
    name: Words
    aside: Words
    quantity: int
    list_price: int | None
    due: int | None
    promotion: int | None = None
    promotion_name: Words = ""
    offs: Sequence[int] = ()
    made: Sequence[Words] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """Points asked to offset. `most`: what this sale would take; `allowed`: false outside the window, then the row says
    why."""

    points: int
    most: int
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class Tick:
    """Something the buyer may ask for: a benefit, a voucher. `name`/`value`: as the form sends it."""

    name: str
    value: str
    on: bool
    allowed: bool = True


@dataclass(frozen=True, slots=True)
class BillRow:
    """A step of the bill. `value`: fen, None for not applied. `asked` puts the points field into it, `tick` a choice."""

    label: Words
    value: int | None
    why: Words = ""
    clauses: Sequence[ClauseRef] = ()
    aside: Words = ""
    asked: Asked | None = None
    tick: Tick | None = None


@dataclass(frozen=True, slots=True)
class Bill:
    """`due`: to pay; `saved`: less than the tags; `after`: what the member then has, a sentence; `coupons`: there are some
    to choose among."""

    rows: Sequence[BillRow] = ()
    due: int = 0
    saved: int = 0
    after: Words = ""
    coupons: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the sale gives, or does not. `headline`: +94 分, 晋级钻卡, 生日 8 折; `gain`: points earned read green."""

    headline: Words
    text: Words
    why: Words = ""
    clauses: Sequence[ClauseRef] = ()
    gain: bool = False
    climb: Climb | None = None


@dataclass(frozen=True, slots=True)
class Product:
    """One of several products a typed word may mean."""

    sku: str
    name: Words
    aside: Words
    price: int


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    label: Words
    on: bool = False


@dataclass(frozen=True, slots=True)
class TillPage:
    """The whole till.

    `key`: the idempotency key of the sale being rung up, new after each. `clerks`: who may be named on it; `buyer`,
    `presented`, `buying`: as asked; `columns`: heads of the offs; `selected`: number of the chosen line, 0 for none;
    `means`: chosen means; `stored`: fen the buyer has stored, None where she cannot pay with it; `proofs`: so much of it
    that she types her PIN; `tenders`: fen by means when mixed; `received`: cash handed over; `refused`: why the last scan or payment was not taken;
    `products`: what a scan may mean; `unknown`: scans that found nothing and are not on the bill; `orders`: kinds of sale this rulebook treats apart; `signers`: who signs its record; `users`: who may buy in the
    member's name, None where anybody may; `held`: sales held at this till; `version`: which rulebook judges;
    `cannot_pay`: what is still missing before the sale can be paid, said below the button.
    """

    key: str
    clerks: Sequence[Choice] = ()
    buyer: Buyer | None = None
    presented: str = "none"
    buying: str = "member"
    columns: Sequence[Words] = ()
    lines: Sequence[Line] = ()
    selected: int = 0
    bill: Bill = field(default_factory=Bill)
    given: Sequence[Verdict] = ()
    missed: Sequence[Verdict] = ()
    means: str = "wechat"
    stored: int | None = None
    proofs: Sequence[str] = ()
    proved: bool = False
    tenders: Sequence[tuple[Means, int]] = ()
    received: int = 0
    refused: Refused | None = None
    products: Sequence[Product] = ()
    unknown: Sequence[str] = ()
    orders: Sequence[Choice] = ()
    signers: Sequence[Choice] = ()
    users: Sequence[Choice] | None = None
    held: int = 0
    version: Words = ""
    cannot_pay: Words = ""

    @property
    def presented_choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(value, label, value == self.presented) for value, label in PRESENTED)

    @property
    def buying_choices(self) -> tuple[Choice, ...]:
        return tuple(Choice(value, label, value == self.buying) for value, label in BUYING)

    @property
    def means_choices(self) -> tuple[tuple[Means, bool], ...]:
        offered = (means for means in MEANS if means.value != WALLET or self.stored is not None)
        return tuple((means, means.value == self.means) for means in offered)

    @property
    def pieces(self) -> int:
        return sum(line.quantity for line in self.lines)
