"""A recorded sale judged by the rulebook tried: as it was asked for then; and where that is refused, without what was
refused, as the customer would have bought all the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiguan.checkout import refusals
from huiguan.checkout.catalogue import member_line
from huiguan.checkout.deciding import decided, facts_after, promotion
from huiguan.checkout.journals import sale_journal
from huiguan.checkout.quoting import Judged
from huiguan.checkout.simulating import packages
from huiguan.checkout.simulating.figures import Amounts
from huiguan.checkout.simulating.records import LineDoc, SaleMade, Setting
from huiguan.checkout.simulating.shadow import Shadow, Sold
from huiguan.checkout.telling import refusal_of
from huiguan.kernel.moments import local_day
from huiguan.kernel.records import record, replace
from huiguan.kernel.refusals import Refusal, first_of
from huiguan.members import queries as members
from huiguan.members.refusals import ShopOutsideScope
from huiguan.rules import vouchers
from huiguan.rules.effects import Reason, SetTier
from huiguan.rules.facts import TRADED, Line, MemberFacts, PackageFact, Sale
from huiguan.rules.kinds import benefit, price, redemption, scope, trade_up
from huiguan.rules.packages import by_sku
from huiguan.rules.reviewing import as_it_stands
from huiguan.rules.wallet import BONUS, PRINCIPAL, WALLET

ACTOR = "simulation:0"
_ON_RECORD = "on record"  # a sale does not keep its agreement's number; the package does


@record
class Side:
    """One side of a happening: what it came to, the tier before and after, why; `refused` the first refusal met, and
    `made` whether it took place all the same."""

    amounts: Amounts
    tier: str = ""
    after: str = ""
    reasons: tuple[Reason, ...] = ()
    refused: Refusal | None = None
    made: bool = True


def sell(shadow: Shadow, made: SaleMade) -> Side:
    """What the rulebook tried makes of the sale, folded into the member."""
    draft, at = shadow.setting.draft, made.at
    facts = as_it_stands(draft, shadow.then(at, made.now), at)
    for effect in scope.decide(draft, made.shop).effects:
        packages.keep_unsold(shadow, made)
        outside = ShopOutsideScope(field="shop", clause=effect.clause, shop=made.shop)
        return Side({"refused": 1}, facts.tier, facts.tier, (), outside, made=False)
    facts = replace(facts, packages=packages.handed_in(shadow, made))
    sale, refused = _asked(shadow, made, facts.packages)
    judged = decided(draft, facts, sale)
    for _ in range(5):
        against = [*_objections(made, facts), *(refusal_of(draft, each) for each in judged.refuses)]
        if not against:
            return _made(shadow, made, facts, judged, refused)
        first = first_of(against)
        refused = refused or first
        without = _without(sale, first, judged)
        if without is None:
            break
        sale = without
        judged = decided(draft, facts, sale)
    packages.keep_unsold(shadow, made)
    return Side({"refused": 1}, facts.tier, facts.tier, judged.reasons, refused, made=False)


def _asked(shadow: Shadow, made: SaleMade, held: tuple[PackageFact, ...]) -> tuple[Sale, Refusal | None]:
    """The sale as it was asked for; what the rulebook tried does not have at all is refused at once."""
    setting, told = shadow.setting, made.told
    draft, judged_by = setting.draft, setting.judged_by(made.version)
    codes = {past.right.id: past.right.code for past in shadow.life.member.rights} if told.rights else {}
    apply = benefit.table(judged_by).apply if judged_by else {}
    asks = tuple([each.name for each in told.steps if each.rate is not None and apply.get(each.name) == "asked"])
    lines, unknown = packages.as_tried(shadow, made, [_line(setting, made, line) for line in told.lines], held)
    sale = Sale(
        at=made.at,
        day=local_day(made.at, draft.zone),
        shop=made.shop,
        lines=lines,
        shown=told.shown,
        by_member=told.by_member,
        signed=tuple(told.signed),
        asks=asks,
        vouchers=tuple([codes.get(right, "") for right in told.rights]),
        points=sum(told.used.values()) - sum(each.units for each in told.steps if each.name.startswith(TRADED)),
        trades=tuple([each.name.removeprefix(TRADED) for each in told.steps if each.name.startswith(TRADED)]),
        opening=told.opening,
        order=tuple(told.order),
        card_named=True,
        settled=(told.wallet.get(PRINCIPAL, 0), told.wallet.get(BONUS, 0)) if told.wallet else None,
    )
    sale, refused = _known(setting, sale)
    return sale, unknown or refused


def _known(setting: Setting, sale: Sale) -> tuple[Sale, Refusal | None]:
    refused: Refusal | None = None
    known = benefit.table(setting.draft).clauses
    for name in sale.asks:
        if name not in known:
            refused = refused or refusals.UnknownBenefit(field="benefits", given=name)
            sale = replace(sale, asks=tuple(each for each in sale.asks if each != name))
    if sale.points and redemption.terms(setting.draft) is None:
        refused = refused or refusals.WayNotOffered(field="points", why=refusals.NO_REDEMPTION)
        sale = replace(sale, points=0)
    offered = tuple(sku for sku in sale.trades if sku in trade_up.offers(setting.draft))
    if offered != sale.trades:
        refused = refused or refusals.WayNotOffered(field="trade_ups", why=refusals.NO_TRADE_UP)
        sale = replace(sale, trades=offered)
    if sale.vouchers and not vouchers.any_given(setting.draft):
        refused = refused or refusals.RightNotHeld(field="vouchers", why=refusals.NO_COUPONS)
        sale = replace(sale, vouchers=())
    return sale, refused


def _objections(made: SaleMade, facts: MemberFacts) -> list[Refusal]:
    """The card that was shown had been looked at; only what the rulebook tried says of its years can stand against it."""
    if made.told.shown != "card" or facts.card is None or facts.card.status not in ("void", "expired"):
        return []
    title = members.card_status_title(facts.card.status)
    return [refusals.CardNotUsable(field="presented", status=title, card=facts.card.number, said="")]


def _without(sale: Sale, refused: Refusal, judged: Judged) -> Sale | None:
    """The sale without what was refused of it; with as many points as may be used, where too many were asked for. None
    where it is the sale itself that is refused."""
    if refused.field == "benefits" and sale.asks:
        return replace(sale, asks=())
    if refused.field == "trade_ups" and sale.trades:
        return replace(sale, trades=())
    if refused.field == "vouchers" and sale.vouchers:
        return replace(sale, vouchers=())
    if refused.field == "points" and sale.points:
        told: Mapping[str, Any] = next(
            (each.values["reason"].values for each in judged.refuses if each.field == "points"), {}
        )
        return replace(sale, points=min(told.get("has", told.get("most", 0)), sale.points - 1))
    return None


def _line(setting: Setting, made: SaleMade, line: LineDoc) -> Line:
    plain = Line(
        sku=line.sku,
        category=line.category,
        quantity=line.quantity,
        list_price=line.list,
        price=line.price,
        cost=line.cost,
        promotion=bool(line.promotion),
        agreement=_ON_RECORD if _negotiated(setting, made, line.sku) else "",
    )
    product = setting.prices.get(line.sku)
    return plain if product is None else _priced_again(setting, made, plain, product)


def _negotiated(setting: Setting, made: SaleMade, sku: str) -> bool:
    """Whether it was a package sold under an agreement, and would be again: the agreement was there."""
    for rulebook in (setting.draft, setting.judged_by(made.version)):
        offer = by_sku(rulebook).get(sku) if rulebook is not None else None
        if rulebook is not None and (offer is None or not offer.negotiated):
            return False
    return True


def _priced_again(setting: Setting, made: SaleMade, line: Line, product: Any) -> Line:
    """A line of goods that have members' prices, at what the rulebook tried makes of them. One whose price was not the
    catalogue's keeps its own."""
    promotion, tag = product.at("promotion", made.shop_id, made.at), product.at("list", made.shop_id, made.at)
    piece = promotion or tag
    if piece is None:
        return line
    plain = replace(line, price=piece.amount * line.quantity, promotion=promotion is not None)
    judged_by = setting.judged_by(made.version)
    then = _with(price.terms(judged_by) if judged_by else None, plain, product, made)
    return _with(price.terms(setting.draft), plain, product, made) if then.price == line.price else line


