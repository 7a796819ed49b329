"""A bill of another till as a sale of this one. Pure."""

from __future__ import annotations

import hashlib
from typing import Any

from huiguan.checkout.importing.rows import SoldLine, exact_pieces
from huiguan.checkout.importing.spool import Bill
from huiguan.checkout.inputs import ProductInput, SaleInput
from huiguan.kernel.amounts import as_yuan
from huiguan.kernel.inputs import read

NOBODY = "—"  # who served is not known; it was not whoever imports


def sale_of(bill: Bill) -> SaleInput:
    """The sale as it was paid. Nothing was shown at this till, so no discount is taken from what is already net; where
    a clause would take one all the same, `quoted` refuses the sale instead of changing it."""
    lines = bill.lines
    due = sum(line.amount for line in lines)
    means = {line.means for line in lines if line.means}
    member = next((line.member for line in lines if line.member), None)
    at = min(line.at for line in lines)
    given: dict[str, Any] = {
        "shop": bill.shop,
        "number": bill.number,
        "at": at.isoformat(),
        "lines": [piece for line in lines for piece in _pieces(line)],
        "quoted": as_yuan(due),
        "clerk": next((line.clerk for line in lines if line.clerk), NOBODY),
        "key": f"import:{bill.shop}:{bill.number}",
    }
    if member:
        given["member"] = {member[0]: member[1]}
    signed = {role for line in lines for role in line.signed}
    if member and signed:
        given["signed"] = sorted(signed)
    if len(means) == 1:
        given["tenders"] = [{"means": means.pop(), "amount": as_yuan(due)}]
    return read(SaleInput, given)


def _pieces(line: SoldLine) -> list[dict[str, Any]]:
    return [
        {"sku": line.sku, "quantity": pieces, "price": as_yuan(price)}
        for pieces, price in exact_pieces(line.quantity, line.amount)
    ]


def product_of(line: SoldLine) -> ProductInput:
    """The product of a line whose SKU the catalogue does not know: at its tag price, else at what was paid."""
    price = line.list_price if line.list_price is not None else max(line.amount // line.quantity, 0)
    given = {"sku": line.sku, "name": line.name, "category": line.category, "list_price": as_yuan(price)}
    return read(ProductInput, given)


def digest_of(given: SaleInput) -> bytes:
    """What the file says of the bill, to tell the same bill from another under its number."""
    return hashlib.sha256(given.model_dump_json().encode()).digest()
