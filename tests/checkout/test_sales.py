"""Sales committed on the real database: keys, batches, borders, what is refused and changes nothing."""

from __future__ import annotations

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries, refusals
from huiguan.checkout.inputs import SaleInput
from huiguan.checkout.models import Sale
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import InvalidInput, KeyReused, MomentInFuture, Refusal
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def test_the_plans_own_story(world):
    li = world.enrol("2025-03-01 10:00")
    world.sell("2026-11-30 23:59", "COAT", member=li.number, presented="card")
    world.sell("2026-12-01 00:00", "SCARF", member=li.number, presented="card")
    assert world.points(li, "2026-12-31 23:59:59") == 26  # 950 gives 18, 475 gives 8
    assert world.points(li, "2027-01-01 00:00:00") == 8
    with pytest.raises(refusals.OutsideWindow) as refused:
        world.redeem("2027-02-01 09:00", li, 5)
    assert refused.value.clause == "B55-19"
    with pytest.raises(refusals.BalanceTooLow):
        world.redeem("2027-06-05 09:00", li, 11)


def test_a_sale_tells_all_it_did(world):
    li = world.enrol()
    sale = world.sell("2026-05-02 12:00", "COAT", "SCARF", member=li.number, presented="card")
    told = queries.as_answer(sale)
    assert (told["price"], told["paid"], told["earned"], told["balance"]) == (
        "1500.00", "1425.00", {"points": 28}, {"points": 28},
    )  # fmt: skip
    assert [line["paid"] for line in told["lines"]] == ["950.00", "475.00"]
    assert told["tenders"] == [{"means": "cash", "amount": "1425.00"}]
    assert ("B55-13", True) in {(reason["clause"], reason["given"]) for reason in told["reasons"]}
    again = queries.sale(world.actor, sale.id)
    assert queries.as_answer(again) == told


def test_the_same_key_gets_the_first_answer_and_another_body_is_refused(world):
    li = world.enrol()
    first = world.sell("2026-05-02 12:00", "COAT", member=li.number, key="A")
    again = world.sell("2026-05-02 12:01", "COAT", member=li.number, key="A")
    assert again.replayed and again.id == first.id and again.document == first.document
    with pytest.raises(KeyReused):
        world.sell("2026-05-02 12:02", "SCARF", member=li.number, key="A")
    assert Sale.objects.count() == 1
    assert world.points(li, "2026-05-02 13:00") == 20


def test_a_batch_answers_each_for_itself(world):
    li = world.enrol()
    rows = [
        {"shop": "S1", "member": li.number, "lines": [{"sku": "COAT"}], "key": "1"},
        {"shop": "S1", "member": li.number, "lines": [{"sku": "NOPE"}], "key": "2"},
        {"shop": "S1", "member": li.number, "lines": [{"sku": "SCARF"}], "key": "3"},
        {"shop": "S1", "member": li.number, "lines": [{"sku": "COAT"}], "key": "1"},
        {"shop": "S1", "lines": [{"sku": "PIN"}], "key": "4"},
        {"shop": "S1", "member": "NOBODY", "lines": [{"sku": "PIN"}], "key": "5"},
    ]
    answers = checkout.commit_sales(
        actor=world.actor, at=moment("2026-05-02 12:00"), sales=[read(SaleInput, row) for row in rows]
    )
    told = [answer.code if isinstance(answer, Refusal) else answer.replayed for answer in answers]
    assert told == [False, "UnknownSku", False, True, False, "UnknownMember"]
    assert Sale.objects.count() == 3
    assert world.points(li, "2026-05-02 13:00") == 30  # 20 and 10; no card was shown


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"points": 1}, refusals.OutsideWindow),  # May
        ({"benefits": ["birthday"], "presented": "card"}, refusals.OutsideWindow),
        ({"benefits": ["none"]}, refusals.UnknownBenefit),
        ({"vouchers": ["NO"]}, refusals.RightNotHeld),
        ({"shop": None}, refusals.ShopNeeded),
        ({"tenders": [{"means": "cash", "amount": "1.00"}]}, refusals.TendersDiffer),
        ({"quoted": "999.99"}, refusals.QuoteChanged),
        ({"presented": {"card": "C999999"}}, refusals.CardOfAnother),
    ],
)
def test_what_is_refused_changes_nothing(world, more, expected):
    li = world.enrol()
    with pytest.raises(expected):
        world.sell("2026-05-02 12:00", "COAT", **{"member": li.number, **more})
    assert Sale.objects.count() == 0
    assert world.points(li, "2026-05-03 12:00") == 0


