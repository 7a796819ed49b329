"""A coupon a member holds stays good when the rulebook that gave it is changed (B16-14)."""

from __future__ import annotations

import pytest

from tests.checkout.world import SOURCE, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def test_a_coupon_is_good_after_its_clause_is_gone(world: World) -> None:
    li = world.enrol("2026-05-01 10:00")
    (voucher,) = li.rights
    world.publish(SOURCE.replace("- id: B55-10\n", "- id: B55-90\n"), "2026-06-03")
    sold = world.sell("2026-06-04 12:00", "COAT", member=li.number, presented="card", vouchers=[voucher.code])
    assert sold.paid == 76000  # 1,000 less 200, then 5 percent


def test_points_are_as_many_as_before(world: World) -> None:
    li = world.enrol("2026-05-01 10:00")
    world.sell("2026-05-02 10:00", "COAT", member=li.number, presented="card")
    world.publish(SOURCE.replace("    give: 2\n", "    give: 1\n"), "2026-06-03")
    assert world.points(li, "2026-06-04 10:00") == 18
