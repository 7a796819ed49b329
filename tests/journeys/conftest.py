"""The fictional brand behind a running site, and people who come in by its door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from huiguan.identity.models import Staff
from tests.browsing import Visit, browser, visit
from tests.console.world import World, found_world, signed_in

__all__ = ["browser"]

ComeIn = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture
def world(transactional_db: None, settings: Any) -> World:
    settings.HUIGUAN_DEMO = True
    return found_world()


@pytest.fixture
def come_in(browser: Browser, live_server: LiveServer, world: object) -> ComeIn:
    """`come_in("zhouhe", width=390, …)`: a visitor who is signed in. The form by which one comes in has a journey of its
    own."""

    @contextmanager
    def visitor(username: str, **how: Any) -> Iterator[Visit]:
        client = signed_in(Staff.objects.get(username=username).programme_id, username)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        with visit(browser, live_server.url, **how) as visiting:
            visiting.page.context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
            )
            yield visiting

    return visitor
