"""The tests' database: a throw-away PostgreSQL, one for the whole run, or the one DATABASE_URL names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from django.conf import settings

from huiguan.config.databases import database_settings
from huiguan.foundation.embedded import throwaway_cluster

_run = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """With several test processes the first of all starts the cluster; the others find it in their environment."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    leads_others = bool(getattr(config.option, "numprocesses", None)) and not hasattr(config, "workerinput")
    if leads_others and "DATABASE_URL" not in os.environ:
        os.environ["DATABASE_URL"] = _run.enter_context(throwaway_cluster())


def pytest_unconfigure(config: pytest.Config) -> None:
    _run.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> Iterator[None]:
    """Start the cluster when the first test asks for a database; tests that need none start none."""
    with ExitStack() as stack:
        if "DATABASE_URL" not in os.environ:
            url = stack.enter_context(throwaway_cluster())
            settings.DATABASES["default"].update(database_settings(url))
        yield
