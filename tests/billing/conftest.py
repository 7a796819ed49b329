"""A house with members, at the moment the tests of the API know."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiguan.api.limits import limiter
from tests.api.world import NOW, World, found_world, set_clock


@pytest.fixture
def world(db: None, settings: Any) -> Iterator[World]:
    settings.HUIGUAN_DEMO = True
    set_clock(NOW)
    limiter.forget()
    yield found_world()
