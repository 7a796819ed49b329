"""Changing what is known of a member, revealing what is sealed, listing what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from huiguan.foundation.models import AuditEntry
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput
from huiguan.members import operations, queries
from huiguan.members.facts import bare_facts
from huiguan.members.inputs import AddRelation, ChangeProfile, EndRelation, MergeMembers, UnmergeMembers
from huiguan.members.life_refusals import IdentityTaken, RowsNotAsAsked
from huiguan.members.models import Membership
from huiguan.members.refusals import NothingToChange, PhoneTaken
from huiguan.parties import queries as parties

from .conftest import AT, Scene, moment, publish_lists

LATER = moment("2026-04-01 10:00")


def change(scene: Scene, member: str = "DW000001", key: str | None = None, **given: Any) -> Any:
    form = read(ChangeProfile, {"member": member, **given})
    return operations.change_profile(actor=scene.manager, at=LATER, given=form, key=key)


def test_values_change_from_a_moment_on(scene: Scene) -> None:
    scene.enrol()
    told = change(scene, profile={"style": "优雅", "birthday": "1990-07-01"})
    assert (told.changed, told.profile_complete) == (("style", "birthday"), True)
    row = Membership.objects.get()
    assert row.birthday == date(1990, 7, 1)
    assert [each.value for each in parties.field_history(row.party_id, "style")] == ["优雅", "简约"]
    shown = {each.name: each.shown for each in scene.page("DW000001", LATER).profile}
    before = {each.name: each.shown for each in scene.page("DW000001", AT).profile}
    assert (before["style"], shown["style"]) == ("简约", "优雅")


def test_a_new_name_and_phone_find_her(scene: Scene) -> None:
    made = scene.enrol()
    change(scene, name="李雪梅", phone="13900000009")
    assert [(hit.name, hit.how) for hit in queries.find(scene.owner, "lixuemei")] == [("李雪梅", "pinyin")]
    refs = [("phone", "13900000009"), ("phone", "13800000001")]
    assert queries.resolve(scene.programme, refs) == {refs[0]: made.membership}


def test_her_own_phone_again_is_no_fault_and_another_members_is(scene: Scene) -> None:
    scene.enrol()
    scene.enrol("王燕", "13800000002")
    change(scene, phone="13800000001")
    with pytest.raises(PhoneTaken):
        change(scene, phone="13800000002")
    assert scene.page("DW000001").phone_tail == "0001"


@pytest.mark.parametrize("blank", [None, " "])
def test_a_required_value_is_not_taken_away(scene: Scene, blank: str | None) -> None:
    scene.enrol()
    with pytest.raises(InvalidInput) as refused:
        change(scene, profile={"style": blank})
    assert (refused.value.field, refused.value.clause) == ("profile.style", "B55-25")
    with pytest.raises(InvalidInput):
        change(scene, profile={"phone": blank})
    assert scene.page("DW000001", LATER).profile_complete


def test_what_is_wrong_or_nothing_is_refused_and_changes_nothing(scene: Scene) -> None:
    scene.enrol()
    with pytest.raises(InvalidInput):
        change(scene, profile={"style": "优雅", "height": "30"})
    with pytest.raises(InvalidInput) as card:
        change(scene, profile={"card": "HB9"})
    assert card.value.field == "profile.card"
    with pytest.raises(NothingToChange):
        change(scene)
    with pytest.raises(Forbidden):
        operations.change_profile(
            actor=scene.clerk, at=LATER, given=read(ChangeProfile, {"member": "DW000001", "profile": {"style": "x"}})
        )
    shown = {each.name: each.shown for each in scene.page("DW000001", LATER).profile}
    assert (shown["style"], shown["card"]) == ("简约", "HB00001")


def test_a_profile_that_becomes_complete_brings_what_was_kept_back(scene: Scene) -> None:
    (made,) = operations.enrol_members(
        actor=scene.clerk, at=AT, given=[scene.form(profile={"style": None})], allow_incomplete=True
    )
    assert [(reason.clause, reason.given) for reason in made.reasons] == [("B55-02", True), ("B55-26", False)]
    told = change(scene, profile={"style": "优雅"}, key="k")
    assert told.profile_complete
    assert [(right.name, right.clause) for right in told.rights] == [("opening_voucher", "B55-10")]
    assert change(scene, profile={"style": "优雅"}, key="k") == told
    assert change(scene, profile={"style": "简约"}).rights == ()
    assert len(scene.page("DW000001", LATER).rights) == 1


def test_members_carried_over_get_no_gift_when_completed(scene: Scene) -> None:
    scene.bring(scene.form(profile={"style": None}))
    assert change(scene, profile={"style": "优雅"}).rights == ()
    assert bare_facts(scene.programme, [Membership.objects.get().pk])[Membership.objects.get().pk].profile_complete


def test_the_page_masks_and_revealing_is_written_down(scene: Scene) -> None:
    scene.enrol()
    page = scene.page("DW000001")
    shown = {each.name: (each.value, each.shown) for each in page.profile}
    assert shown["height"] == (None, "••••••")
    assert shown["phone"] == (None, "•••••••0001")
    assert shown["style"] == ("简约", "简约")
    assert shown["sex"] == ("female", "女 Female")
    assert [each.name for each in page.profile][:3] == ["card", "name", "sex"]
    with pytest.raises(Forbidden):
        operations.reveal_profile_field(actor=scene.clerk, at=AT, member="DW000001", field="height")
    seen = operations.reveal_profile_field(actor=scene.manager, at=AT, member="DW000001", field="height")
    phone = operations.reveal_profile_field(actor=scene.manager, at=AT, member="DW000001", field="phone")
    assert (seen.value, phone.value) == ("165", "13800000001")
    lines = AuditEntry.objects.filter(operation="reveal_field").order_by("seq").values_list("subject", "given")
    assert list(lines) == [("member:DW000001", {"field": "height"}), ("member:DW000001", {"field": "phone"})]


def test_faults_are_listed_by_shop(scene: Scene) -> None:
    scene.enrol()
    scene.bring(
        scene.form("王燕", "13800000002", profile={"address": None, "birthday": None}),
        scene.form("赵云", "13800000003", shop="S2", profile={"style": None}),
    )
    late = scene.form("孙丽", "13800000004", form_date="2026-02-28")
    operations.enrol_member(actor=scene.clerk, at=AT, given=late)
    listed = queries.profile_faults(scene.owner, AT)
    assert [(each.name, each.shop, each.missing, each.late) for each in listed] == [
        ("王燕", scene.shops["S1"], ("birthday", "address"), ()),
        ("孙丽", scene.shops["S1"], (), ("profile",)),
        ("赵云", scene.shops["S2"], ("style",), ()),
    ]
    assert [each.name for each in queries.profile_faults(scene.clerk, AT)] == ["王燕", "孙丽"]
    assert [each.name for each in queries.profile_faults(scene.owner, AT, shop=scene.shops["S2"])] == ["赵云"]
    with pytest.raises(Forbidden):
        queries.profile_faults(scene.clerk, AT, shop=scene.shops["S2"])


def test_a_list_keeps_what_nobody_sees_and_tells_a_wrong_row(scene: Scene) -> None:
    publish_lists(scene)
    rows = [
        {"name": "林一，主任", "mobile": "138 0000 0011"},
        {"name": "沈二", "mobile": "13800000012"},
        {"name": "周三"},
    ]
    scene.enrol(profile={"contacts": rows})
    told = next(each for each in scene.page("DW000001").profile if each.name == "contacts")
    hidden = "••••••"
    assert told.rows == ({"name": "林一，主任", "mobile": hidden}, {"name": "沈二", "mobile": hidden}, {"name": "周三"})
    with pytest.raises(InvalidInput) as wrong:
        change(scene, profile={"contacts": [{"name": "沈二", "mobile": hidden}, {"mobile": "13800000013"}]})
    assert (wrong.value.field, wrong.value.clause) == ("profile.contacts.2.name", "B55-25")
    with pytest.raises(RowsNotAsAsked, match="2, 3"):
        change(scene, profile={"contacts": [{"name": "沈二", "mobile": hidden}, {"name": "周三"}, {"name": "吴四"}]})
    # The first went, so the second stands first now and says which row it was; its number was never seen.
    change(scene, profile={"contacts": [{"name": "沈二", "mobile": hidden, "row": "2"}, {"name": "周三"}]})
    shown = operations.reveal_profile_field(actor=scene.manager, at=LATER, member="DW000001", field="contacts")
    assert shown.value == '[{"name":"沈二","mobile":"13800000012"},{"name":"周三"}]'


def test_one_persons_alone_through_merging_leaving_and_changing(scene: Scene) -> None:
    publish_lists(scene)
    one = scene.enrol(profile={"alias": "Ａｌｐｈａ"})
    two = scene.enrol("王燕", "13800000002")
    with pytest.raises(IdentityTaken) as taken:
        change(scene, member=two.number, profile={"alias": "alpha"})
    assert (taken.value.field, one.number in str(taken.value)) == ("profile.alias", False)
    merged = {"keep": two.number, "absorb": one.number, "reason": "同一人"}
    operations.merge_members(actor=scene.manager, at=LATER, given=read(MergeMembers, merged))
    change(scene, member=two.number, profile={"alias": "ALPHA"})  # hers now, written in her own way
    with pytest.raises(IdentityTaken):
        scene.enrol("赵云", "13800000003", at=LATER, profile={"alias": "alpha"})
    given = read(UnmergeMembers, {"member": one.number, "reason": "认错了"})
    operations.unmerge_members(actor=scene.manager, at=moment("2026-04-02 10:00"), given=given)
    with pytest.raises(IdentityTaken):
        scene.enrol("赵云", "13800000003", at=moment("2026-04-03 10:00"), profile={"alias": "alpha"})


def test_one_legal_representative_a_day_and_who_somebody_is(scene: Scene) -> None:
    one, two = scene.enrol(), scene.enrol("王燕", "13800000002")

    def relate(**given: Any) -> Any:
        told = read(AddRelation, {"member": one.number, "role": "representative", **given})
        return operations.add_relation(actor=scene.manager, at=LATER, given=told)

    first = relate(name="王燕", other=two.number, since="2026-03-31")
    assert first.other == two.number
    with pytest.raises(InvalidInput, match="2026-04-01"):
        relate(name="何山", since="2026-03-31")
    relate(name="何山", since="2026-04-01")
    held = queries.relations(scene.owner, one.number, LATER, former=True)
    assert [(each.name, str(each.until)) for each in held] == [("王燕", "2026-03-31"), ("何山", "None")]
    ending = read(EndRelation, {"member": one.number, "relation": held[1].id, "until": "2026-03-31"})
    with pytest.raises(InvalidInput) as wrong:
        operations.end_relation(actor=scene.manager, at=LATER, given=ending)
    assert wrong.value.field == "until"
    ending = read(EndRelation, {"member": one.number, "relation": held[1].id})
    assert str(operations.end_relation(actor=scene.manager, at=LATER, given=ending).until) == "2026-04-01"