def _with(rule: price.Terms | None, line: Line, product: Any, made: SaleMade) -> Line:
    if rule is None:
        return line
    mine = price.entitled(rule, member=True, shown=made.told.shown, shown_at=0, line=0)
    return member_line(rule, line, product, made.shop_id, made.at, mine=mine)


def _spent(judged: Judged) -> dict[str, int]:
    """Units used, added up: what is traded up and what pays of the rest may be the same unit."""
    spent: dict[str, int] = {}
    for each in judged.spends:
        if each.purpose != WALLET:
            spent[each.unit] = spent.get(each.unit, 0) + each.amount
    return spent


def _made(shadow: Shadow, made: SaleMade, facts: MemberFacts, judged: Judged, refused: Refusal | None) -> Side:
    draft, before = shadow.setting.draft, shadow.facts
    journal = sale_journal(draft, facts, judged, actor=ACTOR, ref=f"{facts.membership}-{made.seq}")
    shadow.write(replace(journal, tallies=()), made.seq)
    shadow.facts = facts_after(before, shadow.account.units, judged)
    step = promotion(draft, before, facts, shadow.facts, judged.bill.sale, made.now)
    up = next((effect for effect in step.effects if isinstance(effect, SetTier)), None)
    if up is not None:
        shadow.step(up.at, up.tier)
    tier = up.tier if up is not None else facts.tier
    packages.keep_prices(shadow, made, judged)
    shadow.sold[made.seq] = Sold(made, judged, (facts.tier, tier))
    amounts = {**_amounts(judged), "rises": int(up is not None), "refused": int(refused is not None)}
    return Side(amounts, facts.tier, tier, (*judged.reasons, *step.reasons), refused)


def _amounts(judged: Judged) -> Amounts:
    steps = judged.bill.steps
    return {
        "sales": 1,
        "paid": judged.bill.due,
        "discount": sum(step.off for step in steps if step.rate is not None),
        "voucher": sum(step.off for step in steps if step.right is not None),
        **{f"issued:{unit}": units for unit, units in judged.earned.items()},
        **_by_unit("used", _spent(judged)),
    }


def sold_really(made: SaleMade) -> Side:
    """The sale as it is on record."""
    told = made.told
    tier = told.tier or {"before": "", "after": ""}
    amounts = {
        "sales": 1,
        "paid": made.paid,
        "discount": sum(sum(step.offs) for step in told.steps if step.rate is not None),
        "voucher": sum(sum(step.offs) for step in told.steps if step.right is not None),
        **_by_unit("issued", told.earned),
        **_by_unit("used", told.used),
        "rises": int(tier["before"] != tier["after"]),
    }
    return Side(amounts, tier["before"], tier["after"])


def _by_unit(what: str, units: Mapping[str, int]) -> Amounts:
    return {f"{what}:{unit}": amount for unit, amount in units.items()}
