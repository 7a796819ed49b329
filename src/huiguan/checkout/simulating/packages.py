"""Packages of a recorded sale as the rulebook tried sells them: at its own price, and for the one that was handed in."""

from __future__ import annotations

from huiguan.checkout.package_refusals import PackageUnknown
from huiguan.checkout.quoting import Judged
from huiguan.checkout.simulating.records import SaleMade
from huiguan.checkout.simulating.shadow import Shadow
from huiguan.kernel.records import replace
from huiguan.kernel.refusals import Refusal
from huiguan.rules.facts import Line, PackageFact
from huiguan.rules.packages import by_sku
from huiguan.rules.packaging import price_of


def handed_in(shadow: Shadow, made: SaleMade) -> tuple[PackageFact, ...]:
    """The packages that were handed in with the sale, as they were just before it, at what they would have cost."""
    found = (_former(shadow, each) for each in _begun(shadow, made))
    return tuple(
        replace(old, ended=None, price=shadow.packages.get(old.id, old.price)) for old in found if old is not None
    )


def as_tried(
    shadow: Shadow, made: SaleMade, lines: list[Line], held: tuple[PackageFact, ...]
) -> tuple[tuple[Line, ...], Refusal | None]:
    """The lines with their packages at the price of the rulebook tried, where it was the clause's price that was paid. One
    that was never sold there cannot be handed in: the new one is bought whole, and that is a refusal."""
    draft, then = shadow.setting.draft, shadow.setting.judged_by(made.version)
    refused: Refusal | None = None
    told = list(lines)
    for package in _begun(shadow, made):
        i = package.line
        offer, before = by_sku(draft).get(lines[i].sku), by_sku(then).get(lines[i].sku) if then is not None else None
        if offer is None:
            continue
        was = _former(shadow, package)
        old = next(
            (each for each in held if was is not None and each.id == was.id and each.id not in shadow.unsold), None
        )
        if was is not None and old is None:
            refused = refused or PackageUnknown(field=f"lines.{i}.swaps", given=was.code)
        price = lines[i].price
        known = before is not None and before.price is not None and offer.price is not None
        if known and before is not None and price == price_of(before, was) * lines[i].quantity:
            price = price_of(offer, old) * lines[i].quantity
        told[i] = replace(lines[i], list_price=price, price=price, swaps=old.code if old else None)
    return tuple(told), refused


def keep_prices(shadow: Shadow, made: SaleMade, judged: Judged) -> None:
    """What each package the sale begins costs under the rulebook tried, for when it is handed in."""
    prices = {effect.line: effect.price for effect in judged.opens}
    for package in _begun(shadow, made):
        if package.line in prices:
            shadow.packages[package.id] = prices[package.line]


def keep_unsold(shadow: Shadow, made: SaleMade) -> None:
    """The sale does not take place: none of its packages can be handed in later."""
    shadow.unsold.update(package.id for package in _begun(shadow, made))


def _begun(shadow: Shadow, made: SaleMade) -> list[PackageFact]:
    """The packages that really began with the sale."""
    cause = f"sale:{shadow.facts.membership}-{made.seq}"
    return [each for each in shadow.life.packages if each.cause == cause and 0 <= each.line < len(made.told.lines)]


def _former(shadow: Shadow, package: PackageFact) -> PackageFact | None:
    return next((each for each in shadow.life.packages if each.id == package.origin), None)
