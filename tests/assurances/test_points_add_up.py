"""A balance is the sum of its entries, and a sale that is sent twice counts once (B41-13)."""

from __future__ import annotations

import pytest

from huiguan.ledger import queries as ledger
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def entries(world: World, member: EnrolledMember) -> int:
    told = ledger.entries(actor=world.actor, membership=member.membership, unit="points")
    return sum(entry.delta for entry in told)


def test_the_balance_is_the_sum_of_its_entries(world: World) -> None:
    li = world.enrol("2025-03-01 10:00")
    sale = world.sell("2026-06-01 10:00", "COAT", "SCARF", member=li.number, presented="card")
    world.redeem("2026-06-02 10:00", li, 10)
    world.give_back("2026-06-03 10:00", sale.id, 2)
    assert world.points(li, "2026-06-04 10:00") == entries(world, li) == 8  # 28 − 10 − 10


def test_a_sale_sent_twice_counts_once(world: World) -> None:
    li = world.enrol("2025-03-01 10:00")
    for _ in range(2):
        world.sell("2026-06-01 10:00", "COAT", member=li.number, presented="card", key="till-1")
    assert world.points(li, "2026-06-01 10:01") == entries(world, li) == 18
