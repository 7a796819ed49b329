"""Many at once: never more than there is, never fewer, one leader, and sound books."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from huiguan.kernel.actors import Actor
from huiguan.kernel.refusals import Refusal
from huiguan.ledger import facts as ledger
from huiguan.ledger.proof import prove
from huiguan.rewards import queries
from tests.checkout.world import moment
from tests.rewards.world import NOON, Mall

pytestmark = pytest.mark.django_db(transaction=True)
BUYERS, PIECES, HANDS = 500, 50, 16
OPENS, CLOSES = "2026-06-16 10:00", "2026-06-16 11:00"


@pytest.fixture
def mall() -> Mall:
    return Mall.made()


def all_at_once(deeds) -> Counter:
    """The deeds dealt out to sixteen hands that begin together, each with a connection of its own; a refusal is its
    code."""
    hands = [deeds[hand::HANDS] for hand in range(min(HANDS, len(deeds)))]
    start = Barrier(len(hands))

    def run(mine) -> list[str]:
        connection.ensure_connection()
        start.wait(timeout=30)
        try:
            return [_answer(deed) for deed in mine]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(hands)) as pool:
        return Counter(answer for answers in pool.map(run, hands) for answer in answers)


def _answer(deed) -> str:
    try:
        deed()
        return "done"
    except Refusal as refusal:
        return refusal.code


def test_five_hundred_buyers_and_fifty_pieces(mall):
    mall.item(stock=60, worth="20.00")
    sale = {"code": "F1", "item": "CUP", "points": 1, "quantity": PIECES, "opens": OPENS, "closes": CLOSES}
    mall.do("open_flash", NOON, **sale)
    buyers = mall.crowd(BUYERS)
    actors = [mall.herself(each) for each in buyers]

    def buy(actor: Actor):
        return lambda: mall.do(
            "place_order", "2026-06-16 10:00", actor=actor, item="CUP", flash="F1", way="pickup", shop="S1", key="go"
        )

    early = all_at_once([lambda: mall.do("place_order", "2026-06-16 09:59:59", actor=actors[0], item="CUP", flash="F1",
                                         way="pickup", shop="S1")])  # fmt: skip
    assert early == {"OutsideWindow": 1}
    assert all_at_once([buy(actor) for actor in actors]) == {"done": PIECES, "SoldOut": BUYERS - PIECES}
    assert len(queries.orders(mall.actor, moment(CLOSES), limit=BUYERS)) == PIECES
    (told,) = queries.flashes(mall.actor, moment("2026-06-16 10:30"))
    assert (told.left, told.state, mall.left()) == (0, "sold_out", 10)
    spent = sum(1 - mall.points(each, CLOSES) for each in buyers)
    assert spent == PIECES
    assert prove(mall.actor.programme).findings == ()
    assert queries.stock_faults(mall.actor.programme) == ()


def test_the_last_piece_goes_to_one_of_many(mall):
    mall.item(stock=1)
    buyers = [mall.member(100) for _ in range(8)]
    deeds = [lambda li=li: mall.order(li) for li in buyers]
    assert all_at_once(deeds) == {"done": 1, "SoldOut": 7}
    assert mall.left() == 0


def test_two_phones_spend_one_balance_once(mall):
    mall.item(stock=9)
    li = mall.member(100)
    assert all_at_once([lambda: mall.order(li)] * 6) == {"done": 1, "BalanceTooLow": 5}
    assert (mall.points(li, NOON), mall.left()) == (0, 8)


def test_bids_at_once_leave_one_leader_and_one_hold(mall):
    mall.item(stock=1, worth="20.00")
    mall.do("open_auction", NOON, code="A1", item="CUP", reserve=100, step=10, opens=OPENS, closes=CLOSES)
    bidders = [mall.member(500) for _ in range(8)]
    deeds = [
        lambda li=li, n=n: mall.do("place_bid", "2026-06-16 10:30", auction="A1", points=100 + 10 * n, member=li.number)
        for n, li in enumerate(bidders)
    ]
    answers = all_at_once(deeds)
    assert set(answers) <= {"done", "BidTooLow"} and answers["done"] >= 1
    told = queries.auction(mall.actor, "A1", moment("2026-06-16 10:31"))
    accounts = ledger.accounts([each.membership for each in bidders])
    holds = [account.unit("points").held for account in accounts.values()]
    assert sorted(holds)[-1] == told.leading == 170 and sum(holds) == told.leading
    assert prove(mall.actor.programme).findings == ()


def test_one_piece_is_offered_to_one_who_waits(mall):
    mall.item()
    waiting = [mall.member(100) for _ in range(4)]
    for each in waiting:
        mall.do("join_wait_list", NOON, item="CUP", member=each.number)
    mall.do("move_stock", NOON, item="CUP", pieces=1, why="到货")
    assert all_at_once([lambda li=li: mall.order(li) for li in waiting]) == {"done": 1, "SoldOut": 3}
    assert queries.stock_faults(mall.actor.programme) == ()
