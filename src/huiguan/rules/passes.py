"""What is left of a package: its allowances counted down, and the branch of a choice that a use closes. Pure.

An allowance is so many uses (or any number) of one or several things. Allowances of one choice exclude each other: the
first use of one closes those beside it, and opens them again when the last of its uses is taken back. Nothing of this is
stored: it is counted from the uses.
"""

from __future__ import annotations

from collections.abc import Sequence

from huiguan.kernel.records import record

Use = tuple[int, str, int]  # allowance by its place, thing used, how often


@record
class Allowance:
    """`times` uses of the things `of`, altogether (None: any number), by `clause`. `choice`: which choice it is one branch
    of, by the clause that gives it; `branch` which."""

    clause: str
    of: tuple[str, ...]
    times: int | None = None
    choice: str | None = None
    branch: int = 0


@record
class Remaining:
    """An allowance as it stands: `used` of it, `left` (None: any number); `open` unless another branch was chosen."""

    allowance: Allowance
    used: int
    left: int | None
    open: bool


@record
class Room:
    """Whether there is room for a use: the allowance it goes to, or why not (`absent`, `used_up`, `closed`), with the
    allowance that stands against it."""

    place: int | None
    why: str = ""
    against: int | None = None


def remaining(allowances: Sequence[Allowance], uses: Sequence[Use]) -> tuple[Remaining, ...]:
    """Every allowance as the uses leave it."""
    counts = _counts(allowances, uses)
    return tuple(
        Remaining(
            each,
            counts[place],
            None if each.times is None else max(0, each.times - counts[place]),
            _rival(allowances, counts, place) is None,
        )
        for place, each in enumerate(allowances)
    )


def room(allowances: Sequence[Allowance], uses: Sequence[Use], thing: str, quantity: int = 1) -> Room:
    """Where `quantity` uses of `thing` go: what is without a number first, then what is no choice, then a choice."""
    counts = _counts(allowances, uses)
    meant = [place for place, each in enumerate(allowances) if thing in each.of]
    if not meant:
        return Room(None, "absent")
    beside = {place: _rival(allowances, counts, place) for place in meant}
    fits = [place for place in meant if beside[place] is None and _fits(allowances[place], counts[place], quantity)]
    if fits:
        return Room(min(fits, key=lambda place: _rank(allowances[place], counts[place], place)))
    full = next((place for place in meant if beside[place] is None), None)
    return Room(None, "closed", beside[meant[0]]) if full is None else Room(None, "used_up", full)


def carried(old: Sequence[Use], allowances: Sequence[Allowance]) -> tuple[Use, ...]:
    """The uses of another package as uses of this one, as far as it has what was used and room for it."""
    uses: list[Use] = []
    for _, thing, quantity in old:
        for _ in range(quantity):
            found = room(allowances, uses, thing)
            if found.place is not None:
                uses.append((found.place, thing, 1))
    return summed(uses)


def summed(uses: Sequence[Use]) -> tuple[Use, ...]:
    """Uses of the same thing under the same allowance as one; what comes to nothing is left out."""
    sums: dict[tuple[int, str], int] = {}
    for place, thing, quantity in uses:
        sums[place, thing] = sums.get((place, thing), 0) + quantity
    return tuple((place, thing, quantity) for (place, thing), quantity in sums.items() if quantity)


def _counts(allowances: Sequence[Allowance], uses: Sequence[Use]) -> list[int]:
    counts = [0] * len(allowances)
    for place, _, quantity in uses:
        counts[place] += quantity
    return counts


def _fits(allowance: Allowance, used: int, quantity: int) -> bool:
    return allowance.times is None or used + quantity <= allowance.times


def _rival(allowances: Sequence[Allowance], counts: Sequence[int], place: int) -> int | None:
    """The branch that was chosen instead of this one."""
    mine = allowances[place]
    for other, each in enumerate(allowances):
        if mine.choice is not None and each.choice == mine.choice and each.branch != mine.branch and counts[other]:
            return other
    return None


def _rank(allowance: Allowance, used: int, place: int) -> tuple[bool, bool, bool, int]:
    return allowance.times is not None, allowance.choice is not None, not used, place
