"""What the till does under rulebooks that leave most things out: what no clause gives is refused, never passed over."""

from __future__ import annotations

from datetime import date
from functools import partial

import pytest

from huiguan.checkout import refusals
from huiguan.checkout.models import Sale
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries as asked
from huiguan.members.inputs import EnrolMember, VerifyMember
from huiguan.programme import queries as programmes
from tests.checkout.world import World, moment
from tests.rules.writing import book

pytestmark = pytest.mark.django_db
NOON = "2026-06-15 12:00"
EARN = ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00")


def world_of(*clauses: tuple[str, str]) -> World:
    return World.found(source=book(*clauses), profile={})


def test_a_rulebook_of_words_sells_at_the_tag_and_gives_nothing():
    world = world_of(("statement", ""))
    li = world.enrol()
    sale = world.sell(NOON, "COAT", member=li.number, presented="card")
    assert (sale.paid, sale.document["earned"], sale.document["reasons"]) == (100000, {}, [])
    assert world.give_back("2026-06-16 12:00", sale.id).refund == 100000


@pytest.mark.parametrize(
    ("asks", "expected", "field"),
    [
        ({"points": 1}, refusals.WayNotOffered, "points"),
        ({"vouchers": ["V1"]}, refusals.RightNotHeld, "vouchers"),
        ({"signed": ["guide"]}, refusals.WayNotOffered, "signed"),
        ({"benefits": ["birthday"]}, refusals.UnknownBenefit, "benefits"),
    ],
)
def test_what_no_clause_gives_is_refused(asks, expected, field):
    world = world_of(EARN)
    li = world.enrol()
    world.sell("2026-06-01 12:00", "COAT", member=li.number)
    with pytest.raises(expected) as refused:
        world.sell(NOON, "COAT", member=li.number, **asks)
    assert refused.value.field == field
    assert all(refused.value.say(lang) for lang in ("zh", "en"))
    assert Sale.objects.count() == 1


def test_points_without_a_redemption_buy_no_gift():
    world = world_of(EARN)
    li = world.enrol()
    world.sell("2026-06-01 12:00", "COAT", member=li.number)
    with pytest.raises(refusals.WayNotOffered):
        world.redeem(NOON, li, 1)
    assert world.points(li, NOON) == 20


def test_points_wait_until_who_she_is_is_verified():
    redeem = ("redemption", "unit: points, ways: [gift, offset], worth: 1.00")
    world = world_of(EARN, redeem, ("eligibility", "uses: [points], needs: [identity]"))
    li = world.enrol()
    world.sell("2026-06-01 12:00", "COAT", member=li.number)
    with pytest.raises(refusals.NotVerified) as refused:
        world.sell(NOON, "SCARF", member=li.number, points=1)
    assert (refused.value.field, refused.value.clause) == ("points", "T-03")
    with pytest.raises(refusals.NotVerified):
        world.redeem(NOON, li, 1)
    assert world.sell(NOON, "SCARF", member=li.number).paid == 50000
    verified = VerifyMember(member=li.number, what="identity")
    members.verify_member(actor=world.actor, at=moment(NOON), given=verified)
    assert world.sell(NOON, "SCARF", member=li.number, points=1).paid == 49900
    world.redeem(NOON, li, 1)


def test_units_that_never_expire_stay():
    world = world_of(EARN)
    li = world.enrol()
    sale = world.sell(NOON, "COAT", member=li.number)
    assert sale.document["expires"] == {"points": None}
    assert world.points(li, "2039-12-31 23:59") == 20


def test_without_a_reversal_the_points_of_returned_goods_are_kept():
    world = world_of(EARN)
    li = world.enrol()
    sale = world.sell(NOON, "COAT", member=li.number)
    view = world.give_back("2026-06-16 12:00", sale.id)
    assert (view.refund, view.taken_back, view.balance) == (100000, {}, {"points": 20})


def test_without_a_settlement_clause_what_is_missing_is_let_go():
    redeem = ("redemption", "unit: points, ways: [gift, offset], worth: 1.00")
    world = world_of(EARN, redeem, ("reversal", "unit: points, undo: earned"))
    li = world.enrol()
    sale = world.sell("2026-06-01 12:00", "SCARF", member=li.number)
    world.redeem("2026-06-02 12:00", li, 6)
    view = world.give_back("2026-06-03 12:00", sale.id)
    assert (view.refund, view.claim, view.taken_back, view.balance) == (50000, 0, {"points": 4}, {"points": 0})


def test_points_that_paid_go_back_under_the_clause_that_takes_back():
    redeem = ("redemption", "unit: points, ways: [offset], worth: 1.00")
    world = world_of(EARN, redeem, ("reversal", "unit: points, undo: earned"))
    li = world.enrol()
    world.sell("2026-06-01 12:00", "GOWN", member=li.number)
    sale = world.sell(NOON, "COAT", member=li.number, points=200)
    # no clause keeps the part that points pay from earning: 1,000 earn 20
    assert (sale.paid, sale.document["earned"]) == (80000, {"points": 20})
    view = world.give_back("2026-06-16 12:00", sale.id)
    assert (view.given_back, view.taken_back, view.balance) == ({"points": 200}, {"points": 20}, {"points": 200})


def test_a_card_about_to_end_is_told_of_and_channels_are_counted():
    """A year from 1 March 2025: its last day is 28 February 2026."""
    world = world_of(("credential", "what: card, valid_years: 1"))
    li = world.enrol("2025-03-01 10:00")
    rulebook = programmes.programme_at(world.actor.programme, moment(NOON))
    ends = partial(asked.ends_between, world.actor.programme, rulebook)
    assert ends(date(2026, 2, 28), date(2026, 2, 28)) == {li.membership: date(2026, 2, 28)}
    assert (ends(date(2026, 2, 1), date(2026, 2, 27)), ends(date(2026, 3, 1), date(2026, 3, 31))) == ({}, {})
    given = [read(EnrolMember, {"name": "王芳", "phone": "19911110001", "at": "2025-03-31 23:59", "shop": "S1"})]
    members.enrol_members(actor=world.actor, at=moment(NOON), given=given, carried_over=True)
    came = asked.came_between(world.actor, moment(NOON), date(2025, 3, 1), date(2025, 3, 31))
    assert came == {"shop": 1, "phone": 0, "program": 0, "import": 1, "applied": 0}
    assert sum(asked.came_between(world.actor, moment(NOON), date(2025, 3, 2), date(2025, 3, 30)).values()) == 0
