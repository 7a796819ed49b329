"""A balance of points is told at any time, without what has ended (B08-08)."""

from __future__ import annotations

import pytest

from tests.checkout.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def test_before_and_after_every_purchase_and_the_year_s_end(world: World) -> None:
    li = world.enrol("2025-03-01 10:00")
    assert world.points(li, "2026-02-01 09:59") == 0
    world.sell("2026-02-01 10:00", "COAT", member=li.number, presented="card")
    assert world.points(li, "2026-02-01 10:00") == 18  # 950 paid, 2 for each full hundred
    assert world.points(li, "2026-12-31 23:59:59") == 18
    assert world.points(li, "2027-01-01 00:00:00") == 0
