"""What units that were given with sales are owed for: a share of what was paid, earned as they are used.

The share follows relative stand-alone prices (IFRS 15 B39–B42, CAS 14): goods stand at what was paid for them, units at
their worth times the part of them that is expected to be used. It is set once, by the expectation held when the units
were given. How much of it has been earned follows how much has been used of what is expected to be used in all, by the
expectation held now (B44–B47): a change of mind moves what is earned, never what was set aside.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from huiguan.kernel.amounts import share

ALL = Fraction(1)  # where nobody has estimated anything: every unit is expected to be used


@dataclass(frozen=True, slots=True)
class Cohort:
    """Units given in one month. `paid`: fen paid for the goods they came with; `given`: units, less those taken back by
    returns; `used`, `expired`: units since; `worth`: fen one unit stands for."""

    paid: int
    given: int
    used: int
    expired: int
    worth: Fraction

    @property
    def left(self) -> int:
        return self.given - self.used - self.expired


@dataclass(frozen=True, slots=True)
class Deferred:
    """Fen. `set_aside` of what was paid, `earned` of it so far; what is `owed` still is the rest."""

    set_aside: int
    earned: int

    @property
    def owed(self) -> int:
        return self.set_aside - self.earned


def deferred(cohort: Cohort, first: Fraction = ALL, latest: Fraction | None = None) -> Deferred:
    """What a cohort set aside and has earned. `first`: the part of its units that was expected to be used when they were
    given; `latest`: the part expected now, the same where nobody thought again. Each figure is rounded once, half up."""
    aside = _set_aside(cohort, first)
    if not cohort.left:
        return Deferred(aside, aside)
    expected = max(cohort.given * (first if latest is None else latest), Fraction(cohort.used))
    return Deferred(aside, share(aside, cohort.used / expected) if expected else aside)


def _set_aside(cohort: Cohort, expected: Fraction) -> int:
    alone = cohort.given * cohort.worth * expected
    everything = cohort.paid + alone
    return share(cohort.paid, alone / everything) if everything and cohort.paid > 0 else 0
