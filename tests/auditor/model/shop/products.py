"""What a coupon is, as its clause says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from tests.auditor.model.figures import Clause, fen, rate


@dataclass(frozen=True)
class Product:
    """`what`: off, rate, free (the cheapest item), fixed (the dearest); `amount` what it takes, at most takes, or fixes.
    `claim`: quota, times, per; `uses`: times, per."""

    clause: str
    name: str
    what: str
    amount: int
    rate: Fraction
    minimum: int
    category: str | None
    sku: str | None
    first: date | None
    last: date | None
    days: int | None
    apart: frozenset[str]
    uses: tuple[int, str] | None
    claim: tuple[int | None, int, str] | None
    give: int | None
    unmet: bool


def product(clause: Clause) -> Product:
    what = next(name for name in ("off", "rate", "free", "fixed") if name in clause)
    amount = {"off": clause.get("off"), "rate": clause.get("most"), "fixed": clause.get("fixed")}.get(what)
    claim, uses, where = clause.get("claim"), clause.get("uses"), clause.get("where", {})
    return Product(
        clause=clause["id"],
        name=clause["name"],
        what=what,
        amount=fen(amount) if amount else 0,
        rate=rate(clause["rate"]) if what == "rate" else Fraction(1),
        minimum=fen(clause.get("minimum", "0")),
        category=where.get("category"),
        sku=where.get("sku"),
        first=date.fromisoformat(clause["since"]) if "since" in clause else None,
        last=date.fromisoformat(clause["until"]) if "until" in clause else None,
        days=int(clause["days"]) if "days" in clause else None,
        apart=frozenset(clause.get("apart", ())),
        uses=(int(uses["times"]), uses.get("per", "always")) if uses else None,
        claim=_claim(claim) if claim else None,
        give=int(clause["give"]) if "give" in clause else None,
        unmet=clause.get("returns") == "unmet",
    )


def _claim(told: Clause) -> tuple[int | None, int, str]:
    quota = int(told["quota"]) if "quota" in told else None
    return quota, int(told.get("times", 1)), told.get("per", "always")
