"""A line of a sale that is a package, and goods at members' prices by a package. Reads what is known, writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from huiguan.checkout import package_refusals as refusals
from huiguan.checkout.catalogue import Priced
from huiguan.checkout.inputs import Agreement, SaleInput, SaleLine
from huiguan.identity.values import Shop
from huiguan.kernel.actors import POWERS, Actor
from huiguan.kernel.refusals import Forbidden, InvalidInput
from huiguan.kernel.text import Text
from huiguan.rules.facts import Line, MemberFacts, PackageFact
from huiguan.rules.packages import Offer, things
from huiguan.rules.packaging import held_of, member_goods, price_of
from huiguan.rules.passes import Allowance
from huiguan.rules.programme import Programme

CATEGORY = "package"
_NO_PACKAGE = Text(zh="这件货品不是套餐", en="goes with a package only")
_ONE = Text(zh="换卡一次换一份", en="one at a time where a package is handed in")
_NO_ITEM = Text(zh="章程里没有这一项", en="is no item of the rulebook")


def package_line(
    rulebook: Programme, offer: Offer, i: int, given: SaleLine, actor: Actor, shop: Shop, facts: MemberFacts | None
) -> Line:
    """The line at the clause's price, the difference where one is handed in, or what was agreed. Refuses PackageUnknown,
    InvalidInput, and Forbidden where a price takes a power."""
    swapped = _handed_in(i, given, facts)
    if given.price is not None and not (actor.may("import") or actor.may("correct", shop.id)):
        raise Forbidden(field=f"lines.{i}.price", power=POWERS["correct"])
    agreed = given.agreement if not offer.negotiated or given.price is not None else None
    price = price_of(offer, swapped) if given.price is None else given.price
    return Line(
        sku=given.sku,
        category=CATEGORY,
        quantity=given.quantity,
        list_price=price * given.quantity,
        price=price * given.quantity,
        swaps=swapped.code if swapped else None,
        agreement=agreed.paper if agreed else "",
        agreed=_agreed(rulebook, offer, i, agreed) if agreed else (),
    )


def demand_goods(i: int, given: SaleLine) -> None:
    """What is said of packages alone does not go with other goods."""
    for name, said in (("swaps", given.swaps), ("agreement", given.agreement)):
        if said is not None:
            raise InvalidInput(field=f"lines.{i}.{name}", rule=_NO_PACKAGE)


def _handed_in(i: int, given: SaleLine, facts: MemberFacts | None) -> PackageFact | None:
    if given.swaps is None:
        return None
    if given.quantity != 1:
        raise InvalidInput(field=f"lines.{i}.quantity", rule=_ONE)
    found = held_of(facts.packages if facts else (), given.swaps.upper())
    if found is None:
        raise refusals.PackageUnknown(field=f"lines.{i}.swaps", given=given.swaps)
    return found


def _agreed(rulebook: Programme, offer: Offer, i: int, agreement: Agreement) -> tuple[Allowance, ...]:
    for j, each in enumerate(agreement.gives):
        if each.item not in things(rulebook):
            raise InvalidInput(field=f"lines.{i}.agreement.gives.{j}.item", rule=_NO_ITEM)
    return tuple(Allowance(offer.clause.id, (each.item,), each.times) for each in agreement.gives)


def priced_for_holders(
    rulebook: Programme,
    lines: tuple[Line, ...],
    given: SaleInput,
    prices: Mapping[str, Priced],
    shop: int,
    at: datetime,
    facts: MemberFacts,
) -> tuple[Line, ...]:
    """The lines with the members' prices that her packages bring, where the catalogue has one and it is lower."""
    goods = member_goods(rulebook, facts.packages, at, given.presented.what)
    return tuple(_for_holder(line, prices, shop, at, goods.get(line.sku)) for line in lines) if goods else lines


def _for_holder(line: Line, prices: Mapping[str, Priced], shop: int, at: datetime, clause: str | None) -> Line:
    held = prices[line.sku].at("member", shop, at) if clause is not None and line.sku in prices else None
    amount = held.amount * line.quantity if held else line.price
    if amount >= line.price:
        return line
    return replace(line, price=amount, promotion=False, for_member=True, ordinary_price=line.price, package=clause)
