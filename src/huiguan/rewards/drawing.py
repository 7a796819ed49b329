"""Draws: tickets for units, a secret committed to before, winners anyone can draw again after."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime
from functools import partial

from huiguan.foundation import sealing
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import in_transaction, perform
from huiguan.foundation.statements import hot_rows
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import lots as lot_choice
from huiguan.ledger import operations as ledger
from huiguan.ledger.lots import choose
from huiguan.ledger.posting import fold
from huiguan.ledger.values import Account, Journal, Movement, house_address, member_address
from huiguan.members import operations as member_books
from huiguan.members import queries as members
from huiguan.programme import queries as programmes
from huiguan.rewards import lotteries, refusals, stock
from huiguan.rewards.bidding import demand_open
from huiguan.rewards.events import DrawDrawn, DrawEntered
from huiguan.rewards.flashing import put_back, set_aside, span
from huiguan.rewards.inputs import EnterDraw, OpenDraw, Withdraw
from huiguan.rewards.models import Draw, Prize, Ticket
from huiguan.rewards.shelf import item_of
from huiguan.rewards.telling import refusal_of
from huiguan.rewards.values import Entered, Kept
from huiguan.rewards.whom import Asking, asking, membership_for, subject_of
from huiguan.rewards.winning import Won, order_won
from huiguan.rules.effects import Reason, Refuse
from huiguan.rules.kinds import allocation, expiry
from huiguan.rules.programme import Clause, Programme

OVER = "FROM rewards_draw WHERE programme_id = %(programme)s AND closes_at <= %(at)s AND state = 'open'"

CATALOGUE = "catalogue"
OPEN, DRAWN, WITHDRAWN = "open", "drawn", "withdrawn"
_DRAWS = Text(zh="抽奖", en="draws")
_TAKEN = Text(zh="这个代号已用过", en="is taken")
_CODES = Text(zh="外部券码不能作奖品", en="takes goods, gifts or vouchers")


def open_draw(*, actor: Actor, at: datetime, given: OpenDraw, key: str | None = None) -> Kept:
    """A draw: its prizes are set aside, its secret is made and sealed, and the hash of it is published from now on.

    Takes the power `catalogue`. ItemUnknown, StockTooLow, WayNotSaid, NoMall, InvalidInput.
    """
    actor.demand(CATALOGUE)

    def do() -> Kept:
        opens, closes = span(actor, at, given.opens, given.closes)
        clause = clause_of(programmes.programme_at(actor.programme, at))
        if Draw.objects.filter(programme_id=actor.programme, code=given.code).exists():
            raise InvalidInput(field="code", rule=_TAKEN)
        secret = secrets.token_hex(32)
        row = Draw.objects.create(
            programme_id=actor.programme, code=given.code, name_zh=given.zh, name_en=given.en, units=given.points,
            most=given.most or allocation.said(clause).tickets, opens_at=opens, closes_at=closes,
            secret=sealing.seal(secret, bound=_bound(actor.programme, given.code)),
            committed=lotteries.commitment(secret),
        )  # fmt: skip
        for grade, prize in enumerate(given.prizes, 1):
            _set_aside(actor, row, grade, prize.item, prize.pieces, at)
        return Kept(row.code, sum(prize.pieces for prize in given.prizes))

    return perform(
        "open_draw", actor=actor, at=at, subject=f"draw:{given.code}", given=given, key=key, returns=Kept, do=do
    )


def _bound(programme: int, code: str) -> str:
    return f"rewards.draw:{programme}:{code}"


def _set_aside(actor: Actor, row: Draw, grade: int, code: str, pieces: int, at: datetime) -> None:
    item = item_of(actor.programme, code, f"prizes.{grade - 1}.item")
    if item.sort == "code":
        raise InvalidInput(field=f"prizes.{grade - 1}.item", rule=_CODES)
    prize = Prize.objects.create(programme_id=actor.programme, draw=row, grade=grade, item=item, pieces=pieces)
    if item.sort != "voucher":
        set_aside(actor, item, pieces, f"draw:{row.code}", at)
    stock.put(actor, stock.pool_for(item, prize=prize), pieces, cause=f"draw:{row.code}", at=at)


def clause_of(rulebook: Programme) -> Clause:
    clause = allocation.rule(rulebook, "draw")
    if clause is None:
        raise refusals.WayNotSaid(field="draw", what=_DRAWS)
    return clause


def found_draw(programme: int, code: str, *, lock: bool = False) -> Draw:
    rows = Draw.objects.filter(programme_id=programme, code=code)
    row = (rows.select_for_update() if lock else rows).first()
    if row is None:
        raise refusals.DrawUnknown(field="draw", draw=code)
    return row


def enter_draw(*, actor: Actor, at: datetime, given: EnterDraw, key: str | None = None) -> Entered:
    """Tickets of a draw, paid once. DrawUnknown, NotOpen, Ended, LimitReached, BalanceTooLow, and what `place_order`
    refuses of the member."""
    membership = membership_for(actor, given.member)
    return perform(
        "enter_draw", actor=actor, at=at, subject=subject_of(actor, membership, given.member), given=given, key=key,
        returns=Entered, do=lambda: _enter(actor, at, given, membership),
    )  # fmt: skip


def _enter(actor: Actor, now: datetime, given: EnterDraw, membership: int) -> Entered:
    row = found_draw(actor.programme, given.draw, lock=True)
    rulebook = programmes.programme_at(actor.programme, now)
    clause = clause_of(rulebook)
    demand_open(row.opens_at, row.closes_at, row.state == OPEN, rulebook, now)
    here = asking(actor, now, membership)
    had = Ticket.objects.filter(draw=row, membership_id__in=members.lives_of(membership)).count()
    if row.most is not None and had + given.tickets > row.most:
        why = Reason(clause.id, "tickets", False, {"most": row.most, "had": had})
        raise refusal_of(rulebook, Refuse(clause.id, "LimitReached", "limit", "tickets", {"reason": why}))
    account, seq = _paid(actor, here, row, clause, given.tickets)
    words = []
    for n in range(row.tickets + 1, row.tickets + given.tickets + 1):
        words.append(lotteries.word_of(row.committed, n, here.number, now.isoformat()))
        Ticket.objects.create(
            programme_id=actor.programme, draw=row, n=n, membership_id=membership, word=words[-1], at=now, seq=seq
        )
    row.tickets += given.tickets
    row.save(update_fields=["tickets"])
    units = row.units * given.tickets
    told = DrawEntered(
        membership=membership, reference=row.code, at=now, clause=clause.id, tickets=given.tickets, units=units
    )
    tell(actor.programme, [told], now)
    balance = {unit: lot_choice.available(state, now) for unit, state in account.units.items()}
    return Entered(row.code, here.number, tuple(words), units, balance)


def _paid(actor: Actor, here: Asking, row: Draw, clause: Clause, tickets: int) -> tuple[Account, int | None]:
    """The units of the tickets out of the member's lots; nothing is written where a ticket is free."""
    unit, units = allocation.said(clause).unit or "", row.units * tickets
    if not units:
        return here.account, None
    has = here.facts.available(unit, here.at)
    if units > has:
        why = Reason(clause.id, "short", False, {"has": has, "needs": units, "gap": units - has})
        raise refusal_of(here.rulebook, Refuse(clause.id, "BalanceTooLow", "balance", "tickets", {"reason": why}))
    order = expiry.spending_order(here.rulebook, unit)
    movement = Movement(
        unit=unit,
        amount=units,
        debit=member_address(here.membership, unit),
        credit=house_address(unit, "redeemed"),
        clause=clause.id,
        uses=choose(here.account.unit(unit).lots, units, here.at, order=order, unit=unit),
    )
    journal = Journal(
        at=here.at, cause=("ticket", row.code), actor=actor.reference, clause=clause.id,
        version=here.rulebook.version, movements=(movement,),
    )  # fmt: skip
    account, sealed = fold(here.account, journal, written_at=here.at)
    ledger.write_sealed(actor.programme, [account], [(account.membership, sealed)], here.at)
    return account, account.seq


