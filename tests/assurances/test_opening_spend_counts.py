"""Spending entered for a long-standing customer counts towards the tier as spending at the till does (B55-27)."""

from __future__ import annotations

import pytest

from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries
from huiguan.members.inputs import RecordOpening
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def spent(world: World, member: EnrolledMember, *days: tuple[str, str]) -> None:
    given = {"member": member.number, "spend": [{"day": day, "amount": amount} for day, amount in days]}
    members.record_opening(actor=world.actor, at=moment("2026-03-02 09:00"), given=read(RecordOpening, given))


def tier(world: World, member: EnrolledMember, at: str) -> str:
    return queries.standing(world.actor, member.number, moment(at)).tier


def test_earlier_spending_that_reaches_the_amount_promotes(world: World) -> None:
    li = world.enrol("2026-03-01 10:00")
    spent(world, li, ("2025-12-01", "4000.00"), ("2026-02-01", "6000.00"))
    assert tier(world, li, "2026-03-01 23:59") == "points_card"
    assert tier(world, li, "2026-03-02 09:00") == "diamond_card"


def test_a_fen_less_does_not(world: World) -> None:
    li = world.enrol("2026-03-01 10:00")
    spent(world, li, ("2025-12-01", "4000.00"), ("2026-02-01", "5999.99"))
    assert tier(world, li, "2026-03-02 09:00") == "points_card"


def test_earlier_spending_adds_up_with_a_sale(world: World) -> None:
    li = world.enrol("2026-03-01 10:00")
    spent(world, li, ("2026-02-01", "9500.00"))
    world.sell("2026-03-03 10:00", "SCARF", member=li.number, presented="card")  # 475.00: 9,975 so far
    assert tier(world, li, "2026-03-03 10:00") == "points_card"
    world.sell("2026-03-04 10:00", "HUNDRED", member=li.number, presented="card")  # 95.00: 10,070
    assert tier(world, li, "2026-03-04 10:00") == "diamond_card"


def test_what_lies_before_the_window_does_not_count(world: World) -> None:
    li = world.enrol("2026-03-01 10:00")
    spent(world, li, ("2025-08-01", "9999.99"), ("2026-02-01", "9999.99"))
    assert tier(world, li, "2026-03-02 09:00") == "points_card"
