"""Unusual use at the till: what a batch sees, what a quote writes, what late and imported sales do."""

from __future__ import annotations

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import refusals
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.models import Sale
from huiguan.checkout.values import SaleView
from huiguan.kernel.inputs import read
from huiguan.members import operations as members
from huiguan.members import queries
from huiguan.members.inputs import FreezeCard, ReleaseCard
from huiguan.members.models import Card, CardReview
from huiguan.members.values import EnrolledMember
from tests.checkout.world import World, moment
from tests.rules.writing import book

pytestmark = pytest.mark.django_db
DAY, NOON = "2026-06-15", "2026-06-15 12:00"
EARN = ("earn", "unit: points, per: 100.00, give: 2, worth: 1.00")
REFUSED = ("watch", "a_day: 2, shops_within: 60, then: freeze, sale: refused")
STANDS = ("watch", "a_day: 2, then: freeze")


def world_of(*clauses: tuple[str, str]) -> tuple[World, EnrolledMember]:
    world = World.found(source=book(EARN, *clauses), profile={})
    return world, world.enrol(card="K0001")


def sale(key: str, **more: object) -> SaleInput:
    return read(
        SaleInput, {"shop": "S1", "key": key, "presented": {"card": "K0001"}, "lines": [{"sku": "COAT"}], **more}
    )


def batch(world: World, *sales: SaleInput, recorded: bool = False) -> list[object]:
    return list(checkout.commit_sales(actor=world.actor, at=moment(NOON), sales=sales, recorded=recorded))


def told(answers: list[object]) -> list[str]:
    return ["sold" if isinstance(each, SaleView) else type(each).__name__ for each in answers]


def test_a_batch_sees_the_card_frozen_by_its_own_third_sale():
    world, li = world_of(REFUSED)
    answers = batch(world, *(sale(f"k{n}") for n in range(5)))
    assert told(answers) == ["sold", "sold", "UnusualUse", "CardNotUsable", "CardNotUsable"]
    assert (Sale.objects.count(), world.points(li, NOON), CardReview.objects.count()) == (2, 40, 1)
    assert Card.objects.get().frozen_at == moment(NOON)


def test_where_it_stands_the_third_is_sold_and_the_fourth_is_not():
    world, li = world_of(STANDS)
    answers = batch(world, *(sale(f"k{n}") for n in range(4)))
    assert told(answers) == ["sold", "sold", "sold", "CardNotUsable"]
    third = answers[2]
    assert isinstance(third, SaleView)
    assert [
        (reason.clause, reason.say) for reason in third.reasons if not reason.given and reason.clause == "T-02"
    ] == [("T-02", "a_day")]
    review = CardReview.objects.get()
    assert (review.cause, review.card, review.values["number"]) == (f"sale:{third.id}", "K0001", 3)
    # By her number she is a member all the same, and is looked at no second time.
    assert told(batch(world, sale("k9", presented="none", member=li.number))) == ["sold"]
    assert CardReview.objects.count() == 1


def test_the_same_key_is_answered_as_before():
    world, _ = world_of(STANDS)
    first = batch(world, *(sale(f"k{n}") for n in range(3)))
    again = batch(world, sale("k2"))
    assert isinstance(again[0], SaleView)
    assert isinstance(first[2], SaleView)
    assert (again[0].id, again[0].replayed) == (first[2].id, True)


def test_a_quote_refuses_and_writes_nothing():
    world, _ = world_of(REFUSED)
    batch(world, sale("k0"), sale("k1"))
    with pytest.raises(refusals.UnusualUse) as refused:
        checkout.quote_sale(actor=world.actor, at=moment(NOON), given=sale("q"))
    assert (refused.value.clause, refused.value.field, refused.value.recorded) == ("T-02", "member", True)
    assert (CardReview.objects.count(), Card.objects.get().status) == (0, "active")


def test_what_is_wrong_otherwise_freezes_nothing():
    world, _ = world_of(REFUSED)
    batch(world, sale("k0"), sale("k1"))
    answers = batch(world, sale("k2", quoted="1.00"), sale("k3", points=1))
    assert told(answers) == ["QuoteChanged", "WayNotOffered"]
    assert CardReview.objects.count() == 0


def test_sales_recorded_elsewhere_freeze_nothing():
    world, _ = world_of(REFUSED)
    assert told(batch(world, *(sale(f"k{n}") for n in range(4)), recorded=True)) == ["sold"] * 4
    assert CardReview.objects.count() == 0


def test_another_shop_is_seen_within_a_batch_and_across():
    world, _ = world_of(REFUSED)
    at = {"at": f"{DAY} 11:00:01", "shop": "S2"}
    assert told(batch(world, sale("k0", at=f"{DAY} 10:00:01"), sale("k1", **at))) == ["sold", "sold"]
    assert told(batch(world, sale("k2", at=f"{DAY} 10:59:59"))) == ["UnusualUse"]  # a day's third, and both shops near
    assert {row.say for row in CardReview.objects.all()} == {"a_day"}


def test_a_late_sale_finds_the_card_as_it_was_then():
    world, li = world_of(STANDS)
    frozen = read(FreezeCard, {"member": li.number, "reason": "x", "at": f"{DAY} 09:00"})
    members.freeze_card(actor=world.actor, at=moment(f"{DAY} 09:00"), given=frozen)
    released = read(ReleaseCard, {"member": li.number, "reason": "y"})
    members.release_card(actor=world.actor, at=moment(f"{DAY} 10:00"), given=released)
    late = batch(world, sale("a", at=f"{DAY} 08:59"), sale("b", at=f"{DAY} 09:30"), sale("c", at=f"{DAY} 10:00"))
    assert told(late) == ["sold", "CardNotUsable", "sold"]


def test_the_clerk_is_told_what_became_of_a_card_and_what_to_do():
    world, li = world_of(STANDS)
    batch(world, *(sale(f"k{n}") for n in range(3)))
    (refused,) = batch(world, sale("k4"))
    assert isinstance(refused, refusals.CardNotUsable)
    assert refused.say("zh") == (
        "这张卡（冻结）不能使用。2026 年 6 月 15 日冻结：这是当天第 3 单，一天至多 2 单。请店长在“会员 › 复核”里处理。"
    )
    assert refused.say("en") == (
        "This card is frozen and cannot be used. Frozen on 15 Jun 2026: This is purchase number 3 of the day; 2 a day are "
        "usual. A manager decides under Members › Reviews."
    )
    assert [(each.member, each.frozen) for each in queries.reviews(world.actor, moment(NOON), decided=False)] == [
        (li.number, True)
    ]
