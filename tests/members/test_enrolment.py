"""Taking members in: the form, the keys, the number, the card and what it brings."""

from __future__ import annotations

from datetime import UTC, date
from typing import Any

import pytest

from huiguan.foundation.models import AuditEntry
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, KeyReused, MomentInFuture, NotFound
from huiguan.ledger import facts as ledger
from huiguan.members import operations, queries
from huiguan.members.inputs import EnrolMember
from huiguan.members.models import Membership
from huiguan.members.numbers import prefix_of
from huiguan.members.refusals import CardTaken, NumberTaken, PhoneTaken
from huiguan.members.values import EnrolledMember
from huiguan.parties.models import Party, PartyField

from .conftest import AT, PROFILE, Scene, moment


def test_a_full_form_makes_a_member(scene: Scene) -> None:
    made = scene.enrol()
    assert (made.number, made.name, made.tier, made.card) == ("DW000001", "李梅", "points_card", "HB00001")
    assert (made.profile_complete, made.missing, made.entered_late) == (True, (), False)
    assert made.joined_at == AT
    assert ledger.accounts([made.membership])[made.membership].units == {}
    row = Membership.objects.get(pk=made.membership)
    assert (row.standing, row.birthday, row.joined_shop_id) == ("active", date(1990, 6, 15), scene.shops["S1"])
    assert [(each.what, each.before, each.after, each.at) for each in queries.changes(scene.owner, "DW000001")] == [
        ("tier", "", "points_card", AT),
        ("standing", "", "active", AT),
    ]
    assert queries.changes(scene.owner, "DW000001")[0].clause == "B55-02"


def test_the_opening_voucher_comes_with_the_card_and_the_full_form(scene: Scene) -> None:
    made = scene.enrol()
    (right,) = made.rights
    assert (right.name, right.clause, right.worth, right.valid_from, right.valid_until) == (
        "opening_voucher", "B55-10", 20000, AT, None,
    )  # fmt: skip
    assert [(reason.clause, reason.say, reason.given) for reason in made.reasons] == [
        ("B55-02", "entry", True),
        ("B55-10", "granted", True),
    ]


@pytest.mark.parametrize("field", [*PROFILE, "name", "phone", "card"])
@pytest.mark.parametrize("blank", [None, "", "　 "])
def test_each_of_the_fourteen_items_is_required(scene: Scene, field: str, blank: str | None) -> None:
    more = {field: blank} if field in ("card",) else {"profile": {field: blank}}
    given = (
        scene.form(**more)
        if field not in ("name", "phone")
        else read(EnrolMember, {**scene.form().model_dump(), field: blank})
    )
    with pytest.raises(InvalidInput) as refused:
        operations.enrol_member(actor=scene.clerk, at=AT, given=given)
    assert (refused.value.field, refused.value.clause, refused.value.status) == (f"profile.{field}", "B55-25", 422)
    assert not Membership.objects.exists()
    assert not Party.objects.exists()


