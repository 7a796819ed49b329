"""A house with two regions and three shops."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from huiguan.identity import operations, queries
from huiguan.identity.inputs import Appoint, CreateNode, CreateStaff, FoundHouse
from huiguan.identity.values import Place
from huiguan.kernel.actors import Actor, system
from huiguan.kernel.inputs import read

AT = datetime(2026, 1, 1, 9, 0, tzinfo=UTC)


class House(NamedTuple):
    owner: Actor
    places: dict[str, Place]


def open_place(owner: Actor, kind: str, code: str, parent: str | None = None) -> Place:
    given = {"kind": kind, "code": code, "name": {"zh": f"{code}店", "en": code}, "parent": parent}
    return operations.create_node(actor=owner, at=AT, given=read(CreateNode, given))


def hire(owner: Actor, username: str, *posts: tuple[str, str], password: str | None = "Peony-2026") -> int:
    given = CreateStaff(username=username, name=username.title(), password=password)
    person = operations.create_staff(actor=owner, at=AT, given=given)
    for post, node in posts:
        operations.appoint(actor=owner, at=AT, given=Appoint(username=username, post=post, node=node))
    return person.id


@pytest.fixture
def house(db: None) -> House:
    given = {
        "code": "HQ",
        "name": {"zh": "总部", "en": "Head office"},
        "username": "boss",
        "owner_name": "王老板",
        "password": "Peony-2026",
    }
    founded = operations.found_house(actor=system(1), at=AT, given=read(FoundHouse, given))
    owner = queries.actor_of_staff(founded.owner, AT)
    places = {
        code: open_place(owner, kind, code, parent)
        for kind, code, parent in (
            ("region", "EAST", None),
            ("region", "WEST", None),
            ("shop", "S1", "EAST"),
            ("shop", "S2", "EAST"),
            ("shop", "S3", "WEST"),
        )
    }
    return House(owner, places)
