"""The shop that writes to its members."""

from __future__ import annotations

import pytest

from tests.messaging.post import Post


@pytest.fixture
def post(db: None) -> Post:
    return Post.found()
