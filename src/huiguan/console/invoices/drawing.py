"""Invoices as their pages show them, and the sheet for whoever keeps the accounts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from huiguan.checkout.values import INVOICE_KINDS, INVOICE_STATES, InvoiceView, SaleView
from huiguan.console.acting import Acting, refused_field
from huiguan.console.invoices.pages import InvoiceRow, SaleInvoicesPage
from huiguan.console.keys import new_key
from huiguan.design.values import Mark, Words
from huiguan.identity import queries as identity
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.refusals import Refusal
from huiguan.kernel.text import Text

MARKS = {"asked": "warn", "issued": "ok", "red": "stop", "withdrawn": "plain"}
STALE = Mark(Text(zh="须红冲", en="To reverse"), "stop")
NAMES = {
    "title": Text(zh="抬头", en="Title"),
    "tax_number": Text(zh="统一社会信用代码", en="Tax number"),
    "address": Text(zh="地址、电话", en="Address, phone"),
    "bank": Text(zh="开户行及账号", en="Bank, account"),
    "email": Text(zh="收票邮箱", en="E-mail"),
    "phone": Text(zh="电话", en="Phone"),
    "number": Text(zh="发票号", en="Invoice number"),
    "on": Text(zh="开票日", en="Day of issue"),
}
COLUMNS = (
    Text(zh="单号", en="Sale"), Text(zh="门店", en="Shop"), Text(zh="状态", en="State"), Text(zh="种类", en="Kind"),
    Text(zh="抬头", en="Title"), Text(zh="税号", en="Tax number"), Text(zh="地址电话", en="Address, phone"),
    Text(zh="开户行账号", en="Bank, account"), Text(zh="邮箱", en="E-mail"), Text(zh="电话", en="Phone"),
    Text(zh="金额", en="Amount"), Text(zh="现可开", en="May be invoiced now"), Text(zh="申请于", en="Asked for"),
    Text(zh="发票号", en="Invoice"), Text(zh="开票日", en="Issued on"), Text(zh="红票号", en="Red invoice"),
    Text(zh="红冲日", en="Reversed on"),
)  # fmt: skip


def rows_of(now: Acting, views: Sequence[InvoiceView]) -> list[InvoiceRow]:
    shops = identity.shops_by_code(now.actor.programme, {view.shop for view in views})
    return [_row(now, view, shops[view.shop].name, shops[view.shop].id) for view in views]


def _row(now: Acting, view: InvoiceView, shop: Text, shop_id: int) -> InvoiceRow:
    issues = now.actor.may("invoice", shop_id)
    return InvoiceRow(
        id=view.id,
        href=f"/sales/{view.sale}/invoice",
        sale=view.sale_number,
        title=view.title,
        kind=INVOICE_KINDS[view.kind],
        shop=shop,
        at=view.asked_at,
        amount=view.amount,
        mark=STALE if view.stale else Mark(INVOICE_STATES[view.state], MARKS[view.state]),
        number=view.red_number or view.number,
        facts=_facts(view),
        due=view.due,
        stale=view.stale,
        may_issue=issues and view.state == "asked" and view.due > 0,
        may_reverse=issues and view.state == "issued",
        may_withdraw=view.state == "asked" and (issues or now.actor.may("sell", shop_id)),
    )


def _facts(view: InvoiceView) -> list[tuple[Words, Words]]:
    """What is on it, without what was left empty."""
    told: list[tuple[Words, str]] = [
        (Text(zh="税号", en="Tax number"), view.tax_number),
        (Text(zh="地址、电话", en="Address, phone"), view.address),
        (Text(zh="开户行及账号", en="Bank, account"), view.bank),
        (Text(zh="邮箱", en="E-mail"), view.email),
        (Text(zh="电话", en="Phone"), view.phone),
        (Text(zh="发票号", en="Invoice"), view.number),
        (Text(zh="开票", en="Issued"), f"{view.issued_on} · {view.issued_by}" if view.issued_on else ""),
        (Text(zh="红票号", en="Red invoice"), view.red_number),
        (Text(zh="红冲", en="Reversed"), f"{view.red_on} · {view.red_by}" if view.red_on else ""),
    ]
    return [(word, value) for word, value in told if value]


def sale_invoices_page(
    now: Acting,
    sale: SaleView,
    due: int,
    views: Sequence[InvoiceView],
    typed: Mapping[str, str],
    refusal: Refusal | None = None,
) -> SaleInvoicesPage:
    live = any(view.state in ("asked", "issued") for view in views)
    kind = typed.get("kind", "personal")
    return SaleInvoicesPage(
        sale=sale.id,
        number=sale.number,
        due=due,
        rows=rows_of(now, views),
        ask=not live and due > 0 and now.actor.may("sell"),
        key=new_key(),
        kinds=[(name, label, name == kind) for name, label in INVOICE_KINDS.items()],
        typed=typed,
        wrong=refusal.field or "" if refusal else "",
        refused=refused_field(refusal, now, NAMES) if refusal else None,
    )


def cells_of(view: InvoiceView, lang: str) -> list[str]:
    """An invoice as a row of the sheet. Everything is text, so that nothing a buyer wrote is ever run as a formula."""
    return [
        view.sale_number, view.shop, (STALE.text if view.stale else INVOICE_STATES[view.state]).of(lang),  # type: ignore[union-attr]
        INVOICE_KINDS[view.kind].of(lang), view.title, view.tax_number, view.address, view.bank, view.email, view.phone,
        as_yuan(view.amount), as_yuan(view.due), f"{view.asked_at:%Y-%m-%d}", view.number,
        str(view.issued_on or ""), view.red_number, str(view.red_on or ""),
    ]  # fmt: skip