def draw_due(*, programme: int, at: datetime) -> int:
    """Draw what is over, each once and at its own moment, however often it is asked; how many."""
    due = hot_rows(f"SELECT id {OVER} ORDER BY closes_at, id", {"programme": programme, "at": at})
    for (key,) in due:
        in_transaction(partial(_draw, programme, key, at))
    return len(due)


def _draw(programme: int, key: int, now: datetime) -> None:
    row = Draw.objects.select_for_update().get(pk=key)
    if row.state != OPEN:
        return
    secret = sealing.unseal(bytes(row.secret), bound=_bound(programme, row.code))
    tickets = list(row.sold.order_by("n").values_list("n", "word"))
    prizes = list(row.prizes.order_by("grade").select_related("item"))
    winners = lotteries.drawn(secret, tickets, [(prize.grade, prize.pieces) for prize in prizes])
    row.seed, row.entries_digest = secret, lotteries.digest_of(tickets)
    row.state, row.drawn_at = DRAWN, row.closes_at
    row.save()
    _give_prizes(row, {prize.grade: prize for prize in prizes}, winners, now)
    for prize in prizes:
        _prize_back(row, prize, row.closes_at)
    told = DrawDrawn(
        reference=row.code, at=row.closes_at, clause=clause_of(_rulebook(row)).id, tickets=row.tickets, seed=secret
    )
    tell(programme, [told], now)


