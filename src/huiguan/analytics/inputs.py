"""What comes in for the figures."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huiguan.kernel.inputs import Input, Money, Points, Word


class EstimateInput(Input):
    """`part`: of 10,000 units how many are expected to be used. `month` (`2026-12`): of those given in it, of all where
    none is named. `units` and `worth`: so many are worth so much, where the rulebook does not say."""

    unit: Word
    part: Annotated[int, Field(ge=0, le=10_000)]
    month: Word | None = None
    units: Points | None = None
    worth: Money | None = None
    reason: Annotated[str, Field(min_length=1, max_length=200)]