def test_the_keys_may_stand_in_the_profile_too(scene: Scene) -> None:
    profile = {**PROFILE, "name": "李梅", "phone": "13800000001", "card": "HB00001"}
    made = operations.enrol_member(actor=scene.clerk, at=AT, given=read(EnrolMember, {"profile": profile}))
    assert (made.name, made.card, made.profile_complete) == ("李梅", "HB00001", True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("birthday", "1991-02-30"), ("birthday", "2026-03-02"), ("height", "30"), ("sex", "F"), ("measurements", "90")],
)
def test_a_wrong_value_is_refused_by_field(scene: Scene, field: str, value: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        scene.enrol(profile={field: value})
    assert (refused.value.field, refused.value.clause) == (f"profile.{field}", "B55-25")
    assert not Membership.objects.exists()


def test_a_birthday_of_today_is_the_last_possible(scene: Scene) -> None:
    assert scene.enrol(profile={"birthday": "2026-03-01"}).profile_complete


def test_an_unknown_field_is_refused(scene: Scene) -> None:
    with pytest.raises(InvalidInput) as refused:
        scene.enrol(profile={"shoe_size": "38"})
    assert refused.value.field == "profile.shoe_size"


@pytest.mark.parametrize("bad", [165.5, True, ["a"], {"a": 1}])
def test_answers_are_text_or_whole_numbers(bad: Any) -> None:
    with pytest.raises(InvalidInput) as refused:
        read(EnrolMember, {"name": "李梅", "profile": {"height": bad}})
    assert (refused.value.field or "").startswith("profile.height")


def test_all_faults_of_a_form_are_told_at_once(scene: Scene) -> None:
    given = scene.form(profile={"sex": None, "height": "30", "style": ""})
    faults = queries.enrolment_faults(scene.clerk, given, AT)
    assert [fault.field for fault in faults] == ["profile.height", "profile.sex", "profile.style"]
    assert queries.enrolment_faults(scene.clerk, scene.form(), AT) == ()


def test_a_phone_belongs_to_one_member(scene: Scene) -> None:
    scene.enrol()
    with pytest.raises(PhoneTaken) as refused:
        scene.enrol("王燕", "138-0000-0001", card="HB2")
    assert refused.value.say("zh") == "手机号已属于会员 DW000001 李梅。"
    assert refused.value.field == "phone"
    assert Membership.objects.count() == 1


def test_a_card_number_is_given_once(scene: Scene) -> None:
    scene.enrol()
    with pytest.raises(CardTaken):
        scene.enrol("王燕", "13800000002", card="hb00001")
    assert Membership.objects.count() == Party.objects.count() == 1


def test_a_number_kept_from_before_is_used_and_never_given_again(scene: Scene) -> None:
    assert scene.enrol(number="dw000002").number == "DW000002"
    with pytest.raises(NumberTaken):
        scene.enrol("王燕", "13800000002", number="DW000002")
    assert scene.enrol("王燕", "13800000002").number == "DW000001"
    assert scene.enrol("赵云", "13800000003").number == "DW000003"


def test_prefixes_come_from_the_programmes_code() -> None:
    assert [prefix_of(code) for code in ("designer-wear", "dn", "club", "x", "2026", "a1-b2")] == [
        "DW", "DN", "CL", "X", "M", "AB",
    ]  # fmt: skip


def test_a_form_entered_on_the_day_it_was_filled_in_is_on_time(scene: Scene) -> None:
    late = moment("2026-03-01 23:59")
    assert not scene.enrol(at=late, form_date="2026-03-01").entered_late
    made = scene.enrol("王燕", "13800000002", at=moment("2026-03-02 00:00"), form_date="2026-03-01")
    assert made.entered_late
    assert scene.page(made.number).cards[0].entered_late is False


def test_a_card_entered_on_a_later_day_than_it_was_issued_is_late(scene: Scene) -> None:
    made = scene.enrol(at=moment("2026-03-02 00:00"), form_date="2026-03-02")
    assert not made.entered_late
    other = operations.enrol_member(
        actor=scene.clerk,
        at=moment("2026-03-02 09:00"),
        given=scene.form("王燕", "13800000002", at="2026-03-01 20:00", form_date="2026-03-02"),
    )
    page = scene.page(other.number)
    assert (page.entered_late, page.cards[0].entered_late) == (False, True)
    assert (page.joined_at, page.entered_at) == (moment("2026-03-01 20:00"), moment("2026-03-02 09:00"))


def test_nobody_joins_in_the_future(scene: Scene) -> None:
    with pytest.raises(MomentInFuture):
        operations.enrol_member(actor=scene.clerk, at=AT, given=scene.form(at="2026-03-01 10:01"))
    with pytest.raises(InvalidInput) as refused:
        scene.enrol(form_date="2026-03-02")
    assert refused.value.field == "form_date"


def test_shops_and_permissions(scene: Scene) -> None:
    with pytest.raises(Forbidden):
        scene.enrol(shop="S2")
    with pytest.raises(NotFound) as refused:
        scene.enrol(shop="S9")
    assert refused.value.field == "shop"
    made = scene.enrol(shop=None)
    assert scene.page(made.number).joined_shop == scene.shops["S1"]


def test_the_same_key_enrols_once(scene: Scene) -> None:
    first = operations.enrol_member(actor=scene.clerk, at=AT, given=scene.form(), key="a")
    again = operations.enrol_member(actor=scene.clerk, at=moment("2026-03-01 10:05"), given=scene.form(), key="a")
    assert again == first
    with pytest.raises(KeyReused):
        operations.enrol_member(actor=scene.clerk, at=AT, given=scene.form("李美"), key="a")
    assert Membership.objects.count() == 1


def test_the_audit_holds_no_sensitive_value(scene: Scene) -> None:
    scene.enrol()
    entry = AuditEntry.objects.get(operation="enrol_member")
    assert (entry.given["phone"], entry.given["profile"], entry.given["name"]) == ("•", "•", "李梅")


def test_sensitive_fields_are_sealed(scene: Scene) -> None:
    scene.enrol()
    sealed = set(PartyField.objects.filter(value=None).values_list("name", flat=True))
    assert sealed == {"height", "measurements", "skin_tone", "address"}


def test_many_at_once_answer_each(scene: Scene) -> None:
    forms = [
        scene.form("李梅", "13800000001"),
        scene.form("王燕", "13800000001", card="HB2"),
        scene.form("赵云", "13800000003", card="HB00001"),
        scene.form("孙丽", "13800000004", profile={"style": None}),
        scene.form("周敏", "13800000005"),
    ]
    answers = operations.enrol_members(actor=scene.clerk, at=AT, given=forms)
    assert [answer.number if isinstance(answer, EnrolledMember) else answer.code for answer in answers] == [
        "DW000001", "PhoneTaken", "CardTaken", "InvalidInput", "DW000002",
    ]  # fmt: skip
    assert Membership.objects.count() == Party.objects.count() == 2


def test_members_carried_over_may_be_incomplete_and_get_no_gift(scene: Scene) -> None:
    given = [
        read(EnrolMember, {"name": "李梅", "phone": "13800000001", "card": "OLD1", "at": "2019-05-01"}),
        read(EnrolMember, {"phone": "13800000002"}),
    ]
    made, refused = scene.bring(*given)
    assert isinstance(made, EnrolledMember)
    assert (made.profile_complete, made.rights, made.entered_late) == (False, (), False)
    assert made.missing == tuple(PROFILE)
    assert made.joined_at.astimezone(UTC) == moment("2019-05-01 00:00")
    assert isinstance(refused, InvalidInput)
    assert refused.field == "profile.name"


def test_hundreds_at_once_keep_their_order(scene: Scene) -> None:
    forms = [scene.form(f"王{i}", f"139{i:08d}", card=f"C{i:06d}") for i in range(600)]
    answers = operations.enrol_members(actor=scene.owner, at=AT, given=forms)
    assert [answer.card for answer in answers if isinstance(answer, EnrolledMember)] == [
        f"C{i:06d}" for i in range(600)
    ]
    assert len({answer.number for answer in answers if isinstance(answer, EnrolledMember)}) == 600
