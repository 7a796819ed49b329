"""Places, terms, and who may not sit where."""

from __future__ import annotations

from datetime import date

import pytest

from huiguan.rules.effects import Refuse
from huiguan.rules.kinds import body
from huiguan.rules.kinds.body import Asked, Term
from tests.rules.writing import compiled, found

PLACES = (
    "places: [{role: chair, title: {zh: 主任, en: Chair}}, {role: member, title: {zh: 委员, en: Member}, count: 2}]"
)


def said(name: str, rest: str = "") -> tuple[str, str]:
    return "body", f"body: {name}, called: {{zh: {name}, en: {name}}}, {PLACES}{', ' + rest if rest else ''}"


BOOK = compiled(
    said("council", "term_years: 5, most_terms: 2, named_by: assembly"), said("watchers", "not_with: [council]")
)
MARCH = date(2026, 3, 1)


def refusal(name: str, **asked: object) -> str | None:
    clause = body.clause_of(BOOK, name)
    assert clause is not None
    fields = {"place": 1, "holder": "staff:1", "name": "李", "since": MARCH, "resolution": "2026-1", **asked}
    effects = body.decide(BOOK, clause, Asked(**fields)).effects  # type: ignore[arg-type]
    return next((each.code for each in effects if isinstance(each, Refuse)), None)


def term(name: str, place: int, holder: str, since: date, until: date | None) -> Term:
    return Term(name, place, holder, holder, since, until)


def test_a_term_ends_five_years_later() -> None:
    clause = body.clause_of(BOOK, "council")
    assert clause is not None
    rule = body.rule_of(clause)
    assert body.ends(rule, MARCH) == date(2031, 3, 1)
    assert body.ends(rule, date(2028, 2, 29)) == date(2033, 2, 28)
    assert [role.role for role in body.roles(rule)] == ["chair", "member", "member"]
    assert refusal("council", until=date(2031, 3, 1)) is None
    assert refusal("council", until=date(2031, 3, 2)) == "TermTooLong"
    assert refusal("council", resolution="") == "ResolutionNeeded"


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (term("council", 1, "staff:2", date(2021, 3, 1), date(2026, 3, 1)), None),  # it ends as ours begins
        (term("council", 1, "staff:2", date(2021, 3, 2), date(2026, 3, 2)), "SeatTaken"),
        (term("council", 1, "staff:2", date(2027, 1, 1), None), "SeatTaken"),  # somebody is to come
        (term("council", 2, "staff:1", date(2025, 1, 1), None), "AlreadySeated"),
        (term("council", 2, "staff:2", date(2025, 1, 1), None), None),
        (term("watchers", 1, "staff:1", date(2025, 1, 1), None), "SeatsApart"),
        (term("watchers", 1, "staff:2", date(2025, 1, 1), None), None),
    ],
)
def test_nobody_sits_where_somebody_is_or_in_two_that_are_apart(held: Term, told: str | None) -> None:
    assert refusal("council", until=date(2031, 3, 1), terms=(held,)) == told


def test_two_terms_on_end_and_a_gap_begins_anew() -> None:
    first = term("council", 1, "staff:1", date(2016, 3, 1), date(2021, 3, 1))
    second = term("council", 2, "staff:1", date(2021, 3, 1), date(2026, 3, 1))
    assert refusal("council", terms=(second,)) is None
    assert refusal("council", terms=(first, second)) == "TermsUsedUp"
    assert refusal("council", since=date(2026, 3, 2), terms=(first, second)) is None


def test_only_members_of_a_segment() -> None:
    book = compiled(said("team", "only: core"), ("segment", "name: core, where: {visits_this_year: {from: 1}}"))
    clause = body.clause_of(book, "team")
    assert clause is not None
    outside = body.decide(book, clause, Asked(1, "member:1", "李", MARCH, inside=False)).effects
    assert isinstance(outside[0], Refuse) and outside[0].code == "NotEligibleForSeat"
    assert body.decide(book, clause, Asked(1, "member:1", "李", MARCH, inside=True)).effects == ()


@pytest.mark.parametrize(
    ("clauses", "code"),
    [
        ((said("council"), said("council")), "overlap"),
        ((said("council", "not_with: [counsel]"),), "unknown_body"),
        ((said("council", "only: core"),), "unknown_segment"),
        ((said("council", "most_terms: 2"),), "endless"),
        ((("body", "body: a, called: {zh: a, en: a}, places: [{role: x, title: {zh: x, en: x}}, {role: x, title: {zh: x, en: x}}]"),), "role_twice"),
        ((("body", "body: a, called: {zh: a, en: a}, places: []"),), "wrong_value"),
    ],
)  # fmt: skip
def test_what_cannot_be_run(clauses: tuple[tuple[str, str], ...], code: str) -> None:
    assert code in [each[1] for each in found(*clauses) if each[0] == "refuse"]
