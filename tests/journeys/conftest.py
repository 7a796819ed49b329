"""The fictional brand behind a running site, and people who come in by its door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from huiguan.cli.demo.house import PASSWORD
from tests.browsing import Visit, browser, visit
from tests.console.world import World, found_world

__all__ = ["browser"]

ComeIn = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    return found_world()


@pytest.fixture
def come_in(browser: Browser, live_server: LiveServer, world: object) -> ComeIn:
    """`come_in("zhouhe", width=390, …)`: a visitor who has signed in by the form."""

    @contextmanager
    def visitor(username: str, *, password: str = PASSWORD, **how: Any) -> Iterator[Visit]:
        with visit(browser, live_server.url, **how) as visiting:
            visiting.go("/sign-in")
            visiting.page.fill("#username", username)
            visiting.page.fill("#password", password)
            visiting.page.keyboard.press("Enter")
            visiting.page.wait_for_url("**/")
            yield visiting

    return visitor
