"""What has run out: first come or by rank, kept until just before its hour, then the next one's."""

from __future__ import annotations

import pytest

from huiguan.rewards import operations, queries
from tests.checkout.world import moment
from tests.rewards.refusing import refused
from tests.rewards.world import NOON, SOURCE, Mall

pytestmark = pytest.mark.django_db


@pytest.fixture
def mall() -> Mall:
    mall = Mall.made()
    mall.item()
    return mall


def states(mall: Mall) -> list[tuple[str, str]]:
    return [(wait.member, wait.state) for wait in queries.waits(mall.actor, item="CUP")]


def test_who_waits_longest_is_offered_it_and_then_the_next(mall):
    li, wang = mall.member(), mall.member()
    first = mall.do("join_wait_list", NOON, item="CUP", member=li.number)
    second = mall.do("join_wait_list", "2026-06-15 12:01", item="CUP", member=wang.number)
    assert (first.ahead, second.ahead) == (0, 1)
    mall.do("move_stock", "2026-06-16 09:00", item="CUP", pieces=1, why="到货")
    assert dict(states(mall)) == {li.number: "offered", wang.number: "waiting"}
    refused("SoldOut", lambda: mall.order(mall.member(), "2026-06-16 10:00"), left=0)
    # 48 hours: until just before 9:00 on the 18th she may have it
    assert mall.order(li, "2026-06-18 08:59").state == "placed"
    assert dict(states(mall)) == {wang.number: "waiting"}
    assert (mall.left(), queries.stock_faults(mall.actor.programme)) == (0, ())


def test_at_the_hour_it_is_the_next_ones(mall):
    li, wang = mall.member(), mall.member()
    for who in (li, wang):
        mall.do("join_wait_list", NOON, item="CUP", member=who.number)
    mall.do("move_stock", "2026-06-16 09:00", item="CUP", pieces=1, why="到货")
    refused("SoldOut", lambda: mall.order(li, "2026-06-18 09:00"))
    operations.run_due(programme=mall.actor.programme, at=moment("2026-06-18 20:00"))
    # Written down late, it was hers from nine on: until nine on the 20th
    assert [(w.member, w.state, w.until) for w in queries.waits(mall.actor, item="CUP")] == [
        (wang.number, "offered", moment("2026-06-20 09:00"))
    ]
    operations.run_due(programme=mall.actor.programme, at=moment("2026-06-20 09:00"))
    assert (states(mall), mall.left()) == ([], 1)


def test_a_piece_goes_to_who_was_next_when_it_came_free(mall):
    """Nobody paid for one piece until 13:00 on the 17th, nobody came for the other until 9:00 on the 18th. Written down in
    one night, the first who waits has the first of them."""
    mall.item("PEN", stock=1, sort="goods", points=0, worth="10.00", mixed=True)
    buyer, li, wang, zhao = (mall.member(2000) for _ in range(4))
    mall.order(buyer, "2026-06-15 13:00", item="PEN", points=300)
    for minute, who in enumerate((li, wang, zhao)):
        mall.do("join_wait_list", f"2026-06-15 14:0{minute}", item="PEN", member=who.number)
    mall.do("move_stock", "2026-06-16 09:00", item="PEN", pieces=1, why="到货")
    operations.run_due(programme=mall.actor.programme, at=moment("2026-06-18 20:00"))
    assert [(w.member, w.until) for w in queries.waits(mall.actor, item="PEN")] == [
        (wang.number, moment("2026-06-19 13:00")), (zhao.number, moment("2026-06-20 09:00")),
    ]  # fmt: skip


def test_the_better_tier_stands_first(mall):
    li, old = mall.member(), mall.member(8000)
    mall.do("join_wait_list", NOON, item="CUP", member=li.number)
    assert mall.do("join_wait_list", "2026-06-15 13:00", item="CUP", member=old.number).ahead == 0
    assert mall.do("join_wait_list", "2026-06-15 13:00", item="CUP", member=mall.member().number).ahead == 2
    assert next(iter(queries.waits(mall.actor, item="CUP"))).member == old.number


def test_nobody_waits_twice_or_for_what_is_there(mall):
    li = mall.member()
    mall.do("join_wait_list", NOON, actor=mall.herself(li), item="CUP")
    refused("AlreadyWaiting", lambda: mall.do("join_wait_list", NOON, item="CUP", member=li.number))
    mall.item("POT", stock=1)
    refused("StillThere", lambda: mall.do("join_wait_list", NOON, item="POT", member=li.number))
    mall.do("leave_wait_list", NOON, actor=mall.herself(li), item="CUP")
    refused("NotWaiting", lambda: mall.do("leave_wait_list", NOON, item="CUP", member=li.number))


def test_what_is_cancelled_is_offered_at_once(mall):
    mall.do("move_stock", NOON, item="CUP", pieces=1, why="进货")
    li, wang = mall.member(), mall.member()
    order = mall.order(li)
    mall.do("join_wait_list", NOON, item="CUP", member=wang.number)
    mall.do("cancel_order", NOON, order=order.number, why="不要了")
    assert states(mall) == [(wang.number, "offered")]
    assert mall.do("leave_wait_list", NOON, item="CUP", member=wang.number).state == "left"
    assert mall.left() == 1


def test_a_rulebook_without_a_list_has_none():
    source = "\n\n".join(part for part in SOURCE.split("\n\n") if "N4-03" not in part)
    mall = Mall.made("nolist", source)
    mall.item()
    refused("WayNotSaid", lambda: mall.do("join_wait_list", NOON, item="CUP", member=mall.member().number))
