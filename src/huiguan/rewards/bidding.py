"""Auctions in units: a bid's units are held on the bidder and free again in the stroke in which somebody bids more.

A bid counts before the closing moment, not at it. Two bids at once wait for each other at the auction's row: the earlier
one stands, the later must be a step above. At the close the leader's hold is posted; where her units have died
meanwhile, it goes to who bid next most and still can pay.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from functools import partial

from huiguan.checkout.refusals import BalanceTooLow
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction, perform
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.ledger import operations as ledger
from huiguan.ledger.lots import alive, available
from huiguan.ledger.values import Account, Journal, house_address
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import refusals, stock
from huiguan.rewards.events import AuctionClosed, BidOutbid, BidPlaced
from huiguan.rewards.flashing import counted_item, put_back, set_aside, span
from huiguan.rewards.inputs import OpenAuction, PlaceBid, Withdraw
from huiguan.rewards.models import Auction, Bid, Item
from huiguan.rewards.scarcity import auction_told
from huiguan.rewards.values import AuctionTold, Kept
from huiguan.rewards.whom import asking, membership_for, subject_of
from huiguan.rewards.winning import Won, order_won
from huiguan.rules.effects import Reason
from huiguan.rules.kinds import allocation
from huiguan.rules.programme import Clause, Programme

OVER = "FROM rewards_auction WHERE programme_id = %(programme)s AND closes_at <= %(at)s AND state = 'open'"

CATALOGUE = "catalogue"
OPEN, SOLD, UNSOLD, WITHDRAWN = "open", "sold", "unsold", "withdrawn"
_AUCTIONS = Text(zh="竞拍", en="auctions")
_TAKEN = Text(zh="这个代号已用过", en="is taken")


def open_auction(*, actor: Actor, at: datetime, given: OpenAuction, key: str | None = None) -> Kept:
    """One piece put up; it leaves the centre's stock at once. Takes the power `catalogue`. ItemUnknown, StockTooLow,
    WayNotSaid, InvalidInput."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        opens, closes = span(actor, at, given.opens, given.closes)
        clause = clause_of(programmes.programme_at(actor.programme, at))
        item = counted_item(actor, given.item)
        if Auction.objects.filter(programme_id=actor.programme, code=given.code).exists():
            raise InvalidInput(field="code", rule=_TAKEN)
        Auction.objects.create(
            programme_id=actor.programme, code=given.code, item=item, reserve=given.reserve,
            step=given.step or allocation.said(clause).step or 1, opens_at=opens, closes_at=closes,
        )  # fmt: skip
        set_aside(actor, item, 1, f"auction:{given.code}", at)
        return Kept(given.code, 1)

    return perform(
        "open_auction", actor=actor, at=at, subject=f"auction:{given.code}", given=given, key=key, returns=Kept, do=do
    )


def clause_of(rulebook: Programme) -> Clause:
    clause = allocation.rule(rulebook, "auction")
    if clause is None:
        raise refusals.WayNotSaid(field="auction", what=_AUCTIONS)
    return clause


def place_bid(*, actor: Actor, at: datetime, given: PlaceBid, key: str | None = None) -> AuctionTold:
    """Bid units. They are held until somebody bids more or the auction closes.

    Refuses AuctionUnknown, NotOpen, Ended, LeadsAlready, BidTooLow, BalanceTooLow (what will have died by the close
    cannot be bid), NotForTier, and what `place_order` refuses of the member.
    """
    membership = membership_for(actor, given.member)
    return perform(
        "place_bid", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=given, key=key,
        returns=AuctionTold, do=lambda: _bid(actor, at, given, membership),
    )  # fmt: skip


def found_auction(actor: Actor, code: str, *, lock: bool = False) -> Auction:
    rows = Auction.objects.filter(programme_id=actor.programme, code=code)
    rows = rows.select_for_update(of=("self",)) if lock else rows
    row = rows.select_related("item").first()
    if row is None:
        raise refusals.AuctionUnknown(field="auction", auction=code)
    return row


