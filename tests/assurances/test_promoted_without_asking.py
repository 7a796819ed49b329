"""The purchase that reaches the amount makes the step, without an application and by nobody's hand (B01-08)."""

from __future__ import annotations

import pytest

from huiguan.members import queries
from tests.checkout.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def test_the_purchase_itself_makes_the_step(world: World) -> None:
    li = world.enrol("2026-01-05 10:00")
    world.sell("2026-02-01 10:00", "ALMOST", member=li.number)
    assert queries.listed(world.actor, tier="diamond_card") == ()
    sale = world.sell("2026-02-02 10:00", "COAT", member=li.number)
    assert sale.document["tier"] == {"before": "points_card", "after": "diamond_card"}
    change = next(each for each in queries.changes(world.actor, li.number) if each.what == "tier" and each.before)
    assert (change.clause, change.cause, change.at) == ("B55-03", f"sale:{sale.id}", sale.at)


def test_nothing_is_left_waiting_for_anybody(world: World) -> None:
    li = world.enrol("2026-01-05 10:00")
    world.sell("2026-02-01 10:00", "GOWN", "COAT", member=li.number)
    assert queries.waiting_reviews(world.actor) == 0
