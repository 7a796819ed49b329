"""Opening points name their bill, and one bill is entered once (B55-18)."""

from __future__ import annotations

import pytest

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput
from huiguan.members import operations as members
from huiguan.members.inputs import RecordOpening
from huiguan.members.refusals import BillAlreadyRecorded
from huiguan.members.values import EnrolledMember, RecordedOpening
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
AT = "2026-03-01 11:00"


@pytest.fixture
def world() -> World:
    return World.found()


def record(world: World, member: EnrolledMember, **given: object) -> RecordedOpening:
    opening = read(RecordOpening, {"member": member.number, **given})
    return members.record_opening(actor=world.actor, at=moment(AT), given=opening)


def test_points_without_a_bill_are_refused_and_change_nothing(world: World) -> None:
    li = world.enrol()
    with pytest.raises(InvalidInput) as refused:
        record(world, li, points=20)
    assert (refused.value.field, refused.value.clause, refused.value.status) == ("bill", "B55-18", 422)
    assert world.points(li, AT) == 0


def test_points_with_a_bill_are_entered_under_the_clause(world: World) -> None:
    li = world.enrol()
    assert record(world, li, points=20, bill="A-1001").points == 20
    assert world.points(li, AT) == 20


def test_a_bill_is_entered_once_whoever_brings_it(world: World) -> None:
    li, wu = world.enrol(), world.enrol()
    record(world, li, points=20, bill="A-1001")
    for member in (li, wu):
        with pytest.raises(BillAlreadyRecorded) as refused:
            record(world, member, points=20, bill="A-1001")
        assert (refused.value.field, refused.value.status) == ("bill", 409)
        assert refused.value.values["number"] == li.number
    assert (world.points(li, AT), world.points(wu, AT)) == (20, 0)
