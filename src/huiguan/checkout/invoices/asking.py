"""An invoice asked for, withdrawn, issued, reversed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import connection
from pydantic import BaseModel

from huiguan.checkout.events import OF_INVOICES, InvoiceAsked
from huiguan.checkout.inputs import AskInvoiceInput, IssueInvoiceInput, ReverseInvoiceInput, WithdrawInvoiceInput
from huiguan.checkout.invoices import refusals
from huiguan.checkout.invoices.standing import due_of, found_invoice, sale_named, views_of
from huiguan.checkout.models import Invoice
from huiguan.checkout.values import INVOICE_STATES, InvoiceView
from huiguan.foundation.outbox import tell
from huiguan.foundation.performing import perform
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor
from huiguan.kernel.moments import day_of, local_day
from huiguan.kernel.refusals import InvalidInput
from huiguan.kernel.text import Text
from huiguan.parties import formats
from huiguan.programme import queries as programmes

_NEEDED = Text(zh="这种发票必填", en="is required for this kind of invoice")


def ask_invoice(*, actor: Actor, at: datetime, given: AskInvoiceInput, key: str | None = None) -> InvoiceView:
    """Ask for an invoice on a sale, at it or later. Takes `sell` at its shop. SaleUnknown, InvoiceAlreadyAsked,
    NothingToInvoice, InvalidInput (tax_number, address, bank, email)."""
    fields = _fields(given)

    def do() -> InvoiceView:
        membership, seq, shop = sale_named(actor, given.sale)
        actor.demand("sell", shop)
        _lock(f"{membership}-{seq}")
        rows = Invoice.objects.filter(programme_id=actor.programme, membership_id=membership, sale_seq=seq)
        live = rows.filter(state__in=["asked", "issued"]).first()
        if live is not None:
            raise refusals.InvoiceAlreadyAsked(field="sale", state=INVOICE_STATES[live.state])
        row = Invoice.objects.create(
            programme_id=actor.programme, shop_id=shop, membership_id=membership, sale_seq=seq, kind=given.kind,
            title=given.title, amount=_due(actor, membership, seq), state="asked", asked_at=at, asked_by=actor.name,
            **fields,
        )  # fmt: skip
        return views_of(actor, [row])[0]

    return _perform("ask_invoice", actor, at, f"sale:{given.sale}", given, key, do)


def _fields(given: AskInvoiceInput) -> dict[str, str]:
    """The buyer's fields as they are kept, each in its form."""
    told = {"tax_number": given.tax_number, "address": given.address, "bank": given.bank}
    needed = {"personal": (), "company": ("tax_number",), "special": ("tax_number", "address", "bank")}[given.kind]
    for name in needed:
        if not told[name]:
            raise InvalidInput(field=name, rule=_NEEDED)
    if given.tax_number:
        told["tax_number"] = formats.tax_number(given.tax_number, "tax_number")
    email = formats.email(given.email, "email") if given.email else ""
    return {**told, "email": email, "phone": given.phone}


