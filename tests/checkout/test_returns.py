"""Returns restate the sale; points go back to their lots; what is owed waits to be settled."""

from __future__ import annotations

import itertools

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import refusals
from huiguan.checkout.inputs import GiftReturnInput, ReturnInput, VoidInput
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import MomentInFuture
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def test_what_the_goods_earned_is_taken_back(world):
    li = world.enrol()
    sale = world.sell("2026-05-02 12:00", "COAT", "SCARF", member=li.number)
    assert world.points(li, "2026-05-02 12:01") == 30
    view = world.give_back("2026-05-03 12:00", sale.id, 2)
    assert (view.refund, view.taken_back, view.balance) == (50000, {"points": 10}, {"points": 20})
    with pytest.raises(refusals.MoreThanSold):
        world.give_back("2026-05-03 12:01", sale.id, 2)
    view = world.give_back("2026-05-03 12:02", sale.id)
    assert (view.refund, view.balance) == (100000, {"points": 0})
    with pytest.raises(refusals.AlreadyReturned):
        world.give_back("2026-05-03 12:03", sale.id)


def test_any_sequence_of_partial_returns_ends_where_one_full_return_would(world):
    ends = set()
    for order in [None, *itertools.permutations((1, 2, 3))]:
        li = world.enrol()
        world.sell("2026-05-02 12:00", "GOWN", member=li.number)
        before = world.points(li, "2026-06-01 12:00")
        sale = world.sell(
            "2026-06-01 12:00", "COAT", "SCARF", "GLOVE", member=li.number, presented="card", points=77,
            benefits=["birthday"],
        )  # fmt: skip
        refund = 0
        for line in order or [None]:
            view = world.give_back("2026-06-02 12:00", sale.id, *([line] if line else []))
            refund += view.refund
        ends.add((refund, world.points(li, "2026-06-03 12:00")))
        assert ends == {(sale.paid, before)}
        # the birthday discount and June's redemption are there again
        again = world.sell(
            "2026-06-04 12:00", "COAT", member=li.number, presented="card", points=10, benefits=["birthday"]
        )
        assert again.paid == 79200  # (1,000 − 10) × 80 %


def test_a_shortfall_is_claimed_before_the_goods_come_back(world):
    li = world.enrol()
    # 500 earns 10; 6 of them are redeemed; 4 are left when the goods come back
    sale = world.sell("2026-06-01 12:00", "SCARF", member=li.number)
    world.redeem("2026-06-02 12:00", li, 6)
    with pytest.raises(refusals.ShortfallUnsettled) as refused:
        world.give_back("2026-06-03 12:00", sale.id)
    assert refused.value.clause == "B55-23"
    assert (refused.value.values["units"], refused.value.values["worth"]) == (6, 600)
    view = world.give_back("2026-06-03 12:00", sale.id, settle={"way": "cash"})
    assert (view.refund, view.claim, view.taken_back, view.balance) == (49400, 600, {"points": 4}, {"points": 0})


def test_a_preview_tells_the_balance_there_would_be(world):
    li = world.enrol()
    sale = world.sell("2026-06-01 12:00", "COAT", "SCARF", member=li.number)
    given = read(ReturnInput, {"sale": sale.id, "lines": [{"line": 2, "quantity": 1}]})
    view = checkout.preview_return(actor=world.actor, at=moment("2026-06-03 12:00"), given=given)
    assert (view.taken_back, view.balance) == ({"points": 10}, {"points": 20})
    assert world.points(li, "2026-06-03 12:00") == 30


def test_a_late_return_tells_the_balance_of_now(world):
    li = world.enrol()
    sale = world.sell("2026-06-01 12:00", "SCARF", member=li.number)
    world.sell("2026-06-03 12:00", "COAT", member=li.number)
    given = read(ReturnInput, {"sale": sale.id, "at": "2026-06-02 12:00"})
    view = checkout.return_sale(actor=world.actor, at=moment("2026-06-04 12:00"), given=given)
    assert view.balance == {"points": 20}


def test_the_gift_settles_a_shortfall_too(world):
    li = world.enrol()
    sale = world.sell("2026-06-01 12:00", "SCARF", member=li.number)
    gift = world.redeem("2026-06-02 12:00", li, 6)
    view = world.give_back("2026-06-03 12:00", sale.id, settle={"way": "gift", "redemption": gift.id})
    assert (view.refund, view.claim, view.taken_back, view.balance) == (50000, 0, {"points": 10}, {"points": 0})


