"""Something of the mall ordered: judged by the clauses, its pieces taken, its units spent, all in one stroke."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from huiguan.checkout.refusals import ShopNeeded
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.kernel.actors import Actor
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.ledger.lots import choose
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, Movement, house_address, member_address
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import refusals, stock
from huiguan.rewards.events import OrderPlaced
from huiguan.rewards.handing_out import due_on, hand_out
from huiguan.rewards.inputs import PlaceOrder
from huiguan.rewards.models import Flash, Item, Order, Pool, Wait
from huiguan.rewards.paying import pay
from huiguan.rewards.shelf import flash_of, had_of, item_of, name_of, offer_of, way_of
from huiguan.rewards.stepping import next_number, return_days_of, sealed_address, view_of, write_step
from huiguan.rewards.telling import reasons_told, refuse_first
from huiguan.rewards.values import PLACED, OrderView
from huiguan.rewards.waiting import pass_on_due
from huiguan.rewards.whom import Asking, asking, mall_clause, membership_for, place_of, subject_of
from huiguan.rules.effects import Decision, Reason, Refuse, Spend, Tally
from huiguan.rules.kinds import allocation, catalogue, expiry, limit
from huiguan.rules.mall import Offer, Price, Wish

_WAIT = Text(zh="可以排候补。", en="The wait-list is open.")
_NO_WAIT = Text(zh="", en="")


def place_order(*, actor: Actor, at: datetime, given: PlaceOrder, key: str | None = None) -> OrderView:
    """Something of the mall for units, or units and money. A member orders for herself; staff name her (power: sell).

    Refuses ItemUnknown, ItemWithdrawn, NoMall, UnknownMember, MembershipNotActive, NotForTier, OutsideWindow,
    WayNotOffered, LimitReached, BalanceTooLow, SoldOut, AddressNeeded, PaymentDiffers, ShopNeeded.
    """
    membership = membership_for(actor, given.member)
    return perform(
        "place_order",
        actor=actor,
        at=at,
        subject=subject_of(actor, membership, given.member),
        given=given,
        key=key,
        returns=OrderView,
        secret=frozenset({"address"}),
        do=lambda: _place(actor, at, given, membership),
    )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is ordered, where it is collected, and from which pool it comes (None: not counted)."""

    item: Item
    offer: Offer
    wish: Wish
    shop: int | None
    flash: Flash | None
    pool: Pool | None
    kept: Wait | None  # a piece was kept for her


def _place(actor: Actor, now: datetime, given: PlaceOrder, membership: int) -> OrderView:
    mall_clause(programmes.programme_at(actor.programme, now))
    item, flash = _asked_for(actor, given)
    _refuse_gone(item, flash)
    here = asking(actor, now, membership)
    wanted = _wanted(actor, here, given, item, flash)
    cost, decision = judged(here, wanted.offer, wanted.wish)
    row = write_order(actor, here, wanted, cost, decision)
    _address(given, row)
    account = spend(actor, here, row, decision)
    hand_out(actor, here.rulebook, row, here.at)
    if given.tender is not None:
        pay(actor, now, row, given.tender)
    _tell(row, now)
    return view_of(actor, row, now, account)


def _asked_for(actor: Actor, given: PlaceOrder) -> tuple[Item, Flash | None]:
    item = item_of(actor.programme, given.item)
    if item.withdrawn_at is not None:
        raise refusals.ItemWithdrawn(field="item", name=name_of(item))
    flash = flash_of(actor.programme, given.flash) if given.flash is not None else None
    if flash is not None and (flash.item_id != item.pk or flash.closed_at is not None):
        raise refusals.FlashUnknown(field="flash", flash=given.flash)
    return item, flash


def _refuse_gone(item: Item, flash: Flash | None) -> None:
    """Nothing committed is left: told before anybody is locked, so that a crowd at an empty shelf waits for nothing."""
    if flash is not None and not sum(stock.left_in([stock.pool_for(item, flash=flash).pk]).values()):
        raise refusals.SoldOut(field="item", name=name_of(item), left=0, told=_NO_WAIT)


def _wanted(actor: Actor, here: Asking, given: PlaceOrder, item: Item, flash: Flash | None) -> Wanted:
    shop = place_of(actor, given.shop)
    if shop is not None and actor.kind != "member":
        actor.demand("sell", shop)
    way = way_of(item, given.way, shop)
    if way == "pickup" and shop is None:
        raise ShopNeeded(field="shop")
    if way == "delivery" and given.address is None and actor.kind == "member":
        raise refusals.AddressNeeded(field="address")
    had = had_of(here.rulebook, item, here.membership, here.at, flash=flash)
    wish = Wish(given.quantity, way, given.points)
    where = shop if way == "pickup" else None
    kept = None if flash is not None else _kept_for(here, item, where, given.quantity)
    return Wanted(item, offer_of(item, flash=flash, had=had), wish, where, flash, _pool(item, where, flash), kept)


def _pool(item: Item, shop: int | None, flash: Flash | None) -> Pool | None:
    """Where the pieces come from; outside codes and vouchers nobody counts come from nowhere."""
    if flash is not None:
        return stock.pool_for(item, flash=flash)
    if item.sort == "code" or (item.sort == "voucher" and not item.pools.exists()):
        return None
    return stock.pool_at(item, shop)


def _kept_for(here: Asking, item: Item, shop: int | None, quantity: int) -> Wait | None:
    """The piece that was kept for her, while the offer stands."""
    if quantity != 1:
        return None
    rows = Wait.objects.select_for_update().filter(
        membership_id__in=members.lives_of(here.membership), item=item, shop_id=shop, state="offered",
        until__gt=here.at,
    )  # fmt: skip
    return rows.first()


