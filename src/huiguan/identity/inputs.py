"""What is given to create places, people and programs."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from huiguan.identity.values import CLIENT_POWERS, POSTS
from huiguan.kernel.inputs import Input, Word


def _lower(value: object) -> object:
    return value.strip().lower() if isinstance(value, str) else value


Code = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$")]
Username = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._@-]{1,59}$"), BeforeValidator(_lower)]
Password = Annotated[str, Field(min_length=8, max_length=200)]
Named = Annotated[str, Field(min_length=1, max_length=120)]
Language = Literal["zh", "en"]
PostName = Annotated[str, Field(pattern=f"^({'|'.join(POSTS)})$")]
Power = Annotated[str, Field(pattern=f"^({'|'.join(sorted(CLIENT_POWERS))})$")]


class BothNames(Input):
    """A name in both languages."""

    zh: Named
    en: Named


class FoundHouse(Input):
    """The house's own name, and its first owner. `password` None: nobody can sign in as the owner yet."""

    code: Code
    name: BothNames
    username: Username
    owner_name: Named
    password: Password | None = None
    language: Language = "zh"


class CreateNode(Input):
    """A region or shop under the node with code `parent` (the house itself where none is named). `opens`: the moment it
    opens its doors, with its offset, where that is not now."""

    kind: Literal["region", "shop"]
    code: Code
    name: BothNames
    parent: Code | None = None
    opens: Word | None = None


class CreateStaff(Input):
    """`phone` tells whether somebody who wants to become a member works here."""

    username: Username
    name: Named
    phone: Annotated[str, Field(pattern=r"^1[3-9][0-9]{9}$")] | None = None
    password: Password | None = None
    language: Language = "zh"


class Appoint(Input):
    """A post for a person at a node, by username and node code."""

    username: Username
    post: PostName
    node: Code


class CreateClient(Input):
    """A program: its powers, its shops by code (None for every shop) and its calls a minute."""

    name: Named
    powers: Annotated[list[Power], Field(min_length=1, max_length=len(CLIENT_POWERS))]
    shops: Annotated[list[Code], Field(min_length=1, max_length=1000)] | None = None
    rate_per_minute: Annotated[int, Field(ge=1, le=1_000_000)] = 6000


class ResetPassword(Input):
    username: Username
    password: Password


class ChangeLanguage(Input):
    language: Language


class StaffNamed(Input):
    username: Username


class ClientNamed(Input):
    name: Word


class NodeNamed(Input):
    node: Code
