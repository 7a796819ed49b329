"""The association's autumn, told in the order in which it happened, through the public operations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from huiguan.cli.demo.association.autumn import APPLICANTS
from huiguan.cli.demo.association.breaches import steps_of_breaches
from huiguan.cli.demo.association.honours import steps_of_dues, steps_of_honours
from huiguan.cli.demo.association.house import OWNER
from huiguan.cli.demo.association.matters import Deed
from huiguan.cli.demo.association.moments import Step, at_of
from huiguan.cli.demo.association.people import enrol, founders
from huiguan.cli.demo.guild import Applicant, Association, seat_council
from huiguan.cli.demo.story import LAST, moment
from huiguan.nightly.operations import run_due

FOUNDED = "09-01 10:00"


def tell(house: Association) -> None:
    """The founders, who applied since and what became of it, what was done about breaches, dues and honours; then what fell due."""
    numbers = enrol(house, founders(), at_of(FOUNDED), 0)
    seat_council(house, OWNER, numbers, at_of(FOUNDED))
    steps = [*_steps_of_applicants(house), *steps_of_breaches(house, numbers)]
    steps += [*steps_of_dues(house, numbers), *steps_of_honours(house, numbers)]
    for at, deed in sorted(steps, key=lambda step: step[0]):
        deed(at)
    run_due(house.programme, moment(LAST, 0))


def _steps_of_applicants(house: Association) -> Iterator[Step]:
    for i, (name, sort, told) in enumerate(APPLICANTS):
        who = Applicant(house, i, name, sort)
        for when, deed, words in told:
            yield at_of(when), partial(_done, who, deed, words)


def _done(who: Applicant, deed: Deed, words: tuple[str, ...], at: datetime) -> None:
    deed(who, at, *words)
