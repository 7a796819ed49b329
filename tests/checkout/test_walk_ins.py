"""Sales without a member: prices, tenders, keys, returns; and nothing a member would have."""

from __future__ import annotations

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries, refusals
from huiguan.checkout.inputs import ProductsInput, ReturnInput, SaleInput
from huiguan.checkout.models import Sale
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, KeyReused, MomentInFuture
from huiguan.ledger.models import JournalRow
from tests.checkout.world import World, moment

pytestmark = pytest.mark.django_db
NOON = "2026-06-15 12:00"


@pytest.fixture
def world() -> World:
    return World.found()


def test_a_walk_in_pays_the_tag_and_moves_no_points(world):
    sale = world.sell(NOON, "COAT", "SCARF")
    assert (sale.member, sale.paid, sale.document["earned"], sale.document["steps"]) == (None, 150000, {}, [])
    assert (sale.document["tier"], sale.document["card"], sale.document["balance"]) == (None, None, {})
    assert JournalRow.objects.count() == 0
    assert queries.as_answer(queries.sale(world.actor, sale.id)) == queries.as_answer(sale)


@pytest.mark.parametrize("asks", [{"points": 1}, {"vouchers": ["V1"]}, {"benefits": ["birthday"]}])
def test_what_takes_a_member_is_refused(world, asks):
    with pytest.raises(refusals.NeedsMember) as refused:
        world.sell(NOON, "COAT", **asks)
    assert refused.value.field == "member"
    assert Sale.objects.count() == 0


def test_tenders_come_to_what_is_due_to_the_fen(world):
    means = [{"means": "wechat", "amount": "600.00"}, {"means": "cash", "amount": "400.00"}]
    sale = world.sell(NOON, "COAT", tenders=means)
    assert sale.document["tenders"] == [["wechat", 60000], ["cash", 40000]]
    for wrong in ("399.99", "400.01"):
        with pytest.raises(refusals.TendersDiffer) as refused:
            world.sell(NOON, "COAT", tenders=[means[0], {"means": "cash", "amount": wrong}])
        assert refused.value.values["due"] == 100000
    assert Sale.objects.count() == 1


def test_without_tenders_it_is_cash(world):
    assert world.sell(NOON, "PIN").document["tenders"] == [["cash", 1]]


def test_the_same_key_is_one_sale(world):
    first = world.sell(NOON, "COAT", key="A")
    again = world.sell("2026-06-15 12:05", "COAT", key="A")
    assert again.replayed and not first.replayed
    assert (again.id, again.at, again.document) == (first.id, first.at, first.document)
    with pytest.raises(KeyReused) as refused:
        world.sell(NOON, "SCARF", key="A")
    assert refused.value.field == "Idempotency-Key"
    assert Sale.objects.count() == 1


def test_the_keys_of_several_clients_do_not_collide(world):
    powers = frozenset({"sell"})
    tills = [World(Actor("client", n, f"收银 {n}", world.actor.programme, powers)) for n in (1, 2)]
    li = world.enrol()
    for more in ({}, {"member": li.number}):
        sales = [till.sell(NOON, "COAT", key="0001", **more) for till in tills]
        assert len({sale.id for sale in sales}) == 2
        assert [till.sell(NOON, "COAT", key="0001", **more).id for till in tills] == [sale.id for sale in sales]
    assert Sale.objects.count() == 4


def test_a_members_key_and_a_walk_ins_are_two(world):
    li = world.enrol()
    assert world.sell(NOON, "COAT", key="A").id != world.sell(NOON, "COAT", key="A", member=li.number).id


def test_a_batch_of_walk_ins_answers_the_same_key_once(world):
    rows = [
        {"shop": "S1", "lines": [{"sku": sku}], "key": key} for sku, key in (("COAT", "1"), ("PIN", "2"), ("COAT", "1"))
    ]
    answers = checkout.commit_sales(actor=world.actor, at=moment(NOON), sales=[read(SaleInput, row) for row in rows])
    assert [answer.replayed for answer in answers] == [False, False, True]
    assert answers[2].id == answers[0].id
    assert Sale.objects.count() == 2


