"""Two tills at the same moment, each with a connection of its own: one gets what there is once, and the books are sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import GiftReturnInput, SaleInput, VoidInput
from huiguan.checkout.models import Return, Sale
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import KeyReused, Refusal
from huiguan.ledger.proof import prove
from huiguan.members import operations as members
from huiguan.members.inputs import MergeMembers, UnmergeMembers
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db(transaction=True)
JUNE = "2026-06-15 12:00"
POWERS = frozenset({"sell", "return", "void"})


@pytest.fixture
def world() -> World:
    return World.found()


@pytest.fixture
def tills(world: World) -> list[World]:
    """Four clerks, each at her own till."""
    return [World(Actor("staff", n, f"收银 {n}", world.actor.programme, POWERS)) for n in range(1, 5)]


def together(*deeds: Callable[[], Any]) -> list[Any]:
    """Do all deeds at the same moment, each in a thread; a refusal is its code."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], object]) -> object:
        try:
            start.wait(timeout=10)
            return deed()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [each.result(timeout=60) for each in [pool.submit(run, deed) for deed in deeds]]


def outcomes(answers: list[object]) -> Counter[str]:
    return Counter(answer if isinstance(answer, str) else "done" for answer in answers)


def member_with(world: World, points: int, at: str = "2026-01-10 12:00") -> EnrolledMember:
    """A member whose balance is `points`, an even number."""
    li = world.enrol()
    world.sell(at, lines=[{"sku": "HUNDRED", "quantity": points // 2}], member=li.number)
    return li


def sound(world: World) -> bool:
    return prove(world.actor.programme).findings == ()


def test_the_last_points_are_spent_at_one_till_only(world, tills):
    li = member_with(world, 50)
    asked = {"member": li.number, "points": 50}
    answers = together(*(lambda till=till: till.sell(JUNE, "COAT", **asked) for till in tills))
    assert outcomes(answers) == {"done": 1, "LimitReached": 3}
    assert world.points(li, JUNE) == 18  # 950 paid
    assert sound(world)


def test_a_gift_and_an_offset_do_not_both_take_them(world, tills):
    li = member_with(world, 50)
    answers = together(
        lambda: tills[0].sell(JUNE, "COAT", member=li.number, points=50), lambda: tills[1].redeem(JUNE, li, 50)
    )
    assert outcomes(answers) == {"done": 1, "LimitReached": 1}
    assert world.points(li, JUNE) in (18, 0)
    assert sound(world)


def test_a_voucher_is_used_once(world, tills):
    li = world.enrol()
    (voucher,) = [right.code for right in li.rights]
    asked = {"member": li.number, "vouchers": [voucher]}
    answers = together(*(lambda till=till: till.sell(JUNE, "COAT", **asked) for till in tills))
    assert outcomes(answers) == {"done": 1, "RightUsed": 3}
    assert world.points(li, JUNE) == 16
    assert sound(world)


def test_the_years_birthday_discount_is_given_once(world, tills):
    li = world.enrol()
    asked = {"member": li.number, "presented": "card", "benefits": ["birthday"]}
    answers = together(*(lambda till=till: till.sell(JUNE, "COAT", **asked) for till in tills))
    assert outcomes(answers) == {"done": 1, "LimitReached": 3}
    assert sound(world)


@pytest.mark.parametrize("walk_in", [True, False])
def test_one_key_is_one_sale(world, walk_in):
    more = {} if walk_in else {"member": world.enrol().number}
    answers = together(*(lambda: world.sell(JUNE, "COAT", key="A", **more) for _ in range(4)))
    assert len({answer.id for answer in answers}) == 1
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True]
    assert Sale.objects.count() == 1
    assert sound(world)


def test_of_two_sales_under_one_key_one_is_made(world):
    li = world.enrol()
    deeds = [lambda sku=sku: world.sell(JUNE, sku, key="A", member=li.number) for sku in ("COAT", "SCARF")]
    assert outcomes(together(*deeds)) == {"done": 1, KeyReused.__name__: 1}
    assert Sale.objects.count() == 1


@pytest.mark.parametrize("walk_in", [True, False])
def test_goods_come_back_once(world, tills, walk_in):
    li = world.enrol()
    sale = world.sell(JUNE, "COAT", **({} if walk_in else {"member": li.number}))
    answers = together(*(lambda till=till: till.give_back("2026-06-16 12:00", sale.id) for till in tills))
    assert outcomes(answers) == {"done": 1, "AlreadyReturned": 3}
    assert [row.refund for row in Return.objects.all()] == [100000]
    assert world.points(li, "2026-06-17 12:00") == 0
    assert sound(world)


@pytest.mark.parametrize("walk_in", [True, False])
def test_each_line_comes_back_at_its_own_till(world, tills, walk_in):
    li = world.enrol()
    sale = world.sell(JUNE, "COAT", "SCARF", "HUNDRED", **({} if walk_in else {"member": li.number}))
    deeds = [
        lambda n=n, till=till: till.give_back("2026-06-16 12:00", sale.id, n) for n, till in enumerate(tills[:3], 1)
    ]
    answers = together(*deeds)
    assert outcomes(answers) == {"done": 3}
    assert sum(answer.refund for answer in answers) == sale.paid
    assert queries.left_of(world.actor, sale.id) == [0, 0, 0]
    assert world.points(li, "2026-06-17 12:00") == 0
    assert sound(world)


@pytest.mark.parametrize("walk_in", [True, False])
def test_a_sale_is_voided_or_returned_but_not_both(world, tills, walk_in):
    li = world.enrol()
    sale = world.sell(JUNE, "COAT", "SCARF", **({} if walk_in else {"member": li.number}))
    given = read(VoidInput, {"sale": sale.id, "reason": "扫错"})

    def void() -> object:
        return checkout.void_sale(actor=tills[0].actor, at=moment("2026-06-15 13:00"), given=given)

    def give_back() -> object:
        return tills[1].give_back("2026-06-15 13:00", sale.id, 1)

    done = outcomes(together(void, give_back))
    assert done in ({"done": 1, "MoreThanSold": 1}, {"done": 1, "VoidWindowClosed": 1})
    assert sorted(Return.objects.values_list("kind", "refund")) in ([("void", 150000)], [("return", 100000)])
    assert sound(world)


def test_a_gift_comes_back_once(world, tills):
    li = member_with(world, 50)
    gift = world.redeem(JUNE, li, 30)
    given = read(GiftReturnInput, {"redemption": gift.id})
    deeds = [
        lambda till=till: checkout.return_gift(actor=till.actor, at=moment("2026-06-16 12:00"), given=given)
        for till in tills
    ]
    assert outcomes(together(*deeds)) == {"done": 1, "GiftAlreadyReturned": 3}
    assert world.points(li, "2026-06-17 12:00") == 50
    assert sound(world)


def test_goods_come_back_while_their_points_are_spent(world, tills):
    li = world.enrol()
    sale = world.sell("2026-06-01 12:00", "COAT", member=li.number)
    answers = together(lambda: tills[0].redeem(JUNE, li, 20), lambda: tills[1].give_back(JUNE, sale.id))
    # Either the gift went first and the return waits for a settlement, or the points were gone.
    assert outcomes(answers) in ({"done": 1, "ShortfallUnsettled": 1}, {"done": 1, "BalanceTooLow": 1})
    assert world.points(li, JUNE) == 0
    assert sound(world)


def test_batches_over_the_same_members_in_any_order_all_come_through(world, tills):
    crowd = [world.enrol() for _ in range(6)]

    def batch(till: World, order: list[EnrolledMember], name: str) -> int:
        rows = [
            {"shop": "S1", "member": li.number, "lines": [{"sku": "COAT"}], "key": f"{name}-{n}"}
            for n, li in enumerate(order)
        ]
        rows += [{"shop": "S1", "lines": [{"sku": "PIN"}], "key": f"{name}-w{n}"} for n in range(3)]
        sales = [read(SaleInput, row) for row in rows]
        answers = checkout.commit_sales(actor=till.actor, at=moment(JUNE), sales=sales)
        assert not any(isinstance(answer, Refusal) for answer in answers)
        return len(answers)

    deeds = (
        lambda: batch(tills[0], crowd, "a"),
        lambda: batch(tills[1], crowd[::-1], "b"),
        lambda: batch(tills[2], crowd[2:] + crowd[:2], "c"),
    )
    assert together(*deeds) == [9, 9, 9]
    assert [world.points(li, JUNE) for li in crowd] == [60] * 6
    assert sound(world)


def test_the_sale_that_makes_the_step_makes_it_once(world, tills):
    li = world.enrol()
    lines = [{"sku": "HUNDRED", "quantity": 60}]
    answers = together(*(lambda till=till: till.sell(JUNE, member=li.number, lines=lines) for till in tills))
    steps = Counter(tuple(answer.document["tier"].values()) for answer in answers)
    assert steps == {
        ("points_card", "points_card"): 1, ("points_card", "diamond_card"): 1, ("diamond_card", "diamond_card"): 2,
    }  # fmt: skip
    assert sound(world)


def test_a_merge_while_both_buy(world: World, tills: list[World]) -> None:
    """A sale under way lands with the one who goes on, or is told to ask again; nothing is lost, and undoing is sound."""
    li, mei = member_with(world, 20), member_with(world, 40)
    told = read(MergeMembers, {"keep": li.number, "absorb": mei.number, "reason": "同一人"})
    answers = together(
        lambda: members.merge_members(actor=world.actor, at=moment(JUNE), given=told),
        lambda: tills[0].sell(JUNE, "HUNDRED", member=mei.number),
        lambda: tills[1].sell(JUNE, "HUNDRED", member=li.number),
        lambda: tills[2].sell(JUNE, "HUNDRED", member=mei.number),
    )
    sold = sum(1 for answer in answers[1:] if not isinstance(answer, str))
    assert set(outcomes(answers)) <= {"done", "MembershipNotActive"}
    assert (world.points(li, JUNE), world.points(mei, JUNE)) == (60 + 2 * sold, 0)
    assert sound(world)
    undo = read(UnmergeMembers, {"member": mei.number, "reason": "认错了"})
    members.unmerge_members(actor=world.actor, at=moment(JUNE), given=undo)
    assert world.points(li, JUNE) + world.points(mei, JUNE) == 60 + 2 * sold
    assert sound(world)


def test_two_people_merge_the_same_pair_the_other_way_round(world: World) -> None:
    li, mei = member_with(world, 20), member_with(world, 40)
    pairs = [(li, mei), (mei, li)]
    given = [read(MergeMembers, {"keep": a.number, "absorb": b.number, "reason": "同一人"}) for a, b in pairs]
    answers = together(
        *(lambda told=told: members.merge_members(actor=world.actor, at=moment(JUNE), given=told) for told in given)
    )
    assert outcomes(answers) == {"done": 1, "AlreadyMerged": 1}
    assert world.points(li, JUNE) + world.points(mei, JUNE) == 60
    assert sound(world)
