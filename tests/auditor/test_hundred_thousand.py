"""A hundred thousand commands beside the model: busy houses, whose sales come in batches and in between everything else."""

from __future__ import annotations

import pytest

from tests.auditor.rushing import OFTEN, RushAudit
from tests.auditor.shortening import run_or_tell

SEEDS = (1, 2, 3, 4, 5)
COMMANDS = 20_000


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", SEEDS)
def test_busy_houses_do_what_the_model_says(seed: int) -> None:
    run_or_tell(RushAudit(), seed, COMMANDS, each=OFTEN)
