"""What is given to say which days are worked."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.inputs import Input, Line, Word

CalendarYear = Annotated[int, Field(ge=2000, le=2100)]


class GivenDay(Input):
    """One day as YYYY-MM-DD: `off`, `worked`, or `usual` (as it is without the house's word)."""

    day: Word
    work: Literal["off", "worked", "usual"]
    name: Annotated[Line, Field(max_length=60)] = ""


class SetDays(Input):
    """Days as the house keeps them. `announces`: a year whose days these complete, with the `source` it has them from."""

    days: Annotated[list[GivenDay], Field(max_length=800)] = []
    announces: CalendarYear | None = None
    source: Annotated[Line, Field(max_length=200)] = ""


class WithdrawYear(Input):
    """A year the house announced, taken back."""

    year: CalendarYear


class FollowNational(Input):
    """Whether the house keeps the national days of mainland China."""

    follow: bool


class ImportDays(Input):
    """A file of days: the columns `day`, `work` (off, worked or usual) and, where there is one, `name`."""

    text: Annotated[str, Field(min_length=1, max_length=200_000)]
    announces: CalendarYear | None = None
    source: Annotated[Line, Field(max_length=200)] = ""
