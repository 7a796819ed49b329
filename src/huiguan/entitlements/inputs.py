"""What comes in about coupons, from any entrance."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from huiguan.kernel.inputs import Input, Line, Word

MOST_CODES = 1_000_000


class MakeCodes(Input):
    """So many fresh codes of a `coupon` of the rulebook. `each`: how many of them one member may turn in; `until`: the
    first moment they are turned in no longer (a day's end may be written 24:00)."""

    coupon: Word
    size: Annotated[int, Field(ge=1, le=MOST_CODES)]
    each: Annotated[int, Field(ge=1, le=1000)] = 1
    until: Word | None = None
    note: Annotated[Line, Field(max_length=120)] = ""


class BringCodes(Input):
    """Codes of another house, as they came, to be handed out one by one under a `coupon` that is used elsewhere."""

    coupon: Word
    codes: Annotated[list[Word], Field(min_length=1, max_length=100_000)]
    note: Annotated[Line, Field(max_length=120)] = ""


class StopBatch(Input):
    """From now on no code of the batch is turned in or handed out."""

    batch: Annotated[int, Field(ge=1)]
