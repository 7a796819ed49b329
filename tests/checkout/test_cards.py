"""Who may use what is shown at the till: lost and replaced cards, other people's cards, suspended members."""

from __future__ import annotations

import pytest

from huiguan.checkout import refusals
from huiguan.checkout.models import Sale
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members.inputs import ReplaceCard, ReportCardLost, RestoreMember, SuspendMember
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
NOON = "2026-05-02 12:00"


@pytest.fixture
def world() -> World:
    return World.found()


def lose(world: World, member: EnrolledMember, at: str) -> None:
    members.report_card_lost(
        actor=world.actor, at=moment(at), given=read(ReportCardLost, {"member": member.number, "at": at})
    )


def replace_card(world: World, member: EnrolledMember, card: str, at: str) -> None:
    given = read(ReplaceCard, {"member": member.number, "card": card, "shop": "S1", "at": at})
    members.replace_card(actor=world.actor, at=moment(at), given=given)


def test_the_card_itself_names_its_member(world):
    li = world.enrol(card="K0001")
    sale = world.sell(NOON, "COAT", presented={"card": "K0001"})
    assert (sale.member, sale.paid, sale.document["card"]) == (li.number, 95000, "K0001")


def test_a_card_read_in_small_letters_or_with_blanks_is_the_same_card(world):
    li = world.enrol(card="K0002")
    for shown in ("k0002", "K 0002", "Ｋ０００２"):
        assert world.sell(NOON, "COAT", member=li.number, presented={"card": shown}).paid == 95000


def test_a_card_nobody_holds_finds_nobody(world):
    with pytest.raises(refusals.UnknownMember) as refused:
        world.sell(NOON, "COAT", presented={"card": "K9999"})
    assert (refused.value.field, refused.value.values["given"]) == ("member", "K9999")
    assert Sale.objects.count() == 0


def test_without_the_card_the_member_earns_but_pays_in_full(world):
    li = world.enrol()
    for shown in ("none", "phone"):
        sale = world.sell(NOON, "COAT", member=li.number, presented=shown)
        assert (sale.paid, sale.document["earned"]) == (100000, {"points": 20})
        assert ("B55-07", "not_shown") in {(reason.clause, reason.say) for reason in sale.reasons if not reason.given}


@pytest.mark.parametrize("shown", ["card", {"card": "K0001"}])
def test_a_lost_card_is_refused_and_changes_nothing(world, shown):
    li = world.enrol(card="K0001")
    lose(world, li, "2026-05-01 09:00")
    with pytest.raises(refusals.CardNotUsable) as refused:
        world.sell(NOON, "COAT", member=li.number, presented=shown)
    assert (refused.value.field, refused.value.values["status"].zh) == ("presented", "挂失")
    assert (Sale.objects.count(), world.points(li, NOON)) == (0, 0)
    # By her number she is a member all the same.
    assert world.sell(NOON, "COAT", member=li.number).document["earned"] == {"points": 20}


def test_a_replaced_card_is_refused_and_the_new_one_opens(world):
    li = world.enrol(card="K0001")
    replace_card(world, li, "K0002", "2026-05-01 09:00")
    with pytest.raises(refusals.CardNotUsable) as refused:
        world.sell(NOON, "COAT", member=li.number, presented={"card": "K0001"})
    assert refused.value.values["status"].en == "replaced"
    with pytest.raises(refusals.CardNotUsable):
        world.sell(NOON, "COAT", presented={"card": "K0001"})
    sale = world.sell(NOON, "COAT", presented={"card": "K0002"})
    assert (sale.member, sale.paid, sale.document["card"]) == (li.number, 95000, "K0002")


def test_a_new_card_does_not_make_another_opening_purchase(world):
    li = world.enrol("2025-03-01 10:00", card="K0001")
    replace_card(world, li, "K0002", "2026-05-02 09:00")
    sale = world.sell(NOON, "COAT", member=li.number, presented="card")
    assert (sale.document["opening"], sale.paid) == (False, 95000)


def test_somebody_elses_card_is_refused(world):
    li, wang = world.enrol(card="K0001"), world.enrol(card="K0002")
    with pytest.raises(refusals.CardOfAnother) as refused:
        world.sell(NOON, "COAT", member=li.number, presented={"card": "K0002"})
    assert refused.value.field == "presented"
    assert (world.points(li, NOON), world.points(wang, NOON)) == (0, 0)


def test_another_house_cannot_use_the_card(world):
    world.enrol(card="K0001")
    other = World.found("other")
    with pytest.raises(refusals.UnknownMember):
        other.sell(NOON, "COAT", presented={"card": "K0001"})


