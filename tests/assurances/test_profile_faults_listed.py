"""Members whose data is missing or was entered late are listed by shop, field by field (B55-31)."""

from __future__ import annotations

import pytest

from huiguan.identity import queries as identity
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries
from huiguan.members.inputs import EnrolMember
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
NOW = "2026-03-05 09:00"


@pytest.fixture
def world() -> World:
    return World.found()


def shop(world: World, code: str) -> int:
    return identity.shop(world.actor.programme, code).id


def imported(world: World, **given: object) -> str:
    """A member of the old register: what is not on her form may be missing there."""
    record = {"name": "吴岚", "phone": "19000009999", "shop": "S2", **given}
    given_to_us = [read(EnrolMember, record)]
    (answer,) = members.enrol_members(
        actor=world.actor, at=moment("2026-03-01 10:00"), given=given_to_us, allow_incomplete=True
    )
    return answer.number  # type: ignore[union-attr]


def test_complete_and_timely_members_are_not_listed(world: World) -> None:
    world.enrol("2026-03-01 10:00")
    assert queries.profile_faults(world.actor, moment(NOW)) == ()


def test_what_is_missing_is_named_under_the_shop(world: World) -> None:
    number = imported(world)
    (fault,) = queries.profile_faults(world.actor, moment(NOW))
    assert (fault.number, fault.name, fault.shop) == (number, "吴岚", shop(world, "S2"))
    assert set(fault.missing) >= {"birthday", "address", "measurements"}
    assert "phone" not in fault.missing
    assert queries.profile_faults(world.actor, moment(NOW), shop=shop(world, "S1")) == ()
    assert len(queries.profile_faults(world.actor, moment(NOW), shop=shop(world, "S2"))) == 1


def test_a_form_entered_late_is_listed_as_late(world: World) -> None:
    li = world.enrol("2026-03-02 10:00", form_date="2026-03-01")
    (fault,) = queries.profile_faults(world.actor, moment(NOW))
    assert (fault.number, fault.missing) == (li.number, ())
    assert "profile" in fault.late