def test_a_sale_of_the_future_is_refused(world):
    with pytest.raises(MomentInFuture):
        world.sell("2026-05-02 12:00:01", "COAT", now="2026-05-02 12:00:00")
    assert world.sell("2026-05-02 12:00:00", "COAT", now="2026-05-02 12:00:00").paid == 100000


@pytest.mark.parametrize("price", ["-1", "0.001", "1e3", "10000000000000000000", "", "abc"])
def test_amounts_that_are_none_are_refused_by_field(price):
    with pytest.raises(InvalidInput) as refused:
        read(SaleInput, {"lines": [{"sku": "A", "price": price}]})
    assert refused.value.field == "lines.0.price"


def test_the_opening_voucher_is_for_the_next_purchase(world):
    li = world.enrol("2026-05-02 10:00")
    (voucher,) = [right.code for right in li.rights]
    with pytest.raises(refusals.NotOnOpeningSale):
        world.sell("2026-05-02 11:00", "COAT", member=li.number, presented="card", vouchers=[voucher])
    opening = world.sell("2026-05-02 11:00", "COAT", member=li.number, presented="card")
    assert (opening.paid, opening.document["earned"]) == (100000, {"points": 20})
    # (1,000 − 200) × 95 % = 760: 14 points
    second = world.sell("2026-05-02 12:00", "COAT", member=li.number, presented="card", vouchers=[voucher])
    assert (second.paid, second.document["earned"]) == (76000, {"points": 14})
    with pytest.raises(refusals.RightUsed):
        world.sell("2026-05-03 12:00", "COAT", member=li.number, presented="card", vouchers=[voucher])


@pytest.mark.parametrize(("sku", "tier"), [("ALMOST", "points_card"), ("GOWN", "diamond_card")])
def test_ten_thousand_makes_a_diamond_card(world, sku, tier):
    li = world.enrol()
    sale = world.sell("2026-05-02 12:00", sku, member=li.number)
    assert sale.document["tier"] == {"before": "points_card", "after": tier}


def test_half_a_year_rolls(world):
    inside, outside = world.enrol(), world.enrol()
    # six months that end on 30 June begin on 31 December
    world.sell("2025-12-31 12:00", "SCARF", member=inside.number)
    world.sell("2025-12-30 12:00", "SCARF", member=outside.number)
    lines = [{"sku": "SCARF", "quantity": 19}]
    for member, tier in ((inside, "diamond_card"), (outside, "points_card")):
        sale = world.sell("2026-06-30 12:00", member=member.number, lines=lines)
        assert sale.document["tier"]["after"] == tier


def test_a_late_sale_earns_and_lapses_as_if_on_time(world):
    li = world.enrol("2025-03-01 10:00")
    late = world.sell("2026-11-30 12:00", "COAT", member=li.number, now="2027-01-02 09:00")
    assert late.document["expires"]["points"].startswith("2027-01-01T00:00")
    assert late.document["balance"] == {"points": 0}
    assert world.points(li, "2027-01-02 09:00") == 0


def test_a_shops_own_promotion_wins_and_ends_on_the_second(world):
    world.price(sku="COAT", kind="promotion", amount="900.00", since="2026-12-10", until="2026-12-12 24:00")
    world.price(sku="COAT", kind="promotion", amount="800.00", shop="S2", since="2026-12-01", until="2026-12-12 24:00")
    assert world.sell("2026-12-12 23:59:59", "COAT").paid == 90000
    assert world.sell("2026-12-12 23:59:59", "COAT", shop="S2").paid == 80000
    assert world.sell("2026-12-13 00:00:00", "COAT", shop="S2").paid == 100000
