"""Clauses of two bodies, to be added to a shipped rulebook."""

from __future__ import annotations

CLAUSES = """
  - id: T1-01
    number: 议1
    source: 章程 1
    kind: body
    title: {zh: 理事会, en: Council}
    text: {zh: 理事会三人，任期五年，可连任一次，由大会决议产生。, en: "A council of three for five years, twice at most, by resolution."}
    body: council
    called: {zh: 理事会, en: Council}
    places: [{role: chair, title: {zh: 会长, en: President}}, {role: member, title: {zh: 理事, en: Member}, count: 2}]
    term_years: 5
    most_terms: 2
    named_by: assembly
  - id: T1-02
    number: 议2
    source: 章程 2
    kind: body
    title: {zh: 监事会, en: Supervisors}
    text: {zh: 监事不得兼任理事，从老会员中产生。, en: "Supervisors are no council members, and are members with a purchase."}
    body: supervisors
    called: {zh: 监事会, en: Supervisors}
    places: [{role: member, title: {zh: 监事, en: Supervisor}}]
    not_with: [council]
    only: buyers
  - id: T1-03
    number: 议3
    source: 章程 3
    kind: segment
    title: {zh: 买过的会员, en: Members with a purchase}
    text: {zh: 买过的会员。, en: Members with a purchase.}
    name: buyers
    where: {visits_this_year: {from: 1}}
"""


def with_bodies(source: str) -> str:
    """A rulebook that ends with its clauses, and these behind them."""
    return source.rstrip() + CLAUSES
