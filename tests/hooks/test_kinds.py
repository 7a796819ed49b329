"""Every event a room may tell is known, named in both languages, read with a power there is, and documented."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiguan.hooks.kinds import KINDS
from huiguan.hooks.telling import _READERS
from huiguan.kernel.actors import POWERS
from huiguan.kernel.events import Event, Told

PAGE = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")


def _all(root: type[Event]) -> list[type[Event]]:
    found = [kind for each in root.__subclasses__() for kind in [each, *_all(each)]]
    return [kind for kind in found if kind.__name__ != Told.__name__]


def test_every_event_of_the_rooms_is_known() -> None:
    assert {kind.__name__ for kind in _all(Event)} == set(KINDS)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_an_event_is_named_read_and_documented(name: str) -> None:
    kind = KINDS[name]
    assert kind.text.zh and kind.text.en and set(kind.readers) <= set(POWERS)
    assert f"`{name}`" in PAGE
    assert issubclass(kind, Told) is not (name in _READERS), "it carries itself, or its record is read"
