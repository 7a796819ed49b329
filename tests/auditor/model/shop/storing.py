"""Value stored and given back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from tests.auditor.model.answers import Expected, Refused, answer, refused
from tests.auditor.model.shop import wallet
from tests.auditor.model.shop.days import days_later, months_later, same
from tests.auditor.model.shop.people import NEVER, Buyer, TopUp
from tests.auditor.model.shop.terms import Ladder, TopUps

if TYPE_CHECKING:
    from tests.auditor.model.shop.books import ShopBooks

Given = dict[str, Any]


def stored(books: ShopBooks, now: datetime, given: Given, label: str) -> Expected:
    """A top-up: principal for ever, the best bonus on top."""
    member, amount, rule = books.members[given["member"]], given["amount"], books.terms.top_ups
    earlier = [each for each in books.top_ups.values() if each.member == member.label]
    tenders = given.get("tenders", [])
    found = [Refused("TendersDiffer", "input")] if tenders and sum(t["amount"] for t in tenders) != amount else []
    found += _outside(rule, amount, first=all(each.undone for each in earlier))
    if member.has("principal", now) + amount > rule.most_held:
        found.append(Refused("LimitReached", "limit", rule.clause))
    if found:
        return refused(*found)
    ladder, bonus = _bonus(rule, amount, earlier, now)
    lot = member.purses["principal"].open(amount, now, NEVER, now)
    bonus_lot, until = None, None
    if ladder is not None:
        until = months_later(now, ladder.months or rule.months)
        bonus_lot = member.purses["bonus"].open(bonus, now, until, now)
    clause = ladder.clause if ladder else ""
    books.top_ups[label] = TopUp(label, member.label, now, amount, bonus, clause, lot, bonus_lot)
    return answer(paid=amount, bonus=bonus, until=until, left=_left(member, now))


def _outside(rule: TopUps, amount: int, *, first: bool) -> list[Refused]:
    found = []
    least = max(rule.opening, rule.minimum) if first else rule.minimum
    if amount < least or amount > rule.maximum or amount % rule.multiple:
        found.append(Refused("AmountOutside", "limit", rule.clause))
    return found


def _bonus(rule: TopUps, amount: int, earlier: list[TopUp], now: datetime) -> tuple[Ladder | None, int]:
    """The clause that gives most, the first of those that give alike; none that the member has had often enough."""
    best: Ladder | None = None
    for ladder in rule.ladders:
        had = sum(
            each.bonus_clause == ladder.clause and not each.undone and same(ladder.per, each.at.date(), now.date())
            for each in earlier
        )
        open_to_her = ladder.holds(now.date()) and (ladder.times is None or had < ladder.times)
        if open_to_her and ladder.bonus(amount) > (best.bonus(amount) if best else 0):
            best = ladder
    return best, best.bonus(amount) if best else 0


def _left(member: Buyer, now: datetime) -> tuple[int, int]:
    left = member.stored(now)
    return left.principal, left.bonus


def refunded(books: ShopBooks, now: datetime, given: Given, *, preview: bool = False) -> Expected:
    """What is left of one top-up, in its own lots. Bonus that has died is gone, not spent."""
    top, rule = books.top_ups.get(given["top_up"]), books.terms.top_ups
    if top is None:
        return refused(Refused("TopUpUnknown", "existence"))
    if now >= days_later(top.at, rule.refund_days):
        return refused(Refused("OutsideWindow", "window", rule.refund_clause))
    member = books.members[top.member]
    lot = member.purses["principal"].lots[top.lot]
    bonus_lot = member.purses["bonus"].lots[top.bonus_lot] if top.bonus_lot is not None else None
    in_bonus = bonus_lot.left if bonus_lot else 0
    left_bonus = in_bonus if bonus_lot and now < bonus_lot.dies else 0
    made = wallet.refund(
        amount=top.amount, bonus=top.bonus, left=lot.left, left_bonus=left_bonus,
        spent=top.amount - lot.left - top.refunded - top.fees - top.deducted,
        spent_bonus=top.bonus - in_bonus - top.bonus_back,
        deducted=top.deducted, by_share=rule.by_share, percent=rule.fee_percent,
    )  # fmt: skip
    if made is None:
        return refused(Refused("NothingToRefund", "balance", rule.refund_clause))
    after = (member.has("principal", now) - made.money - made.fee - made.deducted,
             member.has("bonus", now) - made.bonus_back)  # fmt: skip
    if not preview:
        _take_out(member, top, made, now)
    return answer(refund=made.money, deducted=made.deducted, fee=made.fee, bonus_back=made.bonus_back, left=after)


def _take_out(member: Buyer, top: TopUp, made: wallet.Refund, now: datetime) -> None:
    """What was deducted for bonus that is not spent any more comes back first; then all of it leaves."""
    principal, bonus = member.purses["principal"], member.purses["bonus"]
    kept = made.deducted + made.fee
    if kept < 0:
        principal.give_back(-kept, [(top.lot, -kept)], 0, now, now)
    principal.take(made.money + max(0, kept), [principal.lots[top.lot]], now, now)
    if made.bonus_back and top.bonus_lot is not None:
        bonus.take(made.bonus_back, [bonus.lots[top.bonus_lot]], now, now)
    top.refunded += made.money
    top.fees += made.fee
    top.deducted += made.deducted
    top.bonus_back += made.bonus_back