def test_points_that_lapsed_unused_are_not_claimed(world):
    li = world.enrol("2025-03-01 10:00")
    sale = world.sell("2026-11-30 12:00", "SCARF", member=li.number)
    view = world.give_back("2027-01-05 12:00", sale.id)
    assert (view.refund, view.claim, view.forgiven) == (50000, 0, {"points": 10})


def test_points_that_paid_go_back_to_their_lot(world):
    li = world.enrol("2025-03-01 10:00")
    world.sell("2026-11-30 12:00", "GOWN", member=li.number)  # 200 points that die with the year
    sale = world.sell("2026-12-05 12:00", "COAT", member=li.number, points=100)
    assert world.points(li, "2026-12-31 23:59:59") == 100 + 18
    world.give_back("2026-12-06 12:00", sale.id)
    assert world.points(li, "2026-12-31 23:59:59") == 200
    assert world.points(li, "2027-01-01 00:00:00") == 0


def test_a_step_that_the_sale_brought_is_withdrawn(world):
    li = world.enrol()
    sale = world.sell("2026-05-02 12:00", "GOWN", member=li.number)
    assert sale.document["tier"]["after"] == "diamond_card"
    view = world.give_back("2026-05-03 12:00", sale.id)
    assert view.tier["after"] == "points_card"
    assert world.sell("2026-05-04 12:00", "COAT", member=li.number, presented="card").paid == 95000


def test_a_sale_is_voided_on_its_own_day_only(world):
    from_day = world.sell("2026-05-02 00:00:00", "COAT")
    void = {"sale": from_day.id, "reason": "扫错"}
    with pytest.raises(refusals.VoidWindowClosed):
        checkout.void_sale(actor=world.actor, at=moment("2026-05-03 00:00:00"), given=VoidInput(**void))
    view = checkout.void_sale(actor=world.actor, at=moment("2026-05-02 23:59:59"), given=VoidInput(**void))
    assert (view.kind, view.refund) == ("void", 100000)


def test_a_step_a_later_sale_had_brought_too_is_kept(world):
    li, wang = world.enrol(), world.enrol()
    for member, later, tier in ((li, "GOWN", None), (wang, "ALMOST", "points_card")):
        first = world.sell("2026-05-02 12:00", "GOWN", member=member.number)
        world.sell("2026-05-03 12:00", later, member=member.number)
        view = world.give_back("2026-05-04 12:00", first.id)
        assert (view.tier["after"] if view.tier else None) == tier


def test_a_return_in_parts_withdraws_the_step_once(world):
    li = world.enrol()
    sale = world.sell("2026-05-02 12:00", "GOWN", "PIN", "PIN", member=li.number)
    steps = [world.give_back("2026-05-03 12:00", sale.id, line).tier for line in (2, 3, 1)]
    assert [step["after"] if step else None for step in steps] == [None, None, "points_card"]
    # 10,000.00 was enough for the step; a later return of nothing that mattered leaves the rung alone
    again = world.sell("2026-05-04 12:00", "GOWN", member=li.number)
    assert again.document["tier"] == {"before": "points_card", "after": "diamond_card"}


def test_a_step_another_sale_has_brought_since_is_not_withdrawn_with_the_first(world):
    """The first sale's step went with its gown. A later sale brought it again; what was left of the first is only spending."""
    li = world.enrol()
    first = world.sell("2026-05-02 12:00", "GOWN", "COAT", member=li.number)
    assert world.give_back("2026-05-03 12:00", first.id, 1).tier["after"] == "points_card"
    again = world.sell("2026-05-04 12:00", member=li.number, lines=[{"sku": "COAT", "quantity": 9}])
    assert again.document["tier"]["after"] == "diamond_card"
    assert world.give_back("2026-05-05 12:00", first.id).tier is None
    assert world.sell("2026-05-06 12:00", "COAT", member=li.number, presented="card").paid == 90000


