"""The world every test of the console begins with."""

from __future__ import annotations

from typing import Any

import pytest

from tests.console.world import World, found_world


@pytest.fixture
def world(db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    return found_world()