def test_pieces_of_a_line_come_back_one_by_one(world):
    sale = world.sell(NOON, lines=[{"sku": "GLOVE", "quantity": 3}, {"sku": "PIN", "quantity": 1}])
    assert world.give_back("2026-06-16 12:00", sale.id, 1).refund == 9999
    assert queries.left_of(world.actor, sale.id) == [2, 1]
    with pytest.raises(refusals.LineUnknown) as refused:
        world.give_back("2026-06-16 12:00", sale.id, 3)
    assert refused.value.field == "lines.0.line"
    with pytest.raises(refusals.MoreThanSold) as refused:
        world.give_back("2026-06-16 12:00", sale.id, 2, 2)
    assert (refused.value.field, refused.value.values) == ("lines.1.quantity", {"line": 2, "left": 0, "given": 1})
    last = world.give_back("2026-06-16 12:00", sale.id)
    assert (last.refund, last.kept, last.balance) == (19999, (0, 0), {})
    with pytest.raises(refusals.AlreadyReturned):
        world.give_back("2026-06-16 12:00", sale.id)


def test_a_return_never_comes_before_its_sale(world):
    sale = world.sell(NOON, "COAT")
    with pytest.raises(refusals.ReturnBeforeSale):
        world.give_back("2026-06-15 11:59:59", sale.id)
    assert world.give_back("2026-06-15 12:00:00", sale.id).at == moment(NOON)


def test_a_late_return_has_its_own_moment_and_none_to_come(world):
    sale = world.sell(NOON, "COAT", "SCARF")

    def late(at: str, line: int):
        given = {"sale": sale.id, "at": at, "lines": [{"line": line, "quantity": 1}]}
        return checkout.return_sale(actor=world.actor, at=moment("2026-06-16 12:00"), given=read(ReturnInput, given))

    with pytest.raises(MomentInFuture):
        late("2026-06-16 12:00:01", 1)
    with pytest.raises(refusals.ReturnBeforeSale):
        late("2026-06-15 11:59:59", 1)
    assert late("2026-06-15 18:00", 1).at == moment("2026-06-15 18:00")


@pytest.mark.parametrize("reference", ["", "-", "0-", "0-999999", "1-1-1", "0-x", "9" * 40 + "-1"])
def test_a_sale_nobody_made_is_unknown(world, reference):
    from_query = reference or "none"
    with pytest.raises(refusals.SaleUnknown):
        world.give_back("2026-06-16 12:00", from_query)
    with pytest.raises(refusals.SaleUnknown):
        queries.sale(world.actor, from_query)


def test_a_clerk_sells_and_sees_at_her_own_shop_only(world):
    shops = {code: identity.shop(world.actor.programme, code).id for code in ("S1", "S2")}
    clerk = World(
        Actor("staff", 7, "王店员", world.actor.programme, frozenset({"sell", "return"}), frozenset({shops["S1"]}))
    )
    mine = clerk.sell(NOON, "COAT")
    with pytest.raises(Forbidden):
        clerk.sell(NOON, "COAT", shop="S2")
    theirs = world.sell(NOON, "COAT", shop="S2")
    with pytest.raises(refusals.SaleUnknown):
        queries.sale(clerk.actor, theirs.id)
    with pytest.raises(Forbidden):
        clerk.give_back("2026-06-16 12:00", theirs.id)
    assert [sale.id for sale in queries.sales(clerk.actor)] == [mine.id]


def test_the_house_itself_has_its_keys_in_each_programme(world):
    """The house acts under one reference everywhere; one programme's bill is not the answer to another's."""
    mine = world.sell(NOON, "COAT", key="A")
    theirs = World.found("other").sell(NOON, "PIN", key="A")
    assert not theirs.replayed
    assert (mine.paid, theirs.paid) == (100000, 1)


def test_a_sale_of_another_house_is_unknown(world):
    sale = world.sell(NOON, "COAT")
    other = World.found("other")
    with pytest.raises(refusals.SaleUnknown):
        queries.sale(other.actor, sale.id)
    with pytest.raises(refusals.SaleUnknown):
        other.give_back("2026-06-16 12:00", sale.id)


def test_a_sum_beyond_all_bounds_is_refused(world):
    mine = {"sku": "MINE", "name": "金矿", "list_price": "99999999.99"}
    given = read(ProductsInput, {"products": [mine]})
    checkout.register_products(actor=world.actor, at=moment(NOON), given=given)
    with pytest.raises(refusals.AmountTooLarge):
        world.sell(NOON, lines=[{"sku": "MINE", "quantity": 1000}, {"sku": "MINE", "quantity": 1}])
    assert Sale.objects.count() == 0
    assert world.sell(NOON, lines=[{"sku": "MINE", "quantity": 1000}]).paid == 9_999_999_999_000
