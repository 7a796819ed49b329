"""Two memberships of one person made one, and two again: lots, days, rights, cards, names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, NotFound
from huiguan.ledger import facts as ledger_facts
from huiguan.ledger import queries as ledger
from huiguan.ledger.proof import prove
from huiguan.members import operations, queries, refusals
from huiguan.members.inputs import MergeMembers, SuspendMember, UnmergeMembers
from huiguan.members.values import EnrolledMember
from huiguan.members.values.merging import MergedMembers, UnmergedMembers
from tests.members.conftest import AT, Scene, moment

LATER = moment("2026-03-20 10:00")


def merge(scene: Scene, keep: str, absorb: str, at: datetime = LATER, **more: Any) -> MergedMembers:
    given = {"keep": keep, "absorb": absorb, "reason": "同一人", **more}
    key = given.pop("key", None)
    return operations.merge_members(actor=scene.manager, at=at, given=read(MergeMembers, given), key=key)


def unmerge(scene: Scene, member: str, at: datetime) -> UnmergedMembers:
    given = read(UnmergeMembers, {"member": member, "reason": "认错了"})
    return operations.unmerge_members(actor=scene.manager, at=at, given=given)


def two(scene: Scene) -> tuple[EnrolledMember, EnrolledMember]:
    """李梅 with 100 points and 6,000 yuan of 1 March; the second 李梅 with 40 and 5,000 of 2 March."""
    one, other = scene.enrol(), scene.enrol(phone="13800000002")
    spend = [{"day": "2026-03-01", "amount": "6000.00"}]
    scene.open(one.number, bill="B1", points=100, earned_at="2026-02-10", spend=spend)
    spend = [{"day": "2026-03-01", "amount": "5000.00"}]
    scene.open(other.number, bill="B2", points=40, earned_at="2026-01-05", spend=spend)
    return one, other


def held(scene: Scene, member: EnrolledMember, at: datetime) -> list[tuple[int, str, str]]:
    """What is left of each lot, when it was earned and when it dies."""
    lots = ledger.lots_at(actor=scene.owner, membership=member.membership, unit="points", at=at)
    return [(lot.left, f"{lot.earned_at:%Y-%m-%d}", f"{lot.expires_at:%Y-%m-%d}") for lot in lots]


def test_lots_go_along_with_their_own_life(scene: Scene) -> None:
    one, other = two(scene)
    before = held(scene, one, LATER) + held(scene, other, LATER)

    done = merge(scene, one.number, other.number)

    assert done.moved == {"points": 40}
    assert sorted(held(scene, one, LATER)) == sorted(before)
    assert held(scene, other, LATER) == []
    assert prove(scene.programme).findings == ()


def test_undone_each_has_what_was_hers(scene: Scene) -> None:
    one, other = two(scene)
    mine, hers = held(scene, one, LATER), held(scene, other, LATER)
    merge(scene, one.number, other.number)

    done = unmerge(scene, other.number, moment("2026-03-21 10:00"))

    assert (done.back, done.gone) == ({"points": 40}, {})
    assert (held(scene, one, done.at), held(scene, other, done.at)) == (mine, hers)
    assert prove(scene.programme).findings == ()


def test_days_of_both_count_for_the_tier(scene: Scene) -> None:
    """6,000 and 5,000 within six months: together 11,000, which is above the 10,000 of the diamond card."""
    one, other = two(scene)

    done = merge(scene, one.number, other.number)

    assert (done.tier_before, done.tier) == ("points_card", "diamond_card")
    days = ledger_facts.days([one.membership, other.membership], AT.date().replace(day=1))
    assert sum(day.get("spend", 0) for day in days[one.membership].values()) == 1_100_000
    assert sum(day.get("spend", 0) for day in days[other.membership].values()) == 0

    apart = unmerge(scene, other.number, moment("2026-03-21 10:00"))
    assert (apart.tier, apart.absorb_tier) == ("points_card", "points_card")
    days = ledger_facts.days([one.membership, other.membership], AT.date().replace(day=1))
    assert [sum(day.get("spend", 0) for day in days[key].values()) for key in days] == [600_000, 500_000]


def test_whoever_names_the_absorbed_one_finds_the_other(scene: Scene) -> None:
    one, other = two(scene)
    merge(scene, one.number, other.number)

    for name in (other.number, "13800000002", "HB00002", one.number, "13800000001"):
        assert queries.membership(scene.owner, name) == one.membership

    unmerge(scene, other.number, moment("2026-03-21 10:00"))
    assert queries.membership(scene.owner, "13800000002") == other.membership


def test_rights_go_along_under_their_code(scene: Scene) -> None:
    one, other = two(scene)
    codes = {right.code for right in (*one.rights, *other.rights)}
    assert len(codes) == 2

    merge(scene, one.number, other.number)
    ready = {r.right.code for r in queries.rights(scene.owner, one.number, LATER) if r.state in ("ready", "waiting")}
    assert ready == codes

    for _ in range(2):
        unmerge(scene, other.number, moment("2026-03-21 10:00"))
        mine = queries.rights(scene.owner, one.number, moment("2026-03-21 10:00"))
        hers = queries.rights(scene.owner, other.number, moment("2026-03-21 10:00"))
        assert [{r.right.code for r in each if r.state in ("ready", "waiting")} for each in (mine, hers)] == [
            {one.rights[0].code},
            {other.rights[0].code},
        ]
        merge(scene, one.number, other.number, at=moment("2026-03-21 10:00"))
        ready = [
            r.right.code
            for r in queries.rights(scene.owner, one.number, moment("2026-03-21 10:00"))
            if r.state in ("ready", "waiting")
        ]
        assert sorted(ready) == sorted(codes)


def test_a_repeated_request_merges_once(scene: Scene) -> None:
    one, other = two(scene)
    first = merge(scene, one.number, other.number, key="K1")
    again = merge(scene, one.number, other.number, key="K1")
    assert again == first
    with pytest.raises(refusals.AlreadyMerged):
        merge(scene, one.number, other.number, key="K2")


def test_what_may_not_be_merged(scene: Scene) -> None:
    one, other = two(scene)
    third = scene.enrol(phone="13800000003")
    with pytest.raises(refusals.SameMember):
        merge(scene, one.number, "13800000001")
    with pytest.raises(NotFound) as missing:
        merge(scene, one.number, "DN999999")
    assert missing.value.field == "absorb"
    with pytest.raises(refusals.NotMerged):
        unmerge(scene, other.number, LATER)
    with pytest.raises(InvalidInput) as wrong:
        merge(scene, one.number, other.number, fields={"shoe_size": "absorb"})
    assert wrong.value.field == "fields.shoe_size"
    merge(scene, one.number, other.number)
    with pytest.raises(refusals.HoldsOthers):
        merge(scene, third.number, one.number)
    given = read(SuspendMember, {"member": third.number, "reason": "盗用"})
    operations.suspend_member(actor=scene.manager, at=LATER, given=given)
    with pytest.raises(refusals.MemberSuspended):
        merge(scene, one.number, third.number)


def test_the_profile_is_as_chosen_and_comes_back(scene: Scene) -> None:
    one = scene.enrol(profile={"address": "上海市徐汇区", "occupation": "教师"})
    other = scene.enrol(name="李美", phone="13800000002", profile={"address": "北京市海淀区", "occupation": "医生"})
    fields = {"address": "absorb", "occupation": "absorb", "name": "absorb", "phone": "absorb"}
    merge(scene, one.number, other.number, fields=fields)
    assert known(scene, one, LATER) == ("李美", "0002", "医生", "北京市海淀区")

    apart = moment("2026-03-21 10:00")
    unmerge(scene, other.number, apart)
    assert known(scene, one, apart) == ("李梅", "0001", "教师", "上海市徐汇区")
    assert known(scene, other, apart) == ("李美", "0002", "医生", "北京市海淀区")


def known(scene: Scene, member: EnrolledMember, at: datetime) -> tuple[str, str, str, str]:
    """Name, tail of the phone, what lies open and what lies sealed."""
    told = scene.page(member.number, at)
    occupation = next(each.value for each in told.profile if each.name == "occupation")
    address = operations.reveal_profile_field(actor=scene.manager, at=at, member=member.number, field="address")
    return told.name, told.phone_tail, occupation or "", address.value
