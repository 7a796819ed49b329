"""Packages as they are told: what a member holds, what is left, what was done; and which are sold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from huiguan.checkout import package_refusals as refusals
from huiguan.checkout.packages.lines import CATEGORY
from huiguan.checkout.values import AllowanceLeft, PackageOffer, PackageStep, PackageView, ProductView, SwapOffer
from huiguan.entitlements import queries as rights
from huiguan.entitlements.values import HeldPackage
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules.packages import Offer, offers, thing_title, title_of
from huiguan.rules.packaging import price_of
from huiguan.rules.passes import Remaining, remaining
from huiguan.rules.programme import Programme

MOVABLE = ("open", "spent", "waiting")


def packages(actor: Actor, member: str, at: datetime) -> tuple[PackageView, ...]:
    """The packages of a member as they read at `at`, newest first, by number, card or phone. Takes `read_members`."""
    return _told(actor, members.membership(actor, member), at)


def packages_on_offer(actor: Actor, at: datetime) -> tuple[PackageOffer, ...]:
    """The packages the rulebook in force at `at` sells, in its order."""
    actor.demand("read_members")
    rulebook = programmes.programme_at(actor.programme, at)
    return tuple(
        PackageOffer(
            offer.name, offer.sku, offer.title.both(), offer.clause.id, offer.price, offer.ends(at, rulebook),
            _left(rulebook, remaining(offer.allowances, ())), tuple(sku for sku, _ in offer.member_price),
        )
        for offer in offers(rulebook).values()
    )  # fmt: skip


def packages_found(actor: Actor, text: str, at: datetime) -> list[ProductView]:
    """The packages with a price that the till finds by number or name."""
    try:
        rulebook = programmes.programme_at(actor.programme, at)
    except NoRulebookInForce:
        return []
    word = text.lower()
    return [
        ProductView(offer.sku, offer.title.zh, CATEGORY, offer.price, offer.price, None)
        for offer in offers(rulebook).values()
        if offer.price is not None and word and (word in offer.sku.lower() or word in offer.title.zh)
    ]


def held_package(membership: int, code: str, at: datetime) -> HeldPackage:
    """The package with this code; the one that has not ended where it was hers twice. PackageUnknown."""
    found = [each for each in rights.held_packages(membership, at) if each.package.code == code.upper()]
    if not found:
        raise refusals.PackageUnknown(field="package", given=code)
    return next((each for each in found if each.package.ended is None), found[0])


def held_by(actor: Actor, membership: int, at: datetime, code: str) -> PackageView:
    """One package as it is told, after something was done with it."""
    return next(each for each in _told(actor, membership, at) if each.code == code)


def _told(actor: Actor, membership: int, at: datetime) -> tuple[PackageView, ...]:
    rulebook = programmes.programme_at(actor.programme, at)
    held = rights.held_packages(membership, at)
    named = {line.shop for each in held for line in each.lines if line.shop is not None}
    shops = {key: shop.code for key, shop in identity.shops_by_id(actor.programme, named).items()} if named else {}
    return tuple(_view(rulebook, each, shops) for each in held)


def _view(rulebook: Programme, held: HeldPackage, shops: dict[int, str]) -> PackageView:
    fact = held.package
    offer = offers(rulebook).get(fact.name)
    movable = held.state in MOVABLE
    rule = offer.rule("transfer") if offer else None
    return PackageView(
        code=fact.code,
        name=fact.name,
        title=title_of(rulebook, fact.name, fact.clause).both(),
        clause=fact.clause,
        price=fact.price,
        state=held.state,
        bought_at=fact.sold_at or fact.valid_from,
        since=fact.valid_from,
        until=fact.valid_until,
        remaining=_left(rulebook, held.remaining),
        steps=_steps(rulebook, held, shops),
        swaps=_swaps(rulebook, offer, held) if movable else (),
        transferable=movable and rule is not None and rule.parameters.transfer == "member",  # type: ignore[attr-defined]
        sale=fact.cause.removeprefix("sale:") if fact.cause.startswith("sale:") else None,
        agreement=held.agreement,
    )


def _left(rulebook: Programme, states: Sequence[Remaining]) -> tuple[AllowanceLeft, ...]:
    return tuple(
        AllowanceLeft(
            items=tuple((item, thing_title(rulebook, item).both()) for item in each.allowance.of),
            times=each.allowance.times,
            used=each.used,
            left=each.left,
            open=each.open,
            choice=each.allowance.choice is not None,
            clause=each.allowance.clause,
        )
        for each in states
    )


def _steps(rulebook: Programme, held: HeldPackage, shops: dict[int, str]) -> tuple[PackageStep, ...]:
    return tuple(
        PackageStep(
            n=line.n,
            what=line.what,
            at=line.at,
            item=line.item,
            title=thing_title(rulebook, line.item).both() if line.item else None,
            quantity=line.quantity,
            shop=shops.get(line.shop or 0),
            cause=line.cause,
            undone=line.undone,
        )
        for line in held.lines
    )


def _swaps(rulebook: Programme, offer: Offer | None, held: HeldPackage) -> tuple[SwapOffer, ...]:
    """The larger packages it may be handed in for."""
    rule = offer.rule("swap") if offer else None
    if rule is None:
        return ()
    named = rule.parameters.swap_to  # type: ignore[attr-defined]
    return tuple(
        SwapOffer(each.name, each.sku, each.title.both(), price_of(each, held.package))
        for each in offers(rulebook).values()
        if each.price is not None and each.price > held.package.price and (not named or each.name in named)
    )
