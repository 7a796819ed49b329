"""A house with members, and receivers that answer as they are told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiguan.api.limits import limiter
from tests.api.world import NOW, World, found_world, set_clock
from tests.hooks.receivers import Receiver


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    settings.HUIGUAN_DEMO = True
    settings.HUIGUAN_HOOK_NETWORKS = ["127.0.0.0/8"]
    set_clock(NOW)
    limiter.forget()
    yield found_world()


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as made:
        yield made
