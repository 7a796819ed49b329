"""A member merged into another at the till: her card, her sales, her coupons, what comes back; and random lives."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries as sales
from huiguan.checkout.inputs import GiftReturnInput, ReturnInput
from huiguan.entitlements import queries as entitlements
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Refusal
from huiguan.ledger.proof import prove
from huiguan.members import operations as members
from huiguan.members import queries as members_asked
from huiguan.members.inputs import MergeMembers, UnmergeMembers
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World, moment
from tests.rules.writing import book

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def merge(world: World, keep: EnrolledMember, absorb: EnrolledMember, at: str) -> Any:
    told = {"keep": keep.number, "absorb": absorb.number, "reason": "同一人"}
    return members.merge_members(actor=world.actor, at=moment(at), given=read(MergeMembers, told))


def unmerge(world: World, absorb: EnrolledMember, at: str) -> Any:
    told = read(UnmergeMembers, {"member": absorb.number, "reason": "认错了"})
    return members.unmerge_members(actor=world.actor, at=moment(at), given=told)


def ready_at(of: EnrolledMember, at: str) -> list[str]:
    """Her coupons that are good, by name."""
    held = entitlements.held_rights(of.membership, moment(at))
    return sorted(each.right.name for each in held if each.state == "ready")


def test_her_card_goes_on_and_counts_for_the_one_who_goes_on(world):
    li, mei = world.enrol(), world.enrol()
    merge(world, li, mei, "2026-05-02 12:00")

    sale = world.sell("2026-05-02 12:01", "COAT", presented={"what": "card", "card": mei.card})

    assert (sale.member, sale.document["earned"]) == (li.number, {"points": 18})  # 950.00 paid
    assert world.points(li, "2026-05-02 12:02") == 18


def test_a_sale_of_before_is_signed_after():
    """1,000 earn 20 once both have signed: merged meanwhile, they are the other's, and go back with the goods."""
    signed = ("acceptance", "acceptance: purchase, signs: [member, guide], before: [counting]")
    earns = ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00")
    world = World.found(source=book(earns, ("reversal", "unit: points, undo: earned"), signed), profile={})
    li, mei = world.enrol(), world.enrol()
    sale = world.sell("2026-05-02 12:00", "COAT", member=mei.number, signed=["guide"])
    merge(world, li, mei, "2026-05-03 12:00")

    done = world.sign("2026-05-04 12:00", sale.id, "member")

    assert (done.document["earned"], done.document["unsigned"]) == ({"points": 20}, [])
    assert (world.points(li, "2026-05-04 12:01"), world.points(mei, "2026-05-04 12:01")) == (20, 0)
    back = world.give_back("2026-05-05 12:00", sale.id)
    assert (back.taken_back, world.points(li, "2026-05-05 12:01")) == ({"points": 20}, 0)
    assert prove(world.actor.programme).findings == ()


def test_a_sale_of_before_comes_back_after(world):
    """COAT and SCARF earn 30; merged, the scarf comes back: 10 less of the very lot, now with the other."""
    li, mei = world.enrol(), world.enrol()
    sale = world.sell("2026-05-02 12:00", "COAT", "SCARF", member=mei.number)
    merge(world, li, mei, "2026-05-03 12:00")

    asked = read(ReturnInput, {"sale": sale.id, "lines": [{"line": 2, "quantity": 1}]})
    seen = checkout.preview_return(actor=world.actor, at=moment("2026-05-04 12:00"), given=asked)
    assert (seen.refund, seen.taken_back) == (50000, {"points": 10})
    assert world.points(li, "2026-05-04 12:00") == 30

    done = world.give_back("2026-05-04 12:00", sale.id, 2)

    assert (done.refund, done.taken_back, done.balance) == (50000, {"points": 10}, {"points": 20})
    assert (world.points(li, "2026-05-04 12:01"), world.points(mei, "2026-05-04 12:01")) == (20, 0)
    assert prove(world.actor.programme).findings == ()
    back = unmerge(world, mei, "2026-05-05 12:00")
    assert (back.back, back.gone) == ({"points": 20}, {})
    assert world.give_back("2026-05-06 12:00", sale.id).balance == {"points": 0}
    assert prove(world.actor.programme).findings == ()