def _rulebook(row: Draw) -> Programme:
    return programmes.programme_at(row.programme_id, row.closes_at)


def _give_prizes(row: Draw, prizes: dict[int, Prize], winners: tuple[lotteries.Winner, ...], now: datetime) -> None:
    """Each winning ticket's prize as an order of its owner's, or of whom she was merged into since."""
    actor, rulebook, at = system(row.programme_id, "draw"), _rulebook(row), row.closes_at
    clause = clause_of(rulebook)
    sold = {ticket.n: ticket for ticket in row.sold.filter(n__in=[winner.n for winner in winners])}
    for winner in winners:
        ticket, prize = sold[winner.n], prizes[winner.grade]
        pool = stock.pool_for(prize.item, prize=prize)
        stock.take(actor, pool, 1, cause=f"draw:{row.code}", at=at)
        home = None if prize.item.sort == "voucher" else stock.pool_at(prize.item, None)
        won = Won("draw", row.code, prize.item, members.holder_of(ticket.membership_id), 0, None, home)
        why = Reason(clause.id, "won", True, {"grade": winner.grade, "n": winner.n})
        ticket.order = order_won(actor, rulebook, clause, won, why, at=at, now=now)
        ticket.grade = winner.grade
        ticket.save(update_fields=["order", "grade"])


def _prize_back(row: Draw, prize: Prize, at: datetime) -> None:
    """What nobody won, back at the centre."""
    actor, pool = system(row.programme_id, "draw"), stock.pool_for(prize.item, prize=prize)
    left = stock.locked_left(pool)
    if left:
        stock.take(actor, pool, left, cause=f"draw:{row.code}", at=at)
        if prize.item.sort != "voucher":
            put_back(actor, prize.item, left, f"draw:{row.code}", at)


def withdraw_draw(*, actor: Actor, at: datetime, given: Withdraw, key: str | None = None) -> Kept:
    """Take a draw back before it is drawn: every ticket is paid back into the lots it came from. Takes the power
    `catalogue`. DrawUnknown, Ended."""
    actor.demand(CATALOGUE)

    def do() -> Kept:
        row = found_draw(actor.programme, given.code, lock=True)
        if row.state != OPEN or at >= row.closes_at:
            raise refusals.Ended(on=row.closes_at.astimezone(_rulebook(row).zone).isoformat())
        for ticket in row.sold.exclude(seq=None).order_by("membership_id", "seq").distinct("membership_id", "seq"):
            _pay_back(actor, at, row, ticket)
        for prize in row.prizes.select_related("item"):
            _prize_back(row, prize, at)
        row.state, row.drawn_at = WITHDRAWN, at
        row.save(update_fields=["state", "drawn_at"])
        return Kept(row.code)

    return perform(
        "withdraw_draw", actor=actor, at=at, subject=f"draw:{given.code}", given=given, key=key, returns=Kept, do=do
    )


def _pay_back(actor: Actor, at: datetime, row: Draw, ticket: Ticket) -> None:
    """A ticket's units back into their lots, and on to who goes on for a member merged since."""
    recalled = member_books.recall_books(actor=actor, at=at, membership=ticket.membership_id)
    key = (ticket.membership_id, ticket.seq or 0)
    clause = clause_of(programmes.programme_at(row.programme_id, at))
    unit = allocation.said(clause).unit or ""
    spent = ledger_facts.spent_lots([key])[key]
    units = sum(use.amount - use.returned for use in spent)
    head = Journal(at=at, cause=("ticket_back", row.code), actor=actor.reference, clause=clause.id, reverses=ticket.seq)
    movement = Movement(
        unit=unit,
        amount=units,
        debit=house_address(unit, "redeemed"),
        credit=member_address(ticket.membership_id, unit),
        clause=clause.id,
        restores=lot_choice.give_back(spent, units),
    )
    ledger.post_journal(membership=ticket.membership_id, journal=replace(head, movements=(movement,)), written_at=at)
    if recalled is not None:
        member_books.hand_books_on(recalled)