def _bid(actor: Actor, now: datetime, given: PlaceBid, membership: int) -> AuctionTold:
    row = found_auction(actor, given.auction, lock=True)
    rulebook = programmes.programme_at(actor.programme, now)
    clause, unit = clause_of(rulebook), allocation.said(clause_of(rulebook)).unit or ""
    # Both books are locked in the order of their keys, as everywhere, before either moves.
    ledger.settle_accounts({membership, *([row.leader] if row.leader else ())}, at=now)
    here = asking(actor, now, membership)
    if row.item.tiers and here.facts.tier not in row.item.tiers:
        raise refusals.NotForTier(field="auction", why=_for_tiers(row.item))
    demand_open(row.opens_at, row.closes_at, row.state == OPEN, rulebook, now)
    if row.leader is not None and members.holder_of(row.leader) == membership:
        raise refusals.LeadsAlready(field="auction")
    least = allocation.least_bid(clause, row.reserve, row.step, row.leading)
    if given.points < least:
        raise refusals.BidTooLow(field="points", clause=clause.id, least=least, given=given.points)
    _demand_lasting(here.account, unit, given.points, row.closes_at, now)
    hold = ledger.place_hold(
        membership=membership, unit=unit, amount=given.points, lapses_at=None,
        head=_head(actor, now, "bid", row, clause, rulebook), written_at=now,
    )  # fmt: skip
    outbid = _release_leader(actor, now, row, clause, rulebook)
    row.bids, row.leading, row.leader = row.bids + 1, given.points, membership
    row.save(update_fields=["bids", "leading", "leader"])
    Bid.objects.create(
        programme_id=actor.programme, auction=row, n=row.bids, membership_id=membership, units=given.points,
        seq=hold.key[0], at=now, actor=actor.reference,
    )  # fmt: skip
    placed = BidPlaced(membership=membership, reference=row.code, at=now, clause=clause.id, units=given.points)
    tell(actor.programme, [placed, *outbid], now)
    return auction_told(actor, row, now, membership=membership)


def demand_open(opens: datetime, closes: datetime, alive_still: bool, rulebook: Programme, now: datetime) -> None:
    """Between its first moment and just before its last. NotOpen, Ended."""
    if now < opens:
        raise refusals.NotOpen(on=opens.astimezone(rulebook.zone).isoformat())
    if now >= closes or not alive_still:
        raise refusals.Ended(on=min(now, closes).astimezone(rulebook.zone).isoformat())


def _for_tiers(item: Item) -> Text:
    return Text(zh=f"这件只给{'、'.join(item.tiers)}。", en=f"This one is for {', '.join(item.tiers)} only.")


def _demand_lasting(account: Account, unit: str, units: int, closes: datetime, now: datetime) -> None:
    """What is bid must still be there at the close."""
    state = account.unit(unit)
    dying = sum(
        lot.left for lot in state.lots if alive(lot, now) and lot.expires_at is not None and lot.expires_at <= closes
    )
    has = max(0, available(state, now) - dying)
    if has < units:
        raise BalanceTooLow(
            field="points", unit=unit, has=has, needs=units, why=_SHORT.both(has=has, needs=units, gap=units - has)
        )


_SHORT = allocation.SAYS["short"]


def _head(actor: Actor, at: datetime, what: str, row: Auction, clause: Clause, rulebook: Programme) -> Journal:
    return Journal(at=at, cause=(what, row.code), actor=actor.reference, clause=clause.id, version=rulebook.version)


def _release_leader(actor: Actor, now: datetime, row: Auction, clause: Clause, rulebook: Programme) -> list[BidOutbid]:
    """What is held of who led is hers again."""
    last = row.made.order_by("-n").first()
    if last is None:
        return []
    _release(_head(actor, now, "bid_released", row, clause, rulebook), last, now)
    return [BidOutbid(membership=last.membership_id, reference=row.code, at=now, clause=clause.id, units=last.units)]


def _release(head: Journal, bid: Bid, now: datetime) -> None:
    ledger.release_hold(membership=bid.membership_id, hold=(bid.seq, 1), head=head, written_at=now)


