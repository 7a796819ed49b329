"""An auction in points: steps, holds, the closing second, and who pays."""

from __future__ import annotations

import pytest

from huiguan.ledger import facts as ledger
from huiguan.ledger.proof import prove
from huiguan.rewards import operations, queries
from tests.checkout.world import moment
from tests.rewards.refusing import refused
from tests.rewards.world import NOON, Mall

pytestmark = pytest.mark.django_db
OPENS, CLOSES = "2026-06-16 10:00", "2026-06-18 20:00:00"


@pytest.fixture
def mall() -> Mall:
    mall = Mall.made()
    mall.item(stock=2, worth="20.00")
    mall.do("open_auction", NOON, code="A1", item="CUP", reserve=100, step=20, opens=OPENS, closes=CLOSES)
    return mall


def held(mall: Mall, *members) -> list[int]:
    accounts = ledger.accounts([each.membership for each in members])
    return [accounts[each.membership].unit("points").held for each in members]


def bid(mall: Mall, who, points: int, at: str = "2026-06-17 12:00"):
    return mall.do("place_bid", at, auction="A1", points=points, member=who.number)


def test_the_outbid_has_her_points_back_in_the_same_stroke(mall):
    li, wang = mall.member(500), mall.member(500)
    assert bid(mall, li, 100).least == 120
    assert (held(mall, li, wang), mall.points(li, "2026-06-17 12:00")) == ([100, 0], 500)
    refused("BidTooLow", lambda: bid(mall, wang, 119), least=120)
    bid(mall, wang, 120)
    assert held(mall, li, wang) == [0, 120]
    assert operations.close_auctions(programme=mall.actor.programme, at=moment(CLOSES)) == 1
    assert operations.close_auctions(programme=mall.actor.programme, at=moment(CLOSES)) == 0
    assert (held(mall, li, wang), mall.points(wang, CLOSES), mall.points(li, CLOSES)) == ([0, 0], 380, 500)
    told = queries.auction(mall.actor, "A1", moment(CLOSES))
    assert (told.state, told.leader, told.leading, len(told.history)) == ("sold", wang.number, 120, 2)
    order = queries.order(mall.actor, told.order, moment(CLOSES))
    assert (order.member, order.points, order.source, order.placed_at) == (wang.number, 120, "auction", moment(CLOSES))
    assert prove(mall.actor.programme).findings == ()
    assert queries.stock_faults(mall.actor.programme) == ()


@pytest.mark.parametrize(
    ("at", "code"),
    [("2026-06-16 09:59:59", "NotOpen"), ("2026-06-16 10:00:00", None), ("2026-06-18 19:59:59", None),
     ("2026-06-18 20:00:00", "Ended"), ("2026-06-18 20:00:01", "Ended")],
)  # fmt: skip
def test_a_bid_counts_from_the_first_second_until_just_before_the_last(mall, at, code):
    li = mall.member(500)
    if code:
        refused(code, lambda: bid(mall, li, 100, at))
    else:
        assert bid(mall, li, 100, at).leading == 100
    assert held(mall, li) == [0 if code else 100]


def test_what_is_refused_holds_nothing(mall):
    li, wang = mall.member(110), mall.member(500)
    refused("BidTooLow", lambda: bid(mall, li, 99), least=100)
    refused("BalanceTooLow", lambda: bid(mall, li, 111), short=1)
    bid(mall, li, 110)
    refused("LeadsAlready", lambda: bid(mall, li, 130))
    refused("BidTooLow", lambda: bid(mall, wang, 110), least=130)  # of two alike the earlier stands
    assert held(mall, li, wang) == [110, 0]
    refused("BalanceTooLow", lambda: mall.order(li, "2026-06-17 12:00"))  # held points buy nothing else


def test_points_that_will_have_died_cannot_be_bid(mall):
    mall.do("open_auction", NOON, code="A2", item="CUP", reserve=100, opens="2026-12-01", closes="2027-01-02 12:00")
    li = mall.member(100)  # of January: they die with the year
    mall.sell("2026-07-01 12:00", lines=[{"sku": "HUNDRED"}], member=li.number)  # 100 that live a year longer
    over = {"auction": "A2", "points": 101, "member": li.number}
    refused("BalanceTooLow", lambda: mall.do("place_bid", "2026-12-30 12:00", **over), short=1)
    mall.do("place_bid", "2026-12-30 12:00", **{**over, "points": 100})


def test_nobody_bid_and_it_is_back_on_the_shelf(mall):
    assert mall.left() == 1
    operations.run_due(programme=mall.actor.programme, at=moment("2026-06-19 03:00"))
    assert (queries.auction(mall.actor, "A1", moment("2026-06-19 03:00")).state, mall.left()) == ("unsold", 2)


def test_an_auction_taken_back_lets_go(mall):
    li = mall.member(500)
    bid(mall, li, 100)
    mall.do("withdraw_auction", "2026-06-17 13:00", code="A1", why="瑕疵")
    assert (held(mall, li), mall.left()) == ([0], 2)
    refused("Ended", lambda: bid(mall, li, 200, "2026-06-17 14:00"))


def test_another_members_name_is_hidden_from_a_bidder(mall):
    li, wang = mall.member(500), mall.member(500)
    bid(mall, li, 100)
    bid(mall, wang, 120)
    told = queries.auction(mall.herself(li), "A1", moment("2026-06-17 13:00"))
    assert [each.member for each in told.history] == [f"•••{wang.number[-3:]}", li.number]
    assert not told.leads
    assert queries.auction(mall.herself(wang), "A1", moment("2026-06-17 13:00")).leads
