"""How many members are verified is counted at any time, and what changed since is not (A3-11)."""

from __future__ import annotations

import pytest

from huiguan.kernel.inputs import read
from huiguan.members import operations, queries
from huiguan.members.inputs import ChangeProfile, VerifyMember
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
NOON = "2026-06-15 12:00"


def test_ten_of_a_hundred_are_a_tenth_until_one_changes() -> None:
    world = World.found()
    crowd = [world.enrol("2026-01-05 10:00").number for _ in range(20)]

    def told(what: str, at: str = NOON) -> tuple[int, int, int]:
        found = {each.what: each for each in queries.verification_progress(world.actor, moment(at))}
        return found[what].members, found[what].verified, found[what].part

    for number in crowd[:2]:
        for what in ("identity", "phone"):
            given = read(VerifyMember, {"member": number, "what": what})
            operations.verify_member(actor=world.actor, at=moment(NOON), given=given)
    failed = read(VerifyMember, {"member": crowd[2], "what": "identity", "state": "failed"})
    operations.verify_member(actor=world.actor, at=moment(NOON), given=failed)
    assert told("identity") == told("phone") == (20, 2, 100)
    assert told("identity", "2026-06-15 11:59") == (20, 0, 0)
    renamed = read(ChangeProfile, {"member": crowd[0], "profile": {"name": "李枚"}})
    operations.change_profile(actor=world.actor, at=moment("2026-06-16 12:00"), given=renamed)
    assert told("identity", "2026-06-16 12:00") == (20, 1, 50)
    assert told("phone", "2026-06-16 12:00") == (20, 2, 100)
