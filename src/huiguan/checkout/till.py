"""What a batch of sales needs to know, read once: shops, members, accounts, facts, prices, rulebooks.

`Till.open` reads; `Till.sale_of` turns one input into the sale the clauses judge. Nothing here writes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiguan.checkout import refusals
from huiguan.checkout.catalogue import DatedPrice, Priced, member_line
from huiguan.checkout.inputs import SaleInput, SaleLine
from huiguan.checkout.packages.lines import demand_goods, package_line, priced_for_holders
from huiguan.checkout.quoting import is_opening
from huiguan.checkout.reading import Known, buyer_of, read_all
from huiguan.entitlements.values import typed
from huiguan.identity import queries as identity
from huiguan.identity.values import Shop
from huiguan.kernel.actors import POWERS, Actor
from huiguan.kernel.amounts import LARGEST
from huiguan.kernel.moments import demand_not_ahead, local_day, moment_of
from huiguan.kernel.refusals import Forbidden, Refusal
from huiguan.ledger.values import Account
from huiguan.members import facts as member_facts
from huiguan.members import queries as members
from huiguan.members.operations import Tried
from huiguan.parties import formats
from huiguan.programme.refusals import NoRulebookInForce
from huiguan.rules.effects import NOTHING, Decision
from huiguan.rules.facts import Line, MemberFacts, Sale
from huiguan.rules.kinds import allocation, eligibility, price, relation
from huiguan.rules.packages import by_sku
from huiguan.rules.programme import Programme
from huiguan.rules.wallet import WALLET

Tries = Mapping[tuple[int, str], Tried]  # what comparing PINs showed, by membership and PIN


@dataclass(slots=True)
class Till:
    """A batch at work: what is `known`, whose `facts` and `accounts` are replaced as its sales are folded in; `tries` the
    PINs it came with, compared; `wall` the wall's time."""

    actor: Actor
    now: datetime
    known: Known
    accounts: dict[int, Account]
    facts: dict[int, MemberFacts]
    prices: dict[str, Priced]
    tries: Tries = field(default_factory=dict)
    wall: datetime | None = None

    @classmethod
    def open(
        cls,
        actor: Actor,
        now: datetime,
        sales: Sequence[SaleInput],
        *,
        lock: bool,
        meanwhile: Callable[[], None] | None = None,
    ) -> Till:
        """Read all that `sales` need, doing `meanwhile` while it is read; with `lock`, the members' accounts are locked in
        key order until the end."""
        known = read_all(actor, now, sales, lock=lock, meanwhile=meanwhile)
        return cls(actor, now, known, known.accounts, known.facts, known.prices)

    def rulebook(self, at: datetime) -> Programme:
        """The rulebook in force at `at`."""
        for begins, rulebook in self.known.rulebooks:
            if begins <= at:
                return rulebook
        raise NoRulebookInForce(given=at.isoformat())

    def moment(self, given: SaleInput) -> datetime:
        if given.at is None:
            return self.now
        tz = self.rulebook(self.now).zone
        at = moment_of(given.at, "at", tz)
        demand_not_ahead(at, self.now, tz)
        return at

    def shop(self, given: SaleInput) -> Shop:
        if given.shop is None:
            raise refusals.ShopNeeded(field="shop")
        shop = self.known.shops.get(given.shop) or identity.shop(self.actor.programme, given.shop)
        self.actor.demand("sell", shop.id)
        return shop

    def membership(self, given: SaleInput) -> int:
        """The buyer's membership, 0 for a walk-in; UnknownMember where the reference finds nobody."""
        reference = buyer_of(given)
        if reference is None:
            stored = any(each.means == WALLET for each in given.tenders)
            if given.points or given.vouchers or given.benefits or given.trade_ups or given.signed or stored:
                raise refusals.NeedsMember(field="member")
            return 0
        found = self.known.found.get(reference)
        if found is None or found not in self.facts:
            raise refusals.UnknownMember(field="member", given=reference[1])
        return found

    def sale_of(self, given: SaleInput, shop: Shop, at: datetime, facts: MemberFacts | None) -> Sale:
        """The sale as the clauses see it, priced from the catalogue."""
        rulebook = self.rulebook(at)
        lines = tuple(self._line(i, line, shop, at, facts) for i, line in enumerate(given.lines))
        if facts is not None and facts.packages:
            lines = priced_for_holders(rulebook, lines, given, self.prices, shop.id, at, facts)
        rule = price.terms(rulebook)
        if rule is not None:
            asked = (self._member_line(rule, i, line, given, shop, at, facts) for i, line in enumerate(lines))
            lines = tuple(asked)
        if sum(line.price for line in lines) > LARGEST:
            raise refusals.AmountTooLarge(field="lines")
        return Sale(
            at=at,
            day=local_day(at, rulebook.zone),
            shop=shop.code,
            lines=lines,
            shown=given.presented.what,
            by_member=given.buyer == "member",
            asks=tuple(given.benefits),
            vouchers=tuple(dict.fromkeys(map(typed, given.vouchers))),
            points=given.points,
            opening=facts is not None and is_opening(rulebook, facts, at),
            order=tuple(given.order),
            wallet=sum(each.amount for each in given.tenders if each.means == WALLET) if given.tenders else None,
            hold=given.hold or "",
            trades=tuple(dict.fromkeys(given.trade_ups)),
            signed=tuple(dict.fromkeys(given.signed)),
            card_named=given.presented.card is not None or bool(given.member and given.member.card),
        )

    def _line(self, i: int, given: SaleLine, shop: Shop, at: datetime, facts: MemberFacts | None) -> Line:
        offer = by_sku(self.rulebook(at)).get(given.sku)
        if offer is not None:
            return package_line(self.rulebook(at), offer, i, given, self.actor, shop, facts)
        demand_goods(i, given)
        product = self.prices.get(given.sku)
        if product is None:
            raise refusals.UnknownSku(field=f"lines.{i}.sku", sku=given.sku)
        tag = product.at("list", shop.id, at)
        promotion = product.at("promotion", shop.id, at)
        if given.price is not None and not (self.actor.may("import") or self.actor.may("correct", shop.id)):
            raise Forbidden(field=f"lines.{i}.price", power=POWERS["correct"])
        opens = None
        if tag is None and given.price is None:
            tag = self._ahead(product, shop, at)
            opens = tag.since if tag else None
        if tag is None and given.price is None:
            raise refusals.NotPriced(field=f"lines.{i}.sku", sku=given.sku)
        list_price = tag.amount if tag else (given.price or 0)
        price = given.price if given.price is not None else promotion.amount if promotion else list_price
        cost = product.at("cost", shop.id, at)
        return Line(
            sku=given.sku,
            category=product.category,
            quantity=given.quantity,
            list_price=max(list_price, price) * given.quantity,
            price=price * given.quantity,
            cost=cost.amount * given.quantity if cost else None,
            promotion=promotion is not None and given.price is None,
            opens_at=opens,
        )

    def _ahead(self, product: Priced, shop: Shop, at: datetime) -> DatedPrice | None:
        """The price at which goods will be sold, where some tiers may have them before it begins."""
        coming = product.coming("list", shop.id, at)
        line = Line(product.sku, product.category, 1, 0, 0)
        return coming if coming is not None and allocation.ranks(self.rulebook(at), line) else None

    def _member_line(
        self,
        rule: price.Terms,
        i: int,
        line: Line,
        given: SaleInput,
        shop: Shop,
        at: datetime,
        facts: MemberFacts | None,
    ) -> Line:
        """The line with the member price its goods have, asked where the buyer is entitled to it."""
        if given.lines[i].price is not None or line.sku not in self.prices or line.package is not None:
            return line
        shown = given.presented
        mine = price.entitled(rule, member=facts is not None, shown=shown.what, shown_at=shown.at_line, line=i)
        return member_line(rule, line, self.prices[line.sku], shop.id, at, mine=mine)

    def name_of(self, sku: str, at: datetime) -> str:
        """What the goods are called; a package by its title."""
        product = self.prices.get(sku)
        return product.name if product else by_sku(self.rulebook(at))[sku].title.zh

    def promotion_name(self, sku: str, shop: Shop, at: datetime) -> str:
        held = self.prices[sku].at("promotion", shop.id, at)
        # A promotion without a name is one all the same: what it earns depends on it.
        return (held.name or held.kind) if held else ""

    def objections(self, given: SaleInput, facts: MemberFacts, at: datetime) -> Iterator[Refusal]:
        """What stands against this member's buying at all: her standing, and a card shown that is not hers or not
        usable."""
        if facts.standing != "active":
            yield refusals.MembershipNotActive(field="member", standing=members.standing_title(facts.standing))
        if given.presented.what != "card":
            return
        number = given.presented.card or (given.member.card if given.member else None)
        if number is not None and self.known.found.get(("card", number)) != facts.membership:
            yield refusals.CardOfAnother(field="presented")
            return
        refusal = self._card_refusal(number, facts, at)
        if refusal is not None:
            yield refusal

    def _card_refusal(self, number: str | None, facts: MemberFacts, at: datetime) -> Refusal | None:
        """Why the card shown opens nothing, with what became of it; None where it does."""
        card, shown = facts.card, None
        if number is not None:
            shown = formats.card_number(number, "presented")
        status, programme = card.status if card is not None else "none", self.actor.programme
        if shown is not None and (card is None or shown != card.number):
            # Not the newest: replaced, as a rule; still good where it came along with a membership merged into hers.
            status = members.card_status(programme, shown, at) or "replaced"
        if status == "active":
            return None
        title = members.card_status_title(status)
        said = members.said_of_card(programme, facts.membership, shown, status, at)
        return refusals.CardNotUsable(
            field="presented", status=title, card=shown or (card.number if card else ""), said=said
        )

    def buying(self, given: SaleInput, rulebook: Programme, membership: int, at: datetime) -> Decision:
        """Whether the buyer may buy in the member's name, and whether her points may be used as far as that is verified.
        List and findings are read only where a rulebook asks for them."""
        proved = NOTHING
        if (given.points or given.trade_ups) and eligibility.asks_verified(rulebook):
            verified, field = members.verified([membership], at)[membership], "points" if given.points else "trade_ups"
            proved = eligibility.using_points(rulebook, verified, field)
        if given.buyer == "member" or not relation.shared(rulebook):
            return proved
        listed = relation.buying(rulebook, given.buyer_name, members.users_at(membership, at))
        return Decision((*listed.effects, *proved.effects), (*listed.reasons, *proved.reasons))

    def facts_at(self, membership: int, at: datetime) -> MemberFacts:
        """The member's facts at the sale's own moment: a late sale sees standing, tier and card of its time."""
        facts = self.facts[membership]
        return facts if at == self.now else member_facts.as_of(facts, at)
