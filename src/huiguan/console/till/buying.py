"""Who buys, as the till's strip shows her: name, marks, four figures that open their ledgers, what to know first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from huiguan.console.acting import Acting
from huiguan.console.till.asking import Asked
from huiguan.console.till.pages import Buyer, BuyerHit, Choice
from huiguan.console.wording import main_unit, masked_tail, named_unit, standing_mark, tier_mark
from huiguan.design.values import Figure, Mark
from huiguan.entitlements.queries import held_rights
from huiguan.kernel.moments import local_day
from huiguan.kernel.text import Text, either
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.members.values import MemberHit
from huiguan.rules import countersigned
from huiguan.rules.climbing import EVER
from huiguan.rules.facts import MemberFacts
from huiguan.rules.kinds import credential, relation, tender, tier_ladder
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import MONEY

YEAR = 400  # local days of measures a buyer's figures look back on


@dataclass(frozen=True, slots=True)
class Known:
    """A buyer as the till knows her."""

    hit: MemberHit
    facts: MemberFacts

    @property
    def active(self) -> bool:
        return self.facts.standing == "active"


def known_buyer(now: Acting, number: str) -> Known | None:
    """The member of a number with her facts at this moment; None for a walk-in or an unknown number."""
    if not number:
        return None
    hit = members.named(now.actor, [number]).get(number)
    if hit is None:
        return None
    since = now.at.date() - timedelta(days=YEAR)
    found = member_facts.member_facts(now.actor.programme, [hit.membership], at=now.at, since=since)
    return Known(hit, found[hit.membership])


def buyer_of(now: Acting, rulebook: Programme, known: Known) -> Buyer:
    """The strip of a known buyer."""
    facts, hit = known.facts, known.hit
    marks = [tier_mark(rulebook, facts.tier)]
    if not known.active:
        marks.append(standing_mark(facts.standing))
    aside = " · ".join(
        part for part in (facts.card.number if facts.card else facts.number, masked_tail(hit.phone_tail)) if part
    )
    return Buyer(
        number=facts.number,
        name=hit.name,
        href=f"/members/{facts.number}/",
        aside=aside,
        marks=[mark for mark in marks if mark],
        figures=_figures(now, rulebook, facts),
        note=_note(rulebook, known),
    )


def _figures(now: Acting, rulebook: Programme, facts: MemberFacts) -> list[Figure]:
    page = f"/members/{facts.number}/"
    figures = []
    unit = main_unit(rulebook)
    if unit:
        points = max(0, facts.available(unit, now.at))
        figures.append(Figure(named_unit(rulebook, unit), points, "points", href=f"{page}?book=points"))
    if tender.terms(rulebook) is not None:
        stored = sum(max(0, facts.available(part, now.at)) for part in MONEY)
        figures.append(Figure(Text(zh="储值", en="Stored"), stored, "money", href=f"{page}?book=wallet"))
    ready = sum(1 for each in held_rights(facts.membership, now.at) if each.state == "ready")
    figures.append(Figure(Text(zh="卡券", en="Coupons"), ready, "points", href=f"{page}?book=rights"))
    months = tier_ladder.months_back(rulebook)
    if months:
        day = local_day(now.at, rulebook.zone)
        spent = facts.sum("spend", *tier_ladder.window(day, months))
        figures.append(Figure(window_title(months), spent, "money", href=f"{page}?book=spend"))
    return figures


def window_title(months: int) -> Text:
    """What spending over the ladder's window is called."""
    if months == 6:
        return Text(zh="半年累积", en="Half-year spend")
    if months >= EVER:
        return Text(zh="累计实付", en="Spend since joining")
    if months == 12:
        return Text(zh="一年累积", en="Spend, one year")
    return Text(zh=f"{months} 个月累积", en=f"Spend, {months} {either(months, 'month', 'months')}")


def _by_card(rulebook: Programme) -> bool:
    """Whether members are known by a card, and not by the phone they gave."""
    return credential.account_clause(rulebook) is None and any(
        clause.parameters.what == "card"  # type: ignore[attr-defined]
        for clause in rulebook.of("credential")
    )


def _note(rulebook: Programme, known: Known) -> Text | str:
    card = known.facts.card
    if not known.active:
        return Text(
            zh="会员资格已暂停，这一单按散客收。", en="The membership is suspended; this is rung up as a walk-in."
        )
    if card is not None and card.status != "active":
        title = members.card_status_title(card.status)
        return Text(
            zh=f"卡 {card.number} 已{title.zh}，不能凭它打折。",
            en=f"Card {card.number} is {title.en}; it gives no discount.",
        )
    if card is None and _by_card(rulebook):
        return Text(
            zh="没有会员卡，凭卡的折扣不能用。", en="The member holds no card; discounts that take one are out."
        )
    if not known.facts.profile_complete:
        return Text(zh="资料不全，请顺便补上。", en="The profile is incomplete; please fill it in.")
    return ""


ORDER_TITLES = {
    "group": Text(zh="团购单", en="Group order"),
    "proxy": Text(zh="店外代购单", en="For somebody outside"),
    "promotion": Text(zh="促销活动单", en="Promotion order"),
}


def orders_of(rulebook: Programme, asked: Asked) -> list[Choice]:
    """The kinds of sale some clause treats apart, to be ticked; none where no clause does."""
    named = {
        order
        for kind in ("earn", "redemption")
        for clause in rulebook.of(kind)
        for order in clause.parameters.not_on  # type: ignore[attr-defined]
    }
    return [Choice(order, title, order in asked.orders) for order, title in ORDER_TITLES.items() if order in named]


SIGNER_TITLES = {
    "member": Text(zh="会员已签字", en="Member signed"),
    "guide": Text(zh="导购已签字", en="Guide signed"),
}


def signers_of(rulebook: Programme, asked: Asked) -> list[Choice]:
    """Who signs the record of a purchase, to be ticked; none where nobody does."""
    return [Choice(each, SIGNER_TITLES[each], each in asked.signed) for each in countersigned.signers(rulebook)]


def users_of(now: Acting, rulebook: Programme, asked: Asked, known: Known | None) -> list[Choice] | None:
    """Who may buy in the member's name, where a rulebook keeps a list; None where it keeps none or she is here."""
    if known is None or asked.buying == "member" or not relation.shared(rulebook):
        return None
    listed = sorted(members.users_at(known.facts.membership, now.at))
    return [Choice(name, name, name == asked.buyer_name) for name in listed]


def hits_of(now: Acting, rulebook: Programme, text: str) -> list[BuyerHit]:
    """Members found for the buyer's field."""
    return [_hit(rulebook, hit) for hit in members.find(now.actor, text, limit=6)]


def _hit(rulebook: Programme, hit: MemberHit) -> BuyerHit:
    marks: list[Mark] = [mark for mark in (tier_mark(rulebook, hit.tier),) if mark]
    if hit.standing != "active":
        marks.append(standing_mark(hit.standing))
    shown = {"card": "card", "number": "card", "phone": "phone"}.get(hit.how, "none")
    aside = " · ".join(part for part in (hit.card or hit.number, masked_tail(hit.phone_tail)) if part)
    return BuyerHit(hit.number, hit.name, aside, marks, shown)
