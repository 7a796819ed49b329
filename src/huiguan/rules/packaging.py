"""What a package costs, what a use of it takes, and whether it is swapped, taken back or passed on. Pure.

Asked by the till when one is sold and at the counter when it is used. What stands against it is told with its figures;
nothing is raised.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiguan.kernel.records import record
from huiguan.rules.effects import NOTHING, Decision, OpenPackage, Reason, UsePackage
from huiguan.rules.facts import Line, PackageFact, Sale
from huiguan.rules.kinds.package import ENDINGS
from huiguan.rules.lapsing import last_day, refused, stale, stop, told_of, unshown
from huiguan.rules.packages import Offer, by_sku, card_clause, offers, sold, thing_title, title_of
from huiguan.rules.passes import Remaining, carried, remaining, room
from huiguan.rules.programme import Programme


@record
class Asked:
    """A use that is asked for: of which thing, how often, of which package where one is named, what was shown."""

    item: str
    quantity: int
    at: datetime
    code: str | None = None
    shown: frozenset[str] = frozenset()


def price_of(offer: Offer, swapped: PackageFact | None) -> int:
    """What one costs; the difference where another is handed in for it."""
    return max(0, (offer.price or 0) - (swapped.price if swapped else 0))


def held_of(packages: Sequence[PackageFact], code: str | None) -> PackageFact | None:
    """The package with this code; the one that has not ended where it came back to who had it before."""
    found = [each for each in packages if each.code == code]
    return next((each for each in found if each.ended is None), found[0] if found else None)


# ---- selling ---------------------------------------------------------------------------------------------------------


def selling(programme: Programme, sale: Sale, packages: Sequence[PackageFact] | None) -> Decision:
    """The packages a sale opens for a member who holds `packages`; None: there is no member. Members' prices by a
    package are told too."""
    if not sold(programme):
        return NOTHING
    decided = NOTHING
    for i, line in enumerate(sale.lines):
        offer = by_sku(programme).get(line.sku)
        if offer is not None:
            decided = _joined(decided, _sold(programme, offer, sale.at, i, line, packages))
            packages = packages and _handed_in(packages, line.swaps)
        elif line.package is not None and line.for_member:
            decided = _joined(decided, Decision(reasons=_saved(programme, line)))
    return decided


def _handed_in(packages: Sequence[PackageFact], code: str | None) -> Sequence[PackageFact]:
    """One bill does not hand the same package in twice."""
    return [replace(each, ended="swapped") if code and each.code == code else each for each in packages]


def _joined(one: Decision, other: Decision) -> Decision:
    return Decision((*one.effects, *other.effects), (*one.reasons, *other.reasons))


def _saved(programme: Programme, line: Line) -> tuple[Reason, ...]:
    off = line.ordinary_price - line.price
    clause = programme.clauses[line.package or ""]
    return (Reason(clause.id, "member_price", True, {"title": clause.title.both(), "off": off}),) if off > 0 else ()


def _sold(
    programme: Programme, offer: Offer, at: datetime, i: int, line: Line, packages: Sequence[PackageFact] | None
) -> Decision:
    told: dict[str, Any] = {"title": offer.title.both()}
    if packages is None:
        return stop(offer.clause.id, "needs_member", f"lines.{i}.sku", told)
    if offer.negotiated != bool(line.agreement):
        say = "negotiate" if offer.negotiated else "not_negotiated"
        return stop(offer.clause.id, say, f"lines.{i}.agreement", told)
    old = held_of(packages, line.swaps)
    against = _no_swap(programme, offer, old, at, f"lines.{i}.swaps") if line.swaps and old is not None else None
    if against is not None:
        return against
    until = offer.ends(at, programme)
    price = line.price // line.quantity if offer.price is None else offer.price
    effect = OpenPackage(
        offer.clause.id, offer.name, price, line.agreed or offer.allowances, at, until, i,
        copies=line.quantity, agreement=line.agreement,
    )  # fmt: skip
    reasons = [_begun(programme, offer, until)]
    if old is not None:
        effect = replace(effect, swaps=old.id, uses=carried(old.uses, effect.allowances))
        reasons.insert(0, _swapped(programme, offer, old, effect))
    return Decision((effect,), tuple(reasons))


def _begun(programme: Programme, offer: Offer, until: datetime | None) -> Reason:
    told: dict[str, Any] = {"title": offer.title.both()}
    if until is None:
        return Reason(offer.clause.id, "sold", True, told)
    return Reason(offer.clause.id, "sold_until", True, {**told, "until": last_day(until, programme)})


def _swapped(programme: Programme, offer: Offer, old: PackageFact, effect: OpenPackage) -> Reason:
    told = {
        "before": title_of(programme, old.name, old.clause).both(),
        "title": offer.title.both(),
        "pay": price_of(offer, old),
        "used": sum(quantity for _, _, quantity in effect.uses),
    }
    clause = offers(programme)[old.name].rule("swap")
    return Reason(clause.id if clause else offer.clause.id, "swapped", True, told)


def _no_swap(programme: Programme, offer: Offer, old: PackageFact, at: datetime, field: str) -> Decision | None:
    """Why the package `old` is not handed in for this one; None where it is."""
    before = title_of(programme, old.name, old.clause).both()
    told: dict[str, Any] = {"before": before, "title": offer.title.both(), "price": old.price}
    former = offers(programme).get(old.name)
    clause = former.rule("swap") if former else None
    over = stale(programme, old, at)
    if over is not None:
        return refused(over, field)
    if clause is None or (clause.parameters.swap_to and offer.name not in clause.parameters.swap_to):  # type: ignore[attr-defined]
        return stop(clause.id if clause else old.clause, "no_swap", field, told)
    if offer.price is None or offer.price <= old.price:
        return stop(clause.id, "not_larger", field, told)
    return None


# ---- using -----------------------------------------------------------------------------------------------------------


def using(programme: Programme, packages: Sequence[PackageFact], asked: Asked) -> Decision:
    """Which package a use goes to: of those that have room, the one that ends first. NOTHING where none is held that
    could be meant."""
    meant = [each for each in packages if asked.code in (None, each.code)]
    if asked.code is None:
        meant = [each for each in meant if each.ended is None] or meant
        meant = [each for each in meant if any(asked.item in given.of for given in each.allowances)] or meant
    stops: list[Decision] = []
    for package in sorted(meant, key=_soonest):
        decided = _used(programme, package, asked)
        if any(isinstance(effect, UsePackage) for effect in decided.effects):
            return decided
        stops.append(decided)
    # An open package's own reason says more than that an older one is over.
    return min(stops, key=_weight, default=NOTHING)


_WEIGHT = ("not_shown", "used_up", "closed", "absent", "not_yet", "expired", "ended")


def _weight(stop: Decision) -> int:
    return _WEIGHT.index(stop.reasons[0].say)


def _soonest(package: PackageFact) -> tuple[bool, datetime, int]:
    return package.valid_until is None, package.valid_until or package.valid_from, package.id


def _used(programme: Programme, package: PackageFact, asked: Asked) -> Decision:
    against = stale(programme, package, asked.at) or unshown(programme, package, asked.shown)
    if against is not None:
        return refused(against, "presented" if against.say == "not_shown" else "package")
    found = room(package.allowances, package.uses, asked.item, asked.quantity)
    if found.place is None:
        return refused(_no_room(programme, package, asked, found.why, found.against), "item")
    allowance = package.allowances[found.place]
    effect = UsePackage(allowance.clause, package.id, found.place, asked.item, asked.quantity)
    after = remaining(package.allowances, (*package.uses, (found.place, asked.item, asked.quantity)))
    return Decision((effect,), (_told_use(programme, package, asked, after, found.place),))


def _told_use(
    programme: Programme, package: PackageFact, asked: Asked, after: Sequence[Remaining], place: int
) -> Reason:
    now = after[place]
    told = told_of(programme, package) | {"item": thing_title(programme, asked.item).both(), "quantity": asked.quantity}
    if now.left is None:
        return Reason(now.allowance.clause, "used_freely", True, told)
    told["left"] = now.left
    closed = [each for each in after if not each.open and each.allowance.choice == now.allowance.choice]
    if now.allowance.choice is None or not closed:
        return Reason(now.allowance.clause, "used", True, told)
    others = [_names(programme, each.allowance.of) for each in closed]
    return Reason(now.allowance.clause, "chosen", True, {**told, "others": _both_list(others)})


def _no_room(programme: Programme, package: PackageFact, asked: Asked, why: str, against: int | None) -> Reason:
    told = told_of(programme, package) | {"item": thing_title(programme, asked.item).both()}
    if against is None:
        return Reason(package.clause, why, False, told)
    state = remaining(package.allowances, package.uses)[against]
    names = _names(programme, state.allowance.of)
    if why == "closed":
        return Reason(state.allowance.clause, why, False, {**told, "chosen": names})
    told |= {"items": names, "times": state.allowance.times, "used": state.used, "quantity": asked.quantity}
    return Reason(state.allowance.clause, why, False, told)


def _names(programme: Programme, items: Sequence[str]) -> dict[str, str]:
    return _both_list([thing_title(programme, item).both() for item in items])


def _both_list(each: Sequence[Mapping[str, str]]) -> dict[str, str]:
    return {"zh": "、".join(text["zh"] for text in each), "en": ", ".join(text["en"] for text in each)}


def card(programme: Programme, packages: Sequence[PackageFact]) -> Decision:
    """Whether the member card may be handed out to who holds these packages; NOTHING where no clause speaks of it."""
    clause = card_clause(programme)
    if clause is None:
        return NOTHING
    held = next((each for each in packages if each.ended is None), None)
    if held is None:
        return stop(clause.id, "unpaid", "card", {})
    return Decision(reasons=(Reason(clause.id, "paid", True, told_of(programme, held)),))


# ---- taken back, passed on -------------------------------------------------------------------------------------------


def taking_back(programme: Programme, package: PackageFact) -> Decision:
    """Whether a package bought comes back: unused ones do, where no clause says otherwise."""
    offer = offers(programme).get(package.name)
    clause = offer.rule("refund") if offer else None
    told = told_of(programme, package) | {"used": package.used}
    speaks = clause.id if clause else package.clause
    if clause is not None and clause.parameters.refund == "never":  # type: ignore[attr-defined]
        return stop(speaks, "never_back", "lines", told)
    if package.ended is not None:
        return stop(speaks, "ended", "lines", told | {"how": ENDINGS[package.ended].both()})
    if package.uses:
        return stop(speaks, "in_use", "lines", told)
    return Decision(reasons=(Reason(speaks, "unused", True, told),))


def passing_on(programme: Programme, package: PackageFact, at: datetime, to: str) -> Decision:
    """Whether a package goes over to another member."""
    over = stale(programme, package, at)
    if over is not None:
        return refused(over, "package")
    offer = offers(programme).get(package.name)
    clause = offer.rule("transfer") if offer else None
    told = told_of(programme, package)
    if clause is None or clause.parameters.transfer == "never":  # type: ignore[attr-defined]
        return stop(clause.id if clause else package.clause, "no_transfer", "package", told)
    return Decision(reasons=(Reason(clause.id, "transferred", True, {**told, "to": to}),))


def member_goods(programme: Programme, packages: Sequence[PackageFact], at: datetime, shown: str) -> dict[str, str]:
    """Goods at members' prices by a package that is good at `at`: the clause by which, for each."""
    found: dict[str, str] = {}
    for package in packages:
        offer = offers(programme).get(package.name)
        if offer is None or stale(programme, package, at) is not None:
            continue
        if unshown(programme, package, (shown,)) is None:
            for sku, clause in offer.member_price:
                found.setdefault(sku, clause)
    return found
