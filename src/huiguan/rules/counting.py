"""Counting votes: whole weights against a share, compared by cross product. Pure; knows no rulebook.

"At least two thirds of nine": six pass and five do not. A vote is one place of a body; a place may weigh more than one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from huiguan.kernel.records import record

YES, NO, ABSTAIN = "yes", "no", "abstain"
PASSED, REFUSED, TIED, NO_QUORUM, OPEN = "passed", "refused", "tied", "no_quorum", "open"
Reaching = Literal["at_least", "more_than"]
Base = Literal["all_seats", "present", "cast"]
Tie = Literal["refused", "chair", "again"]


@record
class Measure:
    """What a decision takes: `majority` of the base `of`, reached or passed; `quorum` of all weights present."""

    majority: Fraction = Fraction(1, 2)
    reaching: Reaching = "more_than"
    of: Base = "all_seats"
    quorum: Fraction | None = None
    quorum_reaching: Reaching = "at_least"
    tie: Tie = "refused"


@record
class Voice:
    """A place on the roll: its weight, and what it said; None where it said nothing (yet). `present`: it was there, though
    it may have said nothing. `chair`: it decides a tie where the chair does."""

    place: int
    said: str | None = None
    weight: int = 1
    present: bool = False
    chair: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """Weights said, there and in all; the `base` the majority is of and the `needed` yes of it; how it came out."""

    yes: int
    no: int
    abstain: int
    present: int
    seats: int
    base: int
    needed: int
    outcome: str


def count(measure: Measure, voices: Iterable[Voice]) -> Tally:
    """The votes as they stand, as if the ballot closed now: PASSED, REFUSED, TIED (to be held again) or NO_QUORUM."""
    roll = tuple(voices)
    said = {word: sum(each.weight for each in roll if each.said == word) for word in (YES, NO, ABSTAIN)}
    present = sum(each.weight for each in roll if each.present or each.said is not None)
    seats = sum(each.weight for each in roll)
    base = {"all_seats": seats, "present": present, "cast": said[YES] + said[NO]}[measure.of]
    needed = _needed(measure, base)
    outcome = _outcome(measure, roll, said, present, seats, base)
    return Tally(said[YES], said[NO], said[ABSTAIN], present, seats, base, needed, outcome)


def settled(measure: Measure, voices: Iterable[Voice]) -> str:
    """How it comes out whatever the silent places still say: PASSED, REFUSED, or OPEN while that depends on them.

    More yes never does harm, so the best that can come is that all the silent say yes. The worst is that they all say no,
    that they all abstain (and no tie comes about), or that they all stay away and a quorum is missed.
    """
    roll = tuple(voices)
    silent = [each for each in roll if each.said is None]
    if not silent:
        return count(measure, roll).outcome
    best = count(measure, _all_say(roll, YES)).outcome
    worst = {count(measure, _all_say(roll, word)).outcome for word in (NO, ABSTAIN)} | {count(measure, roll).outcome}
    if worst == {PASSED}:
        return PASSED
    return REFUSED if best in (REFUSED, NO_QUORUM) else OPEN


def reaches(part: int, share: Fraction, whole: int, reaching: Reaching) -> bool:
    """Whether `part` of `whole` is at least, or more than, `share`, by cross product; nothing of nothing is not."""
    left, right = part * share.denominator, share.numerator * whole
    return whole > 0 and (left >= right if reaching == "at_least" else left > right)


def _outcome(
    measure: Measure, roll: tuple[Voice, ...], said: dict[str, int], present: int, seats: int, base: int
) -> str:
    if measure.quorum is not None and not reaches(present, measure.quorum, seats, measure.quorum_reaching):
        return NO_QUORUM
    if reaches(said[YES], measure.majority, base, measure.reaching):
        return PASSED
    if said[YES] == said[NO] > 0:
        if measure.tie == "again":
            return TIED
        if measure.tie == "chair" and _with_the_chair(measure, roll, said, base):
            return PASSED
    return REFUSED


def _with_the_chair(measure: Measure, roll: tuple[Voice, ...], said: dict[str, int], base: int) -> bool:
    """Whether the chair said yes, and one vote more, the casting one, makes the majority."""
    chair = next((each for each in roll if each.chair), None)
    if chair is None or chair.said != YES:
        return False
    whole = base if measure.of == "all_seats" else base + 1
    return reaches(said[YES] + 1, measure.majority, whole, measure.reaching)


def _needed(measure: Measure, base: int) -> int:
    """The least weight of yes that is enough of `base`."""
    whole, rest = divmod(measure.majority.numerator * base, measure.majority.denominator)
    if measure.reaching == "more_than":
        return whole + 1
    return max(whole + (rest > 0), 1)


def _all_say(roll: tuple[Voice, ...], word: str) -> tuple[Voice, ...]:
    return tuple(replace(each, said=word) if each.said is None else each for each in roll)