def test_a_rung_is_no_older_than_the_membership(world):
    """The opening purchase, rung up before the card was entered, brings the rung from the card's own moment."""
    li = world.enrol("2026-05-02 12:00")
    world.sell("2026-05-02 11:00", "GOWN", member=li.number, now="2026-05-02 13:00")
    assert world.sell("2026-05-03 12:00", "COAT", member=li.number, presented="card").paid == 90000


def test_a_late_return_takes_a_rung_back_from_when_it_was_reached(world):
    """Reached on the 5th by a sale of the 1st; the return of the 2nd is entered on the 6th."""
    li = world.enrol()
    world.sell("2026-05-04 12:00", "ALMOST", member=li.number)
    late = world.sell("2026-05-01 12:00", "PIN", member=li.number, now="2026-05-05 12:00")
    assert late.document["tier"]["after"] == "diamond_card"
    given = read(ReturnInput, {"sale": late.id, "at": "2026-05-02 12:00"})
    view = checkout.return_sale(actor=world.actor, at=moment("2026-05-06 12:00"), given=given)
    assert view.tier["after"] == "points_card"
    assert world.sell("2026-05-07 12:00", "COAT", member=li.number, presented="card").paid == 95000


def test_a_late_sale_sees_the_tier_of_its_time(world):
    li = world.enrol()
    world.sell("2026-05-02 12:00", "GOWN", member=li.number)
    late = [
        world.sell(at, "COAT", member=li.number, presented="card", now="2026-05-03 12:00").paid
        for at in ("2026-05-02 11:59:59", "2026-05-02 12:00:01")
    ]
    assert late == [95000, 90000]
    assert world.sell("2026-05-03 12:00", "COAT", member=li.number, presented="card").paid == 90000


def test_a_late_sale_fills_the_window_of_a_later_day(world):
    li = world.enrol()
    world.sell("2026-05-02 12:00", "ALMOST", member=li.number)
    late = world.sell("2026-05-01 12:00", "PIN", member=li.number, now="2026-05-03 12:00")
    assert late.document["tier"] == {"before": "points_card", "after": "diamond_card"}
    # the step counts from now: what was sold in between stays as it was
    between = world.sell("2026-05-02 13:00", "COAT", member=li.number, presented="card", now="2026-05-03 12:01")
    assert between.paid == 95000


def test_a_quote_is_what_the_commit_will_be_and_writes_nothing(world):
    li = world.enrol("2026-06-01 10:00")
    (voucher,) = [right.code for right in li.rights]
    world.sell("2026-06-01 11:00", "GOWN", member=li.number, presented="card")
    asks = {
        "member": li.number, "presented": "card", "benefits": ["birthday"], "vouchers": [voucher], "points": 33,
        "number": "HB2-0001",
    }  # fmt: skip
    quoted = world.quote("2026-06-02 12:00", "COAT", "GLOVE", **asks)
    assert (quoted.id, quoted.number) == ("", "")
    assert world.points(li, "2026-06-02 12:00") == 200
    due = f"{quoted.paid / 100:.2f}"
    sold = world.sell("2026-06-02 12:00", "COAT", "GLOVE", **asks, quoted=due)
    assert (sold.paid, sold.document) == (quoted.paid, quoted.document)
    # (1,099.99 − 200 − 33) × 80 % = 693.592
    assert (sold.paid, sold.document["earned"]) == (69359, {"points": 12})


def test_a_gift_comes_back_at_its_own_moment(world):
    """Brought back on 30 December, entered in January: told as of its day, never of a day before it was handed over."""
    li = world.enrol()
    world.sell("2026-12-01 12:00", "SCARF", member=li.number)
    gift = world.redeem("2026-12-05 12:00", li, 6)

    def back(at: str):
        given = read(GiftReturnInput, {"redemption": gift.id, "at": at})
        return checkout.return_gift(actor=world.actor, at=moment("2027-01-02 12:00"), given=given)

    for wrong in ("2026-12-05 11:59:59", "2027-01-02 12:00:01"):
        with pytest.raises((refusals.ReturnBeforeSale, MomentInFuture)) as refused:
            back(wrong)
        assert refused.value.field == "at"
    assert back("2026-12-30 12:00").returned_at == moment("2026-12-30 12:00")
    assert [world.points(li, at) for at in ("2026-12-30 11:59:59", "2026-12-30 12:00")] == [4, 10]
