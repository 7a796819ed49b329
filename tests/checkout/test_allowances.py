"""Allowances of offline tills: no overdraft inside them, each sale once, and whatever lies outside is named."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.allowances import refusals
from huiguan.checkout.allowances.tokens import TokenInvalid, terms_of
from huiguan.checkout.inputs import AllowanceInput, SettleInput
from huiguan.checkout.models import Allowance, AllowanceSale, Sale
from huiguan.checkout.values import AllowanceView, SettledSale
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput
from huiguan.ledger import queries as ledger
from huiguan.ledger.values import BalanceTooLow
from huiguan.members.values import EnrolledMember
from tests.checkout.offline import BadNetwork, OfflineTill
from tests.checkout.world import World, moment
from tests.rules.writing import book

BOOK = book(("earn", "unit: points, per: 100.00, give: 2"), ("redemption", "unit: points, ways: [offset], worth: 1.00"))
NINE = moment("2026-05-04 09:00")
UNTIL = "2026-05-04 21:00"


@pytest.fixture
def world(db: None) -> World:
    return World.found(source=BOOK, profile={})


def member(world: World) -> EnrolledMember:
    """A member with 200 points: 10,000 at 2 for every full hundred."""
    li = world.enrol()
    world.sell("2026-05-03 12:00", "GOWN", member=li.number)
    return li


def grant(world: World, li: EnrolledMember, points: int, until: str = UNTIL, at: datetime = NINE) -> AllowanceView:
    given = read(AllowanceInput, {"member": li.number, "shop": "S1", "points": points, "until": until})
    return checkout.grant_allowance(actor=world.actor, at=at, given=given)


def till_of(view: AllowanceView, **more: timedelta) -> OfflineTill:
    return OfflineTill(view.token, queries.allowance_key(), **more)


def settle(world: World, till: OfflineTill, now: str) -> list[SettledSale]:
    return checkout.settle_allowance(actor=world.actor, at=moment(now), given=till.message(moment(now), till.waiting()))


def codes(answers: list[SettledSale]) -> list[str | None]:
    return [answer.refusal.code if answer.refusal else None for answer in answers]


def test_what_is_set_aside_nobody_else_can_spend(world: World) -> None:
    li = member(world)
    view = grant(world, li, 150)
    assert world.points(li, "2026-05-04 09:01") == 50
    with pytest.raises(BalanceTooLow):
        world.sell("2026-05-04 10:00", "COAT", member=li.number, points=51)
    with pytest.raises(BalanceTooLow) as refused:
        grant(world, li, 51)
    assert (refused.value.field, refused.value.values["has"]) == ("points", 50)
    checkout.close_allowance(actor=world.actor, at=moment("2026-05-04 12:00"), reference=view.id)
    assert world.points(li, "2026-05-04 12:01") == 200


def test_only_who_sells_there_closes_an_allowance(world: World) -> None:
    view = grant(world, member(world), 60)
    reader = replace(world.actor, kind="client", powers=frozenset({"read_members", "audit"}))
    with pytest.raises(Forbidden):
        checkout.close_allowance(actor=reader, at=moment("2026-05-04 12:00"), reference=view.id)
    assert queries.allowance(world.actor, view.id).closed_at is None


def test_a_sale_made_offline_is_settled_once(world: World) -> None:
    """1,000 less 60 points is 940 and earns 20 (no clause takes the part out): 200 − 60 + 20 = 160, 40 of it set aside."""
    li = member(world)
    till = till_of(grant(world, li, 100))
    assert till.sell(moment("2026-05-04 10:00"), "COAT", 60) and not till.sell(moment("2026-05-04 10:01"), "COAT", 41)
    first, again = settle(world, till, "2026-05-05 08:00"), settle(world, till, "2026-05-05 08:01")
    assert [(answer.sale, answer.replayed) for answer in (*first, *again)] == [
        (first[0].sale, False), (first[0].sale, True),
    ]  # fmt: skip
    sale = queries.sale(world.actor, first[0].sale)
    assert (sale.at, sale.paid, sale.document["used"]) == (moment("2026-05-04 10:00"), 94000, {"points": 60})
    assert world.points(li, "2026-05-05 08:02") == 120
    checkout.close_allowance(actor=world.actor, at=moment("2026-05-05 09:00"), reference=till.terms.id)
    assert world.points(li, "2026-05-05 09:01") == 160
    assert (
        checkout.close_allowance(actor=world.actor, at=moment("2026-05-05 09:05"), reference=till.terms.id).used == 60
    )


def test_what_was_set_aside_is_there_though_all_else_was_spent_and_earned_since(world: World) -> None:
    li = member(world)
    till = till_of(grant(world, li, 100))
    till.sell(moment("2026-05-04 10:00"), "COAT", 100)
    world.sell("2026-05-04 11:00", "GOWN", member=li.number)  # 200 new points, of after the offline sale
    world.sell("2026-05-04 12:00", "COAT", member=li.number, points=300)
    assert codes(settle(world, till, "2026-05-04 13:00")) == [None]


def test_a_token_is_the_houses_own_word(world: World) -> None:
    view = grant(world, member(world), 100)
    till = till_of(view)
    assert (till.terms.points, till.terms.worth, till.terms.until) == (100, 100, moment(UNTIL))
    payload, _, signature = view.token.partition(".")
    forged = f"{payload[:-2]}{'A' if payload[-2] != 'A' else 'B'}{payload[-1]}.{signature}"
    for wrong in (forged, payload, f"{payload}.", f"{payload}.{signature[:-4]}", "", ".", "é.é"):
        with pytest.raises(TokenInvalid):
            terms_of(wrong, queries.allowance_key())
    with pytest.raises(TokenInvalid):
        terms_of(view.token, bytes(32))


@pytest.mark.parametrize("until", ["2026-05-04 09:00", "2026-05-07 09:00:01"])
def test_an_allowance_is_bounded_in_time(world: World, until: str) -> None:
    with pytest.raises(refusals.AllowanceTooLong):
        grant(world, member(world), 10, until)


def test_what_lies_outside_is_named_and_moves_nothing(world: World) -> None:
    li = member(world)
    till = till_of(grant(world, li, 100))
    times = ("2026-05-04 08:54", "2026-05-04 21:00", "2026-05-04 20:59:59", "2026-05-04 10:00")
    till.book = [
        {"key": f"k{i}", "at": at, "lines": [{"sku": "COAT"}], "points": points}
        for i, (at, points) in enumerate(zip(times, (10, 10, 60, 41), strict=True))
    ]
    answers = settle(world, till, "2026-05-04 22:00")
    assert codes(answers) == ["OutsideAllowance", "OutsideAllowance", None, "OutsideAllowance"]
    assert answers[3].refusal.values["left"] == 40
    # 200 − 100 set aside + 20 earned; the 60 came out of what was set aside
    assert world.points(li, "2026-05-04 22:01") == 120
    till.book = [{"key": "k9", "at": times[3], "lines": [{"sku": "NONE"}], "points": 40}]
    assert codes(settle(world, till, "2026-05-04 22:02")) == ["UnknownSku"]
    assert world.points(li, "2026-05-04 22:03") == 120
    with pytest.raises(InvalidInput):
        read(SettleInput, {"allowance": "1", "till_now": UNTIL, "sales": [{**till.book[0], "member": li.number}]})


def test_a_wrong_clock_is_put_right(world: World) -> None:
    """A till a year behind: its sale of 10:00 is one of 10:00. A till three minutes ahead is taken at its word."""
    li = member(world)
    behind = till_of(grant(world, li, 50), skew=timedelta(days=-365))
    ahead = till_of(grant(world, li, 50), skew=timedelta(minutes=3))
    for till in (behind, ahead):
        till.sell(moment("2026-05-04 10:00"), "COAT", 50)
    made = [settle(world, till, "2026-05-04 22:00")[0].sale for till in (behind, ahead)]
    moments = [queries.sale(world.actor, sale or "").at for sale in made]
    assert moments == [moment("2026-05-04 10:00"), moment("2026-05-04 10:03")]


def test_a_till_that_never_comes_back_keeps_nothing(world: World) -> None:
    li = member(world)
    till = till_of(grant(world, li, 100))
    till.sell(moment("2026-05-04 10:00"), "COAT", 60)
    before, after = moment("2026-05-06 20:59:59"), moment("2026-05-06 21:00")
    assert checkout.close_due_allowances(actor=world.actor, at=before) == 0
    assert checkout.close_due_allowances(actor=world.actor, at=after) == 1
    assert world.points(li, "2026-05-06 21:01") == 200
    assert codes(settle(world, till, "2026-05-06 22:00")) == ["AllowanceClosed"]


@pytest.mark.parametrize("seed", range(12))
def test_a_bad_network_makes_no_overdraft_and_no_second_sale(world: World, seed: int) -> None:
    """Three tills, two members, a day offline beside an open shop; then everything comes back, and back again."""
    random = Random(seed)
    people = [member(world) for _ in range(2)]
    network = BadNetwork(random, world.actor)
    tills = [
        till_of(grant(world, random.choice(people), random.randint(1, 60)), skew=timedelta(days=random.choice((0, 0, -30, 2))))
        for _ in range(3)
    ]  # fmt: skip
    for hour in range(1, 11):
        now = NINE + timedelta(hours=hour)
        for till in tills:
            till.sell(now, random.choice(("COAT", "HUNDRED")), random.randint(0, 25))
            if random.random() < 0.5:
                network.send(now, till)
        who, points = random.choice(people), random.randint(1, 120)
        try:  # the shop itself goes on, and may empty the account of all that is not set aside
            world.sell(f"{now:%Y-%m-%d %H:%M}", "COAT", member=who.number, points=points)
        except BalanceTooLow:
            assert ledger.balances_at(actor=world.actor, membership=who.membership, at=now)["points"] < points
    back = NINE + timedelta(hours=30)
    network.flush(back)
    for till in tills:
        message = till.message(back, till.book)
        network.answered += checkout.settle_allowance(actor=world.actor, at=back, given=message)
    assert [answer.refusal for answer in network.answered if answer.refusal] == []
    booked = {sale["key"]: sale["points"] for till in tills for sale in till.book}
    assert {row.key: row.points for row in AllowanceSale.objects.all()} == booked
    assert Sale.objects.filter(key__startswith="off-").count() == len(booked)
    for till in tills:
        checkout.close_allowance(actor=world.actor, at=back, reference=till.terms.id)
    for each in people:
        sums = Sale.objects.filter(membership_id=each.membership).values_list("document", flat=True)
        earned, used = (sum(told[what].get("points", 0) for told in sums) for what in ("earned", "used"))
        assert world.points(each, "2026-05-06 00:00") == earned - used >= 0
    assert sum(Allowance.objects.values_list("used", flat=True)) == sum(booked.values())
