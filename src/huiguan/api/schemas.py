"""Words all answers share. An answer's record is its documentation: what it does not name is never sent."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Yuan = Annotated[str, Field(pattern=r"^-?\d+\.\d{2}$", examples=["478.50"])]
Whole = dict[str, int]  # units by name: {"points": 94}


class Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", defer_build=True)


class Both(Answer):
    """A text in both languages."""

    zh: str
    en: str


class ReasonAnswer(Answer):
    """Why something was given, or why not and how far off. `clause` is the rulebook's, `number` the document's own."""

    clause: str
    number: str
    given: bool
    say: str
    values: dict[str, Any]
    text: Both


class GivenRightAnswer(Answer):
    """A right just given."""

    code: str
    name: str
    clause: str
    worth: Yuan
    valid_from: datetime
    valid_until: datetime | None