def test_a_claw_back_finds_the_points_of_both(world):
    """Hers were spent after the merge: what her coat earned is taken from what the other one had."""
    li, mei = world.enrol(), world.enrol()
    coat = world.sell("2026-05-02 12:00", "COAT", member=mei.number)
    world.sell("2026-05-02 12:01", "COAT", "SCARF", member=li.number)
    merge(world, li, mei, "2026-05-03 12:00")
    world.redeem("2026-06-01 12:00", li, 20)  # the oldest: those of the coat

    done = world.give_back("2026-06-02 12:00", coat.id)

    assert (done.taken_back, done.shortfall, done.balance) == ({"points": 20}, None, {"points": 10})
    assert prove(world.actor.programme).findings == ()


def test_what_was_spent_meanwhile_is_told_when_it_is_undone(world):
    li, mei = world.enrol(), world.enrol()
    world.sell("2026-05-02 12:00", "COAT", member=mei.number)
    merge(world, li, mei, "2026-05-03 12:00")
    gift = world.redeem("2026-06-01 12:00", li, 15)

    done = unmerge(world, mei, "2026-06-02 12:00")

    assert (done.back, done.gone) == ({"points": 5}, {"points": 15})
    # What comes back of the gift goes to the lot it came from, and that is the other one's now.
    asked = read(GiftReturnInput, {"redemption": gift.id})
    checkout.return_gift(actor=world.actor, at=moment("2026-06-03 12:00"), given=asked)
    assert (world.points(li, "2026-06-03 12:01"), world.points(mei, "2026-06-03 12:01")) == (15, 5)
    assert prove(world.actor.programme).findings == ()


def test_a_gift_of_before_comes_back_after(world):
    li, mei = world.enrol(), world.enrol()
    world.sell("2026-05-02 12:00", "COAT", member=mei.number)
    gift = world.redeem("2026-06-01 12:00", mei, 15)
    merge(world, li, mei, "2026-06-02 12:00")

    asked = read(GiftReturnInput, {"redemption": gift.id})
    back = checkout.return_gift(actor=world.actor, at=moment("2026-06-03 12:00"), given=asked)

    assert back.balance == {"points": 20}
    assert (world.points(li, "2026-06-03 12:01"), world.points(mei, "2026-06-03 12:01")) == (20, 0)
    assert prove(world.actor.programme).findings == ()


def test_a_sale_sent_again_after_the_merge_is_still_one_sale(world):
    li, mei = world.enrol(), world.enrol()
    first = world.sell("2026-05-02 12:00", "COAT", key="T-1", member=mei.number)
    merge(world, li, mei, "2026-05-02 12:01")

    again = world.sell("2026-05-02 12:02", "COAT", key="T-1", member=mei.number)

    assert (again.id, again.replayed) == (first.id, True)
    assert world.points(li, "2026-05-02 12:03") == 20


def test_her_sales_stand_with_the_one_who_goes_on(world):
    li, mei = world.enrol(), world.enrol()
    hers = world.sell("2026-05-02 12:00", "COAT", member=mei.number)
    own = world.sell("2026-05-02 13:00", "SCARF", member=li.number)
    merge(world, li, mei, "2026-05-03 12:00")

    told = sales.sales(world.actor, membership=li.membership)

    assert [(sale.id, sale.member) for sale in told] == [(own.id, li.number), (hers.id, mei.number)]


def test_a_rung_the_sale_had_brought_falls_with_it(world):
    """The gown alone made her a diamond card, and the merge made the other one that; back it comes, and so does she."""
    li, mei = world.enrol(), world.enrol()
    gown = world.sell("2026-05-02 12:00", "GOWN", member=mei.number)
    merge(world, li, mei, "2026-05-03 12:00")
    assert members_asked.member(world.actor, li.number, moment("2026-05-03 12:00")).tier == "diamond_card"

    world.give_back("2026-05-04 12:00", gown.id)

    assert members_asked.member(world.actor, li.number, moment("2026-05-04 12:00")).tier == "points_card"


def test_undone_her_own_rung_has_fallen_with_the_sale_that_had_brought_it(world):
    """The gown made her a diamond card; it came back while she was merged: nothing of that is left to go back to."""
    li, mei = world.enrol(), world.enrol()
    gown = world.sell("2026-05-02 12:00", "GOWN", member=mei.number)
    merge(world, li, mei, "2026-05-03 12:00")
    world.give_back("2026-05-04 12:00", gown.id)

    apart = unmerge(world, mei, "2026-05-05 12:00")

    assert (apart.tier, apart.absorb_tier) == ("points_card", "points_card")


