"""Two members who turn out to be one in the mall: what either had counts for both, and what either has is hers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiguan.kernel.refusals import KeyReused
from huiguan.ledger.proof import prove
from huiguan.members import queries as members
from huiguan.rewards import operations, queries
from tests.checkout.world import moment
from tests.rewards.refusing import refused
from tests.rewards.world import NOON, Mall, merged

pytestmark = pytest.mark.django_db
LATER, THEN = "2026-06-16 12:00", "2026-06-17 12:00"
OPENS, CLOSES = "2026-06-15 10:00", "2026-06-18 20:00:00"


@pytest.fixture
def mall() -> Mall:
    return Mall.made()


def two(mall: Mall):
    return mall.member(500), mall.member(500)


def test_pieces_of_both_count_against_what_one_may_have(mall: Mall) -> None:
    mall.item(stock=5, most=2, per="month")
    mall.do("open_flash", NOON, code="F1", item="CUP", points=10, quantity=2, most=1, opens=OPENS, closes=CLOSES)
    li, mei = two(mall)
    mall.order(mei, quantity=2)
    mall.order(mei, flash="F1")
    merged(mall, li, mei, LATER)
    refused("LimitReached", lambda: mall.order(li, THEN))
    refused("LimitReached", lambda: mall.order(li, THEN, flash="F1"))


def test_an_order_sent_again_after_the_merge_is_still_one(mall: Mall) -> None:
    mall.item(stock=5)
    li, mei = two(mall)
    given = {"item": "CUP", "member": mei.number, "way": "delivery"}
    first = mall.do("place_order", NOON, key="again", **given)
    merged(mall, li, mei, LATER)
    assert mall.do("place_order", THEN, key="again", **given).number == first.number
    assert (mall.left(), mall.points(li, THEN)) == (4, 900)


def test_tickets_of_both_count(mall: Mall) -> None:
    mall.item(stock=1, worth="20.00")
    given = {"code": "D1", "zh": "夏日抽奖", "en": "Summer draw", "points": 10, "opens": OPENS, "closes": CLOSES}
    mall.do("open_draw", NOON, **given, prizes=[{"item": "CUP", "pieces": 1}])
    li, mei = two(mall)
    mall.do("enter_draw", NOON, draw="D1", tickets=7, member=mei.number)
    merged(mall, li, mei, LATER)
    refused("LimitReached", lambda: mall.do("enter_draw", THEN, draw="D1", tickets=4, member=li.number), clause="N4-05")
    mall.do("enter_draw", THEN, draw="D1", tickets=3, member=li.number)
    assert len(queries.draw(mall.herself(li), "D1", moment(THEN)).mine) == 10


def test_the_runner_up_merged_since_has_it_where_the_leader_cannot_pay(mall: Mall) -> None:
    """The leader's 220 of December go back with their sale; those of January, which the hold then rests on, die with the
    year, before the close."""
    mall.item(stock=1, worth="20.00")
    given = {"code": "A1", "item": "CUP", "reserve": 100, "step": 20}
    mall.do("open_auction", NOON, **given, opens="2026-12-01", closes="2027-01-02 12:00")
    li, mei, leader = mall.member(0), mall.member(0), mall.member(220)
    sold = {}
    for who, points in ((mei, 200), (leader, 220)):
        lines = [{"sku": "PIN", "quantity": points * 100}]
        sold[who.number] = mall.sell("2026-12-01 12:00", lines=lines, member=who.number).id
        mall.do("place_bid", "2026-12-02 12:00", auction="A1", points=points, member=who.number)
    mall.give_back("2026-12-03 12:00", sold[leader.number])
    merged(mall, li, mei, "2026-12-04 12:00")

    operations.close_auctions(programme=mall.actor.programme, at=moment("2027-01-02 12:00"))

    told = queries.auction(mall.actor, "A1", moment("2027-01-02 12:00"))
    assert (told.state, told.leader, told.leading) == ("sold", li.number, 200)
    assert mall.points(li, "2027-01-02 12:00") == 0
    assert prove(mall.actor.programme).findings == ()


def test_who_waits_has_her_piece_after_the_merge(mall: Mall) -> None:
    mall.item()
    li, mei = two(mall)
    mall.do("join_wait_list", NOON, item="CUP", member=mei.number)
    merged(mall, li, mei, LATER)
    refused("AlreadyWaiting", lambda: mall.do("join_wait_list", LATER, item="CUP", member=li.number))
    mall.do("move_stock", THEN, item="CUP", pieces=1, why="到货")
    assert mall.order(li, "2026-06-17 12:30").state == "placed"
    assert (mall.left(), queries.stock_faults(mall.actor.programme)) == (0, ())


def test_a_pool_goes_on_with_who_goes_on(mall: Mall) -> None:
    li, mei = two(mall)
    friend = mall.member(300)
    for who in (mei, friend):
        mall.do("join_pool", NOON, member=who.number, keeper=mei.number)
    merged(mall, li, mei, LATER)
    pool = queries.pool(mall.actor, moment(THEN), member=li.number)
    assert pool is not None
    assert (pool.keeper, sorted(pool.people)) == (li.number, sorted([(li.number, 1000), (friend.number, 300)]))
    mall.do("gather_points", THEN, member=friend.number, points=700)
    assert (mall.points(friend, THEN), mall.points(li, THEN)) == (1000, 300)
    mall.do("leave_pool", THEN, member=li.number)
    assert queries.pool(mall.actor, moment(THEN), member=friend.number) is None


def test_her_own_request_is_known_again_after_the_merge(mall: Mall) -> None:
    """Sent from her phone before she was merged, and again after it: one order."""
    mall.item(stock=5)
    li, mei = mall.member(500), mall.member(500)
    where = {"name": "李梅", "phone": "13800000001", "where": "云路 1 号"}
    asked = {"item": "CUP", "way": "delivery", "address": where}
    made = mall.do("place_order", NOON, actor=mall.herself(mei), key="k1", member=mei.number, **asked)
    merged(mall, li, mei, "2026-06-15 13:00")
    former = members.former_selves(mall.actor.programme, li.membership)
    herself = replace(mall.herself(li), formerly=former)
    again = mall.do("place_order", "2026-06-15 14:00", actor=herself, key="k1", member=li.number, **asked)
    assert (again.number, mall.left(), mall.points(li, "2026-06-15 14:01")) == (made.number, 4, 900)
    with pytest.raises(KeyReused):
        mall.do(
            "place_order", "2026-06-15 14:00", actor=herself, key="k1", member=li.number, **{**asked, "quantity": 2}
        )
