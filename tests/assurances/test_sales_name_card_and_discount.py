"""Every member's sale records the card number and the discounts given (B55-28)."""

from __future__ import annotations

import pytest

from huiguan.checkout import queries
from tests.checkout.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World.found()


def test_a_sale_with_the_card_names_it_and_its_discount(world: World) -> None:
    li = world.enrol("2025-03-01 10:00")
    sale = world.sell("2026-05-02 12:00", "COAT", member=li.number, presented="card")
    told = queries.as_answer(queries.sale(world.actor, sale.id))
    assert (told["member"], told["card"]) == (li.number, li.card)
    assert (told["rates"], told["off"]) == ({"member": "19/20"}, {"member": "50.00"})


def test_a_sale_without_the_card_names_the_number_and_no_discount(world: World) -> None:
    li = world.enrol("2025-03-01 10:00")
    sale = world.sell("2026-05-02 12:00", "COAT", member=li.number, presented="phone")
    told = queries.as_answer(queries.sale(world.actor, sale.id))
    assert (told["member"], told["card"]) == (li.number, li.card)
    assert (told["rates"], told["off"]) == ({}, {})


def test_the_birthday_discount_is_recorded_as_such(world: World) -> None:
    li = world.enrol("2025-03-01 10:00")
    sale = world.sell("2026-06-02 12:00", "COAT", member=li.number, presented="card", benefits=["birthday"])
    told = queries.as_answer(queries.sale(world.actor, sale.id))
    assert (told["rates"], told["off"]) == ({"birthday": "4/5"}, {"birthday": "200.00"})


def test_the_sales_of_a_day_are_listed_with_them(world: World) -> None:
    li = world.enrol("2025-03-01 10:00")
    world.sell("2026-05-02 12:00", "COAT", member=li.number, presented="card")
    world.sell("2026-05-02 13:00", "SCARF")
    listed = [queries.as_answer(sale) for sale in queries.sales(world.actor)]
    assert [(sale["member"], sale["card"], sale["rates"]) for sale in listed] == [
        (None, None, {}),
        (li.number, li.card, {"member": "19/20"}),
    ]
