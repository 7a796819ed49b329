"""Two memberships of one person are made one with points, spending and cards, and can be parted again (B06-09)."""

from __future__ import annotations

import pytest

from huiguan.kernel.inputs import read
from huiguan.members import operations
from huiguan.members.inputs import MergeMembers, UnmergeMembers
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def test_made_one_and_parted_again(world: World) -> None:
    one, other = world.enrol("2026-01-05 10:00"), world.enrol("2026-01-06 10:00")
    world.sell("2026-02-01 10:00", "COAT", member=one.number, presented="card")
    world.sell("2026-02-02 10:00", "SCARF", member=other.number, presented="card")
    given = read(MergeMembers, {"keep": one.number, "absorb": other.number, "reason": "同一人"})
    operations.merge_members(actor=world.actor, at=moment("2026-03-01 10:00"), given=given)
    assert world.points(one, "2026-03-01 10:01") == 26  # 950 → 18, 475 → 8
    sale = world.sell("2026-03-02 10:00", "PIN", member={"card": other.card}, presented="card")
    assert sale.member == one.number
    back = read(UnmergeMembers, {"member": other.number, "reason": "认错了"})
    operations.unmerge_members(actor=world.actor, at=moment("2026-03-03 10:00"), given=back)
    assert (world.points(one, "2026-03-03 10:01"), world.points(other, "2026-03-03 10:01")) == (18, 8)
