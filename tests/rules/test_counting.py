"""Votes are counted in whole weights, and what is settled is settled whatever the silent still say."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiguan.rules.counting import (
    ABSTAIN,
    NO,
    NO_QUORUM,
    OPEN,
    PASSED,
    REFUSED,
    TIED,
    YES,
    Measure,
    Voice,
    count,
    settled,
)

TWO_THIRDS = Measure(Fraction(2, 3), "at_least")
HALF = Measure()


def roll(yes: int, no: int = 0, abstain: int = 0, silent: int = 0, **chair: str) -> tuple[Voice, ...]:
    """So many places of each word; with `chair=word` the first of that word is the chair's."""
    words = [YES] * yes + [NO] * no + [ABSTAIN] * abstain + [None] * silent
    first = words.index(chair["chair"]) if chair else -1
    return tuple(Voice(place, word, chair=place == first) for place, word in enumerate(words))


@pytest.mark.parametrize(("yes", "outcome"), [(6, PASSED), (5, REFUSED), (9, PASSED), (0, REFUSED)])
def test_two_thirds_of_nine_are_six(yes: int, outcome: str) -> None:
    told = count(TWO_THIRDS, roll(yes, 9 - yes))
    assert (told.outcome, told.base, told.needed) == (outcome, 9, 6)


@pytest.mark.parametrize(
    ("measure", "votes", "outcome", "needed"),
    [
        (HALF, roll(4, 4), REFUSED, 5),
        (HALF, roll(5, 4), PASSED, 5),
        (HALF, roll(4, 0, 1, 4), REFUSED, 5),  # of all nine, four are not enough
        (replace(HALF, of="present"), roll(3, 2, 0, 4), PASSED, 3),
        (replace(HALF, of="present"), roll(2, 1, 1, 5), REFUSED, 3),  # two of four there
        (replace(HALF, of="cast"), roll(2, 1, 1, 5), PASSED, 2),  # who abstains did not cast
        (replace(HALF, of="cast"), roll(0, 0, 4), REFUSED, 1),  # nothing of nothing
        (replace(HALF, reaching="at_least"), roll(4, 4), PASSED, 4),
        (replace(TWO_THIRDS, of="present"), roll(2, 1, 0, 6), PASSED, 2),
        (replace(TWO_THIRDS, of="cast", quorum=Fraction(2, 3)), roll(5, 0, 0, 4), NO_QUORUM, 4),
        (replace(TWO_THIRDS, of="cast", quorum=Fraction(2, 3)), roll(5, 0, 1, 3), PASSED, 4),
        (replace(HALF, quorum=Fraction(1, 2), quorum_reaching="more_than"), roll(4, 0, 0, 4), NO_QUORUM, 5),
        (replace(HALF, of="cast", tie="again"), roll(3, 3), TIED, 4),
        (replace(HALF, of="cast", tie="chair"), roll(3, 3, chair=YES), PASSED, 4),
        (replace(HALF, of="cast", tie="chair"), roll(3, 3, chair=NO), REFUSED, 4),
        (replace(HALF, tie="chair"), roll(3, 3, 0, 3, chair=YES), REFUSED, 5),  # four of nine are still not half
        (replace(TWO_THIRDS, of="cast", tie="chair"), roll(3, 3, chair=YES), REFUSED, 4),
    ],
)
def test_of_what_the_majority_is(measure: Measure, votes: tuple[Voice, ...], outcome: str, needed: int) -> None:
    told = count(measure, votes)
    assert (told.outcome, told.needed) == (outcome, needed)


def test_a_place_may_weigh_more_and_be_there_without_a_word() -> None:
    """Senior members weigh two: three of them beat five who weigh one; somebody present and silent counts as there."""
    seniors = [Voice(place, YES, weight=2) for place in range(3)]
    others = [Voice(place, NO) for place in range(3, 8)]
    told = count(HALF, [*seniors, *others])
    assert (told.yes, told.no, told.seats, told.needed, told.outcome) == (6, 5, 11, 6, PASSED)
    there = count(replace(HALF, of="present"), [Voice(0, YES), Voice(1, present=True)])
    assert (there.present, there.outcome) == (2, REFUSED)


@pytest.mark.parametrize(
    ("votes", "told"),
    [
        (roll(6, 0, 0, 3), PASSED),
        (roll(5, 0, 0, 4), OPEN),
        (roll(5, 3, 0, 1), OPEN),
        (roll(0, 4, 0, 5), REFUSED),
        (roll(0, 3, 0, 6), OPEN),
        (roll(5, 4), REFUSED),
    ],
)
def test_two_thirds_of_nine_are_settled_as_soon_as_they_are(votes: tuple[Voice, ...], told: str) -> None:
    assert settled(TWO_THIRDS, votes) == told


measures = st.builds(
    Measure,
    majority=st.fractions(Fraction(1, 5), 1, max_denominator=9),
    reaching=st.sampled_from(["at_least", "more_than"]),
    of=st.sampled_from(["all_seats", "present", "cast"]),
    quorum=st.none() | st.fractions(Fraction(1, 5), 1, max_denominator=5),
    quorum_reaching=st.sampled_from(["at_least", "more_than"]),
    tie=st.sampled_from(["refused", "chair", "again"]),
)
voices = st.lists(
    st.builds(
        Voice, place=st.just(0), said=st.sampled_from([YES, NO, ABSTAIN, None, None]), weight=st.integers(1, 3),
        present=st.booleans(),
    ),
    min_size=1,
    max_size=6,
)  # fmt: skip


@given(measures, voices, st.integers(0, 5))
def test_what_is_settled_is_what_every_ending_gives(measure: Measure, votes: list[Voice], chair: int) -> None:
    """Every silent place may still say yes, no, abstain or nothing: all endings agree with what was called settled."""
    known = [replace(each, place=n, chair=n == chair) for n, each in enumerate(votes)]
    silent = [each.place for each in known if each.said is None]
    endings = set()
    for words in product([YES, NO, ABSTAIN, None], repeat=len(silent)):
        said = dict(zip(silent, words, strict=True))
        ending = [replace(each, said=said.get(each.place, each.said)) for each in known]
        endings.add(count(measure, ending).outcome == PASSED)
    told = settled(measure, known)
    if told == PASSED:
        assert endings == {True}
    elif told == REFUSED:
        assert endings == {False}


@given(measures, voices)
def test_the_count_is_what_an_independent_one_gives(measure: Measure, votes: list[Voice]) -> None:
    """Without ties: outcome by fractions, and one weight less than needed is never enough."""
    told = count(measure, votes)
    said = [(each.said, each.weight) for each in votes]
    yes, no = (sum(weight for word, weight in said if word == which) for which in (YES, NO))
    there = sum(each.weight for each in votes if each.said or each.present)
    seats = sum(each.weight for each in votes)
    base = {"all_seats": seats, "present": there, "cast": yes + no}[measure.of]
    assert (told.yes, told.no, told.present, told.seats, told.base) == (yes, no, there, seats, base)
    if measure.quorum is not None:
        share = Fraction(there, seats)
        if share < measure.quorum or (measure.quorum_reaching == "more_than" and share == measure.quorum):
            assert told.outcome == NO_QUORUM
            return
    if yes != no and base:
        share = Fraction(yes, base)
        enough = share >= measure.majority if measure.reaching == "at_least" else share > measure.majority
        assert told.outcome == (PASSED if enough else REFUSED)
        assert enough == (yes >= told.needed)
