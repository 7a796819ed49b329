"""Invoices: what may be invoiced, to whom, once; issued, reversed after a return, asked for again over what is left."""

from __future__ import annotations

from typing import Any

import pytest

from huiguan.checkout import operations as checkout
from huiguan.checkout import queries
from huiguan.checkout.inputs import AskInvoiceInput, IssueInvoiceInput, ReverseInvoiceInput, WithdrawInvoiceInput
from huiguan.checkout.invoices import refusals
from huiguan.checkout.values import InvoiceView
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.inputs import read
from huiguan.kernel.refusals import Forbidden, InvalidInput
from tests.checkout.world import World, moment

COMPANY = {"kind": "company", "title": "示例商贸有限公司", "tax_number": "91110000600037341l"}


@pytest.fixture
def world(db: None) -> World:
    return World.found()


def ask(world: World, sale: str, at: str = "2026-06-02 10:00", actor: Actor | None = None, **given: Any) -> InvoiceView:
    told = {"title": "李梅", **given, "sale": sale}
    return checkout.ask_invoice(actor=actor or world.actor, at=moment(at), given=read(AskInvoiceInput, told))


def issue(world: World, invoice: str, number: str, at: str = "2026-06-02 11:00", **given: Any) -> InvoiceView:
    told = read(IssueInvoiceInput, {"invoice": invoice, "number": number, **given})
    return checkout.issue_invoice(actor=world.actor, at=moment(at), given=told)


def reverse(world: World, invoice: str, number: str, at: str = "2026-06-05 11:00") -> InvoiceView:
    told = read(ReverseInvoiceInput, {"invoice": invoice, "number": number})
    return checkout.reverse_invoice(actor=world.actor, at=moment(at), given=told)


def test_what_was_paid_in_money_may_be_invoiced_and_no_more(world: World) -> None:
    """1,500 less 30 points is 1,470; 5 % off leaves 1,396.50. The scarf back: (1,000 − 30) × 95 % = 921.50."""
    li = world.enrol()
    world.sell("2026-05-02 12:00", "ALMOST", member=li.number, presented="card")
    sale = world.sell("2026-06-01 12:00", "COAT", "SCARF", member=li.number, presented="card", points=30)
    asked = ask(world, sale.id, **COMPANY)
    assert (asked.state, asked.amount, asked.due, asked.tax_number) == ("asked", 139650, 139650, "91110000600037341L")
    world.give_back("2026-06-02 10:30", sale.id, 2)
    with pytest.raises(refusals.InvoiceAmountChanged) as changed:
        issue(world, asked.id, "25117000000012345678", amount="1396.50")
    assert changed.value.values == {"due": 92150, "given": 139650}
    issued = issue(world, asked.id, "25117000000012345678", amount="921.50")
    assert (issued.state, issued.amount, issued.stale, str(issued.issued_on)) == ("issued", 92150, False, "2026-06-02")


def test_a_return_after_the_invoice_is_reversed_in_red(world: World) -> None:
    sale = world.sell("2026-06-01 12:00", "COAT", "SCARF")
    first = issue(world, ask(world, sale.id).id, "N0001")
    world.give_back("2026-06-05 10:00", sale.id, 2)
    assert queries.invoice(world.actor, first.id).stale
    with pytest.raises(refusals.InvoiceAlreadyAsked):
        ask(world, sale.id, "2026-06-05 10:30")
    red = reverse(world, first.id, "R0001")
    assert (red.state, red.amount, red.red_number) == ("red", 150000, "R0001")
    second = ask(world, sale.id, "2026-06-05 12:00", title="王芳")
    assert second.amount == 100000
    due, rows = queries.invoices_of(world.actor, sale.number)
    assert (due, [row.state for row in rows]) == (100000, ["asked", "red"])
    world.give_back("2026-06-06 10:00", sale.id)
    with pytest.raises(refusals.NothingToInvoice):
        issue(world, second.id, "N0002", "2026-06-06 11:00")


def test_what_was_kept_for_missing_points_is_no_price_of_goods(world: World) -> None:
    """500.00 all came back, ¥6.00 of it kept for the points that were gone: nothing is left to invoice."""
    li = world.enrol()
    sale = world.sell("2026-06-01 12:00", "SCARF", member=li.number)
    world.redeem("2026-06-02 12:00", li, 6)
    world.give_back("2026-06-03 12:00", sale.id, settle={"way": "cash"})
    with pytest.raises(refusals.NothingToInvoice):
        ask(world, sale.id, "2026-06-03 13:00")


def test_a_request_can_be_withdrawn_and_made_anew(world: World) -> None:
    sale = world.sell("2026-06-01 12:00", "COAT")
    first = ask(world, sale.id)
    given = WithdrawInvoiceInput(invoice=first.id)
    assert checkout.withdraw_invoice(actor=world.actor, at=moment("2026-06-02 10:05"), given=given).state == "withdrawn"
    with pytest.raises(refusals.InvoiceNotInState):
        checkout.withdraw_invoice(actor=world.actor, at=moment("2026-06-02 10:06"), given=given)
    with pytest.raises(refusals.InvoiceNotInState):
        reverse(world, ask(world, sale.id).id, "R1111")


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({**COMPANY, "tax_number": "91110000600037341A"}, "tax_number"),
        ({**COMPANY, "tax_number": ""}, "tax_number"),
        ({**COMPANY, "kind": "special"}, "address"),
        ({**COMPANY, "kind": "special", "address": "临安市白鹭街 1 号"}, "bank"),
        ({"email": "li@"}, "email"),
    ],
)
def test_the_buyers_fields_are_checked(world: World, given: dict[str, str], field: str) -> None:
    sale = world.sell("2026-06-01 12:00", "COAT")
    with pytest.raises(InvalidInput) as refused:
        ask(world, sale.id, **given)
    assert refused.value.field == field


def test_numbers_are_used_once_and_days_lie_in_between(world: World) -> None:
    sales = [world.sell("2026-06-01 12:00", "COAT") for _ in range(2)]
    first, second = (ask(world, sale.id).id for sale in sales)
    issue(world, first, "N0001")
    with pytest.raises(refusals.InvoiceNumberTaken):
        issue(world, second, "N0001")
    with pytest.raises(refusals.InvoiceNumberTaken):
        reverse(world, first, "N0001")
    for day in ("2026-06-01", "2026-06-03"):
        with pytest.raises(refusals.InvoiceDayWrong):
            issue(world, second, "N0002", on=day)
    with pytest.raises(refusals.InvoiceUnknown):
        issue(world, "99999999", "N0003")


def test_a_clerk_asks_and_a_manager_issues(world: World) -> None:
    shops = frozenset({identity.shop(world.actor.programme, "S1").id})
    clerk = Actor("staff", 901, "周禾", world.actor.programme, frozenset({"sell"}), shops)
    sale = world.sell("2026-06-01 12:00", "COAT")
    asked = ask(world, sale.id, actor=clerk)
    given = read(IssueInvoiceInput, {"invoice": asked.id, "number": "N0001"})
    with pytest.raises(Forbidden):
        checkout.issue_invoice(actor=clerk, at=moment("2026-06-02 11:00"), given=given)
    with pytest.raises(Forbidden):
        queries.invoices(clerk)
    assert [row.id for row in queries.invoices(world.actor, shop="S1", state="asked")] == [asked.id]
    assert queries.invoices(world.actor, shop="S2") == []
    elsewhere = Actor("staff", 902, "他店", world.actor.programme, frozenset({"sell", "invoice"}), frozenset({0}))
    with pytest.raises(refusals.InvoiceUnknown):
        queries.invoice(elsewhere, asked.id)
