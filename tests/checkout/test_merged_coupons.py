"""Coupons of two members who turn out to be one: limits count for both, what holds one goes along, a repeated request is
answered."""

from __future__ import annotations

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import MemberReference
from huiguan.checkout.inputs.coupons import CodeInput, CouponInput, GiveInput, HandOutInput, HeldCouponInput, LockInput
from huiguan.entitlements import queries as rights
from huiguan.kernel.inputs import read
from tests.checkout.test_coupons import do, found, fresh, refused, states
from tests.checkout.test_merged import merge, unmerge
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
NOON, LATER, THEN = "2026-06-15 12:00", "2026-06-16 12:00", "2026-06-17 12:00"


@pytest.fixture
def world() -> World:
    return found()


def claim(world: World, who, at: str = NOON, key: str | None = None, coupon: str = "spring"):
    given = read(CouponInput, {"member": who.number, "coupon": coupon})
    return checkout.claim_coupon(actor=world.actor, at=moment(at), given=given, key=key)


@pytest.mark.parametrize("spent", [False, True])
def test_what_either_claimed_counts_for_both(world: World, spent: bool) -> None:
    li, mei = world.enrol(NOON), world.enrol(NOON)
    made = claim(world, mei)
    if spent:
        world.sell(NOON, "SCARF", member=mei.number, vouchers=[made.code])
    merge(world, li, mei, LATER)

    assert refused(lambda: claim(world, li, THEN)) == ("LimitReached", "coupon")
    (offer,) = [o for o in queries.coupon_offers(world.actor, moment(THEN), MemberReference(number=li.number))
                if o.coupon == "spring"]  # fmt: skip
    assert offer.why is not None

    unmerge(world, mei, "2026-06-17 13:00")
    assert claim(world, li, "2026-06-17 14:00").state == "ready"
    assert refused(lambda: claim(world, mei, "2026-06-17 14:00")) == ("LimitReached", "coupon")


def test_a_claim_sent_again_after_the_merge_is_still_one_coupon(world: World) -> None:
    li, mei = world.enrol(NOON), world.enrol(NOON)
    first = claim(world, mei, key="again", coupon="tenth")
    merge(world, li, mei, LATER)
    assert claim(world, mei, THEN, key="again", coupon="tenth") == first
    assert [name for name, _ in states(li, THEN)].count("tenth") == 1


def test_codes_either_turned_in_count_for_both(world: World) -> None:
    li, mei = world.enrol(NOON), world.enrol(NOON)
    codes = fresh(world)
    do(world, "claim_code", CodeInput, member=mei.number, code=codes[0])
    merge(world, li, mei, LATER)
    again = lambda: do(world, "claim_code", CodeInput, THEN, member=li.number, code=codes[1])  # noqa: E731
    assert refused(again) == ("LimitReached", "code")


def test_what_an_order_holds_is_held_on(world: World) -> None:
    li, mei = world.enrol(NOON), world.enrol(NOON)
    code = claim(world, mei).code
    do(world, "lock_coupons", LockInput, "2026-06-16 11:59", member=mei.number, order="WEB-1", codes=[code], minutes=30)
    merge(world, li, mei, LATER)
    taken = lambda: world.sell("2026-06-16 12:01", "SCARF", member=li.number, vouchers=[code])  # noqa: E731
    assert refused(taken) == ("RightNotFree", "vouchers")
    sale = world.sell("2026-06-16 12:02", "SCARF", member=li.number, vouchers=[code], hold="WEB-1")
    assert sale.paid == 47000


def test_what_is_reserved_waits_to_be_claimed_still(world: World) -> None:
    li, mei = world.enrol(NOON), world.enrol(NOON)
    do(world, "hand_out_coupon", HandOutInput, member=mei.number, coupon="alone", until="2026-06-20", reason="致歉")
    merge(world, li, mei, LATER)
    assert ("alone", "reserved") in states(li, THEN)


def test_a_gift_on_its_way_arrives(world: World) -> None:
    li, mei, friend = world.enrol(NOON), world.enrol(NOON), world.enrol(NOON)
    code = claim(world, mei).code
    gift = do(world, "give_coupon", GiveInput, member=mei.number, code=code)
    merge(world, li, mei, LATER)
    used = lambda: world.sell(THEN, "SCARF", member=li.number, vouchers=[code])  # noqa: E731
    assert refused(used) == ("RightNotFree", "vouchers")
    do(world, "accept_coupon", CodeInput, THEN, member=friend.number, code=gift.gift)
    assert [state for name, state in states(friend, THEN)].count("ready") == 2  # the card's own, and this one
    unmerge(world, mei, "2026-06-17 13:00")
    assert all(state != "given" for _, state in states(li, "2026-06-17 14:00"))
    assert not [held for held in rights.held_rights(mei.membership, moment("2026-06-17 14:00"))
                if held.right.code == code and held.state == "ready"]  # fmt: skip


def test_a_gift_taken_back_while_they_were_one_is_no_gift_after(world: World) -> None:
    li, mei = world.enrol(NOON), world.enrol(NOON)
    code = claim(world, mei).code
    do(world, "give_coupon", GiveInput, member=mei.number, code=code)
    merge(world, li, mei, LATER)
    do(world, "take_back_coupon", HeldCouponInput, THEN, member=li.number, code=code)
    unmerge(world, mei, "2026-06-17 13:00")
    assert ("spring", "ready") in states(mei, "2026-06-17 14:00")
    assert "given" not in [state for _, state in states(mei, "2026-06-17 14:00")]
