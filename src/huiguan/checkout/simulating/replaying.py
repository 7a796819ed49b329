"""One member's months told twice: as they are on record, and as the rulebook tried would have had them.

The second story goes the same way as the first, happening by happening in the order they were written, and each sees what
the rulebook tried had made of those before: points in hand, the tier reached, the year's quota used.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.checkout.simulating.figures import ALL, Amounts, Cells, add, same
from huiguan.checkout.simulating.granting import grant_on_card, grant_on_month_end
from huiguan.checkout.simulating.records import (
    AsItWas,
    CardHanded,
    GiftBack,
    GoodsBack,
    Happening,
    Life,
    MonthEnd,
    Redeemed,
    SaleMade,
    Setting,
    Signed,
    TierGiven,
)
from huiguan.checkout.simulating.redeeming import gift_returned_really, redeem, redeemed_really, take_gift_back
from huiguan.checkout.simulating.selling import Side, sell, sold_really
from huiguan.checkout.simulating.shadow import Shadow, began_before, known_tier
from huiguan.checkout.simulating.signing import countersign, signed_really
from huiguan.checkout.simulating.undoing import returned_really, take_goods_back
from huiguan.kernel.moments import local_day
from huiguan.kernel.records import record
from huiguan.ledger.lots import claw
from huiguan.ledger.values import Journal, LotTerms, Movement, house_address
from huiguan.rules.facts import LotFact
from huiguan.rules.kinds import expiry

NOTHING = Side({})


@record
class Pair:
    """A happening with both decisions."""

    happening: Happening
    real: Side
    draft: Side

    @property
    def differs(self) -> bool:
        return self.draft.refused is not None or not same(self.real.amounts, self.draft.amounts)


@dataclass(slots=True)
class Outcome:
    """Both stories of a member: sums by cell, where she stands at the end, the happenings."""

    life: Life
    real: Cells = field(default_factory=dict)
    draft: Cells = field(default_factory=dict)
    tiers: tuple[str, str] = ("", "")
    pairs: list[Pair] = field(default_factory=list)

    @property
    def moved(self) -> bool:
        """Whether anything of hers differs."""
        mine = (cells.get(ALL, {}) for cells in (self.real, self.draft))
        return self.tiers[0] != self.tiers[1] or not same(*mine)


def replay(setting: Setting, life: Life) -> Outcome:
    """Tell `life` a second time under the rulebook tried."""
    shadow, told = Shadow.begin(setting, life), Outcome(life)
    shops: dict[int, tuple[str, str, str]] = {}
    for happening in life.happenings:
        shadow.move_on(happening.now)
        pair = _told(shadow, happening)
        told.pairs.append(pair)
        _sum_up(setting, told, pair, shops)
    shadow.move_on(setting.ends)
    for past in shadow.coming:  # written down after the time had ended
        shadow.give(past.right)
    _close(shadow, told)
    return told


def _told(shadow: Shadow, happening: Happening) -> Pair:
    match happening:
        case SaleMade():
            return Pair(happening, sold_really(happening), sell(shadow, happening))
        case Signed():
            return Pair(happening, signed_really(happening), countersign(shadow, happening))
        case GoodsBack():
            return Pair(happening, returned_really(happening), take_goods_back(shadow, happening))
        case Redeemed():
            return Pair(happening, redeemed_really(happening), redeem(shadow, happening))
        case GiftBack():
            return Pair(happening, gift_returned_really(happening), take_gift_back(shadow, happening))
        case AsItWas():
            return _as_it_was(shadow, happening)
        case CardHanded():
            return Pair(happening, NOTHING, grant_on_card(shadow, happening))
        case MonthEnd():
            grant_on_month_end(shadow, happening)
        case TierGiven():
            shadow.step(happening.at, known_tier(shadow.setting, happening.tier))
    return Pair(happening, NOTHING, NOTHING)


def _as_it_was(shadow: Shadow, happening: AsItWas) -> Pair:
    """Units and days as the journal has them; where more was taken than there is now, what there is."""
    shadow.count(happening.tallies)
    movements, brought = [], dict[str, int]()
    for unit, lot, amount, opened in happening.moved:
        back = not opened and amount < 0
        if opened or back:
            movements.append(_arriving(shadow, unit, lot, abs(amount), opened))
            brought[unit] = brought.get(unit, 0) + abs(amount)
    if movements:
        shadow.write(Journal(happening.at, ("simulation", ""), "", movements=tuple(movements)), happening.seq)
    taken = dict(brought)
    for unit, lot, amount, opened in happening.moved:
        if not opened and amount > 0:
            brought[unit] = brought.get(unit, 0) - amount
            taken[unit] = taken.get(unit, 0) - _leaving(shadow, happening, unit, lot, amount)
    real, draft = ({f"brought:{unit}": units for unit, units in each.items()} for each in (brought, taken))
    return Pair(happening, Side(real), Side(draft))


def _arriving(shadow: Shadow, unit: str, lot: LotFact, amount: int, opened: bool) -> Movement:
    house, mine = house_address(unit, "opening"), shadow.mine(unit)
    if opened:
        terms = LotTerms(lot.earned_at, lot.usable_from, lot.expires_at)
        return Movement(unit, amount, house, mine, opens=terms)
    return Movement(unit, amount, house, mine, restores=((lot, amount),))


def _leaving(shadow: Shadow, happening: AsItWas, unit: str, lot: LotFact, amount: int) -> int:
    order = expiry.spending_order(shadow.setting.draft, unit)
    uses, short = claw(shadow.account.unit(unit).lots, amount, happening.at, order=order, prefer=(lot.key,))
    if uses:
        house = house_address(unit, "clawed")
        move = Movement(unit, amount - short, shadow.mine(unit), house, uses=uses)
        shadow.write(Journal(happening.at, ("simulation", ""), "", movements=(move,)), happening.seq)
    return amount - short


def _sum_up(setting: Setting, told: Outcome, pair: Pair, sales: dict[int, tuple[str, str, str]]) -> None:
    """Add both sides to the member's sums; sales and their returns to those of shop, tier and month as well."""
    happening, shop = pair.happening, ""
    tiers = (pair.real.tier, pair.draft.tier)
    if isinstance(happening, SaleMade):
        shop = str(happening.shop_id)
        sales[happening.seq] = (shop, *tiers)
    elif isinstance(happening, GoodsBack | Signed):
        shop, *known = sales.get(happening.sale_seq, ("", "", ""))
        tiers = (known[0], known[1])
    month = f"month:{local_day(happening.at, setting.draft.zone):%Y-%m}"
    for cells, side, tier in ((told.real, pair.real, tiers[0]), (told.draft, pair.draft, tiers[1])):
        names = [ALL, month] if side.amounts else []
        if shop and names:
            names += [f"shop:{shop}", f"tier:{tier}"]
        add(cells, names, side.amounts)


