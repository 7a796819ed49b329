"""What is given to create a programme and to check and publish its rulebook."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator, Field

from huiguan.kernel.inputs import Input


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, date | datetime) else value


Code = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$")]
Named = Annotated[str, Field(min_length=1, max_length=120)]
Source = Annotated[str, Field(min_length=1, max_length=1_000_000)]
# A moment as written: ISO, a local "YYYY-MM-DD HH:MM" in the rulebook's zone, a day, or "YYYY-MM-DD 24:00".
Moment = Annotated[str, Field(min_length=8, max_length=40), BeforeValidator(_written)]


class ProgrammeName(Input):
    zh: Named
    en: Named


class CreateProgramme(Input):
    code: Code
    name: ProgrammeName


class CheckRulebook(Input):
    source: Source


class PublishRulebook(Input):
    """A source and when it takes effect; None for now."""

    source: Source
    effective_from: Moment | None = None
