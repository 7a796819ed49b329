"""A sale as a document of whole numbers, and back: what is stored is what was decided, so nothing is recomputed."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from huiguan.checkout.quoting import Judged
from huiguan.rules import countersigned
from huiguan.rules.effects import Reason
from huiguan.rules.facts import Bill, Line, Sale, Step
from huiguan.rules.programme import Programme


def lines_of(judged: Judged, names: tuple[str, ...], promotions: tuple[str, ...]) -> list[dict[str, Any]]:
    """The lines: quantity, tag and asked price of the whole line, and what is due for it."""
    due = judged.bill.due_lines
    return [
        {
            "sku": line.sku, "name": name, "category": line.category, "quantity": line.quantity,
            "list": line.list_price, "price": line.price, "cost": line.cost, "promotion": promotion, "due": paid,
        }
        for line, name, promotion, paid in zip(judged.bill.sale.lines, names, promotions, due, strict=True)
    ]  # fmt: skip


def steps_of(bill: Bill) -> list[dict[str, Any]]:
    return [
        {
            "name": step.name, "clause": step.clause, "offs": list(step.offs),
            "rate": str(step.rate) if step.rate is not None else None,
            "units": step.units, "right": step.right, "worth": step.worth,
        }
        for step in bill.steps
    ]  # fmt: skip


def signatures_of(rulebook: Programme, sale: Sale) -> dict[str, list[str]]:
    """Who has signed the record and who has not yet; nothing where nobody need."""
    if not countersigned.signers(rulebook):
        return {}
    return {"signed": list(sale.signed), "unsigned": list(countersigned.lacking(rulebook, sale.signed))}


def reasons_of(reasons: tuple[Reason, ...]) -> list[list[Any]]:
    return [[reason.clause, reason.say, reason.given, dict(reason.values)] for reason in reasons]


def reasons_back(stored: Sequence[Sequence[Any]]) -> tuple[Reason, ...]:
    """Reasons as a document keeps them."""
    return tuple(Reason(*row) for row in stored)


def steps_back(document: dict[str, Any], kept: tuple[int, ...]) -> tuple[Step, ...]:
    """The steps the sale took. Those of coupons with what they took off the kept pieces: each line's part by the piece,
    an odd fen for the buyer."""
    quantities = [row["quantity"] for row in document["lines"]]
    return tuple(
        Step(
            row["name"],
            row["clause"],
            tuple(row["offs"]) if row["right"] is None else _of_kept(row["offs"], quantities, kept),
            rate=Fraction(row["rate"]) if row["rate"] is not None else None,
            units=row["units"],
            right=row["right"],
            worth=row["worth"],
        )
        for row in document["steps"]
    )


def _of_kept(offs: list[int], quantities: list[int], kept: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(-(-off * n // of) for off, of, n in zip(offs, quantities, kept, strict=True) if n)


def kept_sale(document: dict[str, Any], at: Any, day: Any, shop: str, kept: tuple[int, ...]) -> Sale:
    """The sale with only the kept quantities, lines with none left out."""
    lines = tuple(
        Line(
            sku=row["sku"],
            category=row["category"],
            quantity=quantity,
            list_price=row["list"] // row["quantity"] * quantity,
            price=row["price"] // row["quantity"] * quantity,
            promotion=bool(row["promotion"]),
        )
        for row, quantity in zip(document["lines"], kept, strict=True)
        if quantity
    )
    return Sale(
        at=at,
        day=day,
        shop=shop,
        lines=lines,
        shown=document["shown"],
        order=tuple(document.get("order", ())),
        signed=tuple(document.get("signed", ())),
    )
