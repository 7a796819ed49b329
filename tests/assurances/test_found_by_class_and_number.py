"""Members are found by class, card number and member number (B55-50)."""

from __future__ import annotations

import pytest

from huiguan.members import queries
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


@pytest.fixture
def li(world: World) -> EnrolledMember:
    return world.enrol("2026-01-05 10:00", name="李梅")


@pytest.fixture
def wu(world: World) -> EnrolledMember:
    """A diamond card: 9,999.99 at 95 % and 1,000.00 at 95 % within six months."""
    wu = world.enrol("2026-01-05 11:00", name="吴岚")
    world.sell("2026-02-01 10:00", "ALMOST", member=wu.number, presented="card")
    world.sell("2026-02-02 10:00", "COAT", member=wu.number, presented="card")
    return wu


def numbers(world: World, **wanted: str) -> list[str]:
    return [hit.number for hit in queries.listed(world.actor, **wanted)]  # type: ignore[arg-type]


def test_by_member_number_and_card(world: World, li: EnrolledMember, wu: EnrolledMember) -> None:
    for text, how in ((li.number, "number"), (li.card, "card")):
        first = queries.find(world.actor, text or "")[0]
        assert (first.number, first.name, first.how) == (li.number, "李梅", how)


def test_by_class(world: World, li: EnrolledMember, wu: EnrolledMember) -> None:
    assert numbers(world, tier="points_card") == [li.number]
    assert numbers(world, tier="diamond_card") == [wu.number]
    assert numbers(world) == sorted([li.number, wu.number])
    assert numbers(world, tier="gold") == []


def test_by_class_from_beyond_a_number(world: World, li: EnrolledMember) -> None:
    wu = world.enrol("2026-01-05 11:00", name="吴岚")
    assert numbers(world, tier="points_card", after=li.number) == [wu.number]