def withdraw_auction(*, actor: Actor, at: datetime, given: Withdraw, key: str | None = None) -> Kept:
    """Take an auction back before it closes; what is held is free again. Takes the power `catalogue`. AuctionUnknown,
    Ended."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        row = found_auction(actor, given.code, lock=True)
        rulebook = programmes.programme_at(actor.programme, at)
        if row.state != OPEN or at >= row.closes_at:
            raise refusals.Ended(on=row.closes_at.astimezone(rulebook.zone).isoformat())
        _release_leader(actor, at, row, clause_of(rulebook), rulebook)
        _end(actor, row, WITHDRAWN, at)
        return Kept(row.code)

    return perform(
        "withdraw_auction", actor=actor, at=at, subject=f"auction:{given.code}", given=given, key=key, returns=Kept,
        do=do,
    )  # fmt: skip


def close_auctions(*, programme: int, at: datetime) -> int:
    """Close what is over, each once and at its own moment, however often it is asked; how many."""
    due = hot_rows(f"SELECT id {OVER} ORDER BY closes_at, id", {"programme": programme, "at": at})
    for (key,) in due:
        in_transaction(partial(_close, programme, key, at))
    return len(due)


def _close(programme: int, key: int, now: datetime) -> None:
    actor = system(programme, "auction")
    row = Auction.objects.select_for_update(of=("self",)).select_related("item").get(pk=key)
    if row.state != OPEN:
        return
    rulebook = programmes.programme_at(programme, row.closes_at)
    clause = clause_of(rulebook)
    paid = _winner(actor, row, clause, rulebook, now)
    if paid is None:
        _end(actor, row, UNSOLD, row.closes_at)
        tell(programme, [AuctionClosed(reference=row.code, at=row.closes_at, clause=clause.id, units=0, order="")], now)
        return
    bid, whose, seq = paid
    won = Won("auction", row.code, row.item, whose, bid.units, seq, stock.pool_at(row.item, None))
    why = Reason(clause.id, "bid", True, {"bid": bid.units})
    order = order_won(actor, rulebook, clause, won, why, at=row.closes_at, now=now)
    row.order = order
    row.leading, row.leader = bid.units, whose
    row.state, row.closed_at = SOLD, row.closes_at
    row.save()
    closed = AuctionClosed(
        membership=whose, reference=row.code, at=row.closes_at, clause=clause.id, units=bid.units,
        order=order.number,
    )  # fmt: skip
    tell(programme, [closed], now)


def _winner(
    actor: Actor, row: Auction, clause: Clause, rulebook: Programme, now: datetime
) -> tuple[Bid, int, int] | None:
    """The highest bid that can be paid, the earlier of two alike; who pays it, for a bidder merged since the one who goes
    on; and the journal that paid it. The leader's is held; the others are tried only where hers has died."""
    unit = allocation.said(clause).unit or ""
    ranked = sorted(row.made.all(), key=lambda bid: (-bid.units, bid.n))
    tried: set[int] = set()
    for place, bid in enumerate(ranked):
        whose = bid.membership_id if place == 0 else members.holder_of(bid.membership_id)  # who leads is not merged
        if whose in tried:
            continue
        tried.add(whose)
        account = ledger.lock_accounts([whose])[whose]
        head = _head(actor, row.closes_at, "auction", row, clause, rulebook)
        if place == 0:
            held = (bid.seq, 1)
        elif available(account.unit(unit), row.closes_at) >= bid.units:
            held = ledger.place_hold(
                membership=whose, unit=unit, amount=bid.units, lapses_at=None, head=head, written_at=now
            ).key
        else:
            continue
        if _living(account, unit, row.closes_at) < bid.units:
            _release(replace(head, cause=("bid_released", row.code)), bid, now)
            continue
        paid = ledger.post_hold(
            membership=whose, hold=held, credit=house_address(unit, "redeemed"), head=head, written_at=now
        )
        return bid, whose, paid.seq
    return None


def _living(account: Account, unit: str, at: datetime) -> int:
    return sum(lot.left for lot in account.unit(unit).lots if alive(lot, at))


def _end(actor: Actor, row: Auction, state: str, at: datetime) -> None:
    """Not sold: the piece goes back to the centre."""
    row.state, row.closed_at = state, at
    row.save(update_fields=["state", "closed_at"])
    put_back(actor, row.item, 1, f"auction:{row.code}", at)
