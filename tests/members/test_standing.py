"""Standing and tier, now and then, with reasons."""

from __future__ import annotations

from datetime import timedelta

import pytest

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput
from huiguan.members import operations, queries
from huiguan.members.facts import bare_facts, standing_at_moments, tier_at_moments
from huiguan.members.inputs import RestoreMember, SuspendMember
from huiguan.members.refusals import AlreadySuspended, NotSuspended
from huiguan.members.values import NewChange

from .conftest import AT, Scene, moment

SECOND = timedelta(seconds=1)
MAY, JUNE = moment("2026-05-01 10:00"), moment("2026-06-01 10:00")


def step(membership: int, before: str, after: str, at: object, clause: str = "B55-03") -> NewChange:
    return NewChange(membership, "tier", before, after, at, clause, "sale:1", {"total": 1000000})  # type: ignore[arg-type]


def test_suspended_with_a_reason_and_restored(scene: Scene) -> None:
    made = scene.enrol()
    suspend = SuspendMember(member="DW000001", reason="多次冒用他人卡")
    told = operations.suspend_member(actor=scene.manager, at=MAY, given=suspend)
    assert (told.standing, told.since) == ("suspended", MAY)
    page = scene.page("DW000001", MAY)
    assert (page.standing, page.standing_since, page.standing_reason) == ("suspended", MAY, "多次冒用他人卡")
    with pytest.raises(AlreadySuspended):
        operations.suspend_member(actor=scene.manager, at=MAY, given=suspend)
    restore = RestoreMember(member="HB00001", reason="已说明")
    operations.restore_member(actor=scene.manager, at=JUNE, given=restore)
    with pytest.raises(NotSuspended):
        operations.restore_member(actor=scene.manager, at=JUNE, given=restore)
    moments = [AT - SECOND, AT, MAY - SECOND, MAY, JUNE - SECOND, JUNE]
    stood = [queries.standing_at(made.membership, at) for at in moments]
    assert stood == [None, "active", "active", "suspended", "suspended", "active"]
    answer = queries.standing(scene.owner, "DW000001", MAY)
    assert (answer.standing, answer.tier, answer.tier_title["zh"]) == ("suspended", "points_card", "积分卡会员")


def test_a_reason_is_required_and_so_is_the_power(scene: Scene) -> None:
    scene.enrol()
    with pytest.raises(InvalidInput) as refused:
        read(SuspendMember, {"member": "DW000001", "reason": "  "})
    assert refused.value.field == "reason"
    with pytest.raises(Forbidden):
        operations.suspend_member(actor=scene.clerk, at=MAY, given=SuspendMember(member="DW000001", reason="x"))


def test_the_newest_change_by_moment_is_where_the_member_stands(scene: Scene) -> None:
    one, two = scene.enrol(), scene.enrol("王燕", "13800000002")
    operations.record_changes(
        [
            step(one.membership, "points_card", "diamond_card", JUNE),
            step(two.membership, "points_card", "diamond_card", MAY),
        ],
        JUNE,
    )
    late = step(one.membership, "points_card", "points_card", MAY)
    operations.record_changes([late], JUNE + SECOND)
    facts = bare_facts(scene.programme, [one.membership, two.membership])
    assert (facts[one.membership].tier, facts[one.membership].tier_since) == ("diamond_card", JUNE)
    assert (facts[two.membership].tier, facts[two.membership].tier_since) == ("diamond_card", MAY)


def test_the_tier_of_a_late_moment(scene: Scene) -> None:
    made = scene.enrol()
    operations.record_changes([step(made.membership, "points_card", "diamond_card", MAY)], MAY)
    operations.record_changes([step(made.membership, "diamond_card", "points_card", JUNE)], JUNE)
    key = made.membership
    moments = [(key, at) for at in (AT - SECOND, AT, MAY - SECOND, MAY, JUNE - SECOND, JUNE)]
    told = tier_at_moments(moments)
    assert [told.get(each) for each in moments] == [
        None,
        ("points_card", AT),
        ("points_card", AT),
        ("diamond_card", MAY),
        ("diamond_card", MAY),
        ("points_card", JUNE),
    ]
    assert standing_at_moments([(key, MAY), (key + 1, MAY)]) == {(key, MAY): ("active", AT)}
    assert queries.tier_at(key, MAY) == "diamond_card"
    assert queries.tier_at(key, AT - SECOND) is None


def test_of_two_changes_at_one_moment_the_later_written_counts(scene: Scene) -> None:
    made = scene.enrol()
    both = [
        step(made.membership, "points_card", "diamond_card", MAY),
        step(made.membership, "diamond_card", "points_card", MAY),
    ]
    operations.record_changes(both, MAY)
    assert queries.tier_at(made.membership, MAY) == "points_card"
    assert bare_facts(scene.programme, [made.membership])[made.membership].tier == "points_card"
