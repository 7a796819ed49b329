"""Invoices."""

from __future__ import annotations

from huiguan.checkout.invoices.standing import due_of, found_invoice, views_of
from huiguan.checkout.models import Invoice
from huiguan.checkout.queries.sales import sale
from huiguan.checkout.storing import sale_key
from huiguan.checkout.values import InvoiceView
from huiguan.identity import queries as identity
from huiguan.kernel.actors import Actor

_READERS = ("invoice", "audit")


def invoice(actor: Actor, reference: str) -> InvoiceView:
    """An invoice by its id; InvoiceUnknown. Forbidden to whoever neither sells, issues nor audits there."""
    row = found_invoice(actor, reference)
    if not any(actor.may(power, row.shop_id) for power in (*_READERS, "sell")):
        actor.demand("invoice", row.shop_id)
    return views_of(actor, [row])[0]


def invoices_of(actor: Actor, reference: str) -> tuple[int, list[InvoiceView]]:
    """Of a sale: the fen that may be invoiced now, and its invoices, the newest first. SaleUnknown, Forbidden."""
    membership, seq = sale_key(sale(actor, reference).id)
    rows = Invoice.objects.filter(programme_id=actor.programme, membership_id=membership, sale_seq=seq)
    return due_of(actor.programme, [(membership, seq)])[membership, seq][2], views_of(actor, list(rows.order_by("-id")))


def invoices(
    actor: Actor, *, shop: str | None = None, state: str | None = None, before: int | None = None, limit: int = 50
) -> list[InvoiceView]:
    """Invoices of a shop or of all the actor may see, the newest first, from before id `before`; of one `state`. Takes
    `invoice` or `audit`."""
    if not any(actor.may(power) for power in _READERS):
        actor.demand("invoice")
    rows = Invoice.objects.filter(programme_id=actor.programme).order_by("-id")
    if actor.shops is not None:
        rows = rows.filter(shop_id__in=actor.shops)
    if shop is not None:
        rows = rows.filter(shop_id=identity.shop(actor.programme, shop).id)
    if state is not None:
        rows = rows.filter(state=state)
    if before is not None:
        rows = rows.filter(pk__lt=before)
    return views_of(actor, list(rows[:limit]))
