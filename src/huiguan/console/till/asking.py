"""The sale as the till's form holds it: read from what was posted, kept in the session, turned into the till's input.

What is scanned waits at the end of the form, so of fields that are given more than once the last counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.http import QueryDict

from huiguan.checkout.inputs import SaleInput
from huiguan.console.keys import new_key
from huiguan.kernel.amounts import LARGEST, as_yuan, fen
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from huiguan.rules.wallet import WALLET

MOST = 9999  # pieces on a line
MOST_UNKNOWN = 20  # scans nobody knows that are kept in sight
MIXED = "mixed"
ORDERS = ("group", "promotion", "proxy")
LISTS = ("lines", "benefits", "vouchers", "trade_ups", "tenders", "orders", "signed", "unknown")
SIGNERS = ("member", "guide")
PARTS = ("wechat", "alipay", "card", "cash", WALLET)


@dataclass(frozen=True, slots=True)
class Asked:
    """Everything the form says. `lines`: (sku, quantity); `member` a number or empty; `tenders` fen by means when
    mixed; `expected` the fen that were shown as due; `selected` the chosen line; `orders` what kind of sale it is
    (group, promotion); `buyer_name` who buys in the member's name; `received` the cash handed over, fen;
    `trade_ups` SKUs had for points and less money; `signed` who has signed its record; `unknown` what
    was scanned and found nothing, until the clerk has seen it: a piece that is not on the bill."""

    key: str
    member: str = ""
    presented: str = "none"
    buying: str = "member"
    lines: tuple[tuple[str, int], ...] = ()
    points: int = 0
    benefits: tuple[str, ...] = ()
    vouchers: tuple[str, ...] = ()
    trade_ups: tuple[str, ...] = ()
    means: str = "wechat"
    tenders: tuple[tuple[str, int], ...] = ()
    clerk: str = ""
    expected: int = 0
    selected: int = 0
    orders: tuple[str, ...] = ()
    buyer_name: str = ""
    received: int = 0
    signed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        return not self.lines and not self.member

    def add(self, sku: str, quantity: int) -> Asked:
        """A piece scanned: one more of its line where there is one. The line is the chosen one then."""
        lines = list(self.lines)
        for i, (known, count) in enumerate(lines):
            if known == sku:
                lines[i] = (sku, min(count + quantity, MOST))
                return replace(self, lines=tuple(lines), selected=i + 1)
        return replace(self, lines=(*lines, (sku, quantity)), selected=len(lines) + 1)

    def not_found(self, word: str) -> Asked:
        """A scan that found nothing, the last one last."""
        others = tuple(each for each in self.unknown if each != word)
        return replace(self, unknown=(*others, word[:60])[-MOST_UNKNOWN:])

    def without(self, i: int) -> Asked:
        """Without its line `i`, counted from 0."""
        return replace(
            self, lines=self.lines[:i] + self.lines[i + 1 :], selected=min(self.selected, len(self.lines) - 1)
        )

    def kept(self) -> dict[str, Any]:
        """As plain JSON for the session."""
        return asdict(self)


def fresh(before: Asked | None = None) -> Asked:
    """An empty sale; who serves and how it is paid mostly stay the same."""
    return Asked(new_key(), clerk=before.clerk, means=_usual(before.means)) if before else Asked(new_key())


def _usual(means: str) -> str:
    return "wechat" if means in (MIXED, WALLET) else means


def taken_up(kept: Mapping[str, Any]) -> Asked:
    """A sale out of the session."""
    told = {**kept, **{name: tuple(map(_tuple, kept.get(name, ()))) for name in LISTS}}
    return Asked(**told)


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def asked_of(form: QueryDict) -> Asked:
    """The form as posted. A figure nobody could mean is read as none; the till says what it made of it."""
    means = form.get("means", "wechat")
    return Asked(
        key=form.get("key") or new_key(),
        member=form.get("member", "").strip(),
        presented=_one_of(form.get("presented"), ("card", "phone", "none"), "none"),
        buying=_one_of(form.get("buying"), ("member", "other"), "member"),
        lines=tuple(_lines(form.getlist("sku"), form.getlist("quantity"))),
        points=_whole(form.get("points"), LARGEST),
        benefits=tuple(dict.fromkeys(form.getlist("benefits"))),
        vouchers=tuple(dict.fromkeys(form.getlist("vouchers"))),
        trade_ups=tuple(dict.fromkeys(form.getlist("trade_ups"))),
        means=_one_of(means, (*PARTS, MIXED), "wechat"),
        tenders=tuple((each, _fen(form.get(f"tender_{each}"))) for each in PARTS) if means == MIXED else (),
        clerk=form.get("clerk", "").strip(),
        expected=_whole(form.get("expected"), LARGEST),
        selected=_whole(form.get("selected"), 10_000),
        orders=tuple(each for each in dict.fromkeys(form.getlist("orders")) if each in ORDERS),
        buyer_name=form.get("buyer_name", "").strip()[:60],
        received=_fen(form.get("received")),
        signed=tuple(each for each in SIGNERS if each in form.getlist("signed")),
        unknown=tuple(dict.fromkeys(each.strip()[:60] for each in form.getlist("unknown") if each.strip()))[
            -MOST_UNKNOWN:
        ],
    )


def _lines(skus: Sequence[str], quantities: Sequence[str]) -> list[tuple[str, int]]:
    """Lines with their quantity; none of a line (0) takes it away, an empty field is one piece."""
    counted = zip(skus, [*quantities, *[""] * len(skus)], strict=False)
    read_lines = [(sku.strip(), 1 if not count.strip() else _whole(count, MOST)) for sku, count in counted]
    return [(sku, count) for sku, count in read_lines if sku and count]


def _one_of(value: str | None, known: Sequence[str], otherwise: str) -> str:
    return value if value is not None and value in known else otherwise


def _whole(value: str | None, most: int) -> int:
    text = (value or "").strip().replace(",", "")
    return min(int(text), most) if text.isdecimal() and len(text) < 19 else 0


def _fen(value: str | None) -> int:
    text = (value or "").strip().replace(",", "").lstrip("¥￥")
    try:
        return fen(text or "0", "tenders")
    except InvalidInput:
        return 0


def sale_input(asked: Asked, shop: str) -> SaleInput:
    """What is asked of the till, not yet paid."""
    return read(SaleInput, _given(asked, shop))


def paid_input(asked: Asked, shop: str, pin: str = "", proof: str = "") -> SaleInput:
    """The sale with what is paid: the amount that was shown is what the till holds us to. `pin` is typed for this payment
    and kept nowhere; `proof`: that a code sent to her phone was answered."""
    tenders = asked.tenders if asked.means == MIXED else ((asked.means, asked.expected),)
    paid = [_tender(asked, means, amount) for means, amount in tenders if amount]
    proved = {"pin": pin or None, "proof": proof or None}
    return read(SaleInput, {**_given(asked, shop), "tenders": paid, "quoted": as_yuan(asked.expected), **proved})


def _tender(asked: Asked, means: str, amount: int) -> dict[str, str]:
    handed = {"received": as_yuan(asked.received)} if means == "cash" and asked.received else {}
    return {"means": means, "amount": as_yuan(amount), **handed}


def _given(asked: Asked, shop: str) -> dict[str, Any]:
    given: dict[str, Any] = {
        "shop": shop,
        "presented": asked.presented,
        "buyer": asked.buying,
        "lines": [{"sku": sku, "quantity": quantity} for sku, quantity in asked.lines],
        "points": asked.points,
        "benefits": list(asked.benefits),
        "vouchers": list(asked.vouchers),
        "trade_ups": list(asked.trade_ups),
        "order": list(asked.orders),
    }
    if asked.buyer_name and asked.buying == "other":
        given["buyer_name"] = asked.buyer_name
    if asked.member:
        given["member"] = {"number": asked.member}
    if asked.signed and asked.member:
        given["signed"] = list(asked.signed)
    if asked.clerk:
        given["clerk"] = asked.clerk
    return given