def _lock(sold: str) -> None:
    """Two requests on one sale wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 31))", [f"invoice|{sold}"])


def _due(actor: Actor, membership: int, seq: int) -> int:
    """What may be invoiced now; NothingToInvoice."""
    (_, _, due) = due_of(actor.programme, [(membership, seq)])[membership, seq]
    if due <= 0:
        raise refusals.NothingToInvoice(field="sale")
    return due


def withdraw_invoice(*, actor: Actor, at: datetime, given: WithdrawInvoiceInput, key: str | None = None) -> InvoiceView:
    """Take a request back that was not issued. Takes `sell` or `invoice`. InvoiceUnknown, InvoiceNotInState."""

    def do() -> InvoiceView:
        row = found_invoice(actor, given.invoice, lock=True)
        if not actor.may("invoice", row.shop_id):
            actor.demand("sell", row.shop_id)
        _demand_state(row, "asked")
        row.state = "withdrawn"
        row.save(update_fields=["state"])
        return views_of(actor, [row])[0]

    return _perform("withdraw_invoice", actor, at, f"invoice:{given.invoice}", given, key, do)


def issue_invoice(*, actor: Actor, at: datetime, given: IssueInvoiceInput, key: str | None = None) -> InvoiceView:
    """Note that an invoice was issued, over what may be invoiced now. Takes `invoice`. InvoiceUnknown,
    InvoiceNotInState, InvoiceAmountChanged, NothingToInvoice, InvoiceNumberTaken, InvoiceDayWrong."""

    def do() -> InvoiceView:
        row = _mine(actor, given.invoice, "asked")
        due = _due(actor, row.membership_id, row.sale_seq)
        if given.amount is not None and given.amount != due:
            raise refusals.InvoiceAmountChanged(field="amount", due=due, given=given.amount)
        _demand_free(actor, given.number)
        row.state, row.amount, row.number, row.issued_by = "issued", due, given.number, actor.name
        row.issued_on = _day(actor, at, given.on, row.asked_at)
        row.save(update_fields=["state", "amount", "number", "issued_by", "issued_on"])
        return views_of(actor, [row])[0]

    return _perform("issue_invoice", actor, at, f"invoice:{given.invoice}", given, key, do)


def reverse_invoice(*, actor: Actor, at: datetime, given: ReverseInvoiceInput, key: str | None = None) -> InvoiceView:
    """Note the red invoice that reverses an issued one; another may then be asked for over what is left. Takes `invoice`.
    InvoiceUnknown, InvoiceNotInState, InvoiceNumberTaken, InvoiceDayWrong."""

    def do() -> InvoiceView:
        row = _mine(actor, given.invoice, "issued")
        _demand_free(actor, given.number)
        row.state, row.red_number, row.red_by = "red", given.number, actor.name
        row.red_on = _day(actor, at, given.on, row.asked_at)
        row.save(update_fields=["state", "red_number", "red_by", "red_on"])
        return views_of(actor, [row])[0]

    return _perform("reverse_invoice", actor, at, f"invoice:{given.invoice}", given, key, do)


def _mine(actor: Actor, reference: str, state: str) -> Invoice:
    """The invoice locked, where the actor may issue, in this state."""
    row = found_invoice(actor, reference, lock=True)
    actor.demand("invoice", row.shop_id)
    _demand_state(row, state)
    return row


def _demand_state(row: Invoice, state: str) -> None:
    if row.state != state:
        raise refusals.InvoiceNotInState(field="invoice", state=INVOICE_STATES[row.state])


def _demand_free(actor: Actor, number: str) -> None:
    """No invoice and no red one bears the number. Two who note one at once wait for each other."""
    _lock(f"{actor.programme}|{number}")
    rows = Invoice.objects.filter(programme_id=actor.programme)
    if rows.filter(number=number).exists() or rows.filter(red_number=number).exists():
        raise refusals.InvoiceNumberTaken(field="number", number=number)


def _day(actor: Actor, at: datetime, on: str | None, asked_at: datetime) -> date:
    zone = programmes.programme_at(actor.programme, at).zone
    today = local_day(at, zone)
    day = today if on is None else day_of(on, "on")
    if not local_day(asked_at, zone) <= day <= today:
        raise refusals.InvoiceDayWrong(field="on")
    return day


def _perform(
    name: str,
    actor: Actor,
    at: datetime,
    subject: str,
    given: BaseModel,
    key: str | None,
    do: Callable[[], InvoiceView],
) -> InvoiceView:
    def and_tell() -> InvoiceView:
        view = do()
        tell(actor.programme, [_event(actor, at, view)], at)
        return view

    return perform(name, actor=actor, at=at, subject=subject, given=given, key=key, returns=InvoiceView, do=and_tell)


def _event(actor: Actor, at: datetime, view: InvoiceView) -> InvoiceAsked:
    membership = int(view.sale.partition("-")[0])
    return OF_INVOICES[view.state](
        membership=membership or None,
        shop=identity.shop(actor.programme, view.shop).id,
        reference=view.id,
        at=at,
        sale=view.sale,
        kind=view.kind,
        title=view.title,
        amount=view.amount,
        number=view.red_number or view.number,
    )
