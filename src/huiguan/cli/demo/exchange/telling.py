"""The exchange's year, told in the order in which it happened, through the public operations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from huiguan.cli.demo.association.moments import Step, at_of
from huiguan.cli.demo.exchange.applying import APPLICANTS, Deed
from huiguan.cli.demo.exchange.house import OWNER
from huiguan.cli.demo.exchange.keeping import steps
from huiguan.cli.demo.exchange.people import enrol
from huiguan.cli.demo.guild import Applicant, Association, seat_council
from huiguan.cli.demo.story import FIRST, LAST, moment
from huiguan.nightly.operations import run_due

# Nights of which something is told afterwards: the inspection missed, signing not done in time.
NIGHTS = ("04-01 02:00", "11-09 02:00")


def tell(house: Association) -> None:
    """The members there were, who applied since, what each owed and did; then what fell due."""
    begins = moment(FIRST, 10) + timedelta(days=2)
    numbers = enrol(house, begins)
    seat_council(house, OWNER, numbers, begins)
    nights: list[Step] = [(at_of(when), partial(run_due, house.programme)) for when in NIGHTS]
    for at, deed in sorted([*steps(house, numbers), *_applicants(house), *nights], key=lambda step: step[0]):
        deed(at)
    run_due(house.programme, moment(LAST, 0))


def _applicants(house: Association) -> Iterator[Step]:
    for i, (name, told) in enumerate(APPLICANTS):
        who = Applicant(house, i, name)
        for when, deed, words in told:
            yield at_of(when), partial(_done, who, deed, words)


def _done(who: Applicant, deed: Deed, words: tuple[str, ...], at: datetime) -> None:
    deed(who, at, *words)
