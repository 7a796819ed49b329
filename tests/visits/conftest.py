"""The neighbourhood shop with two members: one seen this year, one not seen for two."""

from __future__ import annotations

import pytest

from tests.visits.world import World, found_world


@pytest.fixture
def shop(db: None) -> World:
    return found_world()
