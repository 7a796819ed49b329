"""A draw: committed before, drawn once, and drawn again by anybody."""

from __future__ import annotations

import copy
import json

import pytest

from huiguan.ledger.proof import prove
from huiguan.rewards import lotteries, operations, queries
from tests.checkout.world import moment
from tests.rewards.refusing import refused
from tests.rewards.world import NOON, Mall, merged

pytestmark = pytest.mark.django_db
OPENS, CLOSES = "2026-06-16 10:00", "2026-06-18 20:00"


@pytest.fixture
def mall() -> Mall:
    mall = Mall.made()
    mall.item(stock=5, worth="20.00")
    mall.item("V5", sort="voucher", points=500, voucher={"name": "five_off", "worth": "5.00", "days": 30})
    given = {"code": "D1", "zh": "夏日抽奖", "en": "Summer draw", "points": 10, "opens": OPENS, "closes": CLOSES}
    prizes = [{"item": "CUP", "pieces": 1}, {"item": "V5", "pieces": 2}]
    mall.do("open_draw", NOON, **given, prizes=prizes)
    return mall


def enter(mall: Mall, who, tickets: int = 1, at: str = "2026-06-17 12:00"):
    return mall.do("enter_draw", at, draw="D1", tickets=tickets, member=who.number)


def drawn(mall: Mall) -> dict:
    operations.draw_due(programme=mall.actor.programme, at=moment(CLOSES))
    return queries.draw_record(mall.actor.programme, "D1")


def test_a_ticket_is_paid_once_and_a_prize_given_once(mall):
    members = [mall.member(100) for _ in range(4)]
    for each in members:
        assert enter(mall, each, 3).points == 30
    told = queries.draw(mall.actor, "D1", moment("2026-06-17 13:00"))
    assert (told.tickets, told.seed, [prize.odds for prize in told.prizes]) == (12, "", ["1/12", "2/12"])
    record = drawn(mall)
    assert operations.draw_due(programme=mall.actor.programme, at=moment(CLOSES)) == 0
    assert [each["grade"] for each in record["winners"]] == [1, 2, 2]
    orders = [o for each in members for o in queries.orders(mall.actor, moment(CLOSES), member=each.number)]
    assert sorted((order.item, order.state) for order in orders) == [
        ("CUP", "placed"), ("V5", "received"), ("V5", "received"),
    ]  # fmt: skip
    assert sum(mall.points(each, CLOSES) for each in members) == 400 - 120
    assert prove(mall.actor.programme).findings == ()
    assert queries.stock_faults(mall.actor.programme) == ()


def test_anybody_draws_it_again(mall):
    li = mall.member(100)
    before = queries.public_draw(mall.actor.programme, "D1", moment(OPENS)).committed
    words = enter(mall, li, 5).words
    record = drawn(mall)
    assert record["committed"] == before == lotteries.commitment(record["secret"])
    assert [each["word"] for each in record["tickets"]] == list(words)
    assert lotteries.faults(json.loads(json.dumps(record))) == ()


@pytest.mark.parametrize("change", ["secret", "ticket", "winner", "committed", "gone", "shape"])
def test_a_record_that_was_touched_is_found(mall, change):
    for _ in range(2):
        enter(mall, mall.member(100), 3)
    record = copy.deepcopy(drawn(mall))
    if change == "secret":
        record["secret"] = "0" * 64
    elif change == "ticket":
        record["tickets"][0]["word"] = "f" * 16
    elif change == "winner":
        record["winners"][0], record["winners"][1] = record["winners"][1], record["winners"][0]
    elif change == "committed":
        record["committed"] = "0" * 64
    elif change == "gone":
        record["tickets"].pop(1)
    else:
        del record["prizes"]
    assert lotteries.faults(record) != ()


@pytest.mark.parametrize(("at", "code"), [
    ("2026-06-16 09:59:59", "NotOpen"), ("2026-06-18 19:59:59", None), ("2026-06-18 20:00", "Ended"),
])  # fmt: skip
def test_its_doors_open_and_close_at_their_moments(mall, at, code):
    li = mall.member(100)
    if code:
        refused(code, lambda: enter(mall, li, at=at))
    else:
        enter(mall, li, at=at)


def test_ten_tickets_a_member_and_no_point_more_than_there_is(mall):
    li = mall.member(1000)
    enter(mall, li, 10)
    refused("LimitReached", lambda: enter(mall, li), clause="N4-05")
    refused("BalanceTooLow", lambda: enter(mall, mall.member(9)), short=1)
    refused("NotDrawnYet", lambda: queries.draw_record(mall.actor.programme, "D1"))


def test_nobody_entered_and_the_prizes_are_back(mall):
    assert mall.left() == 4
    assert drawn(mall)["winners"] == []
    assert mall.left() == 5


def test_a_draw_taken_back_pays_every_ticket_back(mall):
    li = mall.member(100)
    enter(mall, li, 2)
    enter(mall, li, 1)
    mall.do("withdraw_draw", "2026-06-17 13:00", code="D1", why="取消")
    assert (mall.points(li, "2026-06-17 13:00"), mall.left()) == (100, 5)
    refused("Ended", lambda: enter(mall, li, at="2026-06-17 14:00"))
    assert prove(mall.actor.programme).findings == ()


def test_a_draw_taken_back_pays_who_goes_on_after_a_merge(mall):
    keep, absorb = mall.member(0), mall.member(100)
    enter(mall, absorb, 3)
    merged(mall, keep, absorb, "2026-06-17 12:30")
    mall.do("withdraw_draw", "2026-06-17 13:00", code="D1", why="取消")
    assert mall.points(keep, "2026-06-17 13:00") == 100
    assert prove(mall.actor.programme).findings == ()