def judged(here: Asking, offer: Offer, wish: Wish) -> tuple[Price, Decision]:
    """What it costs and why; the first refusal of the clauses otherwise."""
    cost, decision = catalogue.decide(here.rulebook, here.facts, offer, wish, at=here.at)
    limited = limit.decide(here.rulebook, here.facts, (offer.line(wish.quantity),), here.day, "quantity")
    early = allocation.opened_early(here.rulebook, offer, here.facts.tier, here.at)
    effects = (*decision.effects, *limited.effects)
    refuse_first(here.rulebook, [effect for effect in effects if isinstance(effect, Refuse)])
    reasons: tuple[Reason, ...] = (*decision.reasons, *limited.reasons, *((early,) if early else ()))
    return cost, Decision(effects, reasons)


def write_order(
    actor: Actor, here: Asking, wanted: Wanted, cost: Price, decision: Decision, *, source: str = "mall"
) -> Order:
    """The order written and its pieces taken. SoldOut where they are not there."""
    key, number = next_number()
    _take(actor, here, wanted, number)
    said = catalogue.terms(here.clause)
    instant = wanted.wish.way == "instant"
    row = Order(
        pk=key, programme_id=actor.programme, number=number, membership_id=here.membership, item=wanted.item,
        quantity=wanted.wish.quantity, unit=said.unit, units=cost.units, owed=cost.cash, way=wanted.wish.way,
        shop_id=wanted.shop, state=PLACED, source="flash" if wanted.flash else source, pool=wanted.pool,
        placed_at=here.at, due_on=None if instant else due_on(here.rulebook, actor.programme, wanted.item, here.day),
        pay_until=here.at + timedelta(hours=said.pay_within) if said.pay_within and cost.cash else None,
        clause=here.clause.id, version=here.rulebook.version, document=_document(here, wanted, decision),
    )  # fmt: skip
    row.save(force_insert=True)
    write_step(actor, row, PLACED, at=here.at, now=here.at)
    if wanted.kept is not None:
        wanted.kept.state, wanted.kept.ended_at, wanted.kept.order = "taken", here.at, row
        wanted.kept.save()
    return row


def _take(actor: Actor, here: Asking, wanted: Wanted, number: str) -> None:
    if wanted.pool is None or wanted.kept is not None:
        return
    cause, pieces = f"order:{number}", wanted.wish.quantity
    there = stock.take(actor, wanted.pool, pieces, cause=cause, at=here.at)
    if not there and pass_on_due(actor.programme, here.at, wanted.item):
        there = stock.take(actor, wanted.pool, pieces, cause=cause, at=here.at)  # an offer nobody took up has ended
    if not there:
        left = stock.left_in([wanted.pool.pk])[wanted.pool.pk]
        waits = allocation.rule(here.rulebook, "wait_list") is not None and wanted.flash is None
        told = _WAIT if waits else _NO_WAIT
        raise refusals.SoldOut(field="item", name=name_of(wanted.item), left=left, told=told)


def _document(here: Asking, wanted: Wanted, decision: Decision) -> dict[str, object]:
    return {
        "name": {"zh": wanted.item.name_zh, "en": wanted.item.name_en},
        "tier": here.facts.tier,
        "worth": wanted.item.worth,
        "price": wanted.offer.units,
        "return_days": return_days_of(here.rulebook),
        "flash": wanted.flash.code if wanted.flash else None,
        "tallies": [[e.measure, e.amount] for e in decision.effects if isinstance(e, Tally)],
        "reasons": reasons_told(here.rulebook, decision.reasons),
    }


def spend(actor: Actor, here: Asking, row: Order, decision: Decision) -> Account:
    """The units out of the member's lots, and what her day counts."""
    spends = [effect for effect in decision.effects if isinstance(effect, Spend)]
    tallies = tuple((here.day, e.measure, e.amount) for e in decision.effects if isinstance(e, Tally))
    journal = Journal(
        at=here.at,
        cause=("order", row.number),
        actor=actor.reference,
        version=here.rulebook.version,
        movements=tuple(_movement(here, effect) for effect in spends),
        tallies=tallies,
    )
    account, sealed = fold(here.account, journal, written_at=here.at)
    ledger.write_sealed(actor.programme, [account], [(account.membership, sealed)], here.at)
    row.seq = account.seq
    row.save(update_fields=["seq"])
    return account


def _movement(here: Asking, effect: Spend) -> Movement:
    order = expiry.spending_order(here.rulebook, effect.unit)
    uses = choose(here.account.unit(effect.unit).lots, effect.amount, here.at, order=order, unit=effect.unit)
    return Movement(
        unit=effect.unit,
        amount=effect.amount,
        debit=member_address(here.membership, effect.unit),
        credit=house_address(effect.unit, "redeemed"),
        clause=effect.clause,
        uses=uses,
    )


def _address(given: PlaceOrder, row: Order) -> None:
    if given.address is not None and row.way == "delivery":
        row.address = sealed_address(given.address, row.number)
        row.save(update_fields=["address"])


def _tell(row: Order, now: datetime) -> None:
    told = OrderPlaced(
        membership=row.membership_id, shop=row.shop_id, reference=row.number, at=row.placed_at, clause=row.clause,
        item=row.item.code, quantity=row.quantity, unit=row.unit, units=row.units, cash=row.owed, source=row.source,
    )  # fmt: skip
    tell(row.programme_id, [told], now)
