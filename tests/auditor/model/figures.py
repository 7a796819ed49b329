"""The figures of a rulebook, as plain text read from its clauses. Knows the words of the kinds, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

Clause = Mapping[str, Any]


@dataclass(frozen=True)
class Condition:
    """One demand on a benefit. `what`: in_person, month, shown, opening, quota."""

    clause: str
    what: str
    value: Any


@dataclass(frozen=True)
class Gift:
    """A coupon that an occasion gives."""

    clause: str
    name: str
    on: str
    worth: int
    opening: bool
    birthday_month: bool


@dataclass(frozen=True)
class Step:
    clause: str
    since: str
    to: str
    reach: int
    months: int


@dataclass(frozen=True)
class Figures:
    """All that the model is told."""

    rates: Mapping[str, Mapping[str, Fraction]]
    asked: frozenset[str]
    conditions: Mapping[str, tuple[Condition, ...]]
    gifts: tuple[Gift, ...]
    lowest: str
    steps: tuple[Step, ...]
    per: int
    give: int
    unit_worth: int
    voucher_earns: bool
    points_earn: bool
    clears: str
    takes_until: str
    skips_first: bool
    turn_clause: str
    months: frozenset[int]
    turns: int
    way_clause: str
    offset_worth: int
    withdraws: bool
    shortfall_clause: str

    def place(self, tier: str) -> int:
        """How far up the ladder."""
        return [self.lowest, *(step.to for step in self.steps)].index(tier)


def fen(yuan: str) -> int:
    whole, _, cents = str(yuan).partition(".")
    return int(whole) * 100 + int((cents + "00")[:2])


def rate(text: str) -> Fraction:
    return Fraction(text[:-1]) / 100 if text.endswith("%") else Fraction(text)


def true(value: object) -> bool:
    return value in (True, "true")


def of_kind(clauses: Iterable[Clause], kind: str) -> list[Clause]:
    return [clause for clause in clauses if clause["kind"] == kind and "waits_for" not in clause]


def merged(clauses: Iterable[Clause]) -> dict[str, Any]:
    """Several clauses of one kind, read together; and under `_name`, which of them says so."""
    told: dict[str, Any] = {}
    for clause in clauses:
        for name, value in clause.items():
            told[name], told[f"_{name}"] = value, clause["id"]
    return told


def conditions(clauses: Iterable[Clause], benefit: str) -> tuple[Condition, ...]:
    found = []
    for clause in of_kind(clauses, "discount"):
        if benefit in clause["benefits"]:
            demands = {
                "in_person": true(clause.get("by_member")),
                "month": clause.get("month") == "birthday",
                "shown": tuple(clause.get("shown", ())),
                "opening": str(clause.get("opening", "true")) in ("False", "false"),
                "quota": clause.get("quota"),
            }
            found += [Condition(clause["id"], what, value) for what, value in demands.items() if value]
    return tuple(found)


def gift(clause: Clause) -> Gift:
    opening = str(clause.get("opening", "true")) not in ("False", "false")
    month = clause.get("valid") == "birthday_month"
    return Gift(clause["id"], clause["name"], clause["on"], fen(clause["worth"]), opening, month)


def figures(clauses: list[Clause]) -> Figures:
    """Clauses as the file has them, every scalar as text."""
    ladder, expiry = merged(of_kind(clauses, "tier_ladder")), merged(of_kind(clauses, "expiry"))
    benefit, earn = merged(of_kind(clauses, "benefit")), merged(of_kind(clauses, "earn"))
    turn, back = merged(of_kind(clauses, "redemption")), merged(of_kind(clauses, "reversal"))
    earns = {clause["first"]: true(clause.get("earns")) for clause in of_kind(clauses, "stacking")}
    return Figures(
        rates={
            name: {tier: rate(str(each)) for tier, each in tiers.items()} for name, tiers in benefit["rates"].items()
        },
        asked=frozenset(name for name, how in benefit["apply"].items() if how == "asked"),
        conditions={name: conditions(clauses, name) for name in benefit["rates"]},
        gifts=tuple(gift(clause) for clause in of_kind(clauses, "grant")),
        lowest=ladder["rungs"][0]["tier"],
        steps=tuple(
            Step(ladder["_promote"], each["since"], each["to"], fen(each["reach"]), int(each["months"]))
            for each in ladder["promote"]
        ),
        per=fen(earn["per"]),
        give=int(earn["give"]),
        unit_worth=fen(earn["worth"]),
        voucher_earns=earns["voucher"],
        points_earn=earns["points"],
        clears=expiry["clears"],
        takes_until=expiry["takes_until"],
        skips_first=expiry.get("newcomers") == "skip_first",
        turn_clause=turn["_months"],
        months=frozenset(int(month) for month in turn["months"]),
        turns=int(turn["times"]),
        way_clause=turn["_ways"],
        offset_worth=fen(turn["worth"]),
        withdraws=ladder["returns"] == "withdraw",
        shortfall_clause=back["_shortfall"],
    )
