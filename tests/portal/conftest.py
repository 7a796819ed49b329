"""The neighbourhood shop, and browsers of its members without script."""

from __future__ import annotations

from typing import Any

import pytest

from tests.console.world import set_clock
from tests.portal.world import Portal, found_portal
from tests.visits.world import AT


@pytest.fixture
def portal(db: None, settings: Any) -> Portal:
    settings.HUIGUAN_DEMO = True  # the domain's clock stands where the members' story is
    made = found_portal()
    set_clock(AT)
    return made
