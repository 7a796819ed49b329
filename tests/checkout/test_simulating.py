"""Recorded months judged by another rulebook: a month worked out by hand, and a rulebook that changes nothing."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import SaleInput, SimulateInput
from huiguan.checkout.models import SimulationPart
from huiguan.checkout.simulating import refusals, running
from huiguan.checkout.values import SimulationView
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, MomentInFuture, NotFound
from huiguan.ledger import facts as ledger
from huiguan.nightly.operations import run_due
from huiguan.rules.compiling import RulebookRefused
from huiguan.rules.shelf import source_of
from tests.checkout.test_lives import Life
from tests.checkout.world import SOURCE, World, moment
from tests.rules.writing import book

pytestmark = pytest.mark.django_db
NOW = "2027-01-05 10:00"
RATE = ("    give: 2\n", "    give: 3\n")
REACH = ("reach: 10000.00, months: 6", "reach: 8000.00, months: 6")


def draft(*changes: tuple[str, str], source: str = SOURCE) -> str:
    for old, new in changes:
        assert source.count(old) == 1, old
        source = source.replace(old, new)
    return source


def simulate(world: World, source: str, since: str, until: str, now: str = NOW) -> SimulationView:
    given = read(SimulateInput, {"source": source, "from": since, "until": until})
    at = moment(now)
    asked = checkout.start_simulation(actor=world.actor, at=at, given=given, by_worker=False)
    assert (asked.state, asked.done) == ("waiting", 0)
    heard: list[tuple[int, int]] = []
    checkout.run_simulation(
        asked.number, processes=1, clock=lambda: at, report=lambda done, total: heard.append((done, total))
    )
    view = queries.simulation(world.actor, asked.number)
    assert view.state == "done"
    assert heard[-1] == (view.sales, view.sales)
    return view


@pytest.fixture
def december() -> tuple[World, dict[str, str]]:
    """December 2026 under the shipped rulebook: 2 points for every full 100, diamond from 10,000 in six months."""
    world = World.found()
    li, wang, zhao, he = (world.enrol("2025-03-01 10:00", name=name) for name in ("李梅", "王芳", "赵敏", "何静"))
    # Before the month. Everything here dies at the end of the year: 20 + 10 + 10 + 20 points.
    world.sell("2026-11-10 12:00", "COAT", member=li.number)
    world.sell("2026-11-20 12:00", "SCARF", member=wang.number)
    world.sell("2026-11-30 23:59", "SCARF", member=zhao.number)
    world.sell("2026-11-25 12:00", "COAT", member=he.number)
    # 何静 pays 20 of 1,000 with points: 980 due, 18 points.
    world.sell("2026-12-03 12:00", "COAT", member=he.number, points=20)
    # 李梅: 7,000 and 140 points; with November's 1,000 her six months come to 8,000 exactly.
    world.sell("2026-12-05 12:00", *["COAT"] * 7, member=li.number)
    # 王芳 shows her card: 950 due, 18 points; all of it comes back a week later.
    coat = world.sell("2026-12-08 12:00", "COAT", member=wang.number, presented="card")
    # 李梅 shows her card: 5 % off 500 makes 475.00, 8 points.
    world.sell("2026-12-10 12:00", "SCARF", member=li.number, presented="card")
    world.redeem("2026-12-12 12:00", li, 30)
    world.give_back("2026-12-15 12:00", coat.id)
    # 孙莉 joins, gets her voucher of 200 and buys too little for a point.
    sun = world.enrol("2026-12-20 10:00", name="孙莉")
    world.sell("2026-12-20 12:00", "GLOVE", member=sun.number)
    return world, {"li": li.number, "wang": wang.number, "zhao": zhao.number, "he": he.number, "sun": sun.number}


def test_a_month_worked_out_by_hand(december):
    """3 points instead of 2, diamond from 8,000 instead of 10,000."""
    world, numbers = december
    view = simulate(world, draft(RATE, REACH), "2026-12-01", "2026-12-31")
    assert (view.sales, view.done, view.members, view.movers, view.refusals) == (5, 5, 5, 3, 0)
    real, tried = view.real["all"], view.draft["all"]
    assert real == {
        "sales": 5,
        "paid": 98000 + 700000 + 95000 + 47500 + 9999,
        "refunded": 95000,
        "discount": 5000 + 2500,
        "issued:points": 18 + 140 + 18 + 8,
        "used:points": 20 + 30,
        "taken_back:points": 18,
        "expired:points": 10 + 10,  # 王芳's and 赵敏's of November; the others had used theirs
        "start:points": 60,
        "end:points": 18 + (140 + 8 - 10),  # 何静; 李梅, whose gift took November's 20 and 10 of December's
        "redemptions": 1,
        "granted": 1,
        "granted_worth": 20000,
    }
    assert tried == {
        "sales": 5,
        "paid": 98000 + 700000 + 95000 + 45000 + 9999,  # 李梅 is on diamond when she buys the scarf: 10 % off
        "refunded": 95000,
        "discount": 5000 + 5000,
        "issued:points": 27 + 210 + 27 + 12,
        "used:points": 20 + 30,
        "taken_back:points": 27,
        "expired:points": 10 + 10,
        "start:points": 60,
        "end:points": 27 + (210 + 12 - 10),
        "redemptions": 1,
        "rises": 1,
        "granted": 1,
        "granted_worth": 20000,
    }
    assert view.worth == {"points": (100, 100)}
    assert view.real["tier:points_card"] == {**_of_sales(real), "members": 5}
    assert view.draft["tier:diamond_card"] == {
        "sales": 1, "paid": 45000, "discount": 5000, "issued:points": 12, "members": 1,
    }  # fmt: skip
    month = {**_of_sales(real), "used:points": 50, "redemptions": 1}
    assert view.real["month:2026-12"] == month
    li, he, wang = queries.movers(world.actor, view.number)
    # 25 yuan less paid, 74 points more at a yuan each.
    assert (li.member, li.kept, li.units, li.size) == (numbers["li"], -2500, 212 - 138, 2500 + 7400)
    assert (li.tier_real, li.tier_draft, li.changed) == ("points_card", "diamond_card", 2)
    assert (he.member, he.kept, he.units, he.size) == (numbers["he"], 0, 9, 900)
    assert (wang.member, wang.kept, wang.units, wang.size) == (numbers["wang"], 0, 0, 0)
    assert [mover.member for mover in queries.movers(world.actor, view.number, tier_only=True)] == [li.member]
    (after,) = queries.movers(world.actor, view.number, after=(he.size, he.membership))
    assert after.member == wang.member


def _of_sales(amounts: dict[str, int]) -> dict[str, int]:
    """What shops, tiers and months tell: what came of sales. Here points were used on one sale (20) and for a gift."""
    told = ("sales", "paid", "refunded", "discount", "issued:points", "taken_back:points")
    return {**{name: amounts[name] for name in told}, "used:points": 20}


def test_both_stories_of_a_member(december):
    world, numbers = december
    view = simulate(world, draft(RATE, REACH), "2026-12-01", "2026-12-31")
    story = queries.member_story(world.actor, view.number, numbers["li"])
    (saved,) = queries.movers(world.actor, view.number, tier_only=True)
    assert story.mover == saved
    coats, scarf, gift = story.happened
    assert [each.what for each in story.happened] == ["sale", "sale", "redemption"]
    assert (coats.real.amounts["issued:points"], coats.draft.amounts["issued:points"]) == (140, 210)
    assert (coats.real.after, coats.draft.after) == ("points_card", "diamond_card")
    assert (scarf.real.amounts["paid"], scarf.draft.amounts["paid"]) == (47500, 45000)
    promoted = next(reason for reason in coats.draft.reasons if reason["say"] == "promoted")
    assert (promoted["clause"], promoted["values"]["total"]) == ("B55-03", 800000)
    gap = next(reason for reason in coats.real.reasons if reason["say"] == "gap")
    assert gap["values"]["gap"] == 200000
    assert not gift.differs
    assert gift.draft.amounts == {"redemptions": 1, "used:points": 30}


def test_what_the_draft_refuses_is_named(december):
    """Points only in June: the gift is not handed over, the coat is bought without points and earns on all of it."""
    world, numbers = december
    view = simulate(world, draft(("months: [6, 12]", "months: [6]")), "2026-12-01", "2026-12-31")
    found = [each for _, each in queries.simulated_refusals(world.actor, view.number)]
    assert [(each.member, each.what, each.code, each.clause, each.made, each.amount) for each in found] == [
        (numbers["li"], "redemption", "OutsideWindow", "B55-19", False, 30),
        (numbers["he"], "sale", "OutsideWindow", "B55-19", True, 98000),
    ]
    assert queries.refusal_counts(world.actor, view.number) == {"OutsideWindow": 2}
    tried = view.draft["all"]
    assert (tried["refused"], tried.get("used:points", 0), tried["sales"]) == (2, 0, 5)
    assert tried["paid"] - view.real["all"]["paid"] == 2000
    # 李梅's and 何静's 20 of November are not used now and die; 何静 earns 20 on 1,000.
    assert (tried["expired:points"], tried["end:points"]) == (60, 148 + 20)


def test_more_points_than_there_would_be_are_used_as_far_as_they_go(december):
    """A point for every full 100: in January 李梅 has 74 − 10 + … and asks for 100."""
    world, numbers = december
    source = draft(("months: [6, 12]", "months: [1, 6, 12]"))
    world.publish(source, "2027-01-01")
    world.sell("2027-01-03 12:00", "COAT", member=numbers["li"], points=100)
    view = simulate(world, draft(("    give: 2\n", "    give: 1\n"), source=source), "2026-12-01", "2027-01-04")
    (refused,) = (each for _, each in queries.simulated_refusals(world.actor, view.number))
    assert (refused.code, refused.made) == ("BalanceTooLow", True)
    story = queries.member_story(world.actor, view.number, numbers["li"])
    # 20 + 70 + 4 − 30 = 64 in hand: 936 due, 9 points.
    assert story.happened[-1].draft.amounts == {
        "sales": 1, "paid": 93600, "used:points": 64, "issued:points": 9, "refused": 1,
    }  # fmt: skip


def test_a_doubled_rate_doubles_what_is_issued(december):
    world, _ = december
    view = simulate(world, draft(("    give: 2\n", "    give: 4\n")), "2026-12-01", "2026-12-31")
    assert view.draft["all"]["issued:points"] == 2 * view.real["all"]["issued:points"]
    assert view.draft["all"]["paid"] == view.real["all"]["paid"]


def test_nothing_of_a_simulation_touches_the_books(december):
    world, numbers = december
    before = ledger.accounts(range(1, 100))
    view = simulate(world, draft(RATE), "2026-12-01", "2026-12-31")
    assert ledger.accounts(range(1, 100)) == before
    assert world.quote("2027-01-05 10:00", "COAT", member=numbers["li"]).document["earned"] == {"points": 20}
    checkout.delete_simulation(actor=world.actor, at=moment(NOW), number=view.number)
    with pytest.raises(NotFound):
        queries.simulation(world.actor, view.number)
    assert SimulationPart.objects.count() == 0


def test_it_goes_on_where_it_was_stopped_at_and_counts_nothing_twice(december):
    world, _ = december
    source, at = draft(RATE, REACH), moment(NOW)
    whole = simulate(world, source, "2026-12-01", "2026-12-31")
    given = read(SimulateInput, {"source": source, "from": "2026-12-01", "until": "2026-12-31"})
    asked = checkout.start_simulation(actor=world.actor, at=at, given=given, by_worker=False)

    class Killed(BaseException):
        pass

    def die(done: int, total: int) -> None:
        raise Killed

    with pytest.raises(Killed):
        checkout.run_simulation(asked.number, processes=1, clock=lambda: at, report=die)
    for _ in range(2):
        checkout.run_simulation(asked.number, processes=1, clock=lambda: at, report=lambda done, total: None)
    again = queries.simulation(world.actor, asked.number)
    assert (again.real, again.draft, again.movers, again.done) == (whole.real, whole.draft, whole.movers, whole.done)


def test_one_that_is_stopped_judges_no_more(december):
    world, _ = december
    given = read(SimulateInput, {"version": 1, "from": "2026-12-01", "until": "2026-12-31"})
    asked = checkout.start_simulation(actor=world.actor, at=moment(NOW), given=given)
    assert (asked.kind, asked.of, asked.title) == ("version", 1, "设计师女装会员章程")
    with pytest.raises(refusals.SimulationUnderWay):
        checkout.delete_simulation(actor=world.actor, at=moment(NOW), number=asked.number)
    stopped = checkout.stop_simulation(actor=world.actor, at=moment(NOW), number=asked.number)
    checkout.run_simulation(asked.number, processes=1, clock=lambda: moment(NOW), report=lambda done, total: None)
    assert queries.simulation(world.actor, asked.number) == stopped
    assert (stopped.state, stopped.done) == ("stopped", 0)
    with pytest.raises(refusals.SimulationEnded):
        checkout.stop_simulation(actor=world.actor, at=moment(NOW), number=asked.number)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"from": "2026-12-31", "until": "2026-12-01"}, refusals.DaysReversed),
        ({"from": "2026-10-01", "until": "2026-10-31"}, refusals.NoSalesRecorded),
        ({"from": "2026-12-01", "until": "2027-01-06"}, MomentInFuture),
        ({"from": "2026-12-01", "until": "2026-12-32"}, InvalidInput),
        ({"source": SOURCE.replace("give: 2\n", "give: two\n")}, RulebookRefused),
        ({"source": None, "version": 9}, NotFound),
        ({"source": None, "draft": 9}, NotFound),
    ],
)
def test_what_cannot_be_simulated_is_refused(december, given, expected):
    world, _ = december
    asked = {"source": SOURCE, "from": "2026-12-01", "until": "2026-12-31", **given}
    told = read(SimulateInput, {name: value for name, value in asked.items() if value is not None})
    with pytest.raises(expected):
        checkout.start_simulation(actor=world.actor, at=moment(NOW), given=told)
    assert queries.simulations(world.actor) == ()


def test_one_source_and_a_power_to_draft():
    with pytest.raises(InvalidInput):
        read(SimulateInput, {"version": 1, "source": SOURCE, "from": "2026-12-01", "until": "2026-12-31"})
    clerk = Actor("staff", 1, "周禾", 1, frozenset({"sell", "read_members", "read_rulebook"}))
    given = read(SimulateInput, {"source": SOURCE, "from": "2026-12-01", "until": "2026-12-31"})
    with pytest.raises(Forbidden):
        checkout.start_simulation(actor=clerk, at=moment(NOW), given=given)
    with pytest.raises(Forbidden):
        queries.simulations(clerk)


@pytest.mark.parametrize("seed", range(6))
def test_the_rulebook_in_force_changes_nothing(seed):
    """Random lives with late sales, returns, gifts and nights; random windows: both sides are the same to the last unit,
    and both add up."""
    world, dice = World.found(), random.Random(seed)
    lives = [Life(world, 40 * seed + n) for n in range(3)]
    for life in lives:
        life.live(35)
        run_due(world.actor.programme, life.at)
    end = max(life.at for life in lives)
    first = date(2026, 5, 20)
    for _ in range(4):
        since = first + timedelta(days=dice.randint(0, (end.date() - first).days))
        until = min(end.date(), since + timedelta(days=dice.randint(0, 200)))
        try:
            view = simulate(world, SOURCE, since.isoformat(), until.isoformat(), end.isoformat())
        except refusals.NoSalesRecorded:
            continue
        assert view.real == view.draft, (since, until)
        assert (view.movers, view.refusals) == (0, 0)
        of = {name.partition(":")[0]: amount for name, amount in view.draft["all"].items() if ":" in name}
        came = sum(of.get(name, 0) for name in ("start", "issued", "brought", "given_back"))
        went = sum(of.get(name, 0) for name in ("used", "taken_back", "expired"))
        assert came - went == of.get("end", 0)


@pytest.mark.django_db(transaction=True)
def test_two_processes_come_to_the_same(monkeypatch):
    world = World.found()
    for n in range(5):
        member = world.enrol("2025-03-01 10:00")
        world.sell(f"2026-12-0{n + 1} 12:00", "COAT", "SCARF", member=member.number)
    source = draft(RATE)
    alone = simulate(world, source, "2026-12-01", "2026-12-31")
    monkeypatch.setattr(running, "PART", 2)
    monkeypatch.setattr(running, "MANY", 1)
    given = read(SimulateInput, {"source": source, "from": "2026-12-01", "until": "2026-12-31"})
    asked = checkout.start_simulation(actor=world.actor, at=moment(NOW), given=given, by_worker=False)
    heard: list[int] = []
    checkout.run_simulation(
        asked.number, processes=2, clock=lambda: moment(NOW), report=lambda done, total: heard.append(done)
    )
    both = queries.simulation(world.actor, asked.number)
    assert SimulationPart.objects.filter(simulation_id=asked.number).count() == 3
    assert (both.state, both.real, both.draft, both.movers) == ("done", alone.real, alone.draft, 5)
    assert heard[-1] == 5


def test_purchases_signed_later_count_as_the_rulebook_tried_has_it():
    """COAT signed the day after, SCARF never, GOWN signed late and half of it back before and after."""
    earns = ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00")
    undo = ("reversal", "unit: points, undo: earned")
    ladder = (
        "tier_ladder",
        "rungs: [{tier: one, title: {zh: 一, en: One}}, {tier: two, title: {zh: 二, en: Two}}],"
        " promote: [{since: one, to: two, reach: 1000.00, months: 6}]",
    )
    signed = ("acceptance", "acceptance: purchase, signs: [member, guide], before: [counting], within: 7")
    source = book(earns, undo, ladder, signed)
    world = World.found(source=source, profile={})
    li = world.enrol()
    coat = world.sell("2026-12-03 12:00", "COAT", member=li.number, signed=["guide"])
    world.sell("2026-12-03 13:00", "SCARF", member=li.number)
    world.sign("2026-12-04 12:00", coat.id, "member")
    two = world.sell("2026-12-05 12:00", "COAT", "SCARF", "SCARF", member=li.number)
    world.give_back("2026-12-06 12:00", two.id, 2)
    assert world.sign("2026-12-07 12:00", two.id, "member", "guide").document["earned"] == {"points": 30}
    world.give_back("2026-12-08 12:00", two.id, 3)
    world.sell("2026-12-09 12:00", "SCARF", member=li.number, signed=["member", "guide"])

    same = simulate(world, source, "2026-12-01", "2026-12-31")
    assert (same.movers, same.refusals, same.real) == (0, 0, same.draft)
    assert same.real["all"]["issued:points"] == 20 + 30 + 10
    assert (same.real["all"]["taken_back:points"], same.real["all"]["rises"]) == (10, 1)

    at_once = simulate(world, book(earns, undo, ladder), "2026-12-01", "2026-12-31")
    # Without the clause the scarf nobody signed earns its 10, and what came back before it was signed came and went.
    assert at_once.draft["all"]["issued:points"] == 20 + 10 + 40 + 10
    assert at_once.draft["all"]["taken_back:points"] == 10 + 10
    assert at_once.draft["all"]["end:points"] == at_once.real["all"]["end:points"] + 10


def test_a_package_is_sold_and_handed_in_as_the_rulebook_tried_has_it():
    """588 for the card, 400 more for the large one: 500 and 700 where they cost 500 and 1,200."""
    source = source_of("neighbourhood").decode()
    world = World.found("pass", source, profile={})
    li = world.enrol(card=None, profile={}).number
    world.sell("2026-12-03 12:00", "FAMILY-CARD", member=li)
    (held,) = queries.packages(world.actor, li, moment("2026-12-03 13:00"))
    given = read(SaleInput, {"shop": "S1", "member": li, "lines": [{"sku": "FAMILY-PLUS", "swaps": held.code}]})
    large = checkout.commit_sale(actor=world.actor, at=moment("2026-12-10 12:00"), given=given, key="swap")
    assert large.paid == 40000

    same = simulate(world, source, "2026-12-01", "2026-12-31")
    assert (same.movers, same.refusals, same.real) == (0, 0, same.draft)
    dearer = ("price: 588.00", "price: 500.00"), ("price: 988.00", "price: 1200.00")
    tried = simulate(world, draft(*dearer, source=source), "2026-12-01", "2026-12-31")
    assert (tried.real["all"]["paid"], tried.draft["all"]["paid"], tried.refusals) == (98800, 50000 + 70000, 0)
    only = simulate(world, draft(*dearer, source=source), "2026-12-05", "2026-12-31")  # the card was bought before
    assert only.draft["all"]["paid"] == 120000 - 58800
    smaller = draft(("price: 988.00", "price: 400.00"), source=source)
    assert (
        simulate(world, smaller, "2026-12-01", "2026-12-31").refusals == 1
    )  # no larger one: it is not handed in for it
