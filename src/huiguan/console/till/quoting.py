"""A quote that always stands: what is refused is said and left out, so that the rest of the sale still has its price."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from huiguan.checkout import operations as checkout
from huiguan.checkout.values import SaleView
from huiguan.console.acting import Acting
from huiguan.console.till.asking import Asked, sale_input
from huiguan.kernel.refusals import Refusal

TRIES = 12
_LINE = re.compile(r"lines\.(\d+)")


@dataclass(frozen=True, slots=True)
class Quoted:
    """What could be quoted of what was asked. `view` is None where there are no lines; `refusal` the first thing that
    was left out; `blocked`: it is priced, but cannot be paid before `refusal` is seen to."""

    asked: Asked
    view: SaleView | None = None
    refusal: Refusal | None = None
    blocked: bool = False


def quoted(now: Acting, asked: Asked) -> Quoted:
    """Quote; where something asked for is refused, quote again without it."""
    assert now.shop is not None, "the till asks for a shop first"
    first: Refusal | None = None
    for _ in range(TRIES):
        if not asked.lines:
            return Quoted(asked, None, first)
        try:
            view = checkout.quote_sale(actor=now.actor, at=now.at, given=sale_input(asked, now.shop.code))
            return Quoted(asked, view, first)
        except Refusal as refusal:
            first = first or refusal
            if refusal.field == "buyer_name" and asked.buying == "other":
                return replace(quoted(now, replace(asked, buying="member")), asked=asked, refusal=first, blocked=True)
            less = without(asked, refusal)
            if less == asked:
                return Quoted(asked, None, first)
            asked = less
    return Quoted(asked, None, first)


def with_best_coupons(now: Acting, asked: Asked) -> Asked:
    """The sale with those of the member's coupons that leave the least to pay; as it was where it cannot be priced."""
    assert now.shop is not None, "the till asks for a shop first"
    try:
        given = sale_input(replace(asked, vouchers=()), now.shop.code)
        return replace(asked, vouchers=checkout.weigh_coupons(actor=now.actor, at=now.at, given=given).best)
    except Refusal:
        return asked


def without(asked: Asked, refusal: Refusal) -> Asked:
    """The sale without what was refused, by the field the refusal names."""
    field = refusal.field or ""
    line = _LINE.match(field)
    if line:
        return _within(asked, int(line.group(1)), refusal)
    leave: Callable[[Asked], Asked] | None = _LEAVE.get(field)
    return leave(asked) if leave else asked


def _within(asked: Asked, i: int, refusal: Refusal) -> Asked:
    """Without the line at fault; of what is limited, with as many as there may still be."""
    sku, quantity = asked.lines[i]
    left = min(quantity - 1, refusal.values.get("most", 0) - refusal.values.get("had", 0))
    if refusal.code != "LimitReached" or left < 1:
        return asked.without(i)
    return replace(asked, lines=(*asked.lines[:i], (sku, left), *asked.lines[i + 1 :]))


def _walk_in(asked: Asked) -> Asked:
    return replace(
        asked, member="", presented="none", buying="member", points=0, benefits=(), vouchers=(), trade_ups=(), signed=()
    )


_LEAVE: dict[str, Callable[[Asked], Asked]] = {
    "points": lambda asked: replace(asked, points=0),
    "benefits": lambda asked: replace(asked, benefits=()),
    "vouchers": lambda asked: replace(asked, vouchers=()),
    "trade_ups": lambda asked: replace(asked, trade_ups=()),
    "signed": lambda asked: replace(asked, signed=()),
    "presented": lambda asked: replace(asked, presented="none"),
    "member": _walk_in,
    "shop": _walk_in,  # the rulebook does not hold here: a member is nobody in particular
    "clerk": lambda asked: replace(asked, clerk=""),
}
