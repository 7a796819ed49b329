"""Products and dated prices: which of several holds at a shop and moment, and what may not be written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from hypothesis import given as drawn
from hypothesis import strategies as st

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries, refusals
from huiguan.checkout.catalogue import DatedPrice, Priced
from huiguan.checkout.inputs import PricesInput, ProductsInput
from huiguan.checkout.models import Price, Product
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput, KeyReused, NotFound
from tests.checkout.world import World, moment

needs_database = pytest.mark.django_db
START = "2024-01-02 09:00"
COAT = {"sku": "COAT", "name": "双面呢大衣", "category": "coat", "list_price": "1000.00"}


@pytest.fixture
def world() -> World:
    return World.found()


def register(world: World, *products: dict, key: str | None = None, **more):
    given = read(ProductsInput, {"products": list(products), **more})
    return checkout.register_products(actor=world.actor, at=moment(START), given=given, key=key)


def put(world: World, *prices: dict, key: str | None = None):
    given = read(PricesInput, {"prices": list(prices)})
    return checkout.set_prices(actor=world.actor, at=moment(START), given=given, key=key)


def price(since: str, amount: str, **more) -> dict:
    return {"sku": "COAT", "kind": "list", "amount": amount, "since": since, **more}


# Which price holds (pure).


def dated(amount: int, since: int, until: int | None = None, shop: int | None = None) -> DatedPrice:
    return DatedPrice("list", shop, amount, at(since), at(until) if until else None, "")


def at(hour: int) -> datetime:
    return datetime(2026, 5, 2, hour, tzinfo=UTC)


def held(hour: int, *prices: DatedPrice, shop: int = 1) -> int | None:
    found = Priced("A", "A", "", prices).at("list", shop, at(hour))
    return found.amount if found else None


@pytest.mark.parametrize(("hour", "amount"), [(7, None), (8, 100), (11, 100), (12, None)])
def test_a_price_holds_from_its_first_moment_to_just_before_its_end(hour: int, amount: int | None) -> None:
    assert held(hour, dated(100, 8, 12)) == amount


def test_of_two_that_hold_the_later_start_wins() -> None:
    assert [held(hour, dated(100, 1), dated(90, 8, 12)) for hour in (7, 8, 11, 12)] == [100, 90, 90, 100]


def test_a_shops_own_price_goes_before_everybodys() -> None:
    prices = (dated(100, 8), dated(120, 2, shop=1))
    assert (held(9, *prices, shop=1), held(9, *prices, shop=2)) == (120, 100)


def test_a_price_of_another_kind_or_shop_does_not_hold() -> None:
    assert held(9, dated(100, 8, shop=2)) is None
    assert Priced("A", "A", "", (dated(100, 8),)).at("promotion", 1, at(9)) is None


@drawn(st.lists(st.tuples(st.integers(0, 22), st.integers(1, 23), st.sampled_from([None, 1, 2])), max_size=6))
def test_whatever_order_they_are_written_in_one_price_holds(rows: list[tuple[int, int, int | None]]) -> None:
    unique = {
        (since, shop): dated(n + 1, since, max(since + 1, until), shop) for n, (since, until, shop) in enumerate(rows)
    }
    prices = tuple(unique.values())
    for hour in range(24):
        assert held(hour, *prices) == held(hour, *reversed(prices))


# The catalogue on the database.


@needs_database
def test_products_are_registered_and_brought_up_to_date(world):
    assert register(world, {**COAT, "sku": "X1", "cost": "400.00"}).written == 1
    register(world, {**COAT, "sku": "X1", "name": "羊绒大衣", "list_price": "1200.00"})
    (row,) = Product.objects.filter(programme_id=world.actor.programme, sku="X1")
    assert (row.name, row.search) == ("羊绒大衣", "羊绒大衣 yrdy")
    assert list(Price.objects.filter(sku="X1").order_by("kind").values_list("kind", "amount")) == [
        ("cost", 40000), ("list", 120000),
    ]  # fmt: skip
    assert world.sell("2026-05-02 12:00", "X1").paid == 120000


@needs_database
def test_a_new_list_price_begins_at_its_moment(world):
    register(world, COAT, since="2026-05-02 12:00")
    register(world, {**COAT, "list_price": "1100.00"}, since="2026-06-01")
    sold = ["2026-05-31 23:59:59", "2026-06-01 00:00:00"]
    assert [world.sell(each, "COAT").paid for each in sold] == [100000, 110000]


@needs_database
def test_a_late_sale_pays_the_price_of_its_moment(world):
    put(world, price("2026-06-01", "1100.00"))
    assert world.sell("2026-05-31 23:59:59", "COAT", now="2026-06-02 12:00").paid == 100000


@needs_database
def test_days_are_the_rulebooks_own(world):
    put(world, price("2026-06-01T00:00:00+00:00", "1100.00"))  # 08:00 in Shanghai
    sold = ["2026-06-01 07:59:59", "2026-06-01 08:00:00"]
    assert [world.sell(each, "COAT").paid for each in sold] == [100000, 110000]


@needs_database
def test_a_product_without_a_price_yet_is_not_sold(world):
    register(world, {**COAT, "sku": "NEW"}, since="2026-06-01")
    with pytest.raises(refusals.NotPriced) as refused:
        world.sell("2026-05-31 23:59:59", "COAT", "NEW")
    assert (refused.value.field, refused.value.values) == ("lines.1.sku", {"sku": "NEW"})
    assert world.sell("2026-06-01 00:00:00", "NEW").paid == 100000


@needs_database
def test_the_same_product_twice_in_one_list_is_refused(world):
    with pytest.raises(InvalidInput) as refused:
        register(world, {**COAT, "sku": "X1"}, {**COAT, "sku": "X2"}, {**COAT, "sku": "X1"})
    assert refused.value.field == "products.2.sku"
    assert not Product.objects.filter(sku__in=["X1", "X2"]).exists()


@needs_database
def test_two_prices_that_begin_together_are_refused(world):
    before = Price.objects.count()
    same = price("2026-06-01T00:00:00+08:00", "900.00")  # the same moment, written differently
    with pytest.raises(InvalidInput) as refused:
        put(world, price("2026-06-01", "1100.00"), price("2026-06-01", "1000.00", shop="S1"), same)
    assert refused.value.field == "prices.2.since"
    assert Price.objects.count() == before


@needs_database
def test_writing_the_same_price_again_corrects_it(world):
    put(world, price("2026-06-01", "1100.00", shop="S1"))
    put(world, price("2026-06-01", "900.00", shop="S1"))
    put(world, price("2026-06-01", "900.00", shop="S1"))
    assert Price.objects.filter(sku="COAT", shop_id__isnull=False).count() == 1
    assert world.sell("2026-06-01 12:00", "COAT").paid == 90000


@needs_database
@pytest.mark.parametrize(
    ("more", "field", "expected"),
    [
        ({"sku": "NONE"}, "prices.1.sku", refusals.UnknownSku),
        ({"shop": "S9"}, "prices.1.shop", NotFound),
        ({"until": "2026-06-01"}, "prices.1.until", InvalidInput),
        ({"until": "2026-05-31"}, "prices.1.until", InvalidInput),
        ({"since": "2026-02-30"}, "prices.1.since", InvalidInput),
    ],
)
def test_a_wrong_price_leaves_all_of_them_unwritten(world, more, field, expected):
    before = Price.objects.count()
    with pytest.raises(expected) as refused:
        put(world, price("2026-07-01", "800.00"), {**price("2026-06-01", "800.00"), **more})
    assert refused.value.field == field
    assert Price.objects.count() == before


@needs_database
def test_one_key_one_answer_and_other_prices_under_it_are_refused(world):
    register(world, {**COAT, "sku": "X1"}, key="A")
    register(world, {**COAT, "sku": "X1"}, key="A")
    with pytest.raises(KeyReused):
        register(world, {**COAT, "sku": "X1", "list_price": "1.00"}, key="A")
    put(world, price("2026-06-01", "1100.00"), key="B")
    with pytest.raises(KeyReused):
        put(world, price("2026-06-01", "1.00"), key="B")
    assert world.sell("2026-06-01 12:00", "X1").paid == 100000


@needs_database
def test_the_catalogue_takes_a_power(world):
    clerk = Actor("staff", 7, "王店员", world.actor.programme, frozenset({"sell"}))
    given = read(ProductsInput, {"products": [{**COAT, "sku": "X1"}]})
    with pytest.raises(Forbidden):
        checkout.register_products(actor=clerk, at=moment(START), given=given)
    with pytest.raises(Forbidden):
        checkout.set_prices(
            actor=clerk, at=moment(START), given=read(PricesInput, {"prices": [price("2026-06-01", "1")]})
        )
    assert not Product.objects.filter(sku="X1").exists()


@needs_database
def test_another_price_than_the_tag_takes_a_power(world):
    clerk = Actor("staff", 7, "王店员", world.actor.programme, frozenset({"sell"}))
    lines = [{"sku": "COAT", "price": "1.00"}]
    seller = World(clerk)
    with pytest.raises(Forbidden) as refused:
        seller.sell("2026-05-02 12:00", lines=lines)
    assert refused.value.field == "lines.0.price"
    assert world.sell("2026-05-02 12:00", lines=lines).paid == 100


@needs_database
def test_products_are_found_by_number_name_and_initials(world):
    register(world, {**COAT, "sku": "X1"}, {**COAT, "sku": "X10", "name": "羊毛围巾"})
    put(
        world,
        {**price("2026-06-01", "800.00", until="2026-06-30 24:00", name="年中"), "sku": "X1", "kind": "promotion"},
    )
    shop = identity.shop(world.actor.programme, "S1")

    def found(text: str, day: str = "2026-06-30 23:59:59") -> list[tuple[str, int | None]]:
        rows = queries.products(world.actor, text, shop, moment(day))
        return [(row.sku, row.price) for row in rows]

    assert found("X1") == [("X1", 80000), ("X10", 100000)]
    assert found("ymwj") == [("X10", 100000)]
    assert found("大衣") == [("X1", 80000)]
    assert found("X1", "2026-07-01 00:00:00")[0] == ("X1", 100000)
    assert found("没有") == []


# What a process keeps between batches is never older than what is written.


@needs_database
def test_what_is_written_after_a_sale_holds_for_the_next(world):
    assert world.sell("2026-05-31 12:00", "COAT").paid == 100000
    put(world, price("2026-06-01", "1100.00"))
    assert world.sell("2026-06-01 12:00", "COAT").paid == 110000
    register(world, {**COAT, "sku": "NEW", "list_price": "20.00"})
    assert world.sell("2026-06-01 12:00", "COAT", "NEW").paid == 112000
    Product.objects.filter(sku="NEW").update(active=False)
    with pytest.raises(refusals.UnknownSku):
        world.sell("2026-06-01 12:00", "NEW")


@needs_database
def test_what_was_undone_is_forgotten(world):
    assert world.sell("2026-05-31 12:00", "COAT").paid == 100000
    with pytest.raises(InterruptedError), transaction.atomic():
        put(world, price("2026-06-01", "1100.00"))
        assert world.sell("2026-06-01 12:00", "COAT").paid == 110000
        raise InterruptedError
    assert world.sell("2026-06-01 12:00", "COAT").paid == 100000


@needs_database
def test_prices_are_read_again_only_under_a_new_mark(world):
    world.sell("2026-05-31 12:00", "COAT")
    Price.objects.filter(sku="COAT").update(amount=90000)  # stamps the mark like any other write
    assert world.sell("2026-05-31 12:00", "COAT").paid == 90000
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # triggers are silent
        cursor.execute("UPDATE checkout_price SET amount = 80000")
        cursor.execute("SET session_replication_role = origin")
    assert world.sell("2026-05-31 12:00", "COAT").paid == 90000
