"""Who somebody is to a member."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from huiguan.kernel.inputs import Input, Word
from huiguan.members.inputs.words import When

Role = Literal["representative", "handler", "contact", "branch", "parent", "recommender"]


class AddRelation(Input):
    """Somebody is `role` to `member` since a day (today where None): `name`, how they are reached, `note` (a position, an
    address); `primary` of the contacts; `other`: the member they are themselves."""

    member: Word
    role: Role
    name: Annotated[Word, Field(max_length=120)]
    phone: Word | None = None
    email: Word | None = None
    note: Annotated[Word, Field(max_length=200)] | None = None
    primary: bool = False
    other: Word | None = None
    since: When | None = None


class EndRelation(Input):
    """It held up to and with a day, yesterday where None, or the day it began where that is later."""

    member: Word
    relation: int
    until: When | None = None