def test_a_preview_tells_the_balance_the_return_will_tell(world):
    """COAT and SCARF earned her 30 and the other one's coat 20; the scarf back, 40 are left together."""
    li, mei = world.enrol(), world.enrol()
    hers = world.sell("2026-05-02 12:00", "COAT", "SCARF", member=mei.number)
    world.sell("2026-05-02 13:00", "COAT", member=li.number)
    merge(world, li, mei, "2026-05-03 12:00")

    asked = read(ReturnInput, {"sale": hers.id, "lines": [{"line": 2, "quantity": 1}]})
    seen = checkout.preview_return(actor=world.actor, at=moment("2026-05-04 12:00"), given=asked)

    assert seen.balance == {"points": 40}
    assert world.give_back("2026-05-04 12:00", hers.id, 2).balance == {"points": 40}


def test_a_coupon_of_before_the_merge_written_after_it_goes_along(world):
    """Born on 15 June: known at the end of May, merged on 1 June, the night of 31 May written on the 2nd."""
    li, mei = world.enrol(profile={"birthday": "1990-03-01"}), world.enrol(profile={"birthday": "1990-06-15"})
    merge(world, li, mei, "2026-06-01 12:00")

    members.grant_due(world.actor.programme, moment("2026-06-02 01:00"))

    assert ready_at(mei, "2026-06-02 12:00") == []
    assert ready_at(li, "2026-06-02 12:00").count("birthday_voucher") == 1
    unmerge(world, mei, "2026-06-03 12:00")
    assert "birthday_voucher" in ready_at(mei, "2026-06-03 12:01")
    assert "birthday_voucher" not in ready_at(li, "2026-06-03 12:01")


STEPS = st.lists(
    st.tuples(st.sampled_from(["sell", "return", "redeem", "merge", "unmerge"]), st.integers(0, 2), st.integers(0, 5)),
    min_size=4,
    max_size=14,
)


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(steps=STEPS)
def test_no_life_has_more_points_for_being_merged(world, steps):
    """Three members live at random; a merge and its undoing never change the points in the world, and the books prove."""
    people = [world.enrol() for _ in range(3)]
    sold: list[str] = []
    for minute, (what, who, which) in enumerate(steps):
        at = f"2026-06-02 12:{minute:02d}"
        before = [world.points(each, at) for each in people]
        try:
            _lived(world, people, sold, what, who, which, at)
        except Refusal:
            assert [world.points(each, at) for each in people] == before
            continue
        if what in ("merge", "unmerge"):
            assert sum(world.points(each, at) for each in people) == sum(before)
    assert prove(world.actor.programme).findings == ()


def _lived(
    world: World, people: list[EnrolledMember], sold: list[str], what: str, who: int, which: int, at: str
) -> None:
    her = people[who]
    if what == "sell":
        sold.append(world.sell(at, ["COAT", "SCARF", "HUNDRED"][which % 3], member=her.number).id)
    elif what == "return" and sold:
        world.give_back(at, sold[which % len(sold)])
    elif what == "redeem":
        world.redeem(at, her, 5 + which)
    elif what == "merge":
        merge(world, her, people[which % 3], at)
    elif what == "unmerge":
        unmerge(world, her, at)


@pytest.mark.parametrize("undone", [False, True])
def test_what_lapsed_with_the_kept_one_is_forgiven_on_the_return(world, undone):
    """COAT at 950.00 earned 18, which die unused with the kept one at the year's end. Taken back on 2 January the goods
    are refunded whole; nobody owes points that nobody used."""
    li, mei = world.enrol(), world.enrol()
    sold = world.sell("2026-05-02 12:00", "COAT", member=mei.number, presented="card")
    merge(world, li, mei, "2026-05-03 12:00")
    if undone:
        unmerge(world, mei, "2027-01-01 09:00")

    plan = checkout.preview_return(
        actor=world.actor, at=moment("2027-01-02 12:00"), given=read(ReturnInput, {"sale": sold.id})
    )

    assert (sold.document["earned"], plan.refund, plan.forgiven, plan.shortfall) == (
        {"points": 18},
        95000,
        {"points": 18},
        None,
    )
    back = world.give_back("2027-01-02 12:00", sold.id)
    assert (back.forgiven, back.claim) == ({"points": 18}, 0)
    assert list(prove(world.actor.programme).findings) == []
