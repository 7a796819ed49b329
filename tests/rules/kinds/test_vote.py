"""Which clause a body votes by, and how it came out in words."""

from __future__ import annotations

from fractions import Fraction

import pytest

from huiguan.rules.counting import NO, YES, Voice, count
from huiguan.rules.kinds import vote
from tests.rules.kinds.test_body import said
from tests.rules.writing import compiled, found

BOOK = compiled(
    said("council"),
    ("vote", "body: council"),
    ("vote", "body: council, on: [expulsion], majority: 2/3, reaching: at_least, weights: [{role: chair, votes: 2}]"),
)


def test_a_procedure_of_its_own_before_the_bodys() -> None:
    named, usual = vote.clause_of(BOOK, "council", "expulsion"), vote.clause_of(BOOK, "council", "joining")
    assert (named and named.id, usual and usual.id) == ("T-03", "T-02")
    assert vote.measure(named).majority == Fraction(2, 3)
    assert (vote.weight_of(named, "chair"), vote.weight_of(named, "member"), vote.weight_of(None, "chair")) == (2, 1, 1)
    assert vote.clause_of(BOOK, "nobody") is None
    assert vote.measure(None) == vote.measure(usual)


@pytest.mark.parametrize(
    ("yes", "zh"),
    [
        (6, "全体 9 票中 6 票同意，达到 6 票，通过。"),
        (5, "全体 9 票中 5 票同意，需 6 票，未通过。"),
    ],
)
def test_how_it_came_out(yes: int, zh: str) -> None:
    rule = vote.measure(vote.clause_of(BOOK, "council", "expulsion"))
    tally = count(rule, [Voice(n, YES if n < yes else NO) for n in range(9)])
    reason = vote.told("T-03", rule, tally)
    assert vote.SAYS[reason.say].fill("zh", **reason.values) == zh
    assert reason.given is (yes == 6)


@pytest.mark.parametrize(
    ("rest", "level", "code"),
    [
        ("body: counsel", "refuse", "unknown_body"),
        ("body: council, delegated_to: [meeting]", "refuse", "unknown_body"),
        ("body: council, weights: [{role: clerk, votes: 2}]", "refuse", "unknown_role"),
        ("body: council, tie: chair, chair: head", "refuse", "unknown_role"),
        ("body: council, majority: 1", "refuse", "unreachable"),
        ("body: council, majority: 5/4", "refuse", "no_share"),
        ("body: council, majority: 1/2, reaching: at_least", "warn", "low_majority"),
        ("body: council, majority: 1, reaching: at_least", "", ""),
    ],
)
def test_what_cannot_be_run_and_what_is_unwise(rest: str, level: str, code: str) -> None:
    told = [(each[0], each[1]) for each in found(said("council"), ("vote", rest)) if each[2] == "T-02"]
    assert told == ([(level, code)] if code else [])
    twice = found(said("council"), ("vote", "body: council"), ("vote", "body: council"))
    assert ("refuse", "overlap", "T-03") in twice
