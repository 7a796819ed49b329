"""The shop's clauses as the model reads them: plain text in, figures out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.auditor.model.figures import Clause, fen, merged, of_kind, true
from tests.auditor.model.shop.mall import MallTerms, mall_terms
from tests.auditor.model.shop.packages import Kind, kinds
from tests.auditor.model.shop.products import Product, product


@dataclass(frozen=True)
class Ladder:
    """Grades of one clause that gives bonus: (pay, bonus), from the smallest."""

    clause: str
    grades: tuple[tuple[int, int], ...]
    repeat: bool
    since: date | None
    until: date | None
    times: int | None
    per: str
    months: int | None

    def holds(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def bonus(self, amount: int) -> int:
        """The highest grade reached; with `repeat`, for every full `pay`."""
        reached = [(pay, bonus) for pay, bonus in self.grades if pay <= amount]
        if not reached:
            return 0
        pay, bonus = max(reached)
        return bonus * (amount // pay) if self.repeat else bonus


@dataclass(frozen=True)
class TopUps:
    clause: str
    opening: int
    minimum: int
    maximum: int
    multiple: int
    most_held: int
    months: int
    ladders: tuple[Ladder, ...]
    refund_clause: str
    refund_days: int
    by_share: bool
    fee_percent: int


@dataclass(frozen=True)
class Paying:
    """How stored value pays. `not_bonus`: the categories bonus does not buy."""

    clause: str
    bonus_clause: str
    order: str
    not_bonus: frozenset[str]
    proof_clause: str
    proof_above: int


@dataclass(frozen=True)
class Terms:
    per: int
    give: int
    points_months: int
    offset_clause: str
    offset_worth: int
    shortfall_clause: str
    top_ups: TopUps
    paying: Paying
    products: Mapping[str, Product]
    packages: Mapping[str, Kind]
    mall: MallTerms


def terms(clauses: list[Clause]) -> Terms:
    earn, expiry = merged(of_kind(clauses, "earn")), merged(of_kind(clauses, "expiry"))
    offset, back = merged(of_kind(clauses, "redemption")), merged(of_kind(clauses, "reversal"))
    return Terms(
        per=fen(earn["per"]),
        give=int(earn["give"]),
        points_months=int(expiry["months"]),
        offset_clause=offset["_ways"],
        offset_worth=fen(offset["worth"]),
        shortfall_clause=back["_shortfall"],
        top_ups=_top_ups(of_kind(clauses, "top_up")),
        paying=_paying(merged(of_kind(clauses, "tender"))),
        products={each["name"]: product(each) for each in of_kind(clauses, "coupon")},
        packages=kinds(of_kind(clauses, "package")),
        mall=mall_terms(clauses),
    )


def _top_ups(clauses: Iterable[Clause]) -> TopUps:
    all_of_it = list(clauses)
    main = next(each for each in all_of_it if "minimum" in each)
    refund = next(each for each in all_of_it if "refund" in each)
    return TopUps(
        clause=main["id"],
        opening=fen(main["opening"]),
        minimum=fen(main["minimum"]),
        maximum=fen(main["maximum"]),
        multiple=fen(main["multiple_of"]),
        most_held=fen(main["most_held"]),
        months=int(main["bonus_months"]),
        ladders=tuple(_ladder(each) for each in all_of_it if "grades" in each),
        refund_clause=refund["id"],
        refund_days=int(refund["refund"]["days"]),
        by_share=refund["refund"]["bonus"] == "share",
        fee_percent=int(refund["refund"]["fee_percent"]),
    )


def _ladder(clause: Clause) -> Ladder:
    since, until = (date.fromisoformat(clause[name]) if name in clause else None for name in ("since", "until"))
    return Ladder(
        clause=clause["id"],
        grades=tuple(sorted((fen(each["pay"]), fen(each["bonus"])) for each in clause["grades"])),
        repeat=true(clause.get("repeat")),
        since=since,
        until=until,
        times=int(clause["times"]) if "times" in clause else None,
        per=clause.get("per", "ever"),
        months=int(clause["bonus_months"]) if "bonus_months" in clause else None,
    )


def _paying(told: Mapping[str, Any]) -> Paying:
    return Paying(
        clause=told["_spend"],
        bonus_clause=told["_bonus_for"],
        order=told["spend"],
        not_bonus=frozenset(told["bonus_for"]["category"]["not_in"]),
        proof_clause=told["_proof_above"],
        proof_above=fen(told["proof_above"]),
    )