def _close(shadow: Shadow, told: Outcome) -> None:
    """Where both stories end: what is alive and what died unused, rights given, tiers."""
    setting, life = shadow.setting, shadow.life
    for unit, (alive, died) in life.past.ends.items():
        add(told.real, (ALL,), {f"end:{unit}": alive, f"expired:{unit}": died})
    add(told.draft, (ALL,), _ends(shadow))
    for cells in (told.real, told.draft):
        add(cells, (ALL,), _starts(setting, life))
    _grants(shadow, told)
    tiers = [
        change for change in life.member.tiers if change.at < setting.ends and change.written_at <= setting.as_written
    ]
    real = tiers[-1].after if tiers else shadow.tiers[0][1]
    draft = shadow.tier_at(setting.ends)
    falls = sum(1 for change in tiers if change.cause == "review" and not began_before(setting, life, change))
    add(told.real, (ALL,), {"falls": falls})
    add(told.draft, (ALL,), {"falls": shadow.falls})
    told.tiers = (real, draft)
    add(told.real, (f"tier:{real}",), {"members": 1})
    add(told.draft, (f"tier:{draft}",), {"members": 1})


def _ends(shadow: Shadow) -> Amounts:
    begins, ends = shadow.setting.begins, shadow.setting.ends
    amounts: Amounts = {}
    living = ((unit, lot) for unit, state in shadow.account.units.items() for lot in state.lots)
    for unit, lot in (*living, *shadow.died):
        if lot.expires_at is None or lot.expires_at > ends:
            amounts[f"end:{unit}"] = amounts.get(f"end:{unit}", 0) + lot.left
        elif lot.expires_at > begins:
            amounts[f"expired:{unit}"] = amounts.get(f"expired:{unit}", 0) + lot.left
    return amounts


def _starts(setting: Setting, life: Life) -> Amounts:
    def alive(lot: LotFact) -> bool:
        return lot.expires_at is None or lot.expires_at > setting.begins

    return {f"start:{unit}": sum(lot.left for lot in lots if alive(lot)) for unit, lots in life.past.lots.items()}


def _grants(shadow: Shadow, told: Outcome) -> None:
    setting = shadow.setting
    real = [
        past.right for past in shadow.life.member.rights if _given_in(setting, past.right.granted_at, past.written_at)
    ]
    for cells, rights in ((told.real, real), (told.draft, shadow.granted)):
        add(cells, (ALL,), {"granted": len(rights), "granted_worth": sum(right.worth for right in rights)})


def _given_in(setting: Setting, at: datetime, written_at: datetime) -> bool:
    return setting.begins <= at < setting.ends and written_at <= setting.as_written


def differing(told: Outcome) -> Iterator[Pair]:
    """The happenings that came out differently."""
    return (pair for pair in told.pairs if pair.differs)