def test_a_suspended_member_gets_nothing_until_restored(world):
    li = world.enrol()
    world.sell("2026-06-01 12:00", "COAT", member=li.number)
    given = {"member": li.number, "reason": "核对资料"}
    members.suspend_member(actor=world.actor, at=moment("2026-06-02 09:00"), given=read(SuspendMember, given))
    with pytest.raises(refusals.MembershipNotActive):
        world.sell("2026-06-02 12:00", "COAT", member=li.number, presented="card")
    with pytest.raises(refusals.MembershipNotActive):
        world.redeem("2026-06-02 12:00", li, 5)
    assert world.points(li, "2026-06-02 12:00") == 20
    members.restore_member(actor=world.actor, at=moment("2026-06-03 09:00"), given=read(RestoreMember, given))
    assert world.sell("2026-06-03 12:00", "COAT", member=li.number, presented="card").paid == 95000
    assert world.redeem("2026-06-03 12:00", li, 5).balance == {"points": 33}  # 20 + 18 − 5


@pytest.mark.parametrize(("at", "refused"), [("2026-06-01 20:00", None), ("2026-06-02 20:00", "MembershipNotActive")])
def test_a_late_sale_asks_where_the_member_stood_then(world, at, refused):
    """Suspended from the 2nd to the 4th; what arrives is of the day before or of the time between."""
    li = world.enrol()
    given = {"member": li.number, "reason": "核对资料"}
    members.suspend_member(actor=world.actor, at=moment("2026-06-02 09:00"), given=read(SuspendMember, given))
    for restored in (False, True):
        if restored:
            members.restore_member(actor=world.actor, at=moment("2026-06-04 09:00"), given=read(RestoreMember, given))
        if refused:
            with pytest.raises(refusals.MembershipNotActive):
                world.sell(at, "COAT", member=li.number, presented="card", now="2026-06-05 12:00")
        else:
            sale = world.sell(at, "COAT", member=li.number, presented="card", now="2026-06-05 12:00")
            assert sale.paid == 95000


def test_a_late_sale_sees_the_card_of_its_time(world):
    """Sold on the 1st, lost on the 2nd, replaced on the 3rd: what a till brings in on the 5th showed the first card."""
    li = world.enrol(card="K0001")
    lose(world, li, "2026-05-02 09:00")
    replace_card(world, li, "K0002", "2026-05-03 09:00")
    late = {"now": "2026-05-05 12:00", "presented": {"card": "K0001"}}
    sale = world.sell("2026-05-01 12:00", "COAT", **late)
    assert (sale.paid, sale.document["card"]) == (95000, "K0001")
    for at in ("2026-05-02 09:00", "2026-05-03 09:00", "2026-05-05 12:00"):
        with pytest.raises(refusals.CardNotUsable):
            world.sell(at, "COAT", **late)
    with pytest.raises(refusals.CardNotUsable) as refused:
        world.sell("2026-05-01 12:00", "COAT", now="2026-05-05 12:00", presented={"card": "K0002"})
    assert refused.value.say("zh") == ("这张卡（当时尚未发放）不能使用。它 2026 年 5 月 3 日才发出；请出示当时的卡。")


def test_goods_of_a_suspended_member_come_back(world):
    li = world.enrol()
    sale = world.sell("2026-06-01 12:00", "COAT", member=li.number)
    given = {"member": li.number, "reason": "核对资料"}
    members.suspend_member(actor=world.actor, at=moment("2026-06-02 09:00"), given=read(SuspendMember, given))
    assert world.give_back("2026-06-03 12:00", sale.id).refund == 100000


@pytest.mark.parametrize(
    ("day", "paid"),
    [("2026-01-31", 95000), ("2026-02-01", 80000), ("2026-02-28", 80000), ("2026-03-01", 95000), ("2028-02-29", 80000)],
)
def test_a_birthday_on_29_february_is_a_birthday_in_february(world, day, paid):
    li = world.enrol(profile={"birthday": "1992-02-29"})
    asks = ["birthday"] if paid == 80000 else []
    sale = world.sell(f"{day} 12:00", "COAT", member=li.number, presented="card", benefits=asks)
    assert sale.paid == paid
    if not asks:
        with pytest.raises(refusals.OutsideWindow):
            world.sell(f"{day} 12:00", "COAT", member=li.number, presented="card", benefits=["birthday"])


def test_the_birthday_discount_is_for_the_member_in_person(world):
    li = world.enrol()
    birthday = {"member": li.number, "presented": "card", "benefits": ["birthday"]}
    with pytest.raises(refusals.NotInPerson) as refused:
        world.sell("2026-06-02 12:00", "COAT", buyer="other", **birthday)
    assert (refused.value.clause, refused.value.field) == ("B55-05", "benefits")
    assert world.sell("2026-06-02 12:00", "COAT", **birthday).paid == 80000
    with pytest.raises(refusals.LimitReached):
        world.sell("2026-06-30 12:00", "COAT", **birthday)
    assert world.sell("2027-06-01 12:00", "COAT", **birthday).paid == 80000
