"""Of several refusals that apply the one of the first published rank is told, whichever stage of the sale finds it."""

from __future__ import annotations

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout.inputs import VoidInput
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.members import operations as members
from huiguan.members.inputs import ReportCardLost, SuspendMember
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
NOON = "2026-05-02 12:00"  # born in June


@pytest.fixture
def world() -> World:
    return World.found()


def suspended(world: World):
    li = world.enrol()
    given = read(SuspendMember, {"member": li.number, "reason": "核对资料"})
    members.suspend_member(actor=world.actor, at=moment("2026-05-01 09:00"), given=given)
    return li


@pytest.mark.parametrize(
    ("asks", "told"),
    [
        ({"benefits": ["none"]}, "UnknownBenefit"),  # input before standing
        ({"lines": [{"sku": "NOPE"}]}, "UnknownSku"),  # existence before standing
        ({"vouchers": ["NO"]}, "RightNotHeld"),
        ({"presented": {"card": "C999999"}}, "MembershipNotActive"),  # standing before credential
        ({"points": 5}, "MembershipNotActive"),
    ],
)
def test_with_a_suspended_member(world, asks, told):
    li = suspended(world)
    with pytest.raises(Refusal) as refused:
        world.sell(NOON, *([] if "lines" in asks else ["COAT"]), member=li.number, **asks)
    assert refused.value.code == told


def test_an_unknown_benefit_before_an_unknown_member(world):
    with pytest.raises(Refusal) as refused:
        world.sell(NOON, "COAT", member="NOBODY", benefits=["none"])
    assert refused.value.code == "UnknownBenefit"


def test_a_lost_card_before_the_wrong_month(world):
    li = world.enrol()
    given = read(ReportCardLost, {"member": li.number})
    members.report_card_lost(actor=world.actor, at=moment("2026-05-01 09:00"), given=given)
    with pytest.raises(Refusal) as refused:
        world.sell(NOON, "COAT", member=li.number, presented="card", points=5)
    assert refused.value.code == "CardNotUsable"


def test_the_tenders_before_the_quote(world):
    with pytest.raises(Refusal) as refused:
        world.sell(NOON, "COAT", quoted="999.99", tenders=[{"means": "cash", "amount": "1.00"}])
    assert refused.value.code == "TendersDiffer"


def test_a_line_that_is_not_there_before_more_than_was_sold(world):
    sale = world.sell(NOON, "COAT")
    with pytest.raises(Refusal) as refused:
        world.give_back(NOON, sale.id, 1, 1, 9)
    assert (refused.value.code, refused.value.field) == ("LineUnknown", "lines.2.line")
    world.give_back(NOON, sale.id)
    with pytest.raises(Refusal) as refused:
        world.give_back(NOON, sale.id, 1)
    assert refused.value.code == "MoreThanSold"


def test_a_sale_that_came_back_is_outside_the_window_of_a_void(world):
    sale = world.sell(NOON, "COAT")
    void = VoidInput(sale=sale.id, reason="扫错")
    checkout.void_sale(actor=world.actor, at=moment(NOON), given=void)
    with pytest.raises(Refusal) as refused:
        checkout.void_sale(actor=world.actor, at=moment(NOON), given=void)
    assert refused.value.code == "VoidWindowClosed"
